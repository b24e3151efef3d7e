using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Tickets;

/// <summary>A request as every door hands it in: form, API, and later mail, chat, Slack and Teams.</summary>
public sealed record IncomingRequest(string Subject, string Description, Channel Channel)
{
    public string? Service { get; init; }

    public Impact? Impact { get; init; }

    public Workaround? Workaround { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Files stored before, which become part of the ticket with its report.</summary>
    public IReadOnlyList<AttachmentAdded> Attachments { get; init; } = [];
}

/// <summary>What makes a repeated call one act: whose key it is, the key, and a digest of what was asked.</summary>
/// <param name="DraftKey">The owner's draft that this sends; forgotten in the same transaction, so that it is not sent again after a crash.</param>
public sealed record IdempotencyKey(string OwnerId, string Key, string RequestHash, string? DraftKey = null);
