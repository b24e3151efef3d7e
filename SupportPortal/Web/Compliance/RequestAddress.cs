using System.Globalization;
using SupportPortal.Application.Compliance;
using SupportPortal.Application.Sla;
using SupportPortal.Domain;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Compliance;

/// <summary>Which requests an address asks for: the parts that the list of requests has beside the filter's.</summary>
internal static class RequestAddress
{
    /// <summary>The parts by their names.</summary>
    public static readonly string[] Parts = ["which", "kind", "stars", "age"];

    /// <summary>The filter's parts that apply to whole requests.</summary>
    public static IEnumerable<string> OfFilter => ComplianceAddress.Parts.Except(ComplianceAddress.OfClocks).Where(part => part != "metric");

    /// <summary>Reads them; what cannot be followed joins the refusals.</summary>
    public static RequestQuestion Read(Func<string, string?> given, List<Refusal> refusals)
    {
        if (!Words.TryRead<RequestSelection>(given("which"), out var selection)) refusals.Add(new("which", $"Say which requests: {Words.All<RequestSelection>()}."));
        return new(selection, Kind(), Number("stars", 1, 5), Number("age", 0, 5));

        ResolutionKind? Kind()
        {
            if (given("kind") is not { } word) return null;
            if (Words.TryRead<ResolutionKind>(word, out var kind)) return kind;
            refusals.Add(new("kind", $"“{word}” is none of {Words.All<ResolutionKind>()}."));
            return null;
        }

        int? Number(string name, int least, int most)
        {
            if (given(name) is not { } text) return null;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
            refusals.Add(new(name, $"“{text}” is no number from {least} to {most}."));
            return null;
        }
    }
}
