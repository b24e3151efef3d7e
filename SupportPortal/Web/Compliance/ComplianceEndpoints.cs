using System.ComponentModel;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;
using SupportPortal.Application.Compliance;
using SupportPortal.Application.People;
using SupportPortal.Application.Sla;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;
using SupportPortal.Web.Api;
using SupportPortal.Web.Compliance.Reports;
using SupportPortal.Web.People;

namespace SupportPortal.Web.Compliance;

/// <summary>Attainment of one combination; what the call does not tell apart is left out.</summary>
internal sealed record ComplianceRowView
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SlaMetric? Metric { get; init; }

    [Description("The severity in force when it fell due.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Severity? Severity { get; init; }

    [Description("2026-11: the calendar month in which it fell due, in the call's time zone.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Month { get; init; }

    [Description("Left out for requests of no organisation.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OrganisationView? Organisation { get; init; }

    [Description("Whose request it was when it fell due; left out for nobody's.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PersonView? Agent { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Service { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Channel? Channel { get; init; }

    [Description("The team, as it is now, of whoever had it when it fell due; left out for nobody's, and for agents of no team.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Team { get; init; }

    [Description("Promises that were kept.")]
    public required long Met { get; init; }

    [Description("Promises that were not, overdue ones too; a silent stretch counts as often as it missed an update.")]
    public required long Breached { get; init; }

    [Description("Those of the breached ones for which an exception was approved.")]
    public required long Excused { get; init; }

    [Description("met / (met + breached), from 0 to 1: cut after six digits, never rounded up.")]
    public required decimal? Attainment { get; init; }
}

/// <summary>Attainment in a period.</summary>
/// <param name="From">The period's first instant.</param>
/// <param name="To">The first instant after it.</param>
/// <param name="Zone">Where its months begin and end.</param>
/// <param name="At">The instant at which overdue clocks were judged.</param>
internal sealed record ComplianceAnswer(Instant From, Instant To, string Zone, Instant At, IReadOnlyList<ComplianceRowView> Rows);

/// <summary>Whether the promises were kept, in numbers.</summary>
internal static class ComplianceEndpoints
{
    private const string By = "by";

    public static void AddCompliance(this IServiceCollection services) => services.AddSingleton<ComplianceAddress>().AddSingleton<ReportEndpoints>();

    public static void MapCompliance(this RouteGroupBuilder api)
    {
        ReportEndpoints.MapApi(api);
        api.MapGet("/compliance", ReadAsync)
            .Describe<ComplianceAnswer>("readCompliance", "Read attainment by metric, severity, month, organisation, agent, service, channel or team")
            .WithDescription("Parameters: by (several with commas; metric,severity when left out), from and to (dates, both included, or instants), zone, metric, severity, organisation, service, team (a name, or none), agent, channel, outcome, exception, cause, hour, late and lateAtMost (seconds).");
    }

    private static async Task<IResult> ReadAsync(HttpContext context, ComplianceAddress address, ComplianceQueries queries, PeopleDirectory people)
    {
        var actor = context.User.RequireActor();
        if (!actor.MayManage()) return Problems.NotAllowed("Compliance figures are for managers.");
        var (filter, refused) = await address.ReadAsync(context.Request.Query, ComplianceAddress.Parts, ComplianceAddress.YearBeforeAndAfter, await people.ZoneAsync(actor.OrganisationId, context.RequestAborted), [By], context.RequestAborted);
        var refusals = refused.ToList();
        var by = ReadDimensions(context.Request.Query[By], refusals);
        if (refusals.Count > 0) return Problems.BadInput(refusals);
        var (rows, at) = await queries.TableAsync(actor, filter, by, context.RequestAborted);
        var organisations = (await people.OrganisationNamesAsync([.. rows.Select(row => row.OrganisationId).OfType<int>().Distinct()], context.RequestAborted)).ToDictionary(o => o.Id, o => o.Name);
        var names = await people.FindAsync(rows.Select(row => row.AssigneeId).OfType<string>(), context.RequestAborted);
        return new JsonAnswer<ComplianceAnswer>(new(filter.Period.Start, filter.Period.End, filter.Period.Zone.Id, at, [.. rows.Select(row => View(row, names, organisations))]));
    }

    private static List<ComplianceDimension> ReadDimensions(string? text, List<Refusal> refusals)
    {
        if (string.IsNullOrEmpty(text)) return [ComplianceDimension.Metric, ComplianceDimension.Severity];
        var by = new List<ComplianceDimension>();
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (Words.TryRead<ComplianceDimension>(word, out var dimension)) by.Add(dimension);
            else refusals.Add(new(By, $"“{word}” is none of {Words.All<ComplianceDimension>()}."));
        }

        return [.. by.Distinct()];
    }

    private static ComplianceRowView View(ComplianceRow row, IReadOnlyDictionary<string, Person> names, Dictionary<int, string> organisations) => new()
    {
        Metric = row.Metric,
        Severity = row.Severity,
        Month = row.Month is { } month ? LocalDatePattern.CreateWithInvariantCulture("uuuu-MM").Format(month) : null,
        Organisation = row.OrganisationId is { } id ? new(id, organisations.GetValueOrDefault(id, "")) : null,
        Agent = row.AssigneeId is { } agent ? new(agent, names.TryGetValue(agent, out var person) ? person.Name : agent) : null,
        Service = row.Service,
        Channel = row.Channel,
        Team = row.Team,
        Met = row.Tally.Met,
        Breached = row.Tally.Breached,
        Excused = row.Tally.Excused,
        Attainment = row.Tally.Attainment.Share,
    };
}
