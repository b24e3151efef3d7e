using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.Sla;
using SupportPortal.Tests.Application.Tickets;
using SupportPortal.Tests.Support;
using static SupportPortal.Tests.Application.Sla.SomePolicies;

namespace SupportPortal.Tests.Application.Sla;

/// <summary>Drafts: kept on the server, one a plan, and never saved over unseen.</summary>
public sealed class PolicyDraftsTests(PrivatePostgres postgres)
{
    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_draft_is_kept_until_it_is_published(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        var (drafts, policies) = (desk.Database.Get<PolicyDrafts>(), desk.Database.Get<PolicyStore>());
        Assert.Null(await drafts.FindAsync(SlaPolicy.StandardPlan));
        Assert.Equal((1, null), await drafts.SaveAsync(Root, Within(3), 1, 0));
        Assert.Equal((2, null), await drafts.SaveAsync(Root, Within(4), 1, 1));
        var kept = (await drafts.FindAsync(SlaPolicy.StandardPlan))!;
        Assert.Equal((1, 2, "root", TargetLength.Hours(4)), (kept.Seen, kept.Revision, kept.SavedBy, kept.Policy.Target(SupportPortal.Domain.Tickets.Severity.Normal, SlaMetric.FirstResponse)!.Target));
        Assert.Equal(1, policies.Current.Version);

        Assert.NotNull((await policies.PublishAsync(Root, kept.Policy, kept.Seen, draft: kept.Revision)).Published);
        Assert.Null(await drafts.FindAsync(SlaPolicy.StandardPlan));
        Assert.Equal(["PolicyDrafted", "PolicyDrafted", "PolicyPublished"], (await AuditAsync(desk.Database)).Select(line => line.Split(' ')[0]));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Whoever_would_save_or_publish_over_anothers_words_is_told(DatabaseProvider provider)
    {
        await using var here = await SomeDesk.MakeAsync(provider, postgres);
        await using var there = await here.OpenAgainAsync();
        var (mine, theirs) = (here.Database.Get<PolicyDrafts>(), there.Database.Get<PolicyDrafts>());
        await mine.SaveAsync(Root, Within(3), 1, 0);
        Assert.Null((await theirs.SaveAsync(Root, Within(4), 1, 1)).Refused);

        Refusal told = new("", "Somebody else saved this draft meanwhile. Look at theirs first.", RefusalKind.NotNow);
        Assert.Equal(told, (await mine.SaveAsync(Root, Within(5), 1, 1)).Refused);
        Assert.Equal(told, await mine.DiscardAsync(Root, SlaPolicy.StandardPlan, 1));
        Assert.Equal([told], (await here.Database.Get<PolicyStore>().PublishAsync(Root, Within(5), 1, draft: 1)).Refusals);
        Assert.Equal(TargetLength.Hours(4), (await mine.FindAsync(SlaPolicy.StandardPlan))!.Policy.Target(SupportPortal.Domain.Tickets.Severity.Normal, SlaMetric.FirstResponse)!.Target);
        Assert.Null(await mine.DiscardAsync(Root, SlaPolicy.StandardPlan, 2));
        Assert.Null(await theirs.FindAsync(SlaPolicy.StandardPlan));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Of_two_who_save_the_first_draft_at_once_one_is_told(DatabaseProvider provider)
    {
        await using var here = await SomeDesk.MakeAsync(provider, postgres);
        await using var there = await here.OpenAgainAsync();
        var answers = await Task.WhenAll(new[] { here, there, here, there }.Select((desk, i) => Task.Run(() => desk.Database.Get<PolicyDrafts>().SaveAsync(Root, Within(i + 1), 1, 0))));
        Assert.Equal([0, 0, 0, 1], answers.Select(answer => answer.Revision).Order());
    }

    [Fact]
    public async Task A_new_plan_begins_as_a_draft_of_what_another_promises()
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var drafts = desk.Database.Get<PolicyDrafts>();
        Assert.Null(await drafts.BeginAsync(Root, " Gold ", SlaPolicy.StandardPlan));
        Assert.Equal(["Standard", "Gold"], await drafts.PlansAsync());
        var kept = (await drafts.FindAsync("Gold"))!;
        Assert.Equal(("Gold", 0), (kept.Policy.Name, kept.Seen));
        Assert.Equal(SlaPolicy.Commitment.Severities.SelectMany(s => s.Targets), kept.Policy.Severities.SelectMany(s => s.Targets));

        Assert.Equal("There is a plan named “Gold” already.", (await drafts.BeginAsync(Root, "gold", SlaPolicy.StandardPlan))!.Message);
        Assert.Equal("plan", (await drafts.BeginAsync(Root, "  ", SlaPolicy.StandardPlan))!.Field);
        Assert.Equal("plan", (await drafts.BeginAsync(Root, new string('x', 101), SlaPolicy.StandardPlan))!.Field);
        Assert.Equal(RefusalKind.NotAllowed, (await drafts.BeginAsync(SomeDesk.Max, "Silver", SlaPolicy.StandardPlan))!.Kind);
    }
}
