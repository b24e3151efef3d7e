using NodaTime;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.Sla;
using SupportPortal.Tests.Application.Tickets;
using SupportPortal.Tests.Support;
using static SupportPortal.Tests.Application.Sla.SomePolicies;

namespace SupportPortal.Tests.Application.Sla;

/// <summary>A version that comes into force later, and the plan that decides whose version it is.</summary>
public sealed class PublishFromTests(PrivatePostgres postgres)
{
    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_version_decides_from_its_very_instant_on(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        var (policies, clock) = (desk.Database.Get<PolicyStore>(), desk.Database.Clock);
        var from = clock.Now() + Duration.FromDays(1);
        var (published, _) = await policies.PublishAsync(Root, Within(3), 1, from);
        Assert.Equal((2, from), (published!.Version, published.EffectiveFrom));

        clock.SetUtcNow(from.ToDateTimeOffset() - TimeSpan.FromMicroseconds(1));
        var before = await desk.OpenAsync("A microsecond before");
        clock.SetUtcNow(from.ToDateTimeOffset());
        var on = await desk.OpenAsync("On the instant");
        Assert.Equal((1, 2), (before.Ticket.Policy.Version, on.Ticket.Policy.Version));
        Assert.Equal(1, (await desk.Desk.FindAsync(SomeDesk.Ada, before.Ticket.Id))!.Ticket.Policy.Version); // It keeps it.
        Assert.Empty(await desk.DifferencesAsync());
        Assert.Equal([$"PolicyPublished root: Standard, version 2, in force from {from.Text()}."], await AuditAsync(desk.Database));
    }

    [Theory]
    [InlineData(-1, "This lies in the past. Publish at once, or from an instant to come.")]
    [InlineData(5L * 366 * 86_400_000_000, "This is more than 5 years ahead.")]
    public async Task An_instant_in_the_past_or_far_off_is_refused(long microseconds, string sentence)
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var policies = desk.Database.Get<PolicyStore>();
        var (published, refusals) = await policies.PublishAsync(Root, Within(3), 1, desk.Database.Clock.Now() + Duration.FromTicks(microseconds * 10));
        Assert.Null(published);
        Assert.Equal(new Refusal("effectiveFrom", sentence), Assert.Single(refusals));
        Assert.Empty(await AuditAsync(desk.Database));
    }

    [Fact]
    public async Task A_version_to_come_is_withdrawn_by_another_from_the_same_instant_and_outlasts_one_at_once()
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var (policies, clock) = (desk.Database.Get<PolicyStore>(), desk.Database.Clock);
        var from = clock.Now() + Duration.FromDays(1);
        await policies.PublishAsync(Root, Within(3), 1, from);
        await policies.PublishAsync(Root, Within(4), 2);
        Assert.Equal((3, 2), (policies.Current.Version, policies.Catalogue.InForce(SlaPolicy.StandardPlan, from).Version));

        await policies.PublishAsync(Root, Within(5), 3, from);
        Assert.Equal((3, 4), (policies.Current.Version, policies.Catalogue.InForce(SlaPolicy.StandardPlan, from).Version));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task The_organisations_plan_at_the_report_decides(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        var policies = desk.Database.Get<PolicyStore>();
        Assert.Equal(1, (await policies.PublishAsync(Root, Within(2, "Gold"), 0)).Published!.Version);
        var gold = await CustomerOfAsync(desk.Database, "Northwind", "Gold");
        var drafted = await CustomerOfAsync(desk.Database, "Contoso", "Silver"); // A plan without a version yet.
        var standard = await CustomerOfAsync(desk.Database, "Fabrikam", null);

        var first = await desk.OpenAsync("Gold", gold);
        Assert.Equal(new PolicyReference("Gold", 1), first.Ticket.Policy);
        Assert.Equal(Duration.FromHours(2), first.Clocks(policies.Catalogue, first.Ticket.ChangedAt)[0].DueAt - first.Ticket.ReportedAt);
        Assert.Equal(new PolicyReference("Standard", 1), (await desk.OpenAsync("Silver", drafted)).Ticket.Policy);
        Assert.Equal(new PolicyReference("Standard", 1), (await desk.OpenAsync("None", standard)).Ticket.Policy);
        Assert.Equal(new PolicyReference("Standard", 1), (await desk.OpenAsync("By staff", SomeDesk.Ada)).Ticket.Policy);

        await ChangePlanAsync(desk.Database, gold, null);
        Assert.Equal(new PolicyReference("Standard", 1), (await desk.OpenAsync("Later", gold)).Ticket.Policy);
        Assert.Equal(new PolicyReference("Gold", 1), (await desk.Desk.FindAsync(gold, first.Ticket.Id))!.Ticket.Policy);
        Assert.Empty(await desk.DifferencesAsync());
    }
}
