using SupportPortal.Domain;

namespace SupportPortal.Web.Shell;

/// <summary>What was refused, by field: the sentence under an input, and the mark on it.</summary>
public sealed class FieldErrors(IReadOnlyList<Refusal> refusals)
{
    /// <summary>Nothing was refused.</summary>
    public static FieldErrors None { get; } = new([]);

    /// <summary>How many sentences there are.</summary>
    public int Count => refusals.Count;

    /// <summary>What is wrong with a field; null when nothing is.</summary>
    public string? this[string field]
    {
        get
        {
            var messages = refusals.Where(refusal => refusal.Field == field).Select(refusal => refusal.Message).ToList();
            return messages.Count == 0 ? null : string.Join(" ", messages);
        }
    }

    /// <summary>For <c>aria-invalid</c>: "true" when one of the fields is wrong, else nothing.</summary>
    public string? Invalid(params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
        {
            if (this[field] is not null) return "true";
        }

        return null;
    }

    /// <summary>A field's path as an element's id: <c>shifts[0].from</c> becomes <c>shifts-0-from</c>.</summary>
    public static string Id(string field) => field.Replace("[", "-", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Replace('.', '-');

    /// <summary>"One thing has to be put right.", "3 things have to be put right."</summary>
    public string Summary => Count == 1 ? "One thing has to be put right." : $"{Count} things have to be put right.";
}
