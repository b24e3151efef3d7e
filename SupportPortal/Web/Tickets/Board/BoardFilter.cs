using NodaTime;
using SupportPortal.Application.Live;

namespace SupportPortal.Web.Tickets.Board;

/// <summary>What the address of the board asks for, and back: a filter is its address, so that it can be kept and sent to a colleague.</summary>
public sealed record BoardFilter
{
    /// <summary>Within which time a ticket can be asked to be due: what the address says, the words for it, and the time.</summary>
    public static IReadOnlyList<(string Due, string Words, Duration Within)> Dues { get; } =
        [("1h", "Due within 1 h", Duration.FromHours(1)), ("4h", "Due within 4 h", Duration.FromHours(4)), ("24h", "Due within 24 h", Duration.FromHours(24))];

    /// <summary><c>mine</c>, <c>unassigned</c>, or everybody's.</summary>
    public string? Show { get; init; }

    /// <summary>An organisation's name.</summary>
    public string? Organisation { get; init; }

    /// <summary>A service's name.</summary>
    public string? Service { get; init; }

    /// <summary>One of <see cref="Dues"/>; what is overdue fits each of them.</summary>
    public string? Due { get; init; }

    /// <summary>What an address says, each part of which anybody may have written.</summary>
    public static BoardFilter Of(string? show, string? organisation, string? service, string? due) => new()
    {
        Show = show is "mine" or "unassigned" ? show : null,
        Organisation = Said(organisation),
        Service = Said(service),
        Due = Said(due),
    };

    /// <summary>By how much it narrows the board, beside whose tickets it shows.</summary>
    public int Narrowings => new[] { Organisation, Service, Due }.Count(part => part is not null);

    /// <summary>Whether it leaves anything out.</summary>
    public bool IsSet => Show is not null || Narrowings > 0;

    /// <summary>The filter that it stands for. What it asks for and there is not, nothing fits.</summary>
    /// <param name="me">Who asks: a person's id.</param>
    /// <param name="organisationId">The organisation that it names; null when there is none of that name.</param>
    public OpenFilter Filter(string me, int? organisationId)
    {
        var within = Dues.Where(choice => choice.Due == Due).Select(choice => (Duration?)choice.Within).SingleOrDefault();
        if ((Due is not null && within is null) || (Organisation is not null && organisationId is null)) return OpenFilter.Nothing;
        return new OpenFilter
        {
            AssigneeId = Show == "mine" ? me : null,
            Unassigned = Show == "unassigned",
            OrganisationId = organisationId,
            Service = Service,
            DueWithin = within,
        };
    }

    /// <summary>Its address.</summary>
    public string Address => "desk" + QueryString.Create(new Dictionary<string, string?>
    {
        ["show"] = Show,
        ["organisation"] = Said(Organisation),
        ["service"] = Said(Service),
        ["due"] = Said(Due),
    }.Where(part => part.Value is not null));

    private static string? Said(string? part) => string.IsNullOrWhiteSpace(part) ? null : part.Trim();
}
