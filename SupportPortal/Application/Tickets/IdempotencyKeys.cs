using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;

namespace SupportPortal.Application.Tickets;

/// <summary>Keys of calls that change no ticket: all that is kept of them is which call the key stands for.</summary>
public sealed class IdempotencyKeys(IDbContextFactory<PortalDb> databases, WriteGate gate, TimeProvider clock)
{
    /// <summary>Takes the key for this call; false when it stands for another one already.</summary>
    public async Task<bool> TakeAsync(IdempotencyKey key, CancellationToken cancellation)
    {
        var (owner, word, hash, at) = (key.OwnerId, key.Key, key.RequestHash, new InstantConverter().ConvertToProvider(clock.Now()));
        await gate.WriteAsync((db, stop) => db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO "IdempotencyKeys" ("OwnerId", "Key", "RequestHash", "TicketId", "Version", "At") VALUES ({owner}, {word}, {hash}, 0, 0, {at})
             ON CONFLICT ("OwnerId", "Key") DO NOTHING
             """, stop), cancellation);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Set<IdempotencyRow>().AnyAsync(c => c.OwnerId == owner && c.Key == word && c.RequestHash == hash, cancellation);
    }
}
