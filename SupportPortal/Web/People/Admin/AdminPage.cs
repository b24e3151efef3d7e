using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using SupportPortal.Application.People;
using SupportPortal.Domain.People;

namespace SupportPortal.Web.People.Admin;

/// <summary>A page of the administration: who looks at it, and whether they still do.</summary>
public abstract class AdminPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _leaving = new();

    /// <summary>Nobody looks yet.</summary>
    protected AdminPage() => Leaving = _leaving.Token; // Taken once: the source throws after its disposal.

    [CascadingParameter]
    public required Task<AuthenticationState> SignedIn { get; set; }

    /// <summary>Cancelled when the page goes.</summary>
    protected CancellationToken Leaving { get; }

    /// <summary>Who looks; null until the page has begun.</summary>
    protected Actor? Me { get; private set; }

    /// <summary>Who looks.</summary>
    protected async Task<Actor> MeAsync() => Me ??= (await SignedIn).User.RequireActor();

    /// <summary>The page goes: ends what it began beside <see cref="Leaving"/>.</summary>
    protected virtual void OnLeaving()
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        OnLeaving();
        _leaving.Cancel();
        _leaving.Dispose();
        GC.SuppressFinalize(this);
    }
}
