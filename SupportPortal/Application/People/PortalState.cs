using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Channels.Email;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.People;

/// <summary>What the administration's start page counts.</summary>
/// <param name="Active">People who can sign in.</param>
/// <param name="Invited">People who have an account and have not been in yet.</param>
/// <param name="StaffWithoutSecondFactor">Staff who sign in by their password alone.</param>
/// <param name="MailsWaiting">Mails that failed at least once and are tried again.</param>
/// <param name="Drafts">The plans of which a draft lies there.</param>
public sealed record PortalCounts(int Active, int Invited, int StaffWithoutSecondFactor, int MailsWaiting, IReadOnlyList<string> Drafts);

/// <summary>Looks over the portal for what wants an administrator's attention.</summary>
public sealed class PortalState(IDbContextFactory<PortalDb> databases)
{
    /// <summary>The counts as they are now; null for whoever does not administer.</summary>
    public async Task<PortalCounts?> CountAsync(Actor reader, CancellationToken cancellation)
    {
        if (!reader.MayAdminister()) return null;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var active = db.Users.Where(PersonStates.Are(PersonState.Active));
        return new PortalCounts(
            await active.CountAsync(cancellation),
            await db.Users.CountAsync(PersonStates.Are(PersonState.Invited), cancellation),
            await active.CountAsync(u => u.Role != Role.Customer && !u.TwoFactorEnabled, cancellation),
            await db.Set<OutgoingMail>().CountAsync(m => m.NextAttemptAt != null && m.Failure != null, cancellation),
            await db.Set<PolicyDraftRow>().OrderBy(d => d.Plan).Select(d => d.Plan).ToListAsync(cancellation));
    }
}
