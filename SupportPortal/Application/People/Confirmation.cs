using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using SupportPortal.Domain;

namespace SupportPortal.Application.People;

/// <summary>
/// Whether it is the person who sits there, and not somebody who found an open browser: by the present password, or, for whoever has none
/// (they sign in by passkey or another system), by having signed in a moment ago.
/// </summary>
public sealed class Confirmation(IServiceScopeFactory scopes, SignIns signIns, Devices devices, TimeProvider clock)
{
    /// <summary>How long ago "a moment" is at most.</summary>
    public static readonly Duration Moment = Duration.FromMinutes(10);

    private static readonly Refusal Wrong = new("present", "That is not your present password. After several wrong tries an account waits five minutes.");
    private static readonly Refusal TooLongAgo = new("present", "You signed in more than ten minutes ago. Sign out, sign in again, and come back at once.");
    private static readonly Refusal Missing = new("present", "Enter your present password.");

    /// <summary>Whether the person has a password to be asked for.</summary>
    public async Task<bool> AsksForPasswordAsync(string personId)
    {
        await using var scope = scopes.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        return await people.FindByIdAsync(personId) is { PasswordHash: not null };
    }

    /// <summary>Null when it is the person. A wrong password counts as one at the door does.</summary>
    public async Task<Refusal?> RefuseAsync(string personId, string? present, Client from, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        if (await people.FindByIdAsync(personId) is not { } person) return Wrong;
        if (person.PasswordHash is null)
            return from.DeviceId is { } id && await devices.FindAsync(id, cancellation) is { } device && device.SignedInAt > clock.Now() - Moment ? null : TooLongAgo;

        if (string.IsNullOrEmpty(present)) return Missing;
        if (!await people.IsLockedOutAsync(person) && await people.CheckPasswordAsync(person, present)) return null; // Slow by design: nobody's write waits for it.
        await signIns.RefuseAsync(person.Id, "Wrong present password.", from, counts: true);
        return Wrong;
    }
}
