using NodaTime;
using SupportPortal.Application.Compliance;
using SupportPortal.Application.People;
using SupportPortal.Application.Reports;
using SupportPortal.Domain.People;
using SupportPortal.Web.Tickets;

namespace SupportPortal.Web.Compliance.Reports;

/// <summary>The register of reports, those that come by mail, and the check of a file.</summary>
public sealed partial class ReportsPage(ReportDesk reports, ReportSchedules schedules, ComplianceQueries queries, PeopleDirectory people, ViewerZone viewer)
{
    private const int Latest = 20;

    private IReadOnlyList<MadeReport>? _made;
    private IReadOnlyList<ReportSchedule> _schedules = [];
    private ComplianceChoices _choices = ComplianceChoices.None;
    private Dictionary<string, string> _names = [];
    private DateTimeZone _zone = DateTimeZone.Utc;
    private Actor? _me;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        (_me, _zone) = (await MeAsync(), await viewer.FindAsync());
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        var (made, all, choices) = (await reports.LatestAsync(_me!, Latest, Leaving), await schedules.AllAsync(_me!, Leaving), await ComplianceChoices.ReadAsync(queries, people, _me!, Leaving));
        _names = (await people.FindAsync(made.Select(report => report.ById).OfType<string>().Distinct(), Leaving)).ToDictionary(person => person.Key, person => person.Value.Name);
        (_made, _schedules, _choices) = (made, all, choices);
    }

    private async Task RemoveAsync(ReportSchedule schedule)
    {
        await schedules.RemoveAsync(_me!, schedule.Id, Leaving);
        await ReadAsync();
    }

    private string? OrganisationOf(ReportSchedule schedule) =>
        schedule.OrganisationId is { } id ? _choices.Organisations.FirstOrDefault(o => o.Id == id).Name ?? $"organisation {id}" : null;
}
