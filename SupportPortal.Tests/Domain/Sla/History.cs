using System.Globalization;
using NodaTime;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Tests.Domain.Sla;

/// <summary>
/// A ticket's life as a line of text: <c>Mon 10:00 reported | 10:20 graded 1 since 10:05 | 10:40 reply | 12:00 now</c>.
/// Left out, <i>now</i> is the last event.
/// </summary>
internal sealed record History(SlaCatalogue Catalogue, IReadOnlyList<TicketEvent> Events, Instant Now)
{
    private static readonly EventAuthor Somebody = new("somebody", Role.Agent);
    private static readonly SealedText Words = SealedText.Seal("words", "00");

    public IReadOnlyList<SlaClock> Clocks => SlaLedger.Fold(Catalogue, Events, Now);

    /// <summary>Reads a life under the catalogue; a policy move or calendar edit happens under the version that made it possible.</summary>
    public static History Read(string text, SlaCatalogue catalogue, string zone = "UTC")
    {
        var when = new When(zone);
        var events = new List<TicketEvent>();
        var severity = Severity.Normal;
        var version = 1 + SomeSla.Calendars.Length;
        Instant? now = null;
        foreach (var part in text.Split('|', StringSplitOptions.TrimEntries))
        {
            var words = new Queue<string>(part.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            var at = when.Take(words);
            foreach (var fact in Facts(words, when, severity))
            {
                if (fact is null)
                {
                    now = at;
                    continue;
                }

                if (fact is SeverityChanged change) severity = change.To;
                if (fact is PolicyMoved or CalendarChanged) version++;
                events.Add(new(events.Count + 1, at, Somebody, version, fact));
            }

            Assert.Empty(words);
        }

        return new(catalogue, events, now ?? events[^1].At);
    }

    /// <summary>Holds the fold of a life under a changed commitment to the clocks expected.</summary>
    public static void AssertClocks(string events, string clocks, string policy = "", string zone = "UTC") =>
        Read(events, SomeSla.Catalogue(SomeSla.Policy(policy)), zone).AssertClocks(clocks, zone);

    public static TicketEvent Event(int version, Instant at, TicketFact fact) => new(version, at, Somebody, 1 + SomeSla.Calendars.Length, fact);

    public static Reported Report() => new(Words, Words, "customer", 1, Channel.Portal, new(SlaPolicy.StandardPlan, 1));

    private static IEnumerable<TicketFact?> Facts(Queue<string> words, When when, Severity severity) => words.Dequeue() switch
    {
        "now" => [null],
        "reported" => [Report()],
        "claimed" => [Report() with { Impact = Impact.MajorFeatureDegraded, Workaround = Enum.Parse<Workaround>(words.Dequeue()) }],
        "reply" => [new StaffReplied(Words)],
        "customer" => [new CustomerReplied(Words)],
        "note" => [new NoteAdded(Words)],
        "assigned" => [new Assigned(words.Count > 0 ? words.Dequeue() : "agent")],
        "graded" => [Graded(words, when, severity)],
        "confirmed" => [new SeverityConfirmed(null)],
        "work" => [new WorkStarted()],
        "waiting" => [new WaitingStarted()],
        "resumed" => [new WaitingEnded()],
        "asks" => [new StatusRequested()],
        "workaround" => [new WorkaroundRecorded(Words)],
        "patch" => [new PatchProvided(Words, null)],
        "proposed" => [new ResolutionProposed(Words)],
        "accepted" => [new ResolutionAccepted(null), new Resolved(ResolutionKind.Agreed, null)],
        "closed" => [new ResolutionAccepted(null)],
        "rejected" => [new ResolutionRejected(Words)],
        "resolved" => [new Resolved(Enum.Parse<ResolutionKind>(words.Dequeue(), ignoreCase: true), Words)],
        "reopened" => [new Reopened(Words)],
        "merged" => [new Merged(10002)],
        "moved" => [new PolicyMoved(new(SlaPolicy.StandardPlan, int.Parse(words.Dequeue(), CultureInfo.InvariantCulture)))],
        "calendar" => [new CalendarChanged(words.Dequeue())],
        var unknown => throw new ArgumentException(unknown, nameof(words)),
    };

    private static SeverityChanged Graded(Queue<string> words, When when, Severity from)
    {
        var to = (Severity)int.Parse(words.Dequeue(), CultureInfo.InvariantCulture);
        if (words.Count == 0) return new(from, to, null, Words);
        Assert.Equal("since", words.Dequeue());
        return new(from, to, when.Take(words), Words);
    }
}
