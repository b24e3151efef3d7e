using Microsoft.EntityFrameworkCore;
using NodaTime;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Application.Tickets;
using SupportPortal.Tests.Support;
using static SupportPortal.Tests.Application.Sla.SomePolicies;
using static SupportPortal.Tests.Application.Tickets.SomeDesk;

namespace SupportPortal.Tests.Application.Sla;

/// <summary>Moving open tickets to another version: told before, recorded on each, and taken up again where it was cut off.</summary>
public sealed class TicketMovesTests(PrivatePostgres postgres)
{
    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task The_preview_tells_what_the_move_then_does(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        await FillAsync(desk);
        var policy = With(new(SlaMetric.Resolution, TargetLength.Hours(30))) with { Version = 2 };
        policy = policy with { Severities = [.. policy.Severities.Select(level => level with { Targets = [.. level.Targets.Select(t => t.Metric is SlaMetric.FirstResponse or SlaMetric.PeriodicUpdate ? t with { Target = TargetLength.Hours(4) } : t)] })] };
        var told = await desk.Database.Get<EffectPreview>().OfPolicyAsync(policy); // As a draft: nothing is published yet.
        await desk.Database.Get<PolicyStore>().PublishAsync(Root, policy);
        Assert.Equal(Text(told), Text(await desk.Database.Get<EffectPreview>().OfPolicyAsync(desk.Database.Get<PolicyStore>().Current)));

        var before = await ClocksAsync(desk);
        var (moved, refused) = await desk.Database.Get<TicketMoves>().MoveAsync(Max, new(SlaPolicy.StandardPlan, 2), "The customers agreed.");
        Assert.Null(refused);
        var after = await ClocksAsync(desk);

        Assert.Equal((7, 7), (told.Tickets, moved)); // Neither the resolved one nor the one of another plan.
        var now = desk.Database.Clock.Now();
        var catalogue = desk.Database.Get<PolicyStore>().Catalogue;
        var changed = after.Where(clock => !before.TryGetValue(clock.Key, out var then) || (then.DueAt, then.StoppedAt, then.State) != (clock.Value.DueAt, clock.Value.StoppedAt, clock.Value.State)).ToList();
        var breached = changed.Count(clock => clock.Value.At(now, catalogue).State == SlaClockState.Breached);
        Assert.Equal((changed.Count, breached), (told.Lines.Sum(line => line.Counts.Values.Sum()), told.Count(ClockChangeKind.Breached)));
        Assert.Equal(changed.Select(clock => clock.Key.TicketId).Distinct().Count(), told.Changed);
        Assert.True(breached > 0 && told.Count(ClockChangeKind.Earlier) > 0 && told.Count(ClockChangeKind.Begun) > 0, Text(told)); // Of each something.
        foreach (var worst in told.Worst)
            Assert.Contains(after.Values, clock => clock.TicketId == worst.TicketId && clock.Metric == worst.Change.Metric && clock.DueAt == worst.Change.After);
        Assert.Empty(await desk.DifferencesAsync());
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task What_was_cut_off_is_taken_up_again(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        var tickets = new List<TicketHistory>();
        for (var i = 0; i < 40; i++) tickets.Add(await desk.OpenAsync($"Ticket {i}"));
        await desk.Database.Get<PolicyStore>().PublishAsync(Root, Within(3));
        var bad = tickets[25].Ticket.Id;
        await desk.TamperAsync(provider is DatabaseProvider.Sqlite
            ? $"CREATE TRIGGER bad BEFORE INSERT ON \"Events\" WHEN NEW.\"TicketId\" = {bad} BEGIN SELECT RAISE(ABORT, 'meant'); END"
            : $"ALTER TABLE \"Events\" ADD CONSTRAINT bad CHECK (\"TicketId\" <> {bad} OR \"Version\" < 2)");

        await Assert.ThrowsAnyAsync<Exception>(() => desk.Database.Get<TicketMoves>().MoveAsync(Max, new(SlaPolicy.StandardPlan, 2), "New contract."));
        var moved = await MovedAsync(desk);
        Assert.InRange(moved, 1, 39);
        await desk.TamperAsync(provider is DatabaseProvider.Sqlite ? "DROP TRIGGER bad" : "ALTER TABLE \"Events\" DROP CONSTRAINT bad");

        await using var next = await desk.OpenAgainAsync(); // Another process.
        Assert.Equal((40 - moved, null), await next.Database.Get<TicketMoves>().MoveAsync(Max, new(SlaPolicy.StandardPlan, 2), "The rest."));
        Assert.Equal((0, null), await next.Database.Get<TicketMoves>().MoveAsync(Max, new(SlaPolicy.StandardPlan, 2), "Nothing is left."));
        Assert.Equal(40, await MovedAsync(desk)); // Each once.
        Assert.Empty(await desk.DifferencesAsync());
        Assert.Equal(
            [
                "TicketsMoved max: Began to move open tickets of Standard to version 2: New contract.",
                $"TicketsMoved max: {moved} open tickets of Standard were moved to version 2.",
                "TicketsMoved max: Began to move open tickets of Standard to version 2: The rest.",
                $"TicketsMoved max: {40 - moved} open tickets of Standard were moved to version 2.",
            ],
            (await AuditAsync(desk.Database)).Where(line => line.StartsWith("TicketsMoved", StringComparison.Ordinal)).Take(4));
    }

    [Fact]
    public async Task A_move_is_a_managers_with_a_reason_to_a_version_in_force()
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var (moves, policies) = (desk.Database.Get<TicketMoves>(), desk.Database.Get<PolicyStore>());
        await desk.OpenAsync();
        await policies.PublishAsync(Root, Within(3), from: desk.Database.Clock.Now() + Duration.FromDays(1));
        PolicyReference to = new(SlaPolicy.StandardPlan, 2);
        Assert.Equal(RefusalKind.NotAllowed, (await moves.MoveAsync(Ada, to, "Because.")).Refused!.Kind);
        Assert.Equal("reason", (await moves.MoveAsync(Max, to, " ")).Refused!.Field);
        Assert.Equal("reason", (await moves.MoveAsync(Max, to, new string('x', TicketMoves.LongestReason + 1))).Refused!.Field);
        Assert.Equal("Standard, version 2 is not in force now.", (await moves.MoveAsync(Max, to, "Too early.")).Refused!.Message);
        Assert.Equal("Gold, version 1 is not in force now.", (await moves.MoveAsync(Max, new("Gold", 1), "No such.")).Refused!.Message);
        Assert.Equal(0, await MovedAsync(desk));

        desk.Database.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal((1, null), await moves.MoveAsync(Max, to, "In force."));
    }

