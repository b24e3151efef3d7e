using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Support;
using static SupportPortal.Tests.Application.Tickets.SomeDesk;

namespace SupportPortal.Tests.Application.Tickets;

/// <summary>A store that an older version wrote is brought to this one.</summary>
public sealed class ProjectionUpgradeTests(PrivatePostgres postgres)
{
    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Clocks_of_an_older_version_are_completed_once_and_their_alarms_stay(DatabaseProvider provider)
    {
        await using var desk = await MakeAsync(provider, postgres);
        var ticket = await desk.GradeAsync(Ada, await desk.OpenAsync(), Severity.Critical);
        ticket = await desk.ActAsync(Ada, ticket, t => t.Assign(Ada, "ada"));
        desk.Database.Clock.Advance(TimeSpan.FromHours(2));
        ticket = await desk.ReplyAsync(Ada, ticket, "Here.");
        await desk.OpenAsync("Another");
        ticket = await desk.ActAsync(Ada, ticket, t => t.Resolve(Ada, ResolutionKind.Fix, TicketDesk.Seal("Mended.")));
        await desk.ActAsync(Casey, ticket, t => t.Reopen(Casey, TicketDesk.Seal("Again.")));
        await desk.TamperAsync("UPDATE \"Tickets\" SET \"FirstResolvedAt\" = NULL, \"Reopens\" = 0");
        await desk.TamperAsync("UPDATE \"Clocks\" SET \"DueSeverity\" = NULL, \"DueAssigneeId\" = NULL, \"AlarmAt\" = \"AlarmAt\" + 1");
        Assert.NotEmpty(await desk.DifferencesAsync());
        var alarms = await AlarmsAsync(desk);

        await using var restarted = await desk.OpenAgainAsync();
        var upgrade = restarted.Database.Get<ProjectionUpgrade>();
        Assert.False(upgrade.Done.IsCompleted);
        await upgrade.RunAsync();
        Assert.True(upgrade.Done.IsCompleted);
        Assert.Equal(alarms, await AlarmsAsync(desk));
        await desk.TamperAsync("UPDATE \"Clocks\" SET \"AlarmAt\" = \"AlarmAt\" - 1");
        Assert.Empty(await desk.DifferencesAsync());

        await desk.TamperAsync("UPDATE \"Clocks\" SET \"DueSeverity\" = NULL");
        await desk.Database.Get<ProjectionUpgrade>().RunAsync();
        Assert.NotEmpty(await desk.DifferencesAsync()); // Done before: it is not looked for at every start.
    }

    private static async Task<string> AlarmsAsync(SomeDesk desk)
    {
        await using var db = await desk.Database.OpenAsync();
        return string.Join(' ', db.Set<ClockRow>().OrderBy(c => c.TicketId).ThenBy(c => c.Ordinal).Select(c => c.AlarmAt).ToList());
    }
}
