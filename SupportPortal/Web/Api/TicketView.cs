using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using SupportPortal.Application.Sla;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Api;

/// <summary>A person as others see them.</summary>
internal sealed record PersonView(string Id, string Name);

/// <summary>A customer's company.</summary>
internal sealed record OrganisationView(int Id, string Name);

/// <summary>Who made an event.</summary>
internal sealed record ActorView(string Id, string Name, Role Role);

/// <summary>A ticket as every answer shows it.</summary>
internal sealed record TicketView
{
    [Description("SUP-10001: unique, never reused.")]
    public required string Number { get; init; }

    public required string Subject { get; init; }

    [Description("Markdown. Left out in lists.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Description { get; init; }

    public required TicketStatus Status { get; init; }

    public required Severity Severity { get; init; }

    [Description("What the customer's impact and workaround amount to. It sorts the triage lane and starts no clock.")]
    public required Severity ClaimedSeverity { get; init; }

    [Description("Whether staff have graded or confirmed the severity.")]
    public required bool Assessed { get; init; }

    public required Instant ReportedAt { get; init; }

    public required PersonView Requester { get; init; }

    public required OrganisationView? Organisation { get; init; }

    public required PersonView? Assignee { get; init; }

    [Description("Who watches it beside its requester. Left out in lists, and where nobody does.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PersonView>? Watchers { get; init; }

    public required string? Service { get; init; }

    public required Channel Channel { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    [Description("Every promise made on the ticket, in the order in which they began.")]
    public required IReadOnlyList<ClockView> Clocks { get; init; }

    [Description("Counts events; send it as If-Match to act on nothing newer than what you saw.")]
    public required int Version { get; init; }
}

/// <summary>One event of a ticket's chain.</summary>
internal sealed record EventView(
    [property: Description("The order of all events of all tickets.")] long Seq,
    [property: Description("The ticket's version after it.")] int Version,
    string Type,
    Instant At,
    ActorView Actor,
    JsonElement Data,
    [property: Description("SHA-256 over the event and previousHash.")] string Hash,
    string PreviousHash);

/// <summary>One page of a list.</summary>
/// <param name="Next">Send it as <c>after</c> for the next page; null on the last.</param>
internal sealed record PageView<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>How the hot answers are written, worked out when the portal is built.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(TicketView))]
[JsonSerializable(typeof(PageView<TicketView>))]
[JsonSerializable(typeof(PageView<EventView>))]
internal sealed partial class TicketJson : JsonSerializerContext;
