using System.Text.Encodings.Web;
using System.Text.Json;

namespace SupportPortal.Web.Tickets.Requests;

/// <summary>A reply or a note that is being written. Its id stays with it wherever it is kept: sent twice, it is one.</summary>
/// <param name="Id">What makes two sendings one.</param>
/// <param name="Text">What is written.</param>
/// <param name="Seen">Of staff: the version of the ticket before them when they began, or of the other's answer that they were shown since.</param>
public sealed record ReplyDraft(string Id, string? Text, int? Seen = null)
{
    // Escaped as for a page, a letter beyond ASCII would take six. This goes to the store only.
    private static readonly JsonSerializerOptions _asTyped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One with this text and an id of its own.</summary>
    public static ReplyDraft New(string? text = null) => new(Guid.NewGuid().ToString("N"), text);

    /// <summary>Reads what <see cref="ToString"/> wrote; anything else is a text from before drafts had ids.</summary>
    public static ReplyDraft Read(string kept)
    {
        try
        {
            return JsonSerializer.Deserialize<ReplyDraft>(kept) is { Id: not null } draft ? draft : New(kept);
        }
        catch (JsonException)
        {
            return New(kept);
        }
    }

    /// <summary>The same, begun when the ticket stood at this version, unless it was begun before. One without a text is not begun.</summary>
    public ReplyDraft Begun(int version) => this with { Seen = string.IsNullOrEmpty(Text) ? null : Seen ?? version };

    /// <inheritdoc/>
    public override string ToString() => JsonSerializer.Serialize(this, _asTyped);
}
