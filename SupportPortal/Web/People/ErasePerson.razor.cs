using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.People;

namespace SupportPortal.Web.People;

/// <summary>An administrator makes a person anonymous, having typed whom they mean.</summary>
public sealed partial class ErasePerson(Erasure erasure, IDbContextFactory<PortalDb> databases, NavigationManager navigation)
{
    private Actor? _me;
    private PortalUser? _person;
    private string? _typed;
    private string? _problem;
    private bool _acting;
    private bool _erased;

    [Parameter]
    public required string Id { get; set; }

    [CascadingParameter]
    public required Task<AuthenticationState> SignedIn { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (_person?.Id == Id) return;
        _me = (await SignedIn).User.RequireActor();
        (_problem, _typed, _erased) = (null, null, false);
        await using var db = await databases.CreateDbContextAsync();
        _person = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == Id);
        if (_person is null) navigation.NotFound();
    }

    private async Task EraseAsync()
    {
        if (_acting) return; // The second click of a double click.
        if (!string.Equals(_typed?.Trim(), _person!.Email, StringComparison.OrdinalIgnoreCase))
        {
            _problem = $"Type {_person.Email} exactly.";
            return;
        }

        _acting = true;
        _problem = (await erasure.EraseAsync((await SignedIn).User.RequireActor(), _person.Id, address: null))?.Message;
        (_acting, _erased) = (false, _problem is null);
    }
}
