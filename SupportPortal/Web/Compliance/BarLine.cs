using SupportPortal.Domain.Compliance;

namespace SupportPortal.Web.Compliance;

/// <summary>One line of a bar chart.</summary>
/// <param name="Label">What it counts.</param>
/// <param name="Count">How many.</param>
/// <param name="Link">Where they are listed.</param>
/// <param name="Meaning">More of it, for who hovers.</param>
public sealed record BarLine(string Label, long Count, string? Link, string? Meaning = null);

/// <summary>One line of a table that tells attainment apart.</summary>
/// <param name="Label">Of whom, or of what.</param>
/// <param name="Attainment">How it was kept.</param>
/// <param name="Link">The figures of this line alone.</param>
/// <param name="Broken">Its broken promises.</param>
public sealed record SplitLine(string Label, Attainment Attainment, string Link, string Broken);
