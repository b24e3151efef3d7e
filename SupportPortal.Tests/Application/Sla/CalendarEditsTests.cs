using Microsoft.EntityFrameworkCore;
using NodaTime;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.Calendars;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Application.Tickets;
using SupportPortal.Tests.Support;
using static SupportPortal.Tests.Application.Sla.SomePolicies;
using static SupportPortal.Tests.Application.Tickets.SomeDesk;

namespace SupportPortal.Tests.Application.Sla;

/// <summary>Rule 10: an edit of a calendar reaches every clock that runs on it, once, whoever dies meanwhile. The tests begin on a Monday at 09:00.</summary>
public sealed class CalendarEditsTests(PrivatePostgres postgres)
{
    private static readonly Instant Monday = Instant.FromDateTimeOffset(TestDatabase.Monday);

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Running_clocks_on_it_are_due_anew_and_what_was_breached_or_stopped_stays(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        var (clock, policies) = (desk.Database.Clock, desk.Database.Get<PolicyStore>());
        var (breached, met) = (await AskedAsync(desk, "Breached"), await AskedAsync(desk, "Met"));
        await desk.ReplyAsync(Ada, met, "It stands well.");
        clock.Advance(TimeSpan.FromHours(25)); // Tuesday 10:00: what was due on Monday at 17:00 is breached.
        var (running, idle) = (await AskedAsync(desk, "Running"), await desk.OpenAsync("On no calendar"));
        var closed = await AskedAsync(desk, "Closed");
        await desk.ActAsync(Ada, closed, ticket => ticket.Resolve(Ada, ResolutionKind.Fix, TicketDesk.Seal("Done.")));

        var preview = await desk.Database.Get<EffectPreview>().OfCalendarAsync(BusinessCalendar.Create(BusinessWithout("2030-01-09")).Calendar!);
        var (published, refusals) = await policies.PublishCalendarAsync(Root, BusinessWithout("2030-01-09"), 1);
        Assert.Empty(refusals);
        Assert.Equal(1, await desk.Database.Get<CalendarEdits>().RedueAsync());
        Assert.Equal(0, await desk.Database.Get<CalendarEdits>().RedueAsync());

        Assert.Equal(Monday + Duration.FromDays(3) + Duration.FromHours(1), await StatusDueAsync(desk, running)); // Wednesday is a holiday: Thursday 10:00.
        Assert.Equal(Monday + Duration.FromHours(8), await StatusDueAsync(desk, breached));
        Assert.Equal(Monday + Duration.FromHours(8), await StatusDueAsync(desk, met));
        Assert.Equal([(running.Ticket.Id, "root")], await ToldAsync(desk));
        Assert.Equal((1, 1, 1), (preview.Tickets, preview.Changed, preview.Count(ClockChangeKind.Later)));
        Assert.Equal(Monday + Duration.FromDays(3) + Duration.FromHours(1), await StatusDueAsync(desk, await AskedAsync(desk, "From now on")));
        Assert.Empty(await desk.DifferencesAsync());
        Assert.Equal(["CalendarPublished root: Business, as catalogue version 3."], await AuditAsync(desk.Database));
        Assert.Equal(idle.Ticket.Version, (await desk.Desk.FindAsync(Ada, idle.Ticket.Id))!.Ticket.Version);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_promise_that_does_not_decide_is_made_anew_too(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        var policies = desk.Database.Get<PolicyStore>();
        await policies.PublishAsync(Root, With(new(SlaMetric.FirstResponse, TargetLength.Hours(7), "Business")));
        var ticket = await desk.GradeAsync(Ada, await desk.OpenAsync(), Severity.High); // 6 h round the clock decide: 15:00, before 16:00.
        var longer = BusinessCalendar.BusinessDefault with { Hours = BusinessCalendar.BusinessDefault.Hours.ToDictionary(day => day.Key, _ => new[] { "00:00-24:00" }), WorkdayLength = "PT8H" };
        await policies.PublishCalendarAsync(Root, longer, 1);
        Assert.Equal(1, await desk.Database.Get<CalendarEdits>().RedueAsync());
        Assert.Equal([(ticket.Ticket.Id, "root")], await ToldAsync(desk));
        await policies.PublishCalendarAsync(Root, longer with { TimeZone = "Europe/Berlin" }, 4);
        Assert.Equal(1, await desk.Database.Get<CalendarEdits>().RedueAsync()); // Of each version once.
        Assert.Empty(await desk.DifferencesAsync());
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task What_a_process_left_undone_the_next_one_does(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        var tickets = new List<TicketHistory>();
        for (var i = 0; i < 30; i++) tickets.Add(await AskedAsync(desk, $"Ticket {i}"));
        await desk.Database.Get<PolicyStore>().PublishCalendarAsync(Root, BusinessWithout("2030-01-08"), 1);
        var bad = tickets[20].Ticket.Id;
        await desk.TamperAsync(provider is DatabaseProvider.Sqlite
            ? $"CREATE TRIGGER bad BEFORE INSERT ON \"Events\" WHEN NEW.\"TicketId\" = {bad} BEGIN SELECT RAISE(ABORT, 'meant'); END"
            : $"ALTER TABLE \"Events\" ADD CONSTRAINT bad CHECK (\"TicketId\" <> {bad} OR \"Version\" < 3)");
        await Assert.ThrowsAnyAsync<Exception>(() => desk.Database.Get<CalendarEdits>().FollowAsync());
        Assert.False(await desk.Database.Get<CalendarEdits>().IsFollowedAsync());
        Assert.InRange((await ToldAsync(desk)).Count, 1, 29);
        await desk.TamperAsync(provider is DatabaseProvider.Sqlite ? "DROP TRIGGER bad" : "ALTER TABLE \"Events\" DROP CONSTRAINT bad");

        desk.Database.Clock.Advance(CalendarEdits.Settling.ToTimeSpan());
        await using var next = await desk.OpenAgainAsync();
        await next.Database.Get<CalendarEdits>().FollowAsync();
        Assert.True(await desk.Database.Get<CalendarEdits>().IsFollowedAsync());
        Assert.Equal(tickets.Select(ticket => (ticket.Ticket.Id, "root")), await ToldAsync(desk));
        Assert.Empty(await desk.DifferencesAsync());
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_clock_that_another_server_still_started_on_the_version_before_is_found(DatabaseProvider provider)
    {
        await using var here = await SomeDesk.MakeAsync(provider, postgres);
        await using var there = await here.OpenAgainAsync();
        here.Database.Clock.Advance(TimeSpan.FromHours(1));
        await here.Database.Get<PolicyStore>().RefreshAsync();
        await there.Database.Get<PolicyStore>().RefreshAsync();
        await here.Database.Get<PolicyStore>().PublishCalendarAsync(Root, BusinessWithout("2030-01-08"), 1);
        var edits = here.Database.Get<CalendarEdits>();
        var following = edits.FollowAsync();
        var late = await AskedAsync(there, "It has not heard of it");
        Assert.False(await edits.IsFollowedAsync());
        while (!following.IsCompleted)
        {
            here.Database.Clock.Advance(TimeSpan.FromMilliseconds(1)); // It may not wait yet.
            await Task.Yield();
        }

        await following;
        Assert.True(await edits.IsFollowedAsync());
        Assert.Equal(Monday + Duration.FromDays(2) + Duration.FromHours(1), await StatusDueAsync(here, late)); // Not Tuesday.
        Assert.Empty(await here.DifferencesAsync());
    }

    [Fact]
    public async Task Nothing_is_to_follow_where_no_calendar_was_edited()
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        await desk.Database.Get<PolicyStore>().PublishCalendarAsync(Root, BusinessCalendar.BusinessDefault with { Name = "Nights" }, 0);
        Assert.True(await desk.Database.Get<CalendarEdits>().IsFollowedAsync());
    }

    [Fact]
    public async Task What_is_wrong_with_a_calendar_is_refused_at_its_field()
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var policies = desk.Database.Get<PolicyStore>();
        Assert.Equal(["hours.monday[0]", "timeZone"], (await RefusedAsync(BusinessCalendar.BusinessDefault with { TimeZone = "Moon/Base", Hours = new() { ["monday"] = ["25:00-26:00"] } }, 1)).Select(r => r.Field).Order());
        Assert.Equal("There is a calendar named “Business” already.", (await RefusedAsync(BusinessCalendar.BusinessDefault, 0))[0].Message);
        Assert.Equal("There is a calendar named “Business” already.", (await RefusedAsync(BusinessCalendar.BusinessDefault with { Name = "BUSINESS" }, 0))[0].Message);
        Assert.Equal(RefusalKind.NotNow, (await RefusedAsync(BusinessWithout("2030-01-08"), 7))[0].Kind);
        Assert.Equal(RefusalKind.NotAllowed, (await policies.PublishCalendarAsync(Max, BusinessWithout("2030-01-08"), 1)).Refusals[0].Kind);

        await policies.PublishAsync(Root, With(new(SlaMetric.Resolution, TargetLength.Hours(80_000), "Business")));
        await policies.PublishAsync(Root, Within(3)); // The version before still counts for its tickets.
        var once = new CalendarSpec { Name = "Business", TimeZone = "UTC", Hours = new() { ["monday"] = ["09:00-10:00"] } };
        Assert.Equal(new Refusal("hours", "It is open too seldom for what Standard, version 2, promises on it: that would not be used up within fifty years."), Assert.Single(await RefusedAsync(once, 1)));
        Assert.Equal(1, policies.Catalogue.VersionOf("Business"));

        async Task<IReadOnlyList<Refusal>> RefusedAsync(CalendarSpec spec, int seen)
        {
            var (published, refusals) = await policies.PublishCalendarAsync(Root, spec, seen);
            Assert.Null(published);
            return refusals;
        }
    }

    /// <summary>A request whose customer asked how it stands: within a business day.</summary>
    private static async Task<TicketHistory> AskedAsync(SomeDesk desk, string subject) =>
        await desk.ActAsync(Casey, await desk.OpenAsync(subject), ticket => ticket.RequestStatus(Casey));

    private static async Task<Instant?> StatusDueAsync(SomeDesk desk, TicketHistory ticket)
    {
        await using var db = await desk.Database.OpenAsync();
        return (await db.Set<ClockRow>().SingleAsync(clock => clock.TicketId == ticket.Ticket.Id && clock.Metric == SlaMetric.StatusRequest)).DueAt;
    }

    private static async Task<List<(long TicketId, string By)>> ToldAsync(SomeDesk desk)
    {
        await using var db = await desk.Database.OpenAsync();
        return [.. (await db.Set<EventRow>().Where(e => e.Type == "calendarChanged").OrderBy(e => e.TicketId).Select(e => new { e.TicketId, e.ActorId }).ToListAsync()).Select(e => (e.TicketId, e.ActorId))];
    }
}
