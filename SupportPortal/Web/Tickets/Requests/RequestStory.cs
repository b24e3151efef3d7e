using NodaTime;
using SupportPortal.Application.People;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Tickets.Requests;

/// <summary>Something that happened to a request, as its customer reads it.</summary>
/// <param name="Version">Of the event: what tells it from the others.</param>
/// <param name="At">When.</param>
/// <param name="Author">Who.</param>
/// <param name="IsSupport">Whether the author speaks for support.</param>
/// <param name="Icon">Its mark, from icons.svg.</param>
/// <param name="Words">What they did: "replied", "changed the severity to Severity 1 – Critical".</param>
/// <param name="HasBody">Whether it says something at length; then <paramref name="Body"/> is that text, null once erased.</param>
/// <param name="Body">Markdown.</param>
/// <param name="Files">The files that came with it.</param>
public sealed record StoryEntry(
    int Version, Instant At, string Author, bool IsSupport, string Icon, string Words, bool HasBody, string? Body, IReadOnlyList<AttachmentAdded> Files);

/// <summary>A request's public events in the customer's words. Internal notes and files are not told, whoever reads.</summary>
public sealed class RequestStory(IReadOnlyDictionary<string, Person> names, Actor reader)
{
    private const string Somebody = "Somebody";

    /// <summary>Whose names the story needs.</summary>
    public static IEnumerable<string> PeopleOf(TicketHistory history) =>
        history.Happened.SelectMany(e => new[] { e.By.Id, Named(e.Fact) }).OfType<string>().Append(history.Ticket.RequesterId).Distinct();

    private static string? Named(TicketFact fact) => fact switch
    {
        Assigned assigned => assigned.AssigneeId,
        WatcherAdded added => added.PersonId,
        WatcherRemoved removed => removed.PersonId,
        _ => null,
    };

    /// <summary>The story, oldest first.</summary>
    public IReadOnlyList<StoryEntry> Tell(TicketHistory history)
    {
        var entries = new List<StoryEntry>();
        foreach (var happened in history.Happened.Where(e => e.Fact.IsPublic))
        {
            if (happened.Fact is AttachmentAdded file && entries is [.., { HasBody: true } last] && last.At == happened.At && last.Author == NameOf(happened.By.Id))
                entries[^1] = last with { Files = [.. last.Files, file] };
            else if (EntryOf(happened, history.Ticket) is { } entry)
                entries.Add(entry);
        }

        return entries;
    }

    private StoryEntry? EntryOf(TicketEvent happened, Ticket ticket) => happened.Fact switch
    {
        Reported report => Message(happened, ticket, "pencil", "reported this request", report.Description),
        StaffReplied reply => Message(happened, ticket, "reply", "replied", reply.Body),
        CustomerReplied reply => Message(happened, ticket, "reply", "wrote", reply.Body),
        SeverityChanged change => Message(happened, ticket, "scale", $"changed the severity from {change.From.Title} to {change.To.Title}", change.Reason),
        SeverityConfirmed confirmed => Told(happened, ticket, "scale", $"assessed it as {Severity.Normal.Title}", confirmed.Reason),
        Assigned { AssigneeId: { } assignee } => Line(happened, ticket, "user", assignee == happened.By.Id ? "took this request" : $"asked {NameOf(assignee)} to look after it"),
        Assigned => Line(happened, ticket, "user", "handed it back to the team"),
        WorkStarted => Line(happened, ticket, "play", "started working on it"),
        WaitingStarted => Line(happened, ticket, "pause", "is waiting for your answer"),
        WaitingEnded => Line(happened, ticket, "play", "went on working on it"),
        StatusRequested => Line(happened, ticket, "question", "asked how it stands"),
        WorkaroundRecorded workaround => Message(happened, ticket, "wrench", "found a workaround", workaround.Description),
        PatchProvided patch => Message(happened, ticket, "bolt", patch.Reference is null ? "provided the emergency patch" : $"provided the emergency patch ({patch.Reference})", patch.Description),
        ResolutionProposed proposed => Message(happened, ticket, "bulb", "proposed a resolution", proposed.Summary),
        Resolved { Kind: ResolutionKind.Agreed } => null, // The acceptance before it says it.
        Resolved resolved => Message(happened, ticket, "check", $"resolved it with {resolved.Kind.Article}", resolved.Summary),
        ResolutionAccepted accepted => Told(happened, ticket, "check", "accepted the resolution", accepted.Comment),
        ResolutionRejected rejected => Told(happened, ticket, "close", "rejected the resolution", rejected.Comment),
        Reopened reopened => Told(happened, ticket, "refresh", "reopened it", reopened.Reason),
        Rated rated => Told(happened, ticket, "star", $"rated the help {rated.Stars} of 5", rated.Comment),
        AttachmentAdded file => Line(happened, ticket, "paperclip", "added a file") with { Files = [file] },
        WatcherAdded added => Line(happened, ticket, "eye", added.PersonId == happened.By.Id ? "began to watch" : $"had {Whom(added.PersonId)} watch this request"),
        WatcherRemoved removed => Line(happened, ticket, "eye", removed.PersonId == happened.By.Id ? "stopped watching" : $"had {Whom(removed.PersonId)} stop watching"),
        CopyAdded added => Line(happened, ticket, "reply", $"had copies sent to {added.Address.Text ?? "an erased address"}"),
        CopyRemoved when happened.By.Id == Actor.System.Id => Line(happened, ticket, "reply", "stopped copies, as their reader asked"),
        CopyRemoved => Line(happened, ticket, "reply", "stopped copies to an address"),
        Merged merged => Line(happened, ticket, "link", $"merged it into {new TicketNumber(merged.IntoId)}"),
        PolicyMoved or CalendarChanged => Line(happened, ticket, "clock", "updated the support hours that count here"),
        _ => null,
    };

    private StoryEntry Message(TicketEvent happened, Ticket ticket, string icon, string words, SealedText? body) =>
        Line(happened, ticket, icon, words) with { HasBody = true, Body = body?.Text };

    /// <summary>With its comment where there is one, as a line where there is none.</summary>
    private StoryEntry Told(TicketEvent happened, Ticket ticket, string icon, string words, SealedText? comment) =>
        comment is null ? Line(happened, ticket, icon, words) : Message(happened, ticket, icon, words, comment);

    private StoryEntry Line(TicketEvent happened, Ticket ticket, string icon, string words) => new(
        happened.Version, happened.At, NameOf(happened.By.Id), happened.By.Role >= Role.Agent && happened.By.Id != ticket.RequesterId, icon, words, false, null, []);

    private string Whom(string id) => id == reader.Id ? "you" : NameOf(id);

    private string NameOf(string id) => id == reader.Id ? "You" : names.GetValueOrDefault(id)?.Name ?? Somebody;
}
