using Microsoft.Extensions.Options;
using NodaTime;
using NodaTime.Text;
using SupportPortal.Application.Compliance;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.Calendars;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.Sla;
using SupportPortal.Web.Shell;
using SupportPortal.Web.Sla.Calendars;
using SupportPortal.Web.Sla.Effects;
using SupportPortal.Web.Sla.Policy;
using SupportPortal.Web.Tickets;

namespace SupportPortal.Web.Compliance.Simulator;

/// <summary>A period under another commitment, drafted here. Nothing of it is kept.</summary>
public sealed partial class WhatIfPage(WhatIf whatIf, PolicyStore policies, ViewerZone viewer, IOptions<PortalOptions> options, TimeProvider clock)
{
    private readonly decimal _goal = options.Value.Compliance.Goal;
    private readonly Dictionary<string, FieldErrors> _calendarErrors = [];
    private LongWork _work = null!;
    private DateTimeZone _zone = DateTimeZone.Utc;
    private IReadOnlyList<string> _plans = [];
    private IReadOnlyList<CalendarDraft> _calendars = [];
    private IReadOnlyList<string> _calendarNames = [];
    private FieldErrors _errors = FieldErrors.None;
    private PolicyDraft? _draft;
    private WhatIfResult? _result;
    private string _plan = SlaPolicy.StandardPlan;
    private string _from = "";
    private string _to = "";
    private string _replayed = "";
    private (SlaTrial Trial, CompliancePeriod Period)? _tried;
    private bool _wasStopped;

    protected override async Task OnInitializedAsync()
    {
        _work = new LongWork(StateHasChanged);
        await MeAsync();
        _zone = await viewer.FindAsync();
        var catalogue = await policies.FreshAsync(Leaving);
        var today = clock.Now().InZone(_zone).Date;
        (_from, _to) = (LocalDatePattern.Iso.Format(today.PlusDays(-89)), LocalDatePattern.Iso.Format(today));
        _plans = [.. catalogue.Plans];
        TakePlan();
    }

    protected override void OnLeaving() => _work.Dispose();

    /// <summary>The promises and hours as they are in force.</summary>
    private void TakePlan()
    {
        var catalogue = policies.Catalogue;
        _draft = PolicyDraft.Of(catalogue.InForce(_plan, clock.Now()) with { Name = _plan });
        _calendars = [.. catalogue.Calendars.Values.OrderBy(calendar => calendar.Name, StringComparer.CurrentCulture).Select(calendar => CalendarDraft.Of(calendar.Spec))];
        _calendarNames = [.. _calendars.Select(calendar => calendar.Name)];
        (_errors, _result, _wasStopped) = (FieldErrors.None, null, false);
        _calendarErrors.Clear();
    }

    private async Task RunAsync()
    {
        if (_work.IsRunning || Read() is not var (period, policy, calendars)) return;
        var me = await MeAsync();
        (_result, _wasStopped, _replayed) = (null, false, $"{policy.Name}, reported {ComplianceWords.Say(period.FirstDate)} to {ComplianceWords.Say(period.LastDate)}");
        _tried = (new SlaTrial(policy, calendars), period);
        _result = await _work.RunAsync((progress, stop) => whatIf.RunAsync(me, period, policy, calendars, progress, stop));
        _wasStopped = _result is null;
    }

    /// <summary>What the form says; null when something in it is refused.</summary>
    private (CompliancePeriod Period, SlaPolicy Policy, IReadOnlyList<BusinessCalendar> Calendars)? Read()
    {
        var refusals = new List<Refusal>();
        var calendars = ReadCalendars();
        var (policy, refused) = _draft!.Read(calendars.ToDictionary(calendar => calendar.Name), clock.Now());
        refusals.AddRange(refused);
        var period = ReadPeriod(refusals);
        foreach (var wrong in _calendarErrors.Where(errors => errors.Value.Count > 0)) refusals.Add(new("calendars", $"The hours of {wrong.Key} cannot be used."));
        _errors = new FieldErrors(refusals);
        return refusals.Count == 0 ? (period!, policy!, calendars) : null;
    }

    private List<BusinessCalendar> ReadCalendars()
    {
        var calendars = new List<BusinessCalendar>();
        _calendarErrors.Clear();
        foreach (var draft in _calendars)
        {
            var (calendar, refusals) = BusinessCalendar.Create(draft.ToSpec());
            if (refusals.Count > 0) _calendarErrors[draft.Name] = new FieldErrors([.. refusals.Select(CalendarDraft.Placed)]);
            calendars.Add(calendar ?? policies.Catalogue.Calendars[draft.Name]); // In its place, so that the promises on it are not blamed.
        }

        return calendars;
    }

    private CompliancePeriod? ReadPeriod(List<Refusal> refusals)
    {
        var (first, last) = (Date("from", _from), Date("to", _to));
        if (first is not { } from || last is not { } to) return null;
        if (to < from) refusals.Add(new("to", "The period ends before it begins."));
        else if (to > from.PlusYears(CompliancePeriod.MostYears)) refusals.Add(new("from", $"A period has at most {CompliancePeriod.MostYears} years."));
        return CompliancePeriod.Of(from, to, _zone);

        LocalDate? Date(string field, string text)
        {
            if (LocalDatePattern.Iso.Parse(text).TryGetValue(default, out var date) && date.Year is >= 1970 and < 9000) return date;
            refusals.Add(new(field, "Choose a date."));
            return null;
        }
    }
}
