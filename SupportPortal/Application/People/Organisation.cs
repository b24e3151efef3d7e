namespace SupportPortal.Application.People;

/// <summary>A customer's company: its people see one another's requests.</summary>
public sealed class Organisation
{
    public int Id { get; init; }

    public required string Name { get; set; }

    /// <summary>The name as it is compared, so that "Acme" and "ACME " are one organisation.</summary>
    public required string NormalizedName { get; set; }

    /// <summary>Makes an organisation of that name.</summary>
    public static Organisation Named(string name) => new() { Name = name.Trim(), NormalizedName = Normalize(name) };

    /// <summary>How names are compared.</summary>
    public static string Normalize(string name) => name.Trim().ToUpperInvariant();
}
