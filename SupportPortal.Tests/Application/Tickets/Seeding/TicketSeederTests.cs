using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Application.Tickets.Seeding;
using SupportPortal.Domain;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Application.Tickets.Seeding;

public sealed class TicketSeederTests(PrivatePostgres postgres)
{
    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Years_of_tickets_come_in_all_shapes_and_agree_with_their_events(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        await desk.OpenAsync("There before");
        await SeedAsync(desk, SeedPlan.Of(600, open: 100, organisations: 12, seed: 7));

        Assert.Empty(await desk.DifferencesAsync());
        await using var db = await desk.Database.OpenAsync();
        var tickets = await db.Set<TicketRow>().Where(t => t.Id > 10001).ToListAsync();
        Assert.Equal((600, 100), (tickets.Count, tickets.Count(t => t.IsOpen)));
        Assert.Equal(Enum.GetValues<TicketStatus>(), tickets.Select(t => t.Status).Distinct().Order());
        Assert.Equal(Enum.GetValues<Severity>(), tickets.Select(t => t.Severity).Distinct().Order());
        Assert.Equal(12, tickets.Select(t => t.OrganisationId).Distinct().Count());
        Assert.Equal(tickets.OrderBy(t => t.Id).Select(t => t.ReportedAt).Order(), tickets.OrderBy(t => t.Id).Select(t => t.ReportedAt));
        Assert.All(tickets, t => Assert.True(t.ChangedAt <= desk.Database.Clock.Now()));
        Assert.True(tickets.Min(t => t.ReportedAt) < desk.Database.Clock.Now() - NodaTime.Duration.FromDays(2 * 365));

        var clocks = await db.Set<ClockRow>().ToListAsync();
        Assert.Equal([SlaClockState.Running, SlaClockState.Met, SlaClockState.Breached, SlaClockState.Cancelled, SlaClockState.Owed], clocks.Select(c => c.State).Distinct().Order());
        var types = await db.Set<EventRow>().Select(e => e.Type).Distinct().ToListAsync();
        Assert.Empty(new[] { "staffReply", "customerReply", "internalNote", "severityChanged", "severityConfirmed", "waitingOnCustomer", "statusRequested", "reopened", "rated" }.Except(types));
    }

    [Fact]
    public async Task The_same_plan_at_the_same_moment_makes_the_same_chains()
    {
        await using var one = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        await using var other = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var plan = SeedPlan.Of(40, open: null, organisations: null, seed: 3);
        await SeedAsync(one, plan);
        await SeedAsync(other, plan);
        Assert.Equal(await HeadsAsync(one), await HeadsAsync(other));

        static async Task<List<string>> HeadsAsync(SomeDesk desk)
        {
            await using var db = await desk.Database.OpenAsync();
            return await db.Set<TicketRow>().OrderBy(t => t.Id).Select(t => t.LastHash).ToListAsync();
        }
    }

    [Fact]
    public async Task What_it_adds_to_a_new_database_no_start_writes_anew()
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        await SeedAsync(desk, SeedPlan.Of(40, open: null, organisations: null, seed: 3));
        await desk.TamperAsync("UPDATE \"Clocks\" SET \"DueSeverity\" = NULL"); // As a version before would have left it.
        await using var restarted = await desk.OpenAgainAsync();
        await restarted.Database.Get<ProjectionUpgrade>().RunAsync();
        await using var db = await desk.Database.OpenAsync();
        Assert.False(await db.Set<ClockRow>().AnyAsync(c => c.DueSeverity != null));
    }

    [Fact]
    public async Task A_second_run_adds_tickets_to_the_same_people()
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var plan = SeedPlan.Of(20, open: 5, organisations: 5, seed: 1);
        await SeedAsync(desk, plan);
        await SeedAsync(desk, plan);
        await using var db = await desk.Database.OpenAsync();
        Assert.Equal((40, 5, 34), (await db.Set<TicketRow>().CountAsync(), await db.Organisations.CountAsync(), await db.Users.CountAsync()));
        Assert.Empty(await desk.DifferencesAsync());
    }

    private static Task SeedAsync(SomeDesk desk, SeedPlan plan) => desk.Database.Get<TicketSeeder>().AddAsync(plan, null, CancellationToken.None);
}
