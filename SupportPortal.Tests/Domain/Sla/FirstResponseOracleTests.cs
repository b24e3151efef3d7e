using CsCheck;
using NodaTime;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Tests.Domain.Sla;

/// <summary>The first response round the clock, told a second time from the text of rule 3 alone: slow, and without any state.</summary>
public sealed class FirstResponseOracleTests
{
    private static readonly Dictionary<Severity, Duration> Promised = new()
    {
        [Severity.Critical] = Duration.FromHours(1),
        [Severity.High] = Duration.FromHours(6),
        [Severity.Normal] = Duration.FromHours(24),
    };

    private static readonly SlaCatalogue Commitment = SomeSla.Catalogue(SomeSla.Policy(""), SomeSla.Policy("", version: 2)).With(SomeSla.Business);

    [Fact]
    public void The_fold_agrees_with_the_rule_as_it_is_written() => AnyHistory.Of(Gen.Const(Commitment)).Sample(history =>
        Assert.Equal(
            FirstResponses(history),
            history.Clocks.Where(c => c.Metric == SlaMetric.FirstResponse).Select(c => (c.StartedAt, c.DueAt!.Value, c.StoppedAt, c.State))), iter: 2000);

    [Fact]
    public void No_grading_makes_it_later_than_the_mildest_promise() => AnyHistory.Of(Gen.Const(Commitment)).Sample(history =>
        Assert.All(
            history.Clocks.Where(c => c.Metric == SlaMetric.FirstResponse),
            clock => Assert.True(clock.DueAt <= clock.StartedAt + Promised[Severity.Normal])), iter: 2000);

    private static IEnumerable<(Instant Start, Instant Due, Instant? Stop, SlaClockState State)> FirstResponses(History history)
    {
        foreach (var cycle in Cycles(history.Events))
        {
            var start = cycle[0].At;
            var stop = cycle.Select((e, i) => (e, i)).FirstOrDefault(e => IsAnswered(cycle.Take(e.i + 1).ToList(), e.e));
            var end = stop.e?.At ?? history.Now;

            // The due instant after each event up to the stop; the first that has passed when the next one comes is final.
            var due = start;
            var last = stop.e is null ? cycle.Count - 1 : stop.i;
            for (var i = 0; i <= last; i++)
            {
                if (i == 0 || due >= cycle[i].At) due = Due(cycle.Take(i + 1).ToList());
            }

            var cancelled = stop.e?.Fact is Merged;
            yield return (start, due, stop.e?.At, due < end ? SlaClockState.Breached : stop.e is null ? SlaClockState.Running : cancelled ? SlaClockState.Cancelled : SlaClockState.Met);
        }
    }

    /// <summary>From the report or a reopening up to the resolution or merge; the severity of before comes first.</summary>
    private static List<List<TicketEvent>> Cycles(IReadOnlyList<TicketEvent> events)
    {
        var cycles = new List<List<TicketEvent>>();
        var open = false;
        var severity = Severity.Normal;
        foreach (var happened in events)
        {
            if (!open && happened.Fact is Reported or Reopened)
            {
                if (open) continue;
                open = true;
                cycles.Add([happened with { Fact = new SeverityChanged(severity, severity, null, SealedText.Erased("")) }]);
                continue;
            }

            if (!open) continue;
            cycles[^1].Add(happened);
            if (happened.Fact is SeverityChanged change) severity = change.To;
            if (happened.Fact is Resolved or Merged) open = false;
        }

        return cycles;
    }

    private static bool IsAnswered(List<TicketEvent> sofar, TicketEvent happened)
    {
        if (happened.Fact is Resolved or Merged) return true;
        var replied = sofar.Any(e => e.Fact is StaffReplied or ResolutionProposed);
        return replied && (Current(sofar) != Severity.Critical || sofar.Any(e => e.Fact is WorkStarted));
    }

    private static Severity Current(IEnumerable<TicketEvent> sofar) => sofar.Select(e => e.Fact).OfType<SeverityChanged>().Last().To;

    /// <summary>The earliest of since(L) + target(L) over the current severity and all milder ones.</summary>
    private static Instant Due(List<TicketEvent> sofar)
    {
        var start = sofar[0].At;
        var since = new Dictionary<Severity, Instant>();
        var current = Current(sofar.Take(1));
        foreach (var level in Promised.Keys.Where(level => level >= current)) since[level] = start;
        foreach (var happened in sofar.Skip(1))
        {
            if (happened.Fact is not SeverityChanged change || change.To == current) continue;
            var given = change.ImpactSince is { } impact ? Instant.Max(impact, start) : (Instant?)null;
            var i = given ?? (change.To < current ? start : since.GetValueOrDefault(change.To, start));
            current = change.To;
            since[current] = i;
            foreach (var milder in Promised.Keys.Where(level => level > change.To)) since[milder] = Instant.Min(i, since.GetValueOrDefault(milder, i));
            foreach (var graver in Promised.Keys.Where(level => level < change.To)) since.Remove(graver);
            since[Severity.Normal] = start;
        }

        return since.Where(level => level.Key >= current).Min(level => level.Value + Promised[level.Key]);
    }
}
