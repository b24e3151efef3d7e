using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using NodaTime;
using NodaTime.Text;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Tickets;

/// <summary>Facts as JSON: digests in the event's data, texts and salts beside it.</summary>
public static class FactJson
{
    /// <summary>The type of every ticket's first event.</summary>
    public const string Report = "reported";

    private static readonly Dictionary<string, Type> Types = new()
    {
        [Report] = typeof(Reported),
        ["staffReply"] = typeof(StaffReplied),
        ["customerReply"] = typeof(CustomerReplied),
        ["internalNote"] = typeof(NoteAdded),
        ["severityChanged"] = typeof(SeverityChanged),
        ["severityConfirmed"] = typeof(SeverityConfirmed),
        ["assigned"] = typeof(Assigned),
        ["workStarted"] = typeof(WorkStarted),
        ["waitingOnCustomer"] = typeof(WaitingStarted),
        ["waitingEnded"] = typeof(WaitingEnded),
        ["statusRequested"] = typeof(StatusRequested),
        ["workaroundRecorded"] = typeof(WorkaroundRecorded),
        ["patchProvided"] = typeof(PatchProvided),
        ["resolutionProposed"] = typeof(ResolutionProposed),
        ["resolved"] = typeof(Resolved),
        ["resolutionAccepted"] = typeof(ResolutionAccepted),
        ["resolutionRejected"] = typeof(ResolutionRejected),
        ["reopened"] = typeof(Reopened),
        ["rated"] = typeof(Rated),
        ["attachmentAdded"] = typeof(AttachmentAdded),
        ["policyMoved"] = typeof(PolicyMoved),
        ["calendarChanged"] = typeof(CalendarChanged),
        ["watcherAdded"] = typeof(WatcherAdded),
        ["watcherRemoved"] = typeof(WatcherRemoved),
        ["copyAdded"] = typeof(CopyAdded),
        ["copyRemoved"] = typeof(CopyRemoved),
        ["exceptionProposed"] = typeof(ExceptionProposed),
        ["exceptionApproved"] = typeof(ExceptionApproved),
        ["exceptionWithdrawn"] = typeof(ExceptionWithdrawn),
        ["merged"] = typeof(Merged),
    };

    private static readonly Dictionary<Type, string> Names = Types.ToDictionary(t => t.Value, t => t.Key);
    private static readonly JsonSerializerOptions Sealed = Options(new SealedTextConverter(readable: false));
    private static readonly JsonSerializerOptions Readable = Options(new SealedTextConverter(readable: true));

    /// <summary>The event type as the API spells it.</summary>
    public static string TypeOf(TicketFact fact) => TypeOf(fact.GetType());

    /// <summary>The event type of a kind of fact.</summary>
    internal static string TypeOf(Type fact) => Names[fact];

    /// <summary>The event's data: digests, no text.</summary>
    public static string Data(TicketFact fact) => JsonSerializer.Serialize(fact, fact.GetType(), Sealed);

    /// <summary>The same for a reader who may see the texts.</summary>
    public static JsonElement ReadableData(TicketFact fact) => JsonSerializer.SerializeToElement(fact, fact.GetType(), Readable);

    /// <summary>The texts beside the event; null when it has none.</summary>
    public static string? Texts(TicketFact fact)
    {
        var texts = fact.Texts.Select(t => t.Text).Where(t => t.Text is not null).ToDictionary(t => t.Digest, t => new[] { t.Salt!, t.Text! });
        return texts.Count == 0 ? null : JsonSerializer.Serialize(texts, Sealed);
    }

    /// <summary>Puts a fact together again. A text that was erased comes back as its seal alone.</summary>
    public static TicketFact Read(string type, string data, string? texts)
    {
        SealedTextConverter.Known = texts is null ? null : JsonSerializer.Deserialize<Dictionary<string, string[]>>(texts);
        try
        {
            return (TicketFact)JsonSerializer.Deserialize(data, Types[type], Sealed)!;
        }
        finally
        {
            SealedTextConverter.Known = null;
        }
    }

    private static JsonSerializerOptions Options(SealedTextConverter texts) => new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutTexts } },
        Converters = { texts, new InstantConverter(), new SeverityConverter(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    // IgnoreReadOnlyProperties does not reach collections.
    private static void LeaveOutTexts(JsonTypeInfo type)
    {
        foreach (var texts in type.Properties.Where(p => p.PropertyType == typeof(IEnumerable<(string, SealedText)>)).ToArray()) type.Properties.Remove(texts);
    }

    private sealed class SealedTextConverter(bool readable) : JsonConverter<SealedText>
    {
        // Deserialising is synchronous: the texts of the event being read, by digest.
        [ThreadStatic]
        public static Dictionary<string, string[]>? Known;

        public override SealedText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var digest = reader.GetString()!;
            return Known?.TryGetValue(digest, out var text) == true ? SealedText.Restored(digest, text[1], text[0]) : SealedText.Erased(digest);
        }

        public override void Write(Utf8JsonWriter writer, SealedText value, JsonSerializerOptions options) =>
            writer.WriteStringValue(readable ? value.Text : value.Digest);
    }

    private sealed class InstantConverter : JsonConverter<Instant>
    {
        public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            InstantPattern.ExtendedIso.Parse(reader.GetString()!).Value;

        public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) =>
            writer.WriteStringValue(InstantPattern.ExtendedIso.Format(value));
    }

    private sealed class SeverityConverter : JsonConverter<Severity>
    {
        public override Severity Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => (Severity)reader.GetInt32();

        public override void Write(Utf8JsonWriter writer, Severity value, JsonSerializerOptions options) => writer.WriteNumberValue((int)value);
    }
}
