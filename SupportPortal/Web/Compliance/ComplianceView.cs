using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using NodaTime;
using NodaTime.Text;
using SupportPortal.Application.Sla;
using SupportPortal.Domain.Compliance;

namespace SupportPortal.Web.Compliance;

/// <summary>The parts of an address of compliance, in their order: what a page shows is its address, and every figure on it is a link made of it.</summary>
public sealed record ComplianceView
{
    /// <summary>The page of figures.</summary>
    public const string Figures = "compliance";

    /// <summary>The page of the clocks behind one.</summary>
    public const string Clocks = "compliance/clocks";

    /// <summary>The page of the requests behind one.</summary>
    public const string Requests = "compliance/requests";

    /// <summary>Says nothing.</summary>
    public static readonly ComplianceView Nothing = new([]);

    private readonly Dictionary<string, StringValues> _parts;

    private ComplianceView(Dictionary<string, StringValues> parts) => _parts = parts;

    /// <summary>What the address given says.</summary>
    public static ComplianceView Of(Uri address) => new(QueryHelpers.ParseQuery(address.Query));

    /// <summary>The parts as a query.</summary>
    public IQueryCollection Query => new QueryCollection(_parts);

    /// <summary>A part; null when it is not said.</summary>
    public string? this[string name] => _parts.TryGetValue(name, out var values) && values is [{ Length: > 0 } only, ..] ? only : null;

    /// <summary>The same with some parts said otherwise; null takes one away.</summary>
    public ComplianceView With(params ReadOnlySpan<(string Name, string? Value)> parts)
    {
        var with = new Dictionary<string, StringValues>(_parts);
        foreach (var (name, value) in parts)
        {
            if (string.IsNullOrEmpty(value)) with.Remove(name);
            else with[name] = value;
        }

        return new(with);
    }

    /// <summary>The same from one date to another, both with it.</summary>
    public ComplianceView Between(LocalDate from, LocalDate to) => With(("from", LocalDatePattern.Iso.Format(from)), ("to", LocalDatePattern.Iso.Format(to)));

    /// <summary>The same from one instant to before another.</summary>
    public ComplianceView Between(Instant from, Instant to) => With(("from", InstantPattern.ExtendedIso.Format(from)), ("to", InstantPattern.ExtendedIso.Format(to)));

    /// <summary>The same with its period and zone said, as they were counted: whoever opens it, whenever and wherever, sees the same period.</summary>
    public ComplianceView Counted(CompliancePeriod period) =>
        (this["from"] is null || this["to"] is null ? Between(period.FirstDate, period.LastDate) : this).With(("zone", period.Zone.Id));

    /// <summary>The same for one member only.</summary>
    public ComplianceView Only<T>(string name, T member) where T : struct, Enum => With((name, Words.Of(member)));

    /// <summary>The same for a number.</summary>
    public ComplianceView Only(string name, int number) => With((name, number.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The address of a page that shows this.</summary>
    public string At(string page) => page + QueryString.Create(_parts.Select(part => KeyValuePair.Create(part.Key, part.Value))).ToString();

    /// <summary>Whether it says the same.</summary>
    public bool Equals(ComplianceView? other) => other is not null && At("") == other.At("");

    /// <inheritdoc/>
    public override int GetHashCode() => At("").GetHashCode(StringComparison.Ordinal);
}
