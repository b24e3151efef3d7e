using NodaTime;
using SupportPortal.Application.Compliance;
using SupportPortal.Application.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Compliance;

/// <summary>What narrows a list, each with the address of the list without it.</summary>
internal static class ComplianceChips
{
    public static async Task<IReadOnlyList<(string Label, string Without)>> OfAsync(
        ComplianceView view, ComplianceFilter filter, string page, IReadOnlyDictionary<string, string> names, PeopleDirectory people, CancellationToken cancellation)
    {
        var chips = new List<(string, string)>();
        Add(filter.Severity?.Title, "severity");
        Add(filter.Metric?.Title, "metric");
        Add(filter.OrganisationId switch { null => null, 0 => "No organisation", var id => await people.OrganisationAsync(id, cancellation) }, "organisation");
        Add(filter.Service, "service");
        Add(filter.AssigneeId switch { null => null, "" => "Nobody’s", var id => names.GetValueOrDefault(id, id) }, "agent");
        Add(filter.Team?.Name switch { null => null, Team.Nowhere => "In no team", var name => $"Team {name}" }, "team");
        Add(filter.Channel?.Title(), "channel");
        Add(filter.Outcome switch { null => null, ComplianceOutcome.Met => "Kept", _ => "Broken" }, "outcome");
        Add(filter.Exception switch { null => null, ExceptionState.Proposed => "Exception proposed", _ => "Excused" }, "exception");
        Add(filter.Cause?.Title(), "cause");
        Add(filter.Hour is { } hour ? $"{(IsoDayOfWeek)((hour / 24) + 1)}, {hour % 24:00}:00 to {(hour % 24) + 1:00}:00" : null, "hour");
        Add((filter.LateOver, filter.LateAtMost) switch
        {
            (null, null) => null,
            ({ } over, null) => $"Late by more than {ComplianceWords.Say(over)}",
            ({ } over, { } most) when over > Duration.Zero => $"Late by {ComplianceWords.Say(over)} to {ComplianceWords.Say(most)}",
            (_, { } most) => $"Late by up to {ComplianceWords.Say(most)}",
        }, "late", "lateAtMost");
        return chips;

        void Add(string? label, params string[] parts)
        {
            if (label is null) return;
            var without = parts.Aggregate(view, (rest, part) => rest.With((part, null)));
            chips.Add((label, without.With(("after", null)).At(page)));
        }
    }
}
