using Bunit;
using Microsoft.Extensions.DependencyInjection;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;
using SupportPortal.Web.Tickets.Requests;
using SupportPortal.Web.Tickets.Workbench;

namespace SupportPortal.Tests.Web.Tickets.Workbench;

public sealed class TextBoxTests(PrivatePostgres postgres) : BunitContext, IAsyncLifetime
{
    private readonly Actor _ada = new("ada", Role.Agent);
    private readonly List<(string Text, string Key)> _sent = [];
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

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task<string?> KeptAsync() => await _drafts.ReadAsync(_ada, "reply:1") is { } kept ? ReplyDraft.Read(kept.Text).Text : null;

    private IRenderedComponent<TextBox> Draw() => Render<TextBox>(box => box
        .Add(c => c.Actor, _ada).Add(c => c.Label, "Reply").Add(c => c.Hint, "").Add(c => c.Button, "Send reply").Add(c => c.DraftKey, "reply:1")
        .Add(c => c.Send, sent =>
        {
            _sent.Add((sent.Text, sent.Key));
            return _answer.Task;
        }));
}
