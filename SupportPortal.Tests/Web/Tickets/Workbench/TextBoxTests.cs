using AngleSharp.Dom;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using SupportPortal.Application.Live;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Domain.Sla;
using SupportPortal.Tests.Domain.Tickets;
using SupportPortal.Tests.Support;
using SupportPortal.Web.Tickets.Requests;
using SupportPortal.Web.Tickets.Workbench;

namespace SupportPortal.Tests.Web.Tickets.Workbench;

public sealed class TextBoxTests(PrivatePostgres postgres) : BunitContext, IAsyncLifetime
{
    private readonly Actor _ada = new("ada", Role.Agent);
    private readonly List<(string Text, string Key)> _sent = [];
    private readonly List<int?> _seen = [];
    private readonly Presence _presence = new(TimeProvider.System);
    private TestDatabase _database = null!;
    private Drafts _drafts = null!;
    private TaskCompletionSource<Refusal?> _answer = new();

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.MakeAsync(DatabaseProvider.Sqlite, postgres, services => services.AddTickets());
        _drafts = _database.Get<Drafts>();
        Services.AddSingleton(_drafts).AddSingleton(_database.Get<Attachments>());
    }

    [Fact]
    public async Task A_draft_is_there_again_when_the_page_is_opened_again()
    {
        Draw().Find("textarea").Change("half a sen");
        Assert.Equal("half a sen", await KeptAsync());
        Assert.Equal("half a sen", Draw().WaitForElement("textarea[value]").GetAttribute("value"));
    }

    [Fact]
    public async Task A_text_is_sent_once_however_often_the_button_is_pressed()
    {
        var box = Draw();
        box.Find("textarea").Change("words");
        var first = box.Find("form").SubmitAsync();
        await box.Find("form").SubmitAsync();
        Assert.True(box.Find("button[type=submit]").HasAttribute("disabled"));

        _answer.SetResult(null);
        await first;
        await box.Find("form").SubmitAsync();

        Assert.Equal(["words"], _sent.Select(sent => sent.Text));
        Assert.Empty(box.Find(".error").TextContent);
        Assert.Null(await _drafts.ReadAsync(_ada, "reply:1"));
    }

    [Fact]
    public async Task What_was_refused_stays_and_is_sent_again_under_the_same_key()
    {
        var box = Draw();
        box.Find("textarea").Change("words");
        _answer.SetResult(new Refusal("body", "Too long."));
        await box.Find("form").SubmitAsync();
        Assert.Equal(("Too long.", "words"), (box.Find(".error").TextContent, box.Find("textarea").GetAttribute("value")));

        _answer = new();
        _answer.SetResult(null);
        await box.Find("form").SubmitAsync();
        Assert.Equal(_sent[0], _sent[1]);
    }

    [Fact]
    public async Task What_is_typed_while_a_text_is_sent_stays_and_is_sent_next_under_another_key()
    {
        var box = Draw();
        await box.Find("textarea").ChangeAsync("first");
        var sending = box.Find("form").SubmitAsync();
        await box.Find("textarea").ChangeAsync("second");
        _answer.SetResult(null);
        await sending;
        Assert.Equal(("second", "second"), (box.Find("textarea").GetAttribute("value"), await KeptAsync()));

        await box.Find("form").SubmitAsync();
        Assert.Equal(["first", "second"], _sent.Select(sent => sent.Text));
        Assert.NotEqual(_sent[0].Key, _sent[1].Key);
        Assert.Null(await _drafts.ReadAsync(_ada, "reply:1"));
    }

    [Fact]
    public async Task A_restored_draft_is_sent_under_the_key_that_it_had()
    {
        _answer.SetResult(null);
        var box = Draw();
        await box.Find("textarea").ChangeAsync("words");
        var restored = Draw(); // As after a crash between sending and forgetting the draft.
        await box.Find("form").SubmitAsync();
        await restored.Find("form").SubmitAsync();
        Assert.Equal(2, _sent.Count);
        Assert.Equal(_sent[0], _sent[1]);
    }

    [Fact]
    public async Task A_changed_text_whose_key_was_used_is_sent_under_another_one_when_asked_again()
    {
        var box = Draw();
        await box.Find("textarea").ChangeAsync("changed");
        _answer.SetResult(TextBox.SentBefore);
        await box.Find("form").SubmitAsync();
        Assert.Equal((TextBox.SentBefore.Message, "changed"), (box.Find(".error").TextContent, await KeptAsync()));

        _answer = new();
        _answer.SetResult(null);
        await box.Find("form").SubmitAsync();
        Assert.Equal(_sent[0].Text, _sent[1].Text);
        Assert.NotEqual(_sent[0].Key, _sent[1].Key);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("я")]
    [InlineData("語")]
    [InlineData("🙂")]
    public async Task The_longest_text_is_kept_in_any_script(string letter)
    {
        var text = string.Concat(Enumerable.Repeat(letter, 40_000 / letter.Length));
        await Draw().Find("textarea").ChangeAsync(text);
        Assert.Equal(text, await KeptAsync());
    }

    [Theory]
    [InlineData("half a sen")]
    [InlineData("{\"a\": 1}")]
    [InlineData("null")]
    [InlineData("42")]
    public async Task A_draft_from_before_drafts_had_keys_is_read_as_it_is(string text)
    {
        await _drafts.SaveAsync(_ada, "reply:1", text);
        Assert.Equal(text, Draw().WaitForElement("textarea[value]").GetAttribute("value"));
    }

    [Fact]
    public async Task A_reply_that_crossed_anothers_stays_and_is_told_of_it()
    {
        var box = Draw();
        await box.Find("textarea").ChangeAsync("words");
        _answer.SetResult(AnsweredAs(3));
        await box.Find("form").SubmitAsync();

        var note = box.Find("[role=alert]").TextContent;
        Assert.Contains("Bob replied while you were writing (11:00).", note, StringComparison.Ordinal);
        Assert.Contains("Bob was first.", note, StringComparison.Ordinal);
        Assert.Equal(("words", "words", ""), (box.Find("textarea").GetAttribute("value"), await KeptAsync(), box.Find(".error").TextContent));

        await box.Find("textarea").ChangeAsync("words and more"); // It may have been on its way: this is no answer to what is told.
        await box.Find("form").SubmitAsync();
        Assert.NotEmpty(box.FindAll("[role=alert]"));
        Assert.Equal([2, 2], _seen);
    }

    [Fact]
    public async Task Send_anyway_sends_it_past_the_answer_that_was_shown_and_past_no_other()
    {
        var box = Draw();
        await box.Find("textarea").ChangeAsync("words");
        _answer.SetResult(AnsweredAs(3));
        await box.Find("form").SubmitAsync();
        _answer = new();
        _answer.SetResult(AnsweredAs(5));
        await Button(box, "Send anyway").ClickAsync();
        Assert.NotEmpty(box.FindAll("[role=alert]"));

        _answer = new();
        _answer.SetResult(null);
        await Button(box, "Send anyway").ClickAsync();
        Assert.Empty(box.FindAll("[role=alert]"));
        Assert.Equal([2, 3, 5], _seen);
        Assert.Single(_sent.Distinct());
        Assert.Null(await KeptAsync());
    }

    [Fact]
    public async Task Keep_writing_takes_the_warning_away_and_the_same_answer_is_told_once()
    {
        var box = Draw();
        await box.Find("textarea").ChangeAsync("words");
        _answer.SetResult(AnsweredAs(3));
        await box.Find("form").SubmitAsync();
        await Button(box, "Keep writing").ClickAsync();
        Assert.Empty(box.FindAll("[role=alert]"));
        Assert.Equal("words", box.Find("textarea").GetAttribute("value"));

        var restored = Draw();
        await restored.Find("form").SubmitAsync();
        Assert.Equal([2, 3], _seen);
    }

    [Fact]
    public async Task What_was_on_screen_at_the_first_key_counts_though_the_ticket_has_moved_on()
    {
        var box = Draw("Mon 10:00 reported | 10:10 note | 10:20 note");
        await box.Find("textarea").TriggerEventAsync("ontyping", new TypingEventArgs { Seen = 1 });
        await box.Find("textarea").ChangeAsync("words");
        await box.Find("textarea").TriggerEventAsync("ontyping", new TypingEventArgs { Seen = 3 });
        await box.Find("textarea").ChangeAsync("words and more");
        _answer.SetResult(null);
        await box.Find("form").SubmitAsync();

        await box.Find("textarea").ChangeAsync("The next one.");
        await box.Find("form").SubmitAsync();

        await box.Find("textarea").TriggerEventAsync("ontyping", new TypingEventArgs { Seen = 99 }); // From a browser: it cannot have seen more than there is.
        await box.Find("textarea").ChangeAsync("And one more.");
        await box.Find("form").SubmitAsync();
        Assert.Equal([1, 3, 3], _seen);
    }

    [Fact]
    public async Task A_text_that_was_emptied_begins_anew_and_a_restored_one_does_not()
    {
        var box = Draw("Mon 10:00 reported");
        await box.Find("textarea").ChangeAsync("words");
        Render(box, "Mon 10:00 reported | 10:10 note");
        await box.Find("textarea").ChangeAsync("");
        await box.Find("textarea").ChangeAsync("other words");

        var restored = Draw("Mon 10:00 reported | 10:10 note | 10:20 reply");
        _answer.SetResult(null);
        await restored.Find("form").SubmitAsync();
        Assert.Equal([2], _seen);
    }

    [Theory]
    [InlineData("Mon 10:00 reported | 10:10 customer", false, "")]
    [InlineData("Mon 10:00 reported | 10:10 note | 10:20 customer", false, "The customer wrote meanwhile.")]
    [InlineData("Mon 10:00 reported | 10:10 note | 10:20 customer", true, "")]
    [InlineData("Mon 10:00 reported | 10:10 note | 10:20 reply", false, "")]
    public async Task A_reply_says_quietly_that_its_customer_wrote_meanwhile_and_goes_out_all_the_same(string life, bool isInternal, string expected)
    {
        var box = Draw("Mon 10:00 reported | 10:10 note", isInternal);
        await box.Find("textarea").ChangeAsync("words");
        Render(box, life);
        Assert.Equal(expected, box.Find("[role=status]").TextContent);

        _answer.SetResult(null);
        await box.Find("form").SubmitAsync();
        Assert.Equal("", box.Find("[role=status]").TextContent);
        Assert.Single(_sent);
    }

    [Theory]
    [InlineData(false, Writing.Reply)]
    [InlineData(true, Writing.Note)]
    public async Task Others_see_what_is_typed_until_it_is_sent_or_thrown_away(bool isInternal, Writing what)
    {
        var box = Draw(isInternal: isInternal);
        await box.Find("textarea").TriggerEventAsync("ontyping", new TypingEventArgs { Seen = 2 });
        Assert.Equal([new("ada", what)], _presence.OthersAt(10001, "bob"));
        await box.Find("textarea").ChangeAsync("words");
        _answer.SetResult(null);
        await box.Find("form").SubmitAsync();
        Assert.Equal([new("ada")], _presence.OthersAt(10001, "bob"));

        await box.Find("textarea").TriggerEventAsync("ontyping", new TypingEventArgs { Seen = 2 });
        await box.Find("textarea").ChangeAsync("");
        Assert.Equal([new("ada")], _presence.OthersAt(10001, "bob"));
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task<string?> KeptAsync() => await _drafts.ReadAsync(_ada, "reply:1") is { } kept ? ReplyDraft.Read(kept.Text).Text : null;

    private IRenderedComponent<TextBox> Draw(string life = "Mon 10:00 reported | 10:10 note", bool isInternal = false) => Render<TextBox>(box => box
        .Add(c => c.Actor, _ada).Add(c => c.Label, "Reply").Add(c => c.Hint, "").Add(c => c.Button, "Send reply").Add(c => c.DraftKey, "reply:1").Add(c => c.IsInternal, isInternal)
        .Add(c => c.Ticket, SomeTicket.Of(life)).Add(c => c.Visit, _presence.Enter(10001, "ada"))
        .Add(c => c.Tell, answer => Collision.Of(answer, _ => "Bob", instant => new When("UTC").Text(instant, instant)))
        .Add(c => c.Send, sent =>
        {
            _sent.Add((sent.Text, sent.Key));
            _seen.Add(sent.Seen);
            return _answer.Task;
        }));

    private static void Render(IRenderedComponent<TextBox> box, string life) => box.Render(p => p.Add(c => c.Ticket, SomeTicket.Of(life)));

    private static IElement Button(IRenderedComponent<TextBox> box, string name) => box.FindAll("button").Single(button => button.TextContent == name);

    private static AnsweredMeanwhile AnsweredAs(int version) => new(History.Event(version, SomeTicket.At("11:00"), new StaffReplied(SomeTicket.Text("Bob was first."))));
}
