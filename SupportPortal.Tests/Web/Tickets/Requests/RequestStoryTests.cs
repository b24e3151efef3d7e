using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using SupportPortal.Web.Tickets.Requests;
using static SupportPortal.Tests.Web.Tickets.Requests.SomeRequest;

namespace SupportPortal.Tests.Web.Tickets.Requests;

public sealed class RequestStoryTests
{
    public static TheoryData<TicketFact, string> FromStaff { get; } = new()
    {
        { new StaffReplied(Text("b")), "Ada Agent (Support) replied: b" },
        { new SeverityChanged(Severity.Normal, Severity.High, null, Text("b")), "Ada Agent (Support) changed the severity from Severity 3 – Normal to Severity 2 – High: b" },
        { new SeverityConfirmed(null), "Ada Agent (Support) assessed it as Severity 3 – Normal" },
        { new SeverityConfirmed(Text("b")), "Ada Agent (Support) assessed it as Severity 3 – Normal: b" },
        { new Assigned("ada"), "Ada Agent (Support) took this request" },
        { new Assigned("robin"), "Ada Agent (Support) asked Robin Reporter to look after it" },
        { new Assigned(null), "Ada Agent (Support) handed it back to the team" },
        { new WorkStarted(), "Ada Agent (Support) started working on it" },
        { new WaitingStarted(), "Ada Agent (Support) is waiting for your answer" },
        { new WorkaroundRecorded(Text("b")), "Ada Agent (Support) found a workaround: b" },
        { new PatchProvided(Text("b"), "v1.2"), "Ada Agent (Support) provided the emergency patch (v1.2): b" },
        { new ResolutionProposed(Text("b")), "Ada Agent (Support) proposed a resolution: b" },
        { new Resolved(ResolutionKind.Restoration, Text("b")), "Ada Agent (Support) resolved it with the service restored: b" },
        { new WatcherAdded("ada"), "Ada Agent (Support) began to watch" },
        { new WatcherAdded("robin"), "Ada Agent (Support) had Robin Reporter watch this request" },
        { new WatcherRemoved("robin"), "Ada Agent (Support) had Robin Reporter stop watching" },
        { new CopyAdded(Text("cc@test.example")), "Ada Agent (Support) had copies sent to cc@test.example" },
        { new CopyRemoved(2), "Ada Agent (Support) stopped copies to an address" },
        { new Merged(10002), "Ada Agent (Support) merged it into SUP-10002" },
    };

    [Theory]
    [MemberData(nameof(FromStaff))]
    public void What_staff_do_is_told_in_the_customers_words(TicketFact fact, string words) => Assert.Equal(words, Last(Casey, (Ada, fact)));

    public static TheoryData<TicketFact, string> FromCustomers { get; } = new()
    {
        { new CustomerReplied(Text("b")), "wrote: b" },
        { new StatusRequested(), "asked how it stands" },
        { new ResolutionAccepted(null), "accepted the resolution" },
        { new ResolutionRejected(Text("b")), "rejected the resolution: b" },
        { new Reopened(Text("b")), "reopened it: b" },
        { new Rated(4, null), "rated the help 4 of 5" },
        { new CustomerReplied(SealedText.Erased("x")), "wrote: (erased)" },
    };

    [Theory]
    [MemberData(nameof(FromCustomers))]
    public void What_customers_do_is_theirs_or_a_colleagues(TicketFact fact, string words)
    {
        Assert.Equal("You " + words, Last(Casey, (Casey, fact)));
        Assert.Equal("Casey Customer " + words, Last(Robin, (Casey, fact)));
    }

    [Fact]
    public void Internal_notes_and_files_are_not_told_even_to_staff()
    {
        var history = With((Ada, new NoteAdded(Text("secret"))), (Ada, File("secret.log", isInternal: true)));
        Assert.Equal(["reported this request"], new RequestStory(Names, Ada).Tell(history).Select(e => e.Words));
    }

    [Fact]
    public void Files_stand_with_the_message_they_came_with()
    {
        var history = With((Casey, File("first.log")), (Ada, new WorkStarted()), (Casey, File("later.log")));
        Assert.Equal(
            [("reported this request", "first.log"), ("started working on it", ""), ("added a file", "later.log")],
            new RequestStory(Names, Casey).Tell(history).Select(e => (e.Words, string.Join(",", e.Files.Select(f => f.FileName.Text)))));
    }

    [Fact]
    public void An_agreed_resolution_is_told_once() =>
        Assert.Equal("You accepted the resolution", Last(Casey, (Casey, new ResolutionAccepted(null)), (Casey, new Resolved(ResolutionKind.Agreed, null))));

    private static AttachmentAdded File(string name, bool isInternal = false) => new(name, Text(name), "text/plain", 1, "", isInternal);

    private static string Last(Actor reader, params (Actor, TicketFact)[] facts)
    {
        var entry = new RequestStory(Names, reader).Tell(With(facts))[^1];
        return $"{entry.Author}{(entry.IsSupport ? " (Support)" : "")} {entry.Words}{(entry.HasBody ? $": {entry.Body ?? "(erased)"}" : "")}";
    }
}
