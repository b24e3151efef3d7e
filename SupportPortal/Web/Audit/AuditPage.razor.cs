using Microsoft.AspNetCore.Components;
using SupportPortal.Application.Audit;
using SupportPortal.Application.People;
using SupportPortal.Application.Tickets;

namespace SupportPortal.Web.Audit;

/// <summary>Who did what to the portal and its people. Its address is its filter.</summary>
public sealed partial class AuditPage(AuditQueries log, PeopleQueries people, PeopleDirectory directory, NavigationManager navigation)
{
    private const int PageSize = 50;

    private readonly IReadOnlyList<(string Word, string Title)> _acts =
        [.. Enum.GetValues<AuditAct>().Select(act => (act.ToString(), AuditWords.Title(act))).OrderBy(act => act.Item2, StringComparer.Ordinal)];

    private AuditView _view = new();
    private IReadOnlyList<AuditEntry>? _entries;
    private AuditNames _names = AuditNames.None;
    private ListCursor? _next;
    private string? _person;
    private string? _problem;
    private bool _looked;

    [SupplyParameterFromQuery]
    public string? Act { get; set; }

    [SupplyParameterFromQuery]
    public string? Person { get; set; }

    [SupplyParameterFromQuery]
    public string? Organisation { get; set; }

    [SupplyParameterFromQuery]
    public string? From { get; set; }

    [SupplyParameterFromQuery]
    public string? Until { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    [SupplyParameterFromQuery]
    public string? After { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var view = new AuditView { Act = Act, Person = Person, Organisation = Organisation, From = From, Until = Until, Text = Text, After = After };
        if (_looked && view == _view) return;
        (_view, _looked) = (view, true);
        var me = await MeAsync();
        var (filter, problem) = await view.ReadAsync(people, me, Leaving);
        var page = filter is null ? new Page<AuditEntry>([], null) : await log.ListAsync(me, filter, After is not null && ListCursor.TryParse(After, out var cursor) ? cursor : null, PageSize, Leaving);
        var names = await AuditNames.ReadAsync(directory, page.Items, Leaving);
        var person = filter?.PersonId is { } id ? (await people.FindAsync(me, id, Leaving))?.Account.Email : null;
        if (view == _view) (_entries, _next, _names, _person, _problem) = (page.Items, page.Next, names, person, problem); // Else the address has changed meanwhile.
    }

    private void Go(AuditView view) => navigation.NavigateTo((view with { After = null }).Address);

    private static string? Said(ChangeEventArgs change) => change.Value?.ToString();
}
