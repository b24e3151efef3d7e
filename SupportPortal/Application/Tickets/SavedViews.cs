using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.Tickets;

/// <summary>A view of the queue under a name that its owner gave it.</summary>
public sealed class SavedView
{
    public required string OwnerId { get; init; }

    public required string Name { get; init; }

    /// <summary>What the queue's address has after its path: "?severity=1", or nothing.</summary>
    public required string Query { get; init; }
}

internal sealed class SavedViewTable : IEntityTypeConfiguration<SavedView>
{
    public void Configure(EntityTypeBuilder<SavedView> view)
    {
        view.ToTable("SavedViews");
        view.HasKey(v => new { v.OwnerId, v.Name });
        view.Property(v => v.Name).HasMaxLength(SavedViews.NameLength);
    }
}

/// <summary>Everybody's own views of the queue.</summary>
public sealed class SavedViews(IDbContextFactory<PortalDb> databases, WriteGate gate)
{
    /// <summary>A name stands in a row of others.</summary>
    public const int NameLength = 40;

    /// <summary>How many one person may keep: more would not be found again.</summary>
    public const int Most = 20;

    // A filter's words fit in it several times over.
    private const int QueryLength = 2_000;

    /// <summary>This person's views, by name.</summary>
    public async Task<IReadOnlyList<SavedView>> OfAsync(Actor owner, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return [.. (await db.Set<SavedView>().AsNoTracking().Where(v => v.OwnerId == owner.Id).ToListAsync(cancellation)).OrderBy(v => v.Name, StringComparer.CurrentCultureIgnoreCase)];
    }

    /// <summary>Keeps a view, in place of one of that name; answers what is wrong, if anything.</summary>
    public async Task<Refusal?> SaveAsync(Actor owner, string name, string query, CancellationToken cancellation = default)
    {
        name = name.Trim();
        if (!name.EnumerateRunes().Any(rune => Rune.IsLetterOrDigit(rune) || Rune.IsSymbol(rune) || Rune.IsPunctuation(rune))) return new Refusal("name", "Give the view a name.");
        if (name.Length > NameLength) return new Refusal("name", $"A name has at most {NameLength} letters.");
        if (name.Any(char.IsControl)) return new Refusal("name", "A name is one line of plain text.");
        if (query.Length > QueryLength) return new Refusal("name", "The words searched for are too long to be kept.");
        return await gate.WriteAsync<Refusal?>(async (db, stop) =>
        {
            if (await db.Set<SavedView>().CountAsync(v => v.OwnerId == owner.Id && v.Name != name, stop) >= Most)
                return new Refusal("name", $"There are {Most} views already: delete one first.");
            var id = owner.Id;
            await db.Database.ExecuteSqlAsync(
                $"""
                 INSERT INTO "SavedViews" ("OwnerId", "Name", "Query") VALUES ({id}, {name}, {query})
                 ON CONFLICT ("OwnerId", "Name") DO UPDATE SET "Query" = excluded."Query"
                 """, stop);
            return null;
        }, cancellation);
    }

    /// <summary>Forgets a view.</summary>
    public Task DeleteAsync(Actor owner, string name, CancellationToken cancellation = default) =>
        gate.WriteAsync((db, stop) => db.Set<SavedView>().Where(v => v.OwnerId == owner.Id && v.Name == name).ExecuteDeleteAsync(stop), cancellation);
}
