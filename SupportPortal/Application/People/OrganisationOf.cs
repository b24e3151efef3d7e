using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Audit;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.People;

/// <summary>The organisation that a person is put into by its name.</summary>
internal static class OrganisationOf
{
    /// <summary>The id of the organisation of that name, which is made if there is none; null without a name.</summary>
    public static async Task<int?> FindOrAddAsync(PortalDb db, string? name, Actor? by, AuditLog audit, CancellationToken cancellation)
    {
        if (name is null) return null;
        var normalized = Organisation.Normalize(name);
        var organisation = await db.Organisations.SingleOrDefaultAsync(o => o.NormalizedName == normalized, cancellation);
        if (organisation is not null) return organisation.Id;
        organisation = Organisation.Named(name);
        db.Add(organisation);
        await db.SaveChangesAsync(cancellation);
        audit.Note(db, new Audited(AuditAct.OrganisationAdded, by, "Added with its first person.") { OrganisationId = organisation.Id });
        return organisation.Id;
    }
}
