using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Tickets;

/// <summary>Why a file was not taken.</summary>
public enum UploadProblem
{
    /// <summary>More bytes than a file may have (413).</summary>
    TooLarge,

    /// <summary>Not among the allowed kinds, or not what its name says (415).</summary>
    WrongKind,

    /// <summary>Empty, or one file too many (422).</summary>
    Unusable,
}

/// <summary>A file that was not taken, and the sentence for the person.</summary>
public sealed record UploadRefusal(UploadProblem Problem, string Message);

/// <summary>Files that come with requests and replies: taken in when chosen, part of a ticket when sent, read only by who may see the ticket.</summary>
public sealed class Attachments(
    IDbContextFactory<PortalDb> databases, WriteGate gate, AttachmentFiles files, TicketDesk desk, IOptions<PortalOptions> options, TimeProvider clock)
{
    /// <summary>How many full drafts one person may have before any of them is sent.</summary>
    public const int FullDrafts = 4;

    /// <summary>The rules of the settings.</summary>
    public AttachmentOptions Rules => options.Value.Attachments;

    /// <summary>Takes a file into its uploader's draft.</summary>
    public async Task<(AttachmentRow? Stored, UploadRefusal? Refused)> TakeInAsync(
        Actor owner, string draftKey, string? fileName, Stream content, long? announcedBytes, CancellationToken cancellation = default)
    {
        var name = AttachmentName.Clean(fileName);
        if (RefusalOf(name, announcedBytes) is { } refused) return (null, refused);
        if (await RefusalOfOneMoreAsync(owner, draftKey, cancellation) is { } full) return (null, full);

        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var written = await files.WriteAsync(id, content, Rules.MaxBytes, cancellation);
        if (RefusalOf(name, written) is { } unfit)
        {
            files.Delete(id);
            return (null, unfit);
        }

        var row = new AttachmentRow
        {
            Id = id,
            OwnerId = owner.Id,
            DraftKey = draftKey,
            FileName = name,
            ContentType = AttachmentContent.TypeOf(AttachmentName.ExtensionOf(name)),
            Bytes = written.Bytes,
            Sha256 = written.Sha256,
            UploadedAt = clock.Now(),
        };
        await gate.WriteAsync((db, stop) =>
        {
            db.Add(row);
            return db.SaveChangesAsync(stop);
        }, CancellationToken.None);
        return (row, null);
    }

    /// <summary>What was uploaded into a draft and is not sent yet, in the order of uploading.</summary>
    public async Task<IReadOnlyList<AttachmentRow>> OfDraftAsync(Actor owner, string draftKey, CancellationToken cancellation = default)
    {
        var id = owner.Id;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Set<AttachmentRow>().AsNoTracking().Where(a => a.OwnerId == id && a.DraftKey == draftKey && a.TicketId == null)
            .OrderBy(a => a.UploadedAt).ThenBy(a => a.Id).ToListAsync(cancellation);
    }

    /// <summary>Removes a file that its uploader has not sent; without effect on any other.</summary>
    public async Task RemoveAsync(Actor owner, string id, CancellationToken cancellation = default)
    {
        var ownerId = owner.Id;
        var removed = await gate.WriteAsync((db, stop) =>
            db.Set<AttachmentRow>().Where(a => a.Id == id && a.OwnerId == ownerId && a.TicketId == null).ExecuteDeleteAsync(stop), cancellation);
        if (removed > 0) files.Delete(id);
    }

    /// <summary>Removes everything uploaded into a draft: it was thrown away.</summary>
    public async Task RemoveDraftAsync(Actor owner, string draftKey, CancellationToken cancellation = default)
    {
        foreach (var file in await OfDraftAsync(owner, draftKey, cancellation)) await RemoveAsync(owner, file.Id, cancellation);
    }

    /// <summary>The same decision with these files, which become part of the ticket in the same append.</summary>
    public Decision With(Ticket ticket, Decision decision, IReadOnlyList<AttachmentRow> sent, bool isInternal = false)
    {
        if (decision.Refusals.Count > 0 || sent.Count == 0) return decision;
        var has = isInternal ? ticket.InternalAttachments : ticket.Attachments;
        return has + sent.Count > Rules.MaxPerTicket
            ? Decision.Refused("attachments", $"A request holds at most {Rules.MaxPerTicket} files; this one has {has}.")
            : Decision.Of([.. decision.Facts, .. sent.Select(file => file.ToFact(isInternal))]);
    }

    /// <summary>A file of a ticket for who may see it; null when it does not exist for them. The caller disposes the bytes.</summary>
    public async Task<(AttachmentAdded File, Stream Bytes)?> OpenAsync(Actor actor, long ticketId, string attachmentId, CancellationToken cancellation = default)
    {
        if (await desk.FindAsync(actor, ticketId, cancellation) is not { } history) return null;
        var file = history.Happened.Select(e => e.Fact).OfType<AttachmentAdded>().FirstOrDefault(a => a.AttachmentId == attachmentId);
        if (file is null || (file.Internal && !actor.MaySeeInternals())) return null;
        return files.Open(file.AttachmentId) is { } bytes ? (file, bytes) : null;
    }

    /// <summary>The refusal of a sending whose files are not all there any more; the list of the draft says which are.</summary>
    internal static Refusal Gone { get; } = new("attachments", "A file was removed or sent from another window. The list shows those that are left: look, and send again.");

    /// <summary>Whether all files of an append are its author's and not part of a ticket yet: another window may have removed or sent one.</summary>
    internal static async Task<bool> AreUnsentAsync(PortalDb db, TicketAppend append)
    {
        var ids = IdsOf(append.Facts);
        if (ids.Length == 0) return true;
        var owner = append.By.Id;
        return await db.Set<AttachmentRow>().CountAsync(a => ids.Contains(a.Id) && a.OwnerId == owner && a.TicketId == null) == ids.Length;
    }

    /// <summary>Notes, inside an append's transaction, to which ticket its files belong from now on.</summary>
    internal static async Task SentAsync(PortalDb db, long ticketId, IEnumerable<TicketFact> facts)
    {
        var ids = IdsOf(facts);
        if (ids.Length == 0) return;
        var sent = await db.Set<AttachmentRow>().Where(a => ids.Contains(a.Id) && a.TicketId == null).ExecuteUpdateAsync(set => set.SetProperty(a => a.TicketId, ticketId));
        if (sent != ids.Length) throw new DbUpdateConcurrencyException("A file was removed or sent at the same moment."); // By another server: decided again.
    }

    private static string[] IdsOf(IEnumerable<TicketFact> facts) => [.. facts.OfType<AttachmentAdded>().Select(a => a.AttachmentId)];

    // A draft holds what a ticket may; beyond that, nobody fills the disk with files that are never sent.
    private async Task<UploadRefusal?> RefusalOfOneMoreAsync(Actor owner, string draftKey, CancellationToken cancellation)
    {
        var id = owner.Id;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var unsent = db.Set<AttachmentRow>().Where(a => a.OwnerId == id && a.TicketId == null);
        if (await unsent.CountAsync(a => a.DraftKey == draftKey, cancellation) >= Rules.MaxPerTicket)
            return new(UploadProblem.Unusable, $"At most {Rules.MaxPerTicket} files fit. Remove one first.");
        var most = (long)Rules.MaxPerTicket * FullDrafts;
        return await unsent.LongCountAsync(cancellation) < most ? null
            : new(UploadProblem.Unusable, $"Your drafts hold {most} files that are not sent, and no more fit. Send one of them first, or remove its files.");
    }

    private UploadRefusal? RefusalOf(string name, long? announcedBytes)
    {
        if (announcedBytes > Rules.MaxBytes) return TooLarge(name);
        if (Rules.Extensions.Contains(AttachmentName.ExtensionOf(name), StringComparer.OrdinalIgnoreCase)) return null;
        return new(UploadProblem.WrongKind, $"“{name}” is of a kind that cannot be attached. Pack it into a ZIP archive, or use one of {string.Join(", ", Rules.Extensions)}.");
    }

    private UploadRefusal? RefusalOf(string name, WrittenFile written) =>
        written.IsTooLarge ? TooLarge(name)
        : written.Bytes == 0 ? new(UploadProblem.Unusable, $"“{name}” is empty.")
        : AttachmentContent.Doubt(name, written.Start) is { } doubt ? new(UploadProblem.WrongKind, doubt)
        : null;

    private UploadRefusal TooLarge(string name) => new(UploadProblem.TooLarge, $"“{name}” is too large: a file may have at most {ByteWords.Of(Rules.MaxBytes)}.");
}