    /// <summary>Tickets at every stage, and one each that is resolved and of another plan.</summary>
    private static async Task FillAsync(SomeDesk desk)
    {
        var clock = desk.Database.Clock;
        await desk.Database.Get<PolicyStore>().PublishAsync(Root, Within(2, "Gold"), 0);
        await CustomerOfAsync(desk.Database, "Casey's", null);
        await desk.OpenAsync("Gold", await CustomerOfAsync(desk.Database, "Northwind", "Gold"));
        await desk.OpenAsync("Breached by the move");
        var answered = await desk.OpenAsync("Answered: only its resolution is promised anew");
        var resolved = await desk.OpenAsync("Resolved");
        clock.Advance(TimeSpan.FromHours(5));
        await desk.ReplyAsync(Ada, answered, "We look.");
        await desk.ActAsync(Ada, resolved, ticket => ticket.Resolve(Ada, ResolutionKind.Fix, TicketDesk.Seal("Done.")));
        await desk.OpenAsync("Due earlier");
        var high = await desk.GradeAsync(Ada, await desk.OpenAsync("Its updates are due earlier"), Severity.High);
        await desk.ReplyAsync(Ada, high, "We look.");
        await desk.GradeAsync(Ada, await desk.OpenAsync("Breached a minute ago"), Severity.Critical);
        var asked = await desk.OpenAsync("Asked");
        await desk.ActAsync(Casey, asked, ticket => ticket.RequestStatus(Casey));
        await desk.GradeAsync(Ada, await desk.OpenAsync("Already breached"), Severity.Critical);
        clock.Advance(TimeSpan.FromMinutes(61));
    }

    private static string Text(Effect effect) =>
        $"{effect.Tickets} {effect.Changed} {string.Join(", ", effect.Lines.SelectMany(line => line.Counts.OrderBy(c => c.Key).Select(c => $"{line.Severity} {line.Metric} {c.Key} {c.Value}")))}";

    private static async Task<Dictionary<(long TicketId, int Ordinal), ClockRow>> ClocksAsync(SomeDesk desk)
    {
        await using var db = await desk.Database.OpenAsync();
        return await db.Set<ClockRow>().AsNoTracking().ToDictionaryAsync(clock => (clock.TicketId, clock.Ordinal));
    }

    private static async Task<int> MovedAsync(SomeDesk desk)
    {
        await using var db = await desk.Database.OpenAsync();
        return await db.Set<EventRow>().CountAsync(e => e.Type == "policyMoved");
    }
}
