using System.Text.Json;
using NodaTime;
using SupportPortal.Application.Sla;
using SupportPortal.Domain;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Api;

/// <summary>The fields of a JSON object, each taken as what it should be. What is something else is refused in a sentence, all of it at once.</summary>
internal sealed class JsonFields
{
    private const string NoText = "This has a character that is no text.";

    private readonly List<Refusal> _refusals = [];
    private readonly Dictionary<string, JsonElement> _fields = [];

    public JsonFields(JsonElement json)
    {
        foreach (var field in json.EnumerateObject())
        {
            try
            {
                _fields[field.Name] = field.Value;
            }
            catch (InvalidOperationException)
            {
                Refuse("", NoText); // Half of a surrogate pair: JSON allows to write it.
            }
        }
    }

    /// <summary>What was wrong so far.</summary>
    public IReadOnlyList<Refusal> Refusals => _refusals;

    /// <summary>A text; null when it is left out.</summary>
    public string? Text(string name) => Find(name) is { } value ? TextOf(name, value) : null;

    /// <summary>A text that must be there.</summary>
    public string RequiredText(string name, string otherwise)
    {
        if (Find(name) is null) Refuse(name, otherwise);
        return Text(name) ?? "";
    }

    /// <summary>Whether the field is there and null: said, rather than left out.</summary>
    public bool SaysNull(string name) => _fields.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Null;

    /// <summary>Texts; none when they are left out.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        if (Find(name) is not { } value) return [];
        if (value.ValueKind == JsonValueKind.Array) return [.. value.EnumerateArray().Select((item, i) => TextOf($"{name}[{i}]", item) ?? "")];
        Refuse(name, "This is a list of texts.");
        return [];
    }

    /// <summary>True or false; null when it is left out.</summary>
    public bool? Flag(string name)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        Refuse(name, "This is true or false.");
        return null;
    }

    /// <summary>True or false, which must be there.</summary>
    public bool RequiredFlag(string name)
    {
        if (Find(name) is null) Refuse(name, "Say true or false.");
        return Flag(name) ?? false;
    }

    /// <summary>A whole number, which must be there.</summary>
    public int RequiredNumber(string name, string otherwise)
    {
        if (Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number)) return number;
        Refuse(name, otherwise);
        return 0;
    }

    /// <summary>One of an enum's words; null when it is left out.</summary>
    public T? Word<T>(string name) where T : struct, Enum
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.String && Words.TryRead<T>(TextOf(name, value), out var member)) return member;
        Refuse(name, $"This is one of {Words.All<T>()}.");
        return null;
    }

    /// <summary>One of an enum's words, which must be there.</summary>
    public T RequiredWord<T>(string name) where T : struct, Enum
    {
        if (Find(name) is null) Refuse(name, $"Say one of {Words.All<T>()}.");
        return Word<T>(name) ?? default;
    }

    /// <summary>A severity, which must be there.</summary>
    public Severity RequiredSeverity(string name)
    {
        if (Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var level) && Enum.IsDefined((Severity)level)) return (Severity)level;
        Refuse(name, "The severity is 1, 2 or 3.");
        return default;
    }

    /// <summary>An instant, which must be there.</summary>
    public Instant RequiredInstant(string name, string otherwise)
    {
        if (Instant(name) is { } instant) return instant;
        if (!_refusals.Any(refusal => refusal.Field == name)) Refuse(name, otherwise);
        return default;
    }

    /// <summary>An instant; null when it is left out.</summary>
    public Instant? Instant(string name)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.String && SlaJson.TryReadInstant(TextOf(name, value), out var instant)) return instant;
        Refuse(name, "Write an instant such as 2026-11-22T10:00:00Z.");
        return null;
    }

    private JsonElement? Find(string name) => _fields.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private string? TextOf(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            Refuse(name, "This is a text.");
            return null;
        }

        try
        {
            var text = value.GetString()!;
            if (!text.Contains('\0')) return text;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair again.
        }

        Refuse(name, NoText);
        return null;
    }

    private void Refuse(string name, string message) => _refusals.Add(new Refusal(name, message));
}
