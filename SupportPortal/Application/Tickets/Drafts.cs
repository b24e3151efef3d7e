using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.Tickets;

/// <summary>Something begun and not sent: one for each person and place, in whatever form the page keeps it.</summary>
public sealed class DraftRow
{
    public required string OwnerId { get; init; }

    /// <summary>Where it belongs: "new-request", "reply:10001".</summary>
    public required string Key { get; init; }

    public required string Text { get; init; }

    public required Instant UpdatedAt { get; init; }

    /// <summary>Keys are short words of our own.</summary>
    public const int KeyLength = 100;

    /// <summary>Whether a text from outside can be such a key: letters, digits, hyphens and colons.</summary>
    public static bool IsKey(string text) => text.Length is > 0 and <= KeyLength && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or ':');
}

internal sealed class DraftTable : IEntityTypeConfiguration<DraftRow>
{
    public void Configure(EntityTypeBuilder<DraftRow> draft)
    {
        draft.ToTable("Drafts");
        draft.HasKey(d => new { d.OwnerId, d.Key });
        draft.Property(d => d.Key).HasMaxLength(DraftRow.KeyLength);
    }
}

/// <summary>What people have typed and not yet sent, so that a closed tab or a restarted server loses nothing. Only its owner reads it.</summary>
public sealed class Drafts(IDbContextFactory<PortalDb> databases, WriteGate gate, TimeProvider clock)
{
    /// <summary>The longest draft that is kept: more than any form can hold or any page can send, each letter of it escaped.</summary>
    public const int LongestText = 1_000_000;

    // Of the instance, because a compiled query belongs to one model and tests have two.
    private readonly Func<PortalDb, string, string, Task<DraftRow?>> _readOne =
        EF.CompileAsyncQuery((PortalDb db, string owner, string key) => db.Set<DraftRow>().AsNoTracking().FirstOrDefault(d => d.OwnerId == owner && d.Key == key));

    /// <summary>The draft; null when there is none.</summary>
    public async Task<DraftRow?> ReadAsync(Actor owner, string key, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await _readOne(db, owner.Id, key);
    }

    /// <summary>Keeps this text in place of what was there. The last one to write wins, whichever window it came from.</summary>
    public async Task SaveAsync(Actor owner, string key, string text, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length, LongestText);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, DraftRow.KeyLength);
        var (id, now) = (owner.Id, new InstantConverter().ConvertToProvider(clock.Now()));
        await gate.WriteAsync((db, stop) => db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO "Drafts" ("OwnerId", "Key", "Text", "UpdatedAt") VALUES ({id}, {key}, {text}, {now})
             ON CONFLICT ("OwnerId", "Key") DO UPDATE SET "Text" = excluded."Text", "UpdatedAt" = excluded."UpdatedAt"
             """, stop), cancellation);
    }

    /// <summary>Forgets the draft: it was sent, or thrown away.</summary>
    public async Task DeleteAsync(Actor owner, string key, CancellationToken cancellation = default)
    {
        var id = owner.Id;
        await gate.WriteAsync((db, stop) => db.Set<DraftRow>().Where(d => d.OwnerId == id && d.Key == key).ExecuteDeleteAsync(stop), cancellation);
    }
}
