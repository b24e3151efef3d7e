namespace SupportPortal.Application.People;

/// <summary>A customer's company: its people see one another's requests.</summary>
public sealed class Organisation
{
    public int Id { get; init; }

    public required string Name { get; set; }

    /// <summary>The name as it is compared, so that "Acme" and "ACME " are one organisation.</summary>
    public required string NormalizedName { get; set; }

    /// <summary>The plan whose policy version in force its requests are promised under; null for the standard plan.</summary>
    public string? Plan { get; set; }

    /// <summary>The IANA name of the time zone in which its people read times, where their browser does not say; null for UTC.</summary>
    public string? TimeZone { get; set; }

    /// <summary>Whether whoever has an address at one of its <see cref="OrganisationDomain"/>s may register without an invitation.</summary>
    public bool IsOpenToItsDomains { get; set; }

    /// <summary>Makes an organisation of that name.</summary>
    public static Organisation Named(string name) => new() { Name = name.Trim(), NormalizedName = Normalize(name) };

    /// <summary>How names are compared.</summary>
    public static string Normalize(string name) => name.Trim().ToUpperInvariant();
}

/// <summary>A mail domain that is an organisation's own, in lower case. It belongs to one organisation only.</summary>
public sealed class OrganisationDomain
{
    public required string Domain { get; init; }

    public required int OrganisationId { get; init; }
}

/// <summary>A cloud service that an organisation uses. One with none named is offered all of them.</summary>
public sealed class OrganisationService
{
    public required int OrganisationId { get; init; }

    public required int ServiceId { get; init; }
}
