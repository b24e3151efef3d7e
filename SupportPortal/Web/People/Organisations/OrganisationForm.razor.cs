using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;
using NodaTime;
using SupportPortal.Application.CloudServices;
using SupportPortal.Application.People;
using SupportPortal.Application.Sla;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Web.Shell;

namespace SupportPortal.Web.People.Organisations;

/// <summary>An organisation's name, plan, time zone and services as a form.</summary>
public sealed partial class OrganisationForm(OrganisationDesk desk, ServiceDesk services, PolicyStore policies, TimeProvider clock)
{
    private static readonly MarkupString _zones =
        new(string.Concat(DateTimeZoneProviders.Tzdb.Ids.Select(id => $"<option value=\"{HtmlEncoder.Default.Encode(id)}\"></option>")));

    private IReadOnlyList<ServiceView> _services = [];
    private IReadOnlyList<string> _plans = [];
    private HashSet<int> _used = [];
    private FieldErrors _errors = FieldErrors.None;
    private OrganisationSettings? _seen;
    private string? _name;
    private string _plan = SlaPolicy.StandardPlan;
    private string? _zone;
    private string? _said;
    private bool _saving;

    /// <summary>Who looks.</summary>
    [Parameter, EditorRequired]
    public required Actor Me { get; set; }

    /// <summary>The organisation as it is.</summary>
    [Parameter, EditorRequired]
    public required OrganisationInFull Shown { get; set; }

    /// <summary>Something was saved.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnChanged { get; set; }

    private string PlanHint
    {
        get
        {
            var inForce = policies.Catalogue.InForce(_plan, clock.Now());
            var calendars = inForce.Severities.SelectMany(severity => severity.Targets).Where(target => !target.RunsRoundTheClock).Select(target => target.Clock).Distinct().Order(StringComparer.Ordinal).ToList();
            return $"In force: {inForce.Name}, version {inForce.Version}. It counts {(calendars.Count == 0 ? "round the clock only" : $"on the calendar{(calendars.Count == 1 ? "" : "s")} {string.Join(", ", calendars)}")}.";
        }
    }

    protected override async Task OnInitializedAsync()
    {
        Begin();
        await policies.RefreshAsync();
        _plans = [.. policies.Catalogue.Policies.Select(policy => policy.Name).Append(SlaPolicy.StandardPlan).Append(_plan).Distinct().OrderBy(name => name != SlaPolicy.StandardPlan).ThenBy(name => name, StringComparer.CurrentCulture)];
        _services = await services.ListAsync();
    }

    private void Begin()
    {
        var organisation = Shown.Organisation;
        _seen = new OrganisationSettings(organisation.Name, organisation.Plan, organisation.TimeZone, Shown.Services);
        (_name, _plan, _zone, _used) = (organisation.Name, organisation.Plan ?? SlaPolicy.StandardPlan, organisation.TimeZone, [.. Shown.Services]);
    }

    private void Use(int service, bool uses)
    {
        if (uses) _used.Add(service);
        else _used.Remove(service);
    }

    private async Task SaveAsync()
    {
        if (_saving) return; // The second click of a double click.
        (_saving, _said) = (true, null);
        try
        {
            var refusals = await desk.ChangeAsync(Me, Shown.Organisation.Id, _seen!, new OrganisationSettings(_name ?? "", _plan, _zone, [.. _used]));
            _errors = new FieldErrors(refusals);
            if (refusals.Count > 0) return;
            await OnChanged.InvokeAsync();
            Begin();
            _said = "Saved.";
        }
        finally
        {
            _saving = false;
        }
    }
}
