using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;
using SupportPortal.Domain;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Sla;

/// <summary>
/// The JSON of the contract: camelCase names, enums as camelCase words, a severity as its number, instants ISO 8601 in UTC with up
/// to microseconds, targets as ISO 8601 lengths. What cannot be read says so in a sentence; <see cref="RefusalOf"/> finds its field.
/// </summary>
public static class SlaJson
{
    private static readonly OffsetDateTimePattern ToTheMinute = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mmo<Z+HH:mm>");

    /// <summary>Reads and writes the contract's JSON.</summary>
    public static JsonSerializerOptions Options { get; } = Ready();

    /// <summary>Adds the contract's converters to other options, such as those of the web server.</summary>
    public static void AddContract(this JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.Converters.Add(new SeverityJson());
        options.Converters.Add(new InstantJson());
        options.Converters.Add(new TargetLengthJson());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
    }

    /// <summary><c>2026-11-22T10:00:00.25Z</c>.</summary>
    public static string Text(this Instant instant) => InstantPattern.ExtendedIso.Format(instant);

    /// <summary>
    /// Reads an ISO 8601 instant with <c>Z</c> or an offset, truncated to microseconds. A time without either is no instant, nor is one
    /// so far off that what is due after it could not be told.
    /// </summary>
    public static bool TryReadInstant([NotNullWhen(true)] string? text, out Instant instant)
    {
        var read = OffsetDateTimePattern.ExtendedIso.Parse(text ?? "").TryGetValue(default, out var moment)
            || ToTheMinute.Parse(text ?? "").TryGetValue(default, out moment);
        read = read && moment.Year is > 0 and <= 9000;
        instant = read ? moment.ToInstant().TruncatedToMicroseconds() : default;
        return read;
    }

    /// <summary>Which field could not be read, and why; null where the text is no JSON at all.</summary>
    public static Refusal? RefusalOf(JsonException problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        if (problem.InnerException is JsonException) return null;
        var field = problem.Path is { Length: > 1 } path ? path.TrimStart('$').TrimStart('.') : "";
        return new Refusal(field, problem is UnreadableValueException ? problem.Message : "This has the wrong form; see the API's reference.");
    }

    private static JsonSerializerOptions Ready()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        options.AddContract();
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private static string? Word(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String ? reader.GetString() : null;

    private sealed class InstantJson : JsonConverter<Instant>
    {
        public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryReadInstant(Word(ref reader), out var instant) ? instant
                : throw new UnreadableValueException("Write an instant such as 2026-11-22T10:00:00Z.");

        // The writer's own form of a UTC time is the same, and quicker by far than a pattern.
        public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToDateTimeUtc());
    }

    private sealed class TargetLengthJson : JsonConverter<TargetLength>
    {
        public override TargetLength Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TargetLength.TryParse(Word(ref reader), out var length) ? length
                : throw new UnreadableValueException("Write a length such as PT6H or P1D, longer than nothing and at most ten years.");

        public override void Write(Utf8JsonWriter writer, TargetLength value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    private sealed class SeverityJson : JsonConverter<Severity>
    {
        public override Severity Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var level) && Enum.IsDefined((Severity)level) ? (Severity)level
                : throw new UnreadableValueException("The severity is 1, 2 or 3.");

        public override void Write(Utf8JsonWriter writer, Severity value, JsonSerializerOptions options) => writer.WriteNumberValue((int)value);
    }

    /// <summary>A value of the wrong form, with the sentence for the person.</summary>
    private sealed class UnreadableValueException(string message) : JsonException(message);
}
