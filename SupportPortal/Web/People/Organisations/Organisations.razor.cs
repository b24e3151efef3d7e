using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using SupportPortal.Application.People;
using SupportPortal.Domain.People;
using SupportPortal.Web.Shell;

namespace SupportPortal.Web.People.Organisations;

/// <summary>All organisations, by name; what is searched for and the place in the list stand in the address.</summary>
public sealed partial class Organisations(OrganisationQueries queries, OrganisationDesk desk, NavigationManager navigation) : IDisposable
{
    private const int PageLength = 50;

    private readonly CancellationTokenSource _leaving = new();
    private NamedPage<OrganisationLine>? _page;
    private FieldErrors _errors = FieldErrors.None;
    private Actor? _me;
    private string? _words;
    private string? _name;
    private bool _adding;

    [CascadingParameter]
    public required Task<AuthenticationState> SignedIn { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Query { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    public string? After { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        _me = (await SignedIn).User.RequireActor();
        var asked = (Query, After);
        _words = Query;
        var page = await queries.ListAsync(Query, After, PageLength, _leaving.Token);
        if (asked == (Query, After)) _page = page; // Else the address has changed meanwhile.
    }

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    private void Search() => navigation.NavigateTo(Address(_words, null));

    private async Task AddAsync()
    {
        if (_adding) return; // The second click of a double click.
        _adding = true;
        try
        {
            var (id, refused) = await desk.AddAsync(_me!, _name ?? "");
            _errors = refused is null ? FieldErrors.None : new FieldErrors([refused]);
            if (id is not null) navigation.NavigateTo($"/admin/organisations/{id}");
        }
        finally
        {
            _adding = false;
        }
    }

    private static string Address(string? words, string? after)
    {
        var parts = new List<string>(2);
        if (!string.IsNullOrWhiteSpace(words)) parts.Add($"q={Uri.EscapeDataString(words.Trim())}");
        if (after is not null) parts.Add($"after={after}");
        return parts.Count == 0 ? "admin/organisations" : $"admin/organisations?{string.Join('&', parts)}";
    }
}
