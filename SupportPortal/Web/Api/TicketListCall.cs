using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SupportPortal.Application.People;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Api;

/// <summary>Which page of a list.</summary>
internal readonly record struct Paging(int Limit, ListCursor? After);

/// <summary>The parameters of every list.</summary>
internal sealed record PageCall(
    [property: Description("1 to 200; 50 when left out."), FromQuery(Name = "limit")] string? Limit,
    [property: Description("The last page's next."), FromQuery(Name = "after")] string? After)
{
    private const int Usual = 50;
    private const int Most = 200;

    public static readonly Refusal BadCursor = new("after", "This cursor is none of this list's: send the last page's next as it was.");

    public Paging Read(List<Refusal> refusals)
    {
        var limit = Usual;
        if (Limit is not null && (!int.TryParse(Limit, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is 0 or > Most))
            refusals.Add(new Refusal("limit", $"The limit is 1 to {Most}."));
        ListCursor? after = null;
        if (After is not null && !ListCursor.TryParse(After, out after)) refusals.Add(BadCursor);
        return new Paging(limit, after);
    }
}

/// <summary>The parameters of the list of tickets.</summary>
internal sealed record TicketListCall(
    [property: Description("new, inProgress, waitingOnCustomer, resolutionProposed, resolved, closed, or open for all but the last two; several with commas, or repeated."), FromQuery(Name = "status")] string[]? Status,
    [property: Description("1, 2 or 3."), FromQuery(Name = "severity")] string? Severity,
    [property: Description("A member of staff by id or e-mail address, me, or none."), FromQuery(Name = "assignee")] string? Assignee,
    [property: Description("An organisation's id."), FromQuery(Name = "organisation")] string? Organisation,
    [property: Description("A number, or words of the subject."), FromQuery(Name = "q")] string? Words,
    [property: Description("An instant: what is due before it."), FromQuery(Name = "due_before")] string? DueBefore,
    [property: Description("due (when left out), newest or oldest."), FromQuery(Name = "sort")] string? Sort,
    [property: Description("1 to 200; 50 when left out."), FromQuery(Name = "limit")] string? Limit,
    [property: Description("The last page's next."), FromQuery(Name = "after")] string? After)
{
    private const string Open = "open";

    /// <summary>What is asked for, or everything that was not understood.</summary>
    public async ValueTask<(TicketFilter Filter, Paging Paging, IReadOnlyList<Refusal> Refusals)> ReadAsync(
        Actor actor, PeopleDirectory people, PeopleDesk desk, CancellationToken cancellation)
    {
        var refusals = new List<Refusal>();
        var paging = new PageCall(Limit, After).Read(refusals);
        var filter = new TicketFilter
        {
            Statuses = ReadStatuses(refusals),
            Severity = ReadSeverity(refusals),
            OrganisationId = await ReadOrganisationAsync(actor, people, refusals, cancellation),
            Text = Words,
            Order = ReadOrder(refusals),
            Unassigned = Assignee == "none",
            AssigneeId = await ReadAssigneeAsync(actor, people, desk, refusals, cancellation),
        };
        if (DueBefore is null) return (filter, paging, refusals);
        if (SlaJson.TryReadInstant(DueBefore, out var due)) filter = filter with { DueBefore = due };
        else refusals.Add(new Refusal("due_before", $"“{DueBefore}” is no instant such as 2026-11-22T10:00:00Z."));
        return (filter, paging, refusals);
    }

    private List<TicketStatus>? ReadStatuses(List<Refusal> refusals)
    {
        if (Status is not { Length: > 0 }) return null;
        var statuses = new List<TicketStatus>();
        foreach (var word in Status.SelectMany(words => words.Split(',', StringSplitOptions.TrimEntries)))
        {
            if (word == Open) statuses.AddRange(Enum.GetValues<TicketStatus>().Where(s => s.IsOpen));
            else if (Application.Sla.Words.TryRead<TicketStatus>(word, out var status)) statuses.Add(status);
            else refusals.Add(new Refusal("status", $"“{word}” is no status: use {Application.Sla.Words.All<TicketStatus>()}, or open."));
        }

        return [.. statuses.Distinct()];
    }

    private Severity? ReadSeverity(List<Refusal> refusals)
    {
        switch (Severity)
        {
            case null: return null;
            case "1" or "2" or "3": return (Severity)(Severity[0] - '0');
            default:
                refusals.Add(new Refusal("severity", $"“{Severity}” is no severity: use 1, 2 or 3."));
                return null;
        }
    }

    private TicketOrder ReadOrder(List<Refusal> refusals)
    {
        if (Sort is null) return TicketOrder.Due;
        if (Application.Sla.Words.TryRead<TicketOrder>(Sort, out var order)) return order;
        refusals.Add(new Refusal("sort", $"“{Sort}” is no order: use {Application.Sla.Words.All<TicketOrder>()}."));
        return default;
    }

    private async ValueTask<string?> ReadAssigneeAsync(Actor actor, PeopleDirectory people, PeopleDesk desk, List<Refusal> refusals, CancellationToken cancellation)
    {
        switch (Assignee)
        {
            case null or "none": return null;
            case "me": return actor.Id;
        }

        if (await people.FindAsync(Assignee, cancellation) is { } known) return known.Id;
        if (Assignee.Contains('@') && actor.MayLookPeopleUp() && await desk.FindByEmailAsync(Assignee) is { } person) return person.Id;
        refusals.Add(new Refusal("assignee", $"There is nobody “{Assignee}”: use an id, me or none."));
        return null;
    }

    private async ValueTask<int?> ReadOrganisationAsync(Actor actor, PeopleDirectory people, List<Refusal> refusals, CancellationToken cancellation)
    {
        if (Organisation is null) return null;
        // A customer is not told which organisations there are; another one's list is empty for them.
        if (int.TryParse(Organisation, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && (!actor.MayLookPeopleUp() || await people.OrganisationAsync(id, cancellation) is not null)) return id;
        refusals.Add(new Refusal("organisation", $"There is no organisation “{Organisation}”: use its id."));
        return null;
    }
}
