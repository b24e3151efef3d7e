using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;

namespace SupportPortal.Application.People;

/// <summary>Asks somebody who is signed in for their password once more, before what an open browser alone should not do.</summary>
public sealed class PresentPassword(IServiceScopeFactory scopes, WriteGate gate)
{
    private static readonly Refusal Wrong = new("present", "That is not your present password. After several wrong tries an account waits five minutes.");

    /// <summary>Whether the person has one: who signs in by passkey or another system alone has none.</summary>
    public async Task<bool> IsSetAsync(string personId)
    {
        await using var scope = scopes.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        return await people.FindByIdAsync(personId) is { } person && await people.HasPasswordAsync(person);
    }

    /// <summary>Why this is not it; null when it is, or the person has none. A wrong one counts as one at the door does.</summary>
    public async Task<Refusal?> RefuseAsync(string personId, string? password, CancellationToken cancellation = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        if (await people.FindByIdAsync(personId) is not { } person) return Wrong;
        if (!await people.HasPasswordAsync(person)) return null;
        if (string.IsNullOrEmpty(password)) return new Refusal("present", "Enter your present password.");
        if (!await people.IsLockedOutAsync(person) && await people.CheckPasswordAsync(person, password)) return null;
        using var turn = await gate.TakeTurnAsync(cancellation);
        await people.AccessFailedAsync(person);
        return Wrong;
    }
}
