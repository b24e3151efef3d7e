using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Tickets.Requests;

/// <summary>A request that is being written. Every sending of one draft is the same call: a double click makes one ticket.</summary>
public sealed class RequestDraft
{
    /// <summary>Under which key its draft and its files are kept.</summary>
    public const string Key = "new-request";

    /// <summary>Stays the same until it is sent.</summary>
    public string Id { get; set; } = Guid.NewGuid().ToString("N");

    public string? Subject { get; set; }

    public string? Description { get; set; }

    public string? Service { get; set; }

    [JsonConverter(typeof(JsonStringEnumConverter<Impact>))]
    public Impact? Impact { get; set; }

    [JsonConverter(typeof(JsonStringEnumConverter<Workaround>))]
    public Workaround? Workaround { get; set; }

    /// <summary>Whether there is nothing worth keeping.</summary>
    [JsonIgnore]
    public bool IsEmpty => string.IsNullOrWhiteSpace(Subject) && string.IsNullOrWhiteSpace(Description) && string.IsNullOrEmpty(Service) && Impact is null && Workaround is null;

    /// <summary>The severity that impact and workaround amount to; null while no impact is chosen.</summary>
    [JsonIgnore]
    public Severity? Claimed => Impact is { } impact ? ClaimedSeverity.From(impact, Workaround ?? Domain.Tickets.Workaround.None) : null;

    /// <summary>Reads what <see cref="ToString"/> wrote; null when there is nothing, or nothing that this version understands.</summary>
    public static RequestDraft? Read(string? text)
    {
        if (text is null) return null;
        try
        {
            return JsonSerializer.Deserialize<RequestDraft>(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => JsonSerializer.Serialize(this);

    /// <summary>What is handed to the desk.</summary>
    public IncomingRequest ToRequest(IEnumerable<AttachmentRow> files) => new(Subject ?? "", Description ?? "", Channel.Portal)
    {
        Service = Service,
        Impact = Impact,
        Workaround = Workaround,
        Attachments = [.. files.Select(file => file.ToFact())],
    };

    /// <summary>What makes two sendings one: the draft, and that nothing was changed between.</summary>
    public IdempotencyKey KeyFor(Actor actor, IEnumerable<AttachmentRow> files) => SendingKey.Of(actor, Key, Id, ToString(), files);
}

/// <summary>The idempotency key of something sent from a page.</summary>
internal static class SendingKey
{
    public static IdempotencyKey Of(Actor actor, string draftKey, string draftId, string text, IEnumerable<AttachmentRow> files) => new(
        actor.Id,
        $"page:{draftId}",
        Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{text}\n{string.Join('\n', files.Select(f => f.Id))}"))),
        draftKey);
}
