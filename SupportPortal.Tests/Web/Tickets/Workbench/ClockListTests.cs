using AngleSharp.Dom;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using SupportPortal.Domain;
using SupportPortal.Domain.Calendars;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Domain.Tickets;
using SupportPortal.Web.Tickets.Workbench;

namespace SupportPortal.Tests.Web.Tickets.Workbench;

public sealed class ClockListTests : BunitContext
{
    private static readonly Instant Now = Instant.FromUtc(2030, 1, 7, 12, 0);

    private Actor _by = SomeTicket.Person("agent");

    public ClockListTests() => Services.AddSingleton<TimeProvider>(new FakeTimeProvider(Now.ToDateTimeOffset()));

    [Fact]
    public void Live_clocks_come_first_by_what_is_due_and_the_rest_latest_first()
    {
        var list = Draw(
            Clock(SlaMetric.FirstResponse, SlaClockState.Met, from: 8, due: 10, stopped: 9),
            Clock(SlaMetric.EmergencyPatch, SlaClockState.Owed, from: 9, due: null),
            Clock(SlaMetric.StatusRequest, SlaClockState.Met, from: 10, due: 14, stopped: 11),
            Clock(SlaMetric.PeriodicUpdate, SlaClockState.Running, from: 11, due: 23));

        Assert.Equal(["Next update", "Emergency patch", "Status request", "First response"], list.FindAll(".clock strong").Select(name => name.TextContent));
        Assert.Equal(["Running", "Owed", "Met", "Met"], list.FindAll(".clock-state").Select(state => state.TextContent));
    }

    [Fact]
    public void A_breach_says_how_late_and_how_many_updates_were_missed()
    {
        var list = Draw(Clock(SlaMetric.PeriodicUpdate, SlaClockState.Breached, from: 1, due: 3, stopped: 8) with { LateBy = Duration.FromHours(5), Missed = 3 });
        Assert.Equal("Started: 01:00, Due: 03:00, Stopped: 08:00, Late by: 5 h 0 min, Missed: 3 updates", Facts(list));
        Assert.Empty(list.FindAll("sla-countdown"));
        Assert.Empty(list.FindAll("button"));
    }

    [Fact]
    public void Managers_are_offered_an_exception_for_a_breach_that_has_ended_and_for_nothing_else()
    {
        _by = SomeTicket.Person("manager");
        var list = Draw(
            Clock(SlaMetric.FirstResponse, SlaClockState.Breached, from: 1, due: 3, stopped: 8) with { LateBy = Duration.FromHours(5) },
            Clock(SlaMetric.StatusRequest, SlaClockState.Met, from: 8, due: 10, stopped: 9),
            Clock(SlaMetric.NextResponse, SlaClockState.Breached, from: 8, due: 10) with { LateBy = Duration.FromHours(2) });
        Assert.Equal(["Propose exception"], list.FindAll("button").Select(button => button.TextContent));
    }

    [Fact]
    public void A_breach_that_still_runs_counts_on_in_the_browser()
    {
        var list = Draw(Clock(SlaMetric.FirstResponse, SlaClockState.Breached, from: 8, due: 11) with { LateBy = Duration.FromHours(1) });
        Assert.Equal(("Breached, still running", "overdue by 1 h 0 min"), (list.Find(".clock-state").TextContent, list.Find("sla-countdown").TextContent));
    }

    [Fact]
    public void What_has_no_due_instant_says_why()
    {
        Assert.Equal("Started: 09:00, Due: no time was promised", Facts(Draw(Clock(SlaMetric.EmergencyPatch, SlaClockState.Owed, 9, null))));
        Assert.Equal("Started: 09:00, Due: when the wait has ended", Facts(Draw(Clock(SlaMetric.FirstResponse, SlaClockState.Paused, 9, null))));
    }

    [Fact]
    public void Why_this_time_names_the_promise_its_start_and_every_stretch()
    {
        var promise = new SlaPromise(Severity.High, At(15), new SlaTarget(SlaMetric.StatusRequest, TargetLength.Workdays(1), "Business"), BusinessCalendar.Create(BusinessCalendar.BusinessDefault).Calendar, 1);
        var clock = Clock(SlaMetric.StatusRequest, SlaClockState.Running, 15, null) with { DueAt = At(15) + Duration.FromDays(1), Promise = promise };

        var details = Draw(clock).Find("details");

        Assert.Equal(
            [
                "Severity 2 – High: 1 business day, on the calendar Business, counted from 15:00.",
                "15:00 – 17:00: counts",
                "17:00 – Tue 8 Jan, 09:00: outside hours",
                "Tue 8 Jan, 09:00 – Tue 8 Jan, 15:00: counts",
                "Due Tue 8 Jan 2030, 15:00:00 UTC.",
            ],
            details.QuerySelectorAll("p, li").Select(line => line.TextContent));
    }

    private IRenderedComponent<ClockList> Draw(params SlaClock[] clocks) =>
        Render<ClockList>(list => list.Add(c => c.Clocks, clocks).Add(c => c.Ticket, SomeTicket.Of("Mon 01:00 reported")).Add(c => c.Actor, _by).Add(c => c.NameOf, id => id).Add(c => c.Zone, DateTimeZone.Utc).Add(c => c.Now, Now)
            .Add(c => c.Do, _ => Task.FromResult<IReadOnlyList<Refusal>>([])));

    private static string Facts(IRenderedComponent<ClockList> list) =>
        string.Join(", ", list.FindAll("dt").Zip(list.FindAll("dd"), (term, fact) => $"{term.TextContent}: {fact.TextContent.Trim()}"));

    private static SlaClock Clock(SlaMetric metric, SlaClockState state, int from, int? due, int? stopped = null) =>
        new(metric, At(from), due is { } d ? At(d) : null, stopped is { } s ? At(s) : null, state, null, null, null, []);

    private static Instant At(int hour) => Instant.FromUtc(2030, 1, 7, hour, 0);
}
