using NodaTime;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;
using SupportPortal.Web.Tickets.Workbench;

namespace SupportPortal.Tests.Web.Tickets.Workbench;

public sealed class TimelineEntryTests
{
    private static readonly SealedText Text = SealedText.Seal("words", "00");

    private static readonly TicketFact[] Facts =
    [
        new Reported(SealedText.Seal("subject", "00"), Text, "casey", null, Channel.Portal, new PolicyReference("Standard", 1)),
        new StaffReplied(Text),
        new CustomerReplied(Text),
        new NoteAdded(Text),
        new SeverityChanged(Severity.Normal, Severity.Critical, Instant.FromUtc(2030, 1, 7, 8, 0), Text),
        new SeverityConfirmed(null),
        new Assigned("ada"),
        new Assigned("bob"),
        new Assigned(null),
        new WorkStarted(),
        new WaitingStarted(),
        new WaitingEnded(),
        new StatusRequested(),
        new WorkaroundRecorded(Text),
        new PatchProvided(Text, "4.2.1"),
        new ResolutionProposed(Text),
        new Resolved(ResolutionKind.Restoration, Text),
        new Resolved(ResolutionKind.Agreed, null),
        new ResolutionAccepted(null),
        new ResolutionRejected(Text),
        new Reopened(Text),
        new Rated(4, null),
        new AttachmentAdded("1", SealedText.Seal("log.txt", "00"), "text/plain", 12, "", false),
        new AttachmentAdded("1", SealedText.Seal("log.txt", "00"), "text/plain", 12, "", true),
        new PolicyMoved(new PolicyReference("Gold", 2)),
        new CalendarChanged("Business"),
        new WatcherAdded("ada"),
        new WatcherAdded("bob"),
        new WatcherRemoved("ada"),
        new WatcherRemoved("bob"),
        new CopyAdded(SealedText.Seal("cc@test.example", "00")),
        new CopyRemoved(2),
        new ExceptionProposed(SlaMetric.FirstResponse, Instant.FromUtc(2030, 1, 7, 8, 0), Text),
        new ExceptionApproved(5),
        new ExceptionWithdrawn(5, null),
        new ExceptionWithdrawn(5, Text),
        new Merged(10002),
    ];

    [Fact]
    public void Every_event_is_told_in_plain_words() => Assert.Equal(
        [
            "Ada reported this: words",
            "Ada replied: words",
            "Ada wrote: words",
            "Ada noted: words",
            "Ada changed the severity from Severity 3 – Normal to Severity 1 – Critical, impact since 08:00: words",
            "Ada confirmed Severity 3 – Normal",
            "Ada took it",
            "Ada assigned it to Bob",
            "Ada left it to nobody",
            "Ada started work",
            "Ada is waiting on the customer",
            "Ada ended the wait",
            "Ada asked how it stands",
            "Ada recorded a workaround: words",
            "Ada provided the emergency patch 4.2.1: words",
            "Ada proposed a resolution: words",
            "Ada resolved it: Service restoration: words",
            "Ada resolved it as agreed",
            "Ada accepted the resolution",
            "Ada rejected the resolution: words",
            "Ada reopened it: words",
            "Ada gave 4 of 5 stars",
            "Ada attached",
            "Ada attached for staff only",
            "Ada moved it to the policy Gold, version 2",
            "Ada changed the calendar Business",
            "Ada began to watch",
            "Ada had Bob watch",
            "Ada stopped watching",
            "Ada had Bob stop watching",
            "Ada had copies sent to cc@test.example",
            "Ada stopped copies to an address",
            "Ada proposed an exception: first response not in time: words",
            "Ada approved the exception",
            "Ada took the exception back",
            "Ada took the exception back: words",
            "Ada merged it into SUP-10002",
        ],
        Facts.Select(Entry).Select(e => $"{e.Who} {e.Look.Words}{(e.Text is { } text ? $": {text.Text}" : "")}"));

    [Fact]
    public void No_event_is_left_without_words()
    {
        var all = typeof(TicketFact).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(TicketFact)));
        Assert.Equal(all.Select(type => type.Name).Order(), Facts.Select(fact => fact.GetType().Name).Distinct().Order());
    }

    [Fact]
    public void What_customers_do_not_see_looks_internal() =>
        Assert.Equal(["NoteAdded", "ExceptionProposed", "ExceptionWithdrawn"], Facts.Where(fact => Entry(fact).Look.Kind == EntryKind.Internal).Select(fact => fact.GetType().Name));

    private static TimelineEntry Entry(TicketFact fact) => TimelineEntry.Of(
        new TicketEvent(1, Instant.FromUtc(2030, 1, 7, 9, 0), new EventAuthor("ada", Role.Agent), 1, fact),
        id => id == "ada" ? "Ada" : "Bob",
        instant => $"{instant.InUtc().TimeOfDay:HH:mm}");
}
