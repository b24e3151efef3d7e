using CsCheck;
using NodaTime;
using SupportPortal.Domain;
using SupportPortal.Domain.Calendars;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Tests.Domain.Sla;

/// <summary>What a move or an edit changes, told before it happens; and which tickets an edit concerns (rule 10).</summary>
public sealed class ClockChangeTests
{
    [Theory]
    [InlineData("", "3 FirstResponse PT8H", "Mon 10:00 reported | 12:00 moved 2", "FirstResponse Earlier")]
    [InlineData("3 FirstResponse PT8H", "", "Mon 10:00 reported | 12:00 moved 2", "FirstResponse Later")]
    [InlineData("", "3 FirstResponse PT1H", "Mon 10:00 reported | 12:00 moved 2", "FirstResponse Breached")]
    [InlineData("", "3 FirstResponse PT2H", "Mon 10:00 reported | 12:00 moved 2", "FirstResponse Earlier")] // Due on the very instant: not breached.
    [InlineData("3 FirstResponse PT1H", "", "Mon 10:00 reported | 12:00 moved 2", "")]
    [InlineData("", "3 FirstResponse PT1H", "Mon 10:00 reported | 10:30 reply | 12:00 moved 2", "")]
    [InlineData("", "3 FirstResponse none", "Mon 10:00 reported | 12:00 moved 2", "FirstResponse Ended")]
    [InlineData("", "3 Resolution PT8H", "Mon 10:00 reported | 12:00 moved 2", "Resolution Begun")]
    [InlineData("", "3 Resolution PT1H", "Mon 10:00 reported | 12:00 moved 2", "Resolution Breached")]
    [InlineData("", "2 EmergencyPatch PT8H", "Mon 10:00 reported | 10:30 graded 2 | 12:00 moved 2", "EmergencyPatch Begun")]
    [InlineData("2 EmergencyPatch PT8H", "", "Mon 10:00 reported | 10:30 graded 2 | 12:00 moved 2", "EmergencyPatch Ended")]
    [InlineData("3 FirstResponse PT4H pausing", "3 FirstResponse PT5H pausing", "Mon 10:00 reported | 11:00 waiting | 12:00 moved 2", "FirstResponse Paused")]
    [InlineData("3 FirstResponse PT4H pausing", "3 FirstResponse PT4H pausing", "Mon 10:00 reported | 11:00 waiting | 12:00 moved 2", "")]
    [InlineData("3 FirstResponse PT4H pausing", "3 FirstResponse PT4H", "Mon 10:00 reported | 11:00 waiting | 12:00 moved 2", "FirstResponse Begun")]
    [InlineData("3 FirstResponse PT4H", "3 FirstResponse PT4H pausing", "Mon 10:00 reported | 11:00 waiting | 12:00 moved 2", "FirstResponse Paused")]
    [InlineData("", "2 PeriodicUpdate PT4H, * StatusRequest PT3H", "Mon 10:00 reported | 10:00 graded 2 | 10:00 patch | 11:00 reply | 11:30 asks | 12:00 moved 2", "PeriodicUpdate Earlier; StatusRequest Earlier")]
    public void What_the_last_event_changes(string policy, string next, string events, string changes)
    {
        var after = History.Read(events, SomeSla.Catalogue(SomeSla.Policy(policy), SomeSla.Policy(next, version: 2)));
        var before = after with { Events = [.. after.Events.SkipLast(1)] };
        Assert.Equal(changes, string.Join("; ", ClockChange.Between(before.Clocks, after.Clocks).Select(change => $"{change.Metric} {change.Kind}")));
    }

