using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;
using static SupportPortal.Tests.Domain.Tickets.SomeTicket;

namespace SupportPortal.Tests.Domain.Tickets;

/// <summary>Empty and over-long texts, at every field that takes one.</summary>
public sealed class TicketTextTests
{
    private static readonly Ticket Open = Of("Mon 10:00 reported");
    private static readonly Ticket Resolved = Of("Mon 10:00 reported | 11:00 resolved fix");

    private static readonly Dictionary<string, Func<SealedText, Decision>> Acts = new()
    {
        ["subject"] = text => Ticket.Open(Report(text, Words)),
        ["description"] = text => Ticket.Open(Report(Words, text)),
        ["reply"] = text => Open.Reply(Person("agent"), text),
        ["note"] = text => Ticket.AddNote(Person("agent"), text),
        ["grading"] = text => Open.Grade(Person("agent"), Severity.High, text, null, Noon),
        ["confirmation"] = text => Open.Grade(Person("agent"), Severity.Normal, text, null, Noon),
        ["workaround"] = text => Open.RecordWorkaround(Person("agent"), text),
        ["patch"] = text => Open.RecordPatch(Person("agent"), text, null),
        ["resolution"] = text => Open.Resolve(Person("agent"), ResolutionKind.Fix, text),
        ["acceptance"] = text => Resolved.Accept(Person("customer"), text),
        ["rejection"] = text => Resolved.Reject(Person("customer"), text),
        ["reopening"] = text => Resolved.Reopen(Person("customer"), text),
        ["rating"] = text => Resolved.Rate(Person("customer"), 5, text),
    };

    [Theory]
    [InlineData("subject", "subject: Say in a few words what is wrong.")]
    [InlineData("description", "description: Describe what happens and what you expected.")]
    [InlineData("reply", "body: Write a reply.")]
    [InlineData("note", "body: Write a note.")]
    [InlineData("grading", "reason: Give the reason; the customer reads it.")]
    [InlineData("workaround", "description: Describe the workaround.")]
    [InlineData("patch", "description: Describe the patch.")]
    [InlineData("resolution", "summary: Tell the customer what was done.")]
    [InlineData("reopening", "reason: Say what is still wrong.")]
    public void A_text_that_must_be_there_is_asked_for(string act, string refusal)
    {
        foreach (var nothing in new[] { "", " ", "\t \u00a0" }) Check($"BadInput {refusal}", Acts[act](Text(nothing)));
    }

    [Theory]
    [InlineData("subject", "subject", 200)]
    [InlineData("description", "description", 20_000)]
    [InlineData("reply", "body", 20_000)]
    [InlineData("note", "body", 20_000)]
    [InlineData("grading", "reason", 2_000)]
    [InlineData("confirmation", "reason", 2_000)]
    [InlineData("workaround", "description", 20_000)]
    [InlineData("patch", "description", 20_000)]
    [InlineData("resolution", "summary", 20_000)]
    [InlineData("acceptance", "comment", 2_000)]
    [InlineData("rejection", "comment", 2_000)]
    [InlineData("reopening", "reason", 2_000)]
    [InlineData("rating", "comment", 2_000)]
    public void A_text_has_a_longest(string act, string field, int longest)
    {
        Assert.Empty(Acts[act](Text(new string('a', longest))).Refusals);
        var refusal = Assert.Single(Acts[act](Text(new string('a', longest + 1))).Refusals);
        Assert.Equal((field, TooLong(longest)), (refusal.Field, refusal.Message));
    }

    [Theory]
    [InlineData("confirmation")]
    [InlineData("acceptance")]
    [InlineData("rejection")]
    [InlineData("rating")]
    public void A_comment_may_be_left_out(string act)
    {
        var decision = Acts[act](Text(" "));
        Assert.Empty(decision.Refusals);
        Assert.Empty(decision.Facts[0].Texts);
    }

    [Fact]
    public void A_new_request_is_told_everything_that_is_wrong_with_it() => Check(
        "BadInput description: Describe what happens and what you expected. | BadInput subject: The subject is one line. | BadInput tags: At most 20 tags of 1 to 50 characters.",
        Ticket.Open(Report(Text("One\nTwo"), Text("")) with { Tags = [""] }));

    [Fact]
    public void A_good_one_is_its_report()
    {
        var report = Report(Words, Words);
        Assert.Equal([report], Ticket.Open(report).Facts);
    }

    [Fact]
    public void Notes_and_internal_files_are_not_public()
    {
        TicketFact[] facts =
        [
            new StaffReplied(Words), new NoteAdded(Words), new WorkStarted(),
            new AttachmentAdded("a", Words, "text/plain", 1, "", Internal: true), new AttachmentAdded("a", Words, "text/plain", 1, "", Internal: false),
        ];
        Assert.Equal([true, false, true, false, true], facts.Select(fact => fact.IsPublic));
    }

    private static string TooLong(int longest) => $"This is {longest + 1:N0} characters long; at most {longest:N0} fit.";

    private static Reported Report(SealedText subject, SealedText description) =>
        new(subject, description, "customer", 1, Channel.Portal, new(SlaPolicy.StandardPlan, 1));
}
