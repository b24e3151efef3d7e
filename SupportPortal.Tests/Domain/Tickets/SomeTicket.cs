using NodaTime;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Domain.Sla;

namespace SupportPortal.Tests.Domain.Tickets;

/// <summary>People, tickets and answers as the tests of acts write them.</summary>
internal static class SomeTicket
{
    public static SealedText Words { get; } = Text("words");

    public static Instant Noon { get; } = At("12:00");

    public static SealedText Text(string text) => SealedText.Seal(text, "00");

    /// <summary>A time of the Monday on which the lives begin.</summary>
    public static Instant At(string time) => new When("UTC").Read($"Mon {time}");

    public static Ticket Of(string life) => Ticket.Fold(10001, History.Read(life, SomeSla.Catalogue(SomeSla.Policy(""))).Events);

    /// <summary>The ticket is the customer's; the requesting agent is that same person with a staff role.</summary>
    public static Actor Person(string who) => who switch
    {
        "customer" or "colleague" => new(who, Role.Customer, 1),
        "requesting agent" => new("customer", Role.Agent),
        "manager" => new(who, Role.Manager),
        _ => new(who, Role.Agent),
    };

    /// <summary>Holds an answer to its text: the facts with all they carry, or each refusal with kind and field.</summary>
    public static void Check(string expected, Decision decision)
    {
        Assert.True(decision.Facts.Count == 0 || decision.Refusals.Count == 0);
        Assert.Equal(expected, decision.Refusals.Count > 0
            ? string.Join(" | ", decision.Refusals.Select(r => $"{r.Kind} {r.Field}".TrimEnd() + $": {r.Message}"))
            : string.Join(" + ", decision.Facts.Select(Text)));
    }

    private static string Text(TicketFact fact)
    {
        var words = fact switch
        {
            SeverityChanged change => $"{change.From} {change.To}{(change.ImpactSince is { } since ? $" since {new When("UTC").Text(since, Noon)}" : "")}",
            Assigned assigned => assigned.AssigneeId,
            PatchProvided patch => patch.Reference,
            Resolved resolved => resolved.Kind.ToString(),
            Rated rated => rated.Stars.ToString(System.Globalization.CultureInfo.InvariantCulture),
            _ => "",
        };
        string?[] told = [fact.GetType().Name, words, .. fact.Texts.Select(t => t.Text.Text)];
        return string.Join(" ", told.Where(word => !string.IsNullOrEmpty(word)));
    }
}
