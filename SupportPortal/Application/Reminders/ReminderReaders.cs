using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Storage;

namespace SupportPortal.Application.Reminders;

/// <summary>What the portal remembers of people who are reminded, while a transaction lasts.</summary>
internal static class ReminderReaders
{
    /// <summary>
    /// Those of these people, made where they are missing. One statement, so that two servers that meet a person for the first time do not both
    /// insert; on PostgreSQL it also holds the rows, in one order everywhere.
    /// </summary>
    public static async Task<Dictionary<string, ReminderReader>> OfAsync(PortalDb db, IEnumerable<string> people, CancellationToken cancellation)
    {
        string[] ids = [.. people.Distinct().Order(StringComparer.Ordinal)];
        var rows = string.Join(", ", ids.Select((_, i) => $"({{{i}}}, 0, 0)"));
        await db.Database.ExecuteSqlAsync(
            FormattableStringFactory.Create(
                $"""
                 INSERT INTO "ReminderReaders" ("PersonId", "DeliveredThrough", "Mail") VALUES {rows}
                 ON CONFLICT ("PersonId") DO UPDATE SET "PersonId" = excluded."PersonId"
                 """, ids),
            cancellation);
        return await db.Set<ReminderReader>().Where(r => ids.Contains(r.PersonId)).ToDictionaryAsync(r => r.PersonId, cancellation);
    }
}