    [Theory]
    [InlineData("Nothing runs on it", "", "Mon 10:00 reported", "")]
    [InlineData("A clock runs on it", "", "Mon 10:00 reported | 11:00 asks", "Business")]
    [InlineData("It was answered", "", "Mon 10:00 reported | 11:00 asks | 12:00 reply", "")]
    [InlineData("It was breached", "", "Mon 10:00 reported | 11:00 asks | Wed 12:00 now", "")]
    [InlineData("It is due now, and not later", "", "Mon 10:00 reported | 11:00 asks | Tue 11:00 now", "Business")]
    [InlineData("It is paused", "* StatusRequest P1D on Business pausing", "Mon 10:00 reported | 11:00 asks | 12:00 waiting | Fri 12:00 now", "Business")]
    [InlineData("A milder level's promise, which does not decide", "3 FirstResponse P5D on Business", "Mon 10:00 reported | 10:05 graded 1", "Business")]
    [InlineData("It started under the edit", "", "Mon 10:00 reported | 11:00 calendar Business | 12:00 asks", "")]
    [InlineData("It has heard of it", "", "Mon 10:00 reported | 11:00 asks | 12:00 calendar Business", "")]
    [InlineData("It was resolved", "", "Mon 10:00 reported | 11:00 asks | 12:00 resolved fix", "")]
    public void Which_tickets_an_edit_concerns(string rule, string policy, string events, string calendars)
    {
        Assert.NotEmpty(rule);
        var edited = SomeSla.Calendar(BusinessCalendar.BusinessDefault with { Holidays = [new() { Date = "2026-01-13" }] });
        var history = History.Read(events, SomeSla.Catalogue(SomeSla.Policy(policy)).With(edited));
        Assert.Equal(calendars, string.Join(' ', SlaLedger.EditedCalendars(history.Catalogue, history.Events, history.Now)));
    }

    [Fact]
    public void After_its_events_no_ticket_lacks_one_and_what_was_breached_stays() => AnyHistory.Any.Sample(history =>
    {
        var now = history.Now;
        var edited = SlaLedger.EditedCalendars(history.Catalogue, history.Events, now);
        TicketEvent[] after = [.. history.Events, .. edited.Select((name, i) => History.Event(history.Events.Count + 1 + i, now, new CalendarChanged(name)) with { Catalogue = history.Catalogue.Version })];
        Assert.Empty(SlaLedger.EditedCalendars(history.Catalogue, after, now));
        var clocks = SlaLedger.Fold(history.Catalogue, after, now);
        Assert.Equal(history.Clocks.Count, clocks.Count);
        foreach (var (then, clock) in history.Clocks.Zip(clocks))
        {
            if (!then.IsLive || then.State == SlaClockState.Breached) Assert.Equal((then.DueAt, then.StoppedAt, then.State, then.LateBy, then.Missed, then.Promise), (clock.DueAt, clock.StoppedAt, clock.State, clock.LateBy, clock.Missed, clock.Promise));
        }
    }, iter: 2000);

    [Fact]
    public void The_catalogue_knows_which_version_made_a_calendar_and_which_was_the_last_edit()
    {
        var catalogue = SlaCatalogue.Empty.With(SomeSla.Business).With(SlaPolicy.Commitment);
        Assert.Equal((1, 0, 0), (catalogue.VersionOf("Business"), catalogue.VersionOf("Lunch"), catalogue.LastEdit));
        catalogue = catalogue.With(SomeSla.Lunch);
        Assert.Equal((1, 3, 0), (catalogue.VersionOf("Business"), catalogue.VersionOf("Lunch"), catalogue.LastEdit)); // A new calendar concerns no clock.
        catalogue = catalogue.With(SomeSla.Calendar(BusinessCalendar.BusinessDefault)).With(SlaPolicy.Commitment with { Version = 2 });
        Assert.Equal((4, 3, 4), (catalogue.VersionOf("Business"), catalogue.VersionOf("Lunch"), catalogue.LastEdit));
    }

    [Fact]
    public void A_manager_moves_an_open_ticket_within_its_plan()
    {
        var ticket = Ticket.Fold(1, History.Read("Mon 10:00 reported", SomeSla.Catalogue(SomeSla.Policy(""))).Events);
        var max = new Actor("max", Role.Manager);
        Assert.Equal([new PolicyMoved(new(SlaPolicy.StandardPlan, 2))], ticket.MoveTo(max, new(SlaPolicy.StandardPlan, 2)).Facts);
        Assert.Equal((0, 0), (ticket.MoveTo(max, ticket.Policy).Facts.Count, ticket.MoveTo(max, ticket.Policy).Refusals.Count));
        Assert.Equal(RefusalKind.NotNow, ticket.MoveTo(max, new("Gold", 1)).Refusals[0].Kind);
        Assert.Equal(RefusalKind.NotAllowed, ticket.MoveTo(new Actor("ada", Role.Agent), new(SlaPolicy.StandardPlan, 2)).Refusals[0].Kind);
        var resolved = Ticket.Fold(1, History.Read("Mon 10:00 reported | 11:00 resolved fix", SomeSla.Catalogue(SomeSla.Policy(""))).Events);
        Assert.Equal(RefusalKind.NotNow, resolved.MoveTo(max, new(SlaPolicy.StandardPlan, 2)).Refusals[0].Kind);
    }
}
