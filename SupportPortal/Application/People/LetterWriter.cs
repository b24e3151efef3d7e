using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Audit;
using SupportPortal.Application.Storage;

namespace SupportPortal.Application.People;

/// <summary>A letter about an account, ready to be sent.</summary>
/// <param name="To">Where it goes: the address that the account has, which may be spelled otherwise than the one that was asked for, and only looks like it.</param>
/// <param name="Name">The reader's name, where one is known.</param>
/// <param name="Subject">The subject line.</param>
/// <param name="Text">What it says.</param>
/// <param name="Link">The link in it that opens something; null where there is none.</param>
public sealed record WrittenLetter(string To, string? Name, string Subject, string Text, string? Link);

/// <summary>Writes letters about accounts, from who has the address as it is now.</summary>
public sealed class LetterWriter(PeopleDesk people, Registrations registrations, AccountLinks links, PeopleDirectory directory, IDbContextFactory<PortalDb> databases)
{
    private const string Lasts = "The link works once, for three days.";
    private const string Otherwise = "If you did not expect this mail, do nothing.";

    /// <summary>The letter to this address; null when nobody is to get one.</summary>
    public async Task<WrittenLetter?> WriteAsync(AccountLetter letter, string address, CancellationToken cancellation)
    {
        if (letter is AccountLetter.AddressChanged) return AddressChanged(address);
        var person = await people.FindByEmailAsync(address);
        if (person is { DeactivatedAt: not null } or { ErasedAt: not null }) return null;
        return (letter, person) switch
        {
            (AccountLetter.NewPassword, { } known) => await NewPasswordAsync(known),
            (AccountLetter.Invitation, { } known) => await InvitationAsync(known, cancellation),
            (AccountLetter.Registration, { } known) => await KnownAlreadyAsync(known),
            (AccountLetter.Registration, null) => await RegistrationAsync(address, cancellation),
            _ => null,
        };
    }

    private static WrittenLetter AddressChanged(string address) => new(
        address, null, "Your account has another address",
        "An administrator of the Support Portal has given your account another e-mail address. This one does not sign in any more. If that is not right, tell whoever runs the portal.\n", null);

    private async Task<WrittenLetter> NewPasswordAsync(PortalUser person)
    {
        var link = await links.ToSetPasswordAsync(person);
        return new(person.Email!, person.Name, "Set a new password", $"Somebody, you we hope, asked for a new password for this address. Choose one here:\n\n{link}\n\n{Lasts} {Otherwise}\n", link);
    }

    private async Task<WrittenLetter> InvitationAsync(PortalUser person, CancellationToken cancellation)
    {
        var link = await links.ToSetPasswordAsync(person);
        var who = await InviterAsync(person.Id, cancellation) is { } inviter ? $"{inviter} has made an account for you" : "You have an account";
        return new(person.Email!, person.Name, "Your account at the Support Portal", $"{who} at the Support Portal, {links.Portal}. Choose a password here:\n\n{link}\n\n{Lasts} Then you sign in with this address. {Otherwise}\n", link);
    }

    private async Task<WrittenLetter> KnownAlreadyAsync(PortalUser person)
    {
        var link = await links.ToSetPasswordAsync(person);
        return new(person.Email!, person.Name, "You have an account already", $"Somebody, you we hope, wanted to register this address at the Support Portal. It has an account already. Sign in here:\n\n{links.SignIn}\n\nIf you do not know the password, choose another one here:\n\n{link}\n\n{Lasts} {Otherwise}\n", link);
    }

    private async Task<WrittenLetter?> RegistrationAsync(string address, CancellationToken cancellation)
    {
        if (await registrations.OrganisationForAsync(address, cancellation) is not { } organisation) return null;
        var link = links.ToRegister(registrations.OfferKey(address, organisation));
        return new(address, null, "Finish your registration", $"Somebody, you we hope, wants to register this address at the Support Portal, {links.Portal}. Choose a name and a password here:\n\n{link}\n\n{Lasts} {Otherwise}\n", link);
    }

    /// <summary>The name of whoever made the account.</summary>
    private async Task<string?> InviterAsync(string personId, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var id = await db.Set<AuditEntry>().Where(e => e.PersonId == personId && e.Act == AuditAct.PersonAdded).Select(e => e.ActorId).FirstOrDefaultAsync(cancellation);
        return id is null ? null : (await directory.FindAsync(id, cancellation))?.Name;
    }
}
