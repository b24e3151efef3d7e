using System.Diagnostics;
using NodaTime;
using SupportPortal.Domain.Calendars;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Bench.Load;

/// <summary>What the heart costs by itself: the fold and business time.</summary>
internal static class DomainCost
{
    private static readonly Instant Start = Instant.FromUtc(2026, 1, 5, 8, 0);

    public static void MeasureFold(Report report)
    {
        var catalogue = SlaCatalogue.Empty.With(Calendar(BusinessCalendar.BusinessDefault)).With(SlaPolicy.Commitment);
        var events = History(catalogue.Version);
        report.Add("B13", "fold a 200-event ticket", "µs", 100, false, Rounds(2_000, () => SlaLedger.Fold(catalogue, events, Start + Duration.FromDays(60)).Count));
    }

    public static void MeasureBusinessTime(Report report)
    {
        var holidays = Enumerable.Range(2026, 11).SelectMany(year => new[] { $"{year}-01-01", $"{year}-05-01", $"{year}-12-25" });
        var calendar = Calendar(BusinessCalendar.BusinessDefault with { TimeZone = "America/New_York", Holidays = [.. holidays.Select(date => new HolidaySpec { Date = date })] });
        var tenYears = calendar.Between(Start, Start + Duration.FromDays(3650));
        report.Add("B14", "business time over 10 years with holidays", "µs", 20, false, Rounds(100_000, () => calendar.Add(Start, tenYears).GetHashCode()));
    }

    private static List<double> Rounds(int times, Func<int> work)
    {
        var rounds = new List<double>();
        var sink = 0;
        for (var round = 0; round < 6; round++)
        {
            var watch = Stopwatch.GetTimestamp();
            for (var i = 0; i < times; i++) sink ^= work();
            if (round > 0) rounds.Add(Stopwatch.GetElapsedTime(watch).TotalMicroseconds / times);
        }

        GC.KeepAlive(sink);
        return rounds;
    }

    /// <summary>A long conversation: replies from both sides, questions, waits, notes and regrades, 200 events in all.</summary>
    private static List<TicketEvent> History(int catalogue)
    {
        var text = SealedText.Erased("");
        var facts = new List<TicketFact>
        {
            new Reported(text, text, "customer", 1, Channel.Portal, SlaPolicy.Commitment.Reference),
            new StaffReplied(text), new WorkStarted(), new SeverityChanged(Severity.Normal, Severity.High, null, text),
        };
        for (var i = 0; facts.Count < 200; i++)
        {
            facts.Add((i % 8) switch
            {
                0 => new CustomerReplied(text),
                1 => new NoteAdded(text),
                2 => new StatusRequested(),
                3 => new StaffReplied(text),
                4 => new WaitingStarted(),
                5 => new CustomerReplied(text),
                6 => new SeverityChanged(Severity.High, i % 16 < 8 ? Severity.Critical : Severity.High, null, text),
                _ => new StaffReplied(text),
            });
        }

        var author = new EventAuthor("agent", Role.Agent);
        return [.. facts.Select((fact, i) => new TicketEvent(i + 1, Start + Duration.FromHours(i * 5), author, catalogue, fact))];
    }

    private static BusinessCalendar Calendar(CalendarSpec spec) => BusinessCalendar.Create(spec).Calendar ?? throw new InvalidOperationException("The bench's own calendar is refused.");
}
