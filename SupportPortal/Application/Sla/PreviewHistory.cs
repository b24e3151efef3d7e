using NodaTime;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Sla;

/// <summary>An event of a preview.</summary>
/// <param name="Type"><c>reported</c>, <c>staffReply</c>, <c>severityChanged</c> …</param>
/// <param name="At">When.</param>
/// <param name="Severity">Of <c>severityChanged</c>: the severity after it.</param>
/// <param name="ImpactSince">Of <c>severityChanged</c>: since when the report showed that impact.</param>
/// <param name="Kind">Of <c>resolved</c>: <c>fix</c>, <c>workaround</c>, <c>restoration</c> or an accepted <c>agreed</c>.</param>
public sealed record PreviewEvent(string? Type, string? At, int? Severity = null, string? ImpactSince = null, string? Kind = null);

/// <summary>Reads a preview's events into facts and says what is wrong with each.</summary>
internal sealed class PreviewHistory(List<Refusal> refusals)
{
    private const int MostEvents = 10_000;
    private const int MostRefusals = 100;
    private static readonly Instant Earliest = Instant.FromUtc(1970, 1, 1, 0, 0);
    private static readonly Instant Latest = Instant.FromUtc(2150, 1, 1, 0, 0);
    private static readonly SealedText Unsaid = SealedText.Erased("");
    private static readonly EventAuthor Nobody = new("preview", Role.Agent);
    private static readonly TicketFact Report = new Reported(Unsaid, Unsaid, Nobody.Id, null, Channel.Api, new PolicyReference("", 0));

    private static readonly Dictionary<string, TicketFact?> Types = new()
    {
        ["reported"] = Report,
        ["staffReply"] = new StaffReplied(Unsaid),
        ["customerReply"] = new CustomerReplied(Unsaid),
        ["internalNote"] = new NoteAdded(Unsaid),
        ["severityChanged"] = null,
        ["severityConfirmed"] = new SeverityConfirmed(null),
        ["workStarted"] = new WorkStarted(),
        ["waitingOnCustomer"] = new WaitingStarted(),
        ["waitingEnded"] = new WaitingEnded(),
        ["statusRequested"] = new StatusRequested(),
        ["workaroundRecorded"] = new WorkaroundRecorded(Unsaid),
        ["patchProvided"] = new PatchProvided(Unsaid, null),
        ["resolved"] = null,
        ["reopened"] = new Reopened(null),
    };

    private readonly List<(Instant At, TicketFact Fact)> _facts = [];
    private Instant _last = Earliest;
    private Instant _cycleStart;
    private Severity _severity = Severity.Normal;
    private bool _resolved;

    /// <summary>The facts, in order; to be used only when nothing was refused.</summary>
    public IReadOnlyList<(Instant At, TicketFact Fact)> Read(IReadOnlyList<PreviewEvent?>? events)
    {
        if (events is not { Count: > 0 }) refusals.Add(new("events", "A history begins with an event of the type reported."));
        else if (events.Count > MostEvents) refusals.Add(new("events", $"A preview takes at most {MostEvents:N0} events."));
        else
        {
            for (var i = 0; i < events.Count && refusals.Count < MostRefusals; i++) Read($"events[{i}]", events[i], isFirst: i == 0);
        }

        return _facts;
    }

    /// <summary>The facts as events under a policy and a catalogue version.</summary>
    public static IEnumerable<TicketEvent> Events(IReadOnlyList<(Instant At, TicketFact Fact)> facts, SlaPolicy policy, int catalogue) =>
        facts.Select((f, i) => new TicketEvent(i + 1, f.At, Nobody, catalogue, f.Fact is Reported report ? report with { Policy = policy.Reference } : f.Fact));

    /// <summary>Reads an instant within the years that every calendar and the longest target can count in.</summary>
    public static bool TryReadInstant(string field, string? text, List<Refusal> refusals, out Instant instant)
    {
        if (!SlaJson.TryReadInstant(text, out instant)) refusals.Add(new(field, "Write an instant such as 2026-11-22T10:00:00Z."));
        else if (instant < Earliest || instant >= Latest) refusals.Add(new(field, "An instant lies between the years 1970 and 2149."));
        else return true;
        return false;
    }

    private void Read(string field, PreviewEvent? happened, bool isFirst)
    {
        var known = TryReadInstant($"{field}.at", happened?.At, refusals, out var at);
        if (known && at < _last) refusals.Add(new($"{field}.at", "An event is not before the one it follows."));
        if (known) _last = Instant.Max(_last, at);

        if (happened?.Type is not { } type || !Types.TryGetValue(type, out var fact))
            refusals.Add(new($"{field}.type", $"The type is one of {string.Join(", ", Types.Keys)}."));
        else if (isFirst && type != "reported") refusals.Add(new($"{field}.type", "A history begins with an event of the type reported."));
        else if ((fact ?? (type == "resolved" ? Resolved(field, happened) : Regraded(field, happened, known ? at : null))) is { } read) Add(at, read);
    }

    private void Add(Instant at, TicketFact fact)
    {
        if (_facts.Count == 0 || (_resolved && fact is Reopened)) (_cycleStart, _resolved) = (at, false);
        if (!_resolved && fact is SeverityChanged change) _severity = change.To;
        _resolved |= fact is Resolved;
        _facts.Add((at, fact));
    }

    private Resolved? Resolved(string field, PreviewEvent happened)
    {
        if (Words.TryRead<ResolutionKind>(happened.Kind, out var kind)) return new Resolved(kind, null);
        refusals.Add(new($"{field}.kind", $"The kind is one of {Words.All<ResolutionKind>()}."));
        return null;
    }

    private SeverityChanged Regraded(string field, PreviewEvent happened, Instant? at)
    {
        var to = (Severity)(happened.Severity ?? 0);
        if (!Enum.IsDefined(to)) refusals.Add(new($"{field}.severity", "The severity is 1, 2 or 3."));
        else if (to == _severity) refusals.Add(new($"{field}.severity", $"It is {to.Title} already."));

        Instant? since = null;
        if (happened.ImpactSince is { } text && TryReadInstant($"{field}.impactSince", text, refusals, out var read))
        {
            if (read > at) refusals.Add(new($"{field}.impactSince", "The impact cannot begin after the grading."));
            else if (read < _cycleStart) refusals.Add(new($"{field}.impactSince", "The impact cannot begin before the request was reported or reopened."));
            since = read;
        }

        return new SeverityChanged(_severity, to, since, Unsaid);
    }
}
