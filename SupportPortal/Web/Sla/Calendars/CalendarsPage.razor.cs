using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using NodaTime;
using SupportPortal.Application.People;
using SupportPortal.Application.Sla;
using SupportPortal.Domain;
using SupportPortal.Domain.Calendars;
using SupportPortal.Domain.People;
using SupportPortal.Web.Shell;
using SupportPortal.Web.Sla.Effects;
using SupportPortal.Web.Tickets;

namespace SupportPortal.Web.Sla.Calendars;

/// <summary>The calendars, and the form in which one is edited: judged by the domain, its effect shown before it is published.</summary>
public sealed partial class CalendarsPage(
    PolicyStore policies, EffectPreview effects, PeopleDirectory people, ViewerZone viewer, NavigationManager navigation, TimeProvider clock)
{
    private readonly CancellationTokenSource _leaving = new();
    private LongWork _preview = null!;
    private IReadOnlyList<PublishedCalendar> _calendars = [];
    private IReadOnlyDictionary<string, Person> _names = new Dictionary<string, Person>();
    private FieldErrors _errors = FieldErrors.None;
    private DateTimeZone _zone = DateTimeZone.Utc;
    private CalendarDraft? _draft;
    private Effect? _effect;
    private Actor? _me;
    private CancellationToken _left;
    private string? _editing;
    private string? _notice;
    private int _seen;
    private bool _overtaken;

    [CascadingParameter]
    public required Task<AuthenticationState> SignedIn { get; set; }

    /// <summary>The calendar that is edited; empty: a new one; left out: none.</summary>
    [SupplyParameterFromQuery]
    public string? Edit { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _left = _leaving.Token; // Taken once: the source throws after its disposal.
        _preview = new LongWork(StateHasChanged);
        _zone = await viewer.FindAsync();
        await ShowAsync();
        _me = (await SignedIn).User.RequireActor();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (Edit == _editing && (_draft is not null) == (Edit is not null)) return;
        _preview.Stop();
        (_editing, _draft, _effect, _errors, _overtaken) = (Edit, null, null, FieldErrors.None, false);
        await ShowAsync();
        if (Edit is null) return;
        _notice = null;
        TakeTheirs();
    }

    public void Dispose()
    {
        _preview?.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
    }

    private void TakeTheirs()
    {
        var theirs = _calendars.FirstOrDefault(calendar => calendar.Spec.Name == Edit);
        _seen = theirs?.Version ?? 0;
        _draft = CalendarDraft.Of(theirs?.Spec ?? BusinessCalendar.BusinessDefault with { Name = "", TimeZone = _zone.Id });
        (_errors, _effect, _overtaken) = (FieldErrors.None, null, false);
    }

    private async Task PreviewAsync()
    {
        _effect = null;
        if (Judge() is { } calendar) _effect = await _preview.RunAsync((progress, stop) => effects.OfCalendarAsync(calendar, progress, stop));
    }

    private async Task PublishAsync()
    {
        if (Judge() is null) return;
        var (published, refusals) = await policies.PublishCalendarAsync(_me!, _draft!.ToSpec(), _seen, _left);
        if (published is null)
        {
            (_errors, _overtaken) = (new FieldErrors([.. refusals.Select(CalendarDraft.Placed)]), refusals.Any(refusal => refusal.Kind == RefusalKind.NotNow));
            if (_overtaken) await ShowAsync();
            return;
        }

        _notice = _seen == 0 ? $"{published.Name} was published. A policy can name it now." : $"{published.Name} was published. Open requests whose clocks run on it follow one by one.";
        navigation.NavigateTo("admin/calendars");
    }

    /// <summary>The calendar that the form says; null when something is wrong with it, which is shown at its field.</summary>
    private BusinessCalendar? Judge()
    {
        var (calendar, refusals) = PolicyStore.Judge(policies.Catalogue, _draft!.ToSpec(), clock.Now());
        if (calendar is not null && _seen > 0 && policies.Catalogue.Calendars.TryGetValue(calendar.Name, out var known) && IsSame(known.Spec, calendar.Spec))
            (calendar, refusals) = (null, [new("", "Nothing has changed: there is nothing to publish.")]);
        (_errors, _overtaken) = (new FieldErrors([.. refusals.Select(CalendarDraft.Placed)]), false);
        return calendar;
    }

    private static bool IsSame(CalendarSpec one, CalendarSpec other) =>
        System.Text.Json.JsonSerializer.Serialize(CalendarDraft.Of(one).ToSpec(), SlaJson.Options) == System.Text.Json.JsonSerializer.Serialize(CalendarDraft.Of(other).ToSpec(), SlaJson.Options);

    private async Task ShowAsync()
    {
        await policies.RefreshAsync(_left);
        _calendars = [.. (await policies.CalendarVersionsAsync(cancellation: _left)).DistinctBy(calendar => calendar.Spec.Name).OrderBy(calendar => calendar.Spec.Name, StringComparer.CurrentCulture)];
        _names = await people.FindAsync(_calendars.Select(calendar => calendar.By).OfType<string>(), _left);
    }

    private static string Link(string name) => $"admin/calendars?edit={Uri.EscapeDataString(name)}";

    private static string Holidays(CalendarSpec spec) => spec.Holidays.Length switch
    {
        0 => "None",
        <= 12 => string.Join(", ", spec.Holidays.Select(holiday => holiday.Hours is { Length: > 0 } open ? $"{holiday.Date} ({string.Join(", ", open)})" : holiday.Date)),
        var many => $"{many} days, {spec.Holidays.Min(holiday => holiday.Date)} to {spec.Holidays.Max(holiday => holiday.Date)}",
    };

    private string Published(PublishedCalendar calendar) =>
        $"{WhenWords.Say(calendar.At, _zone, clock.Now())} by {(calendar.By is { } by ? _names.GetValueOrDefault(by)?.Name ?? "an unknown person" : PeopleDirectory.SystemName)}";
}
