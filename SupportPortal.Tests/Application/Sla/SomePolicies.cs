using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Audit;
using SupportPortal.Application.People;
using SupportPortal.Domain.Calendars;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Application.Sla;

/// <summary>Policies, calendars and organisations of the tests about publishing.</summary>
internal static class SomePolicies
{
    public static readonly Actor Root = new("root", Role.Administrator);

    /// <summary>The commitment with another first response at Severity 3, as a plan.</summary>
    public static SlaPolicy Within(int hours, string plan = SlaPolicy.StandardPlan) => With(new(SlaMetric.FirstResponse, TargetLength.Hours(hours)), plan);

    /// <summary>The commitment with another target at Severity 3.</summary>
    public static SlaPolicy With(SlaTarget target, string plan = SlaPolicy.StandardPlan) => SlaPolicy.Commitment with
    {
        Name = plan,
        Severities = [.. SlaPolicy.Commitment.Severities.Select(level => level.Severity == Severity.Normal
            ? level with { Targets = [.. level.Targets.Where(t => t.Metric != target.Metric), target] }
            : level)],
    };

    /// <summary>The default calendar with holidays.</summary>
    public static CalendarSpec BusinessWithout(params string[] dates) => BusinessCalendar.BusinessDefault with { Holidays = [.. dates.Select(date => new HolidaySpec { Date = date })] };

    /// <summary>An organisation with a plan; somebody of it.</summary>
    public static async Task<Actor> CustomerOfAsync(TestDatabase database, string name, string? plan)
    {
        await using var db = await database.OpenAsync();
        var organisation = Organisation.Named(name);
        organisation.Plan = plan;
        db.Add(organisation);
        await db.SaveChangesAsync();
        return new Actor($"customer of {name}", Role.Customer, organisation.Id);
    }

    public static async Task ChangePlanAsync(TestDatabase database, Actor customer, string? plan)
    {
        await using (var db = await database.OpenAsync())
            await db.Organisations.Where(o => o.Id == customer.OrganisationId).ExecuteUpdateAsync(set => set.SetProperty(o => o.Plan, plan));
        database.Get<PeopleDirectory>().Forget();
    }

    /// <summary>What the audit log says: "PolicyPublished root: …".</summary>
    public static async Task<IReadOnlyList<string>> AuditAsync(TestDatabase database)
    {
        await using var db = await database.OpenAsync();
        return [.. (await db.Set<AuditEntry>().OrderBy(e => e.Id).ToListAsync()).Select(e => $"{e.Act} {e.ActorId}: {e.Detail}")];
    }
}
