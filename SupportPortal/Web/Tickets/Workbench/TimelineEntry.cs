using NodaTime;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Tickets.Workbench;

/// <summary>How an event stands in the timeline.</summary>
public enum EntryKind
{
    /// <summary>One quiet line.</summary>
    Line,

    /// <summary>Something the customer reads, or wrote.</summary>
    Message,

    /// <summary>Something that only staff read.</summary>
    Internal,
}

/// <summary>How an event is told: the words after the name of whoever did it, a shape and its colour.</summary>
public sealed record EntryLook(string Words, EntryKind Kind, string Icon, string Tone);

/// <summary>An event as staff read it.</summary>
/// <param name="Version">Which event.</param>
/// <param name="At">When.</param>
/// <param name="Who">The name of whoever did it.</param>
/// <param name="Look">What they did.</param>
/// <param name="Text">What they wrote with it, as Markdown; null when nothing was.</param>
/// <param name="File">The file that came, if that is what happened.</param>
public sealed record TimelineEntry(int Version, Instant At, string Who, EntryLook Look, SealedText? Text, AttachmentAdded? File)
{
    /// <summary>An event in plain words.</summary>
    /// <param name="happened">What happened.</param>
    /// <param name="nameOf">The name for a person's id.</param>
    /// <param name="say">How the viewer reads an instant.</param>
    public static TimelineEntry Of(TicketEvent happened, Func<string, string> nameOf, Func<Instant, string> say)
    {
        var text = happened.Fact switch
        {
            Reported reported => reported.Description,
            AttachmentAdded or CopyAdded => null,
            var fact => fact.Texts.Select(t => t.Text).FirstOrDefault(),
        };
        return new TimelineEntry(happened.Version, happened.At, nameOf(happened.By.Id), LookOf(happened, nameOf, say), text, happened.Fact as AttachmentAdded);
    }

    private static EntryLook LookOf(TicketEvent happened, Func<string, string> nameOf, Func<Instant, string> say) => happened.Fact switch
    {
        Reported => new("reported this", EntryKind.Message, "inbox", "tone-quiet"),
        StaffReplied => new("replied", EntryKind.Message, "reply", "tone-accent"),
        CustomerReplied => new("wrote", EntryKind.Message, "user", "tone-normal"),
        NoteAdded => new("noted", EntryKind.Internal, "note", "tone-high"),
        SeverityChanged change => Line($"changed the severity from {change.From.Title} to {change.To.Title}{Since(change, say)}", "scale", change.To.Tone),
        SeverityConfirmed => Line($"confirmed {Severity.Normal.Title}", "scale", Severity.Normal.Tone),
        Assigned { AssigneeId: null } => Line("left it to nobody", "user"),
        Assigned { AssigneeId: { } assignee } => Line(assignee == happened.By.Id ? "took it" : $"assigned it to {nameOf(assignee)}", "user"),
        WorkStarted => Line("started work", "play", "tone-accent"),
        WaitingStarted => Line("is waiting on the customer", "pause"),
        WaitingEnded => Line("ended the wait", "play"),
        StatusRequested => Line("asked how it stands", "question", "tone-high"),
        WorkaroundRecorded => Line("recorded a workaround", "bulb", "tone-good"),
        PatchProvided patch => Line($"provided the emergency patch{(patch.Reference is { } reference ? $" {reference}" : "")}", "wrench", "tone-good"),
        ResolutionProposed => new("proposed a resolution", EntryKind.Message, "check", "tone-good"),
        Resolved { Kind: ResolutionKind.Agreed } => Line("resolved it as agreed", "check", "tone-good"),
        Resolved resolved => new($"resolved it: {resolved.Kind.Title}", EntryKind.Message, "check", "tone-good"),
        ResolutionAccepted => Line("accepted the resolution", "check", "tone-good"),
        ResolutionRejected => Line("rejected the resolution", "close", "tone-high"),
        Reopened => Line("reopened it", "refresh", "tone-high"),
        Rated rated => Line($"gave {rated.Stars} of 5 stars", "star"),
        AttachmentAdded { Internal: true } => Line("attached for staff only", "paperclip", "tone-high"),
        AttachmentAdded => Line("attached", "paperclip"),
        PolicyMoved moved => Line($"moved it to the policy {moved.Policy.Name}, version {moved.Policy.Version}", "scale"),
        CalendarChanged changed => Line($"changed the calendar {changed.Calendar}", "clock"),
        WatcherAdded added => Line(added.PersonId == happened.By.Id ? "began to watch" : $"had {nameOf(added.PersonId)} watch", "eye"),
        WatcherRemoved removed => Line(removed.PersonId == happened.By.Id ? "stopped watching" : $"had {nameOf(removed.PersonId)} stop watching", "eye"),
        CopyAdded added => Line($"had copies sent to {added.Address.Text ?? "an erased address"}", "reply"),
        CopyRemoved when happened.By.Id == Actor.System.Id => Line("stopped copies, as their reader asked", "reply"),
        CopyRemoved => Line("stopped copies to an address", "reply"),
        ExceptionProposed proposed => new($"proposed an exception: {proposed.Metric.Title.ToLowerInvariant()} not in time", EntryKind.Internal, "scale", "tone-high"),
        ExceptionApproved => Line("approved the exception", "check"),
        ExceptionWithdrawn { Reason: null } => Line("took the exception back", "refresh"),
        ExceptionWithdrawn => new("took the exception back", EntryKind.Internal, "refresh", "tone-high"),
        Merged merged => Line($"merged it into {new TicketNumber(merged.IntoId)}", "link"),
        var fact => throw new InvalidOperationException($"The timeline has no words for {fact.GetType().Name}."),
    };

    private static EntryLook Line(string words, string icon, string tone = "tone-quiet") => new(words, EntryKind.Line, icon, tone);

    private static string Since(SeverityChanged change, Func<Instant, string> say) => change.ImpactSince is { } since ? $", impact since {say(since)}" : "";
}
