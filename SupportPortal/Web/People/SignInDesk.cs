using Microsoft.AspNetCore.Identity;
using SupportPortal.Application.People;

namespace SupportPortal.Web.People;

/// <summary>What came of somebody's try to sign in.</summary>
/// <param name="Person">Who is signed in now, or has to show a second step.</param>
/// <param name="Problem">What they are told, when they are not.</param>
internal sealed record SignInAnswer(PortalUser? Person, string? Problem = null)
{
    /// <summary>Whether a code is asked for now.</summary>
    public bool AsksForCode { get; init; }

    /// <summary>Whether the first step is forgotten, and must be done again.</summary>
    public bool IsOver { get; init; }
}

/// <summary>
/// What the sign-in pages ask: counts the tries of a network, writes refusals down, and tells the person one sentence for all of them.
/// Which part was wrong, and whether the account exists, is locked or deactivated, is nobody's business: each takes one slow hash and one
/// transaction, so that the time does not tell it either.
/// </summary>
internal sealed class SignInDesk(PortalSignIn session, SignIns signIns, SecondFactors factors, Passkeys passkeys, SignInLimits limits)
{
    private const string WrongPassword =
        "That did not work: the e-mail address or the password is wrong. After several wrong tries an account waits five minutes.";

    private const string WrongCode = "That did not work: the code is wrong or was used already. After several wrong tries an account waits five minutes.";
    private const string SpentCode = "This recovery code was used already, and each works once. Take another one.";
    private const string WrongPasskey = "That did not work: this passkey opens no account here, or it took too long. Try again, or sign in with your password.";

    /// <summary>By address and password.</summary>
    public async Task<SignInAnswer> ByPasswordAsync(HttpContext context, string email, string password)
    {
        if (limits.Refuse(context) is { } tooMany) return new(null, tooMany);
        var people = session.UserManager;
        var person = PeopleDesk.IsAddress(email) ? await people.FindByEmailAsync(email.Trim()) : null;
        var isTheirs = false;
        if (person?.PasswordHash is null) people.PasswordHasher.HashPassword(new PortalUser(), password); // As slow as for a person who has one.
        else isTheirs = await people.CheckPasswordAsync(person, password);

        var why = person is null ? "An address without an account." : await session.WhyNotHereAsync(person);
        if (person is null || why is not null || !isTheirs)
        {
            await signIns.RefuseAsync(person?.Id, why ?? "Wrong password.", context.ToClient(), counts: why is null);
            return new(null, WrongPassword);
        }

        var entered = await session.EnterAsync(person);
        return new(person) { AsksForCode = entered.RequiresTwoFactor };
    }

    /// <summary>The second step by the authenticator app.</summary>
    public Task<SignInAnswer> ByCodeAsync(HttpContext context, string code) => SecondStepAsync(context, "mfa", async person =>
        await factors.TakeCodeAsync(person.Id, code, context.ToClient(), context.RequestAborted) ? null : WrongCode);

    /// <summary>The second step by a recovery code.</summary>
    public Task<SignInAnswer> ByRecoveryCodeAsync(HttpContext context, string code) => SecondStepAsync(context, "recovery", async person =>
        await factors.TakeRecoveryCodeAsync(person.Id, code, context.ToClient(), context.RequestAborted) switch
        {
            RecoveryCodeUse.Taken => null,
            RecoveryCodeUse.Spent => SpentCode,
            _ => WrongCode,
        });

    /// <summary>By a passkey, which is both steps at once: something that the person has, and a finger, a face or a PIN.</summary>
    public async Task<SignInAnswer> ByPasskeyAsync(HttpContext context, string credential)
    {
        if (limits.Refuse(context) is { } tooMany) return new(null, tooMany);
        var client = context.ToClient();
        if (await AssertAsync(credential) is not { Succeeded: true } shown)
        {
            await signIns.RefuseAsync(null, "A passkey without an account, or damaged, or too late.", client);
            return new(null, WrongPasskey);
        }

        if (await session.WhyNotHereAsync(shown.User) is { } why)
        {
            await signIns.RefuseAsync(shown.User.Id, why, client);
            return new(null, WrongPasskey);
        }

        await passkeys.NoteUseAsync(shown.User.Id, shown.Passkey, context.RequestAborted);
        await session.FinishAsync(shown.User, "passkey");
        return new(shown.User);
    }

    private async Task<SignInAnswer> SecondStepAsync(HttpContext context, string way, Func<PortalUser, Task<string?>> takeAsync)
    {
        if (limits.Refuse(context) is { } tooMany) return new(null, tooMany);
        if (await session.GetTwoFactorAuthenticationUserAsync() is not { } person) return new(null) { IsOver = true };
        if (await session.WhyNotAsync(person) is { } why)
        {
            await signIns.RefuseAsync(person.Id, why, context.ToClient());
            return new(null, WrongCode);
        }

        if (await takeAsync(person) is { } problem) return new(null, problem);
        await session.FinishAsync(person, way);
        return new(person);
    }

    private async Task<PasskeyAssertionResult<PortalUser>?> AssertAsync(string credential)
    {
        try
        {
            return await session.PerformPasskeyAssertionAsync(credential);
        }
        catch (InvalidOperationException) // No sign-in by passkey was begun in this browser, or its cookie has expired.
        {
            return null;
        }
    }
}
