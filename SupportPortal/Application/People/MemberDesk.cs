using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using SupportPortal.Application.Audit;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.People;

/// <summary>What administrators decide about an organisation's members.</summary>
public sealed class MemberDesk(IServiceScopeFactory scopes, WriteGate gate, PeopleDirectory directory, ApiTokens tokens, AuditLog audit)
{
    /// <summary>
    /// Whether a member sees all of the organisation's requests, or only their own and those that they watch. Their open sessions end within a
    /// minute and their tokens follow at once: neither shows what they may see no longer.
    /// </summary>
    public async Task<Refusal?> ChangeVisibilityAsync(Actor actor, string personId, bool seesOrganisation, CancellationToken cancellation = default)
    {
        if (!actor.MayAdminister()) return new Refusal("", "Only administrators change what members see.", RefusalKind.NotAllowed);
        await using var scope = scopes.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
        using var turn = await gate.TakeTurnAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await people.FindByIdAsync(personId) is not { OrganisationId: { } organisation } person) return new Refusal("", "This person is no longer a member.", RefusalKind.NotNow);
        if (person.SeesOrganisation == seesOrganisation) return null;

        person.SeesOrganisation = seesOrganisation;
        audit.Note(db, new Audited(AuditAct.PersonChanged, actor, seesOrganisation ? "Sees all of the organisation's requests." : "Sees own requests only.") { PersonId = personId, OrganisationId = organisation });
        var outcome = await people.UpdateSecurityStampAsync(person); // Saves both, and ends the sessions that carry what was.
        if (!outcome.Succeeded) return new Refusal("", "Somebody else changed this person at the same moment. Look again, and try again.", RefusalKind.NotNow);
        await transaction.CommitAsync(CancellationToken.None);
        tokens.Forget(personId);
        directory.Forget();
        return null;
    }
}
