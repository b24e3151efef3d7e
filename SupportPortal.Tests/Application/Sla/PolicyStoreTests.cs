using NodaTime;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Application.Tickets;
using SupportPortal.Tests.Support;
using static SupportPortal.Tests.Application.Tickets.SomeDesk;

namespace SupportPortal.Tests.Application.Sla;

/// <summary>Publishing a policy: which version it becomes, from when it is in force, and that every process learns of it.</summary>
public sealed class PolicyStoreTests(PrivatePostgres postgres)
{
    private static readonly Actor Root = new("root", Role.Administrator);

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_published_policy_is_the_next_version_and_in_force_at_once(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        var policies = desk.Database.Get<PolicyStore>();
        var before = await desk.OpenAsync("Before");
        desk.Database.Clock.Advance(TimeSpan.FromMinutes(1));

        var (published, refusals) = await policies.PublishAsync(Root, Quicker(3) with { Version = 77, EffectiveFrom = Instant.MaxValue });
        Assert.Empty(refusals);
        Assert.Equal((2, desk.Database.Clock.Now(), 2), (published!.Version, published.EffectiveFrom, policies.Current.Version));

        var after = await desk.OpenAsync("After");
        Assert.Equal(Duration.FromHours(24), Due(policies, before));
        Assert.Equal(Duration.FromHours(3), Due(policies, after));
        Assert.Empty(await desk.DifferencesAsync());
        Assert.Equal(["2 root", "1 "], (await policies.VersionsAsync(SlaPolicy.StandardPlan)).Select(version => $"{version.Policy.Version} {version.By}"));
    }

    [Fact]
    public async Task Only_administrators_publish()
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var (published, refusals) = await desk.Database.Get<PolicyStore>().PublishAsync(Max, Quicker(3));
        Assert.Null(published);
        Assert.Equal(new Refusal("", "Only administrators publish policies.", RefusalKind.NotAllowed), Assert.Single(refusals));
        Assert.Equal(1, desk.Database.Get<PolicyStore>().Current.Version);
    }

    [Fact]
    public async Task What_is_wrong_is_refused_at_its_field_and_nothing_is_published()
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var policies = desk.Database.Get<PolicyStore>();
        var (published, refusals) = await policies.PublishAsync(Root, Quicker(3) with { Severities = [new(Severity.Normal, [new(SlaMetric.FirstResponse, TargetLength.Hours(1), "Moon")])] });
        Assert.Null(published);
        Assert.Equal("policy.severities[0].targets[0].clock", Assert.Single(refusals).Field);
        Assert.Equal(1, (await policies.CurrentAsync()).Version);
    }

    [Fact]
    public async Task Whoever_saw_an_older_version_is_told()
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var policies = desk.Database.Get<PolicyStore>();
        await policies.PublishAsync(Root, Quicker(3), seenVersion: 1);
        var (published, refusals) = await policies.PublishAsync(Root, Quicker(4), seenVersion: 1);
        Assert.Null(published);
        Assert.Equal((RefusalKind.NotNow, "Version 2 was published meanwhile. Compare yours with it, then publish again."), (refusals[0].Kind, refusals[0].Message));
    }

    [Fact]
    public async Task A_clock_set_back_puts_no_older_version_in_force()
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        desk.Database.Clock.Advance(TimeSpan.FromHours(1));
        await desk.Database.Get<PolicyStore>().PublishAsync(Root, Quicker(3));
        desk.Database.Clock.AdjustTime(TestDatabase.Monday);
        await desk.Database.Get<PolicyStore>().PublishAsync(Root, Quicker(4));
        desk.Database.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(3, desk.Database.Get<PolicyStore>().Current.Version);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task What_another_server_published_is_known_when_a_ticket_names_it(DatabaseProvider provider)
    {
        await using var here = await SomeDesk.MakeAsync(provider, postgres);
        await using var there = await here.OpenAgainAsync();
        Assert.NotNull((await there.Database.Get<PolicyStore>().PublishAsync(Root, Quicker(3))).Published);
        var ticket = await there.OpenAsync();

        var policies = here.Database.Get<PolicyStore>();
        Assert.Equal(1, policies.Current.Version);
        var history = await here.Desk.FindAsync(Casey, ticket.Ticket.Id);
        Assert.Equal(Duration.FromHours(3), Due(policies, history!));
        await here.ReplyAsync(Ada, history!, "We look.");
        Assert.Empty(await there.DifferencesAsync());
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Verification_knows_what_was_published_after_it_began(DatabaseProvider provider)
    {
        await using var here = await SomeDesk.MakeAsync(provider, postgres);
        await using var there = await here.OpenAgainAsync();
        await there.Database.Get<PolicyStore>().PublishAsync(Root, Quicker(3));
        await there.OpenAsync();
        Assert.Empty(await here.DifferencesAsync());
    }

    [Fact]
    public async Task A_server_looks_for_a_newer_policy_every_ten_seconds()
    {
        await using var here = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        await using var there = await here.OpenAgainAsync();
        await there.Database.Get<PolicyStore>().PublishAsync(Root, Quicker(3));
        here.Database.Clock.Advance(PolicyStore.Freshness);
        Assert.Equal(Duration.FromHours(3), Due(here.Database.Get<PolicyStore>(), await here.OpenAsync()));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Two_servers_that_publish_at_once_make_two_versions(DatabaseProvider provider)
    {
        await using var here = await SomeDesk.MakeAsync(provider, postgres);
        await using var there = await here.OpenAgainAsync();
        var answers = await Task.WhenAll(Enumerable.Range(1, 6).Select(hours =>
            (hours % 2 == 0 ? here : there).Database.Get<PolicyStore>().PublishAsync(Root, Quicker(hours))));
        Assert.Equal([2, 3, 4, 5, 6, 7], answers.Select(answer => answer.Published!.Version).Order());
    }

    /// <summary>The commitment, with another first response at Severity 3.</summary>
    private static SlaPolicy Quicker(int hours) => SlaPolicy.Commitment with
    {
        Severities = [.. SlaPolicy.Commitment.Severities.Select(level => level.Severity == Severity.Normal
            ? level with { Targets = [new(SlaMetric.FirstResponse, TargetLength.Hours(hours))], Escalation = [new([Told.OnCall], 0.25m) { ReassignWhenUnacknowledged = true }] }
            : level)],
    };

    private static Duration Due(PolicyStore policies, TicketHistory history) =>
        history.Clocks(policies.Catalogue, history.Ticket.ChangedAt)[0].DueAt!.Value - history.Ticket.ReportedAt;
}
