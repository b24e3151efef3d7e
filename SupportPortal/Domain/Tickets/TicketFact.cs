using NodaTime;
using SupportPortal.Domain.Sla;

namespace SupportPortal.Domain.Tickets;

/// <summary>What can happen to a ticket, one record each, in the past tense.</summary>
public abstract record TicketFact
{
    /// <summary>Whether customers see it. Internal notes and internal attachments are for staff.</summary>
    public virtual bool IsPublic => true;

    /// <summary>The texts that lie beside the event, by field name.</summary>
    public virtual IEnumerable<(string Field, SealedText Text)> Texts => [];

    private protected static IEnumerable<(string, SealedText)> Those(params IEnumerable<(string Field, SealedText? Text)> texts) =>
        from t in texts where t.Text is not null select (t.Field, t.Text);
}

/// <summary>The request was reported; always the first event. Severity 3 from here on.</summary>
public sealed record Reported(
    SealedText Subject,
    SealedText Description,
    string RequesterId,
    int? OrganisationId,
    Channel Channel,
    PolicyReference Policy,
    string? Service = null,
    Impact? Impact = null,
    Workaround? Workaround = null) : TicketFact
{
    /// <summary>Words to find it by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What the customer's words amount to; Severity 3 when they claimed nothing.</summary>
    public Severity Claimed => Impact is { } impact
        ? ClaimedSeverity.From(impact, Workaround ?? Tickets.Workaround.None)
        : Severity.Normal;

    /// <inheritdoc/>
    public override IEnumerable<(string Field, SealedText Text)> Texts => Those(("subject", Subject), ("description", Description));
}

/// <summary>Through which door a request came.</summary>
public enum Channel
{
    /// <summary>The portal's own form.</summary>
    Portal,

    /// <summary>The HTTP API.</summary>
    Api,

    /// <summary>The public contact form.</summary>
    Contact,

    /// <summary>Mail.</summary>
    Email,

    /// <summary>In-product chat.</summary>
    Chat,

    /// <summary>Slack.</summary>
    Slack,

    /// <summary>Microsoft Teams.</summary>
    Teams,

    /// <summary>A bulk import, or the volume seed.</summary>
    Import,
}

/// <summary>Staff answered in public: a response and an update.</summary>
public sealed record StaffReplied(SealedText Body) : TicketFact
{
    /// <inheritdoc/>
    public override IEnumerable<(string Field, SealedText Text)> Texts => Those(("body", Body));
}

/// <summary>The customer wrote.</summary>
public sealed record CustomerReplied(SealedText Body) : TicketFact
{
    /// <inheritdoc/>
    public override IEnumerable<(string Field, SealedText Text)> Texts => Those(("body", Body));
}

/// <summary>Staff wrote for staff; stops and starts nothing.</summary>
public sealed record NoteAdded(SealedText Body) : TicketFact
{
    /// <inheritdoc/>
    public override bool IsPublic => false;

    /// <inheritdoc/>
    public override IEnumerable<(string Field, SealedText Text)> Texts => Those(("body", Body));
}

/// <summary>Regraded (rule 3). <paramref name="ImpactSince"/> is the instant since which the report showed that impact.</summary>
public sealed record SeverityChanged(Severity From, Severity To, Instant? ImpactSince, SealedText Reason) : TicketFact
{
    /// <inheritdoc/>
    public override IEnumerable<(string Field, SealedText Text)> Texts => Those(("reason", Reason));
}

/// <summary>The first assessment left it at Severity 3. Touches no clock.</summary>
public sealed record SeverityConfirmed(SealedText? Reason) : TicketFact
{
    /// <inheritdoc/>
    public override IEnumerable<(string Field, SealedText Text)> Texts => Those(("reason", Reason));
}

/// <summary>Given to a member of staff, or to nobody.</summary>
public sealed record Assigned(string? AssigneeId) : TicketFact;

/// <summary>Work started: the ticket is in progress.</summary>
public sealed record WorkStarted : TicketFact;

/// <summary>Staff wait on the customer; clocks whose policy says so pause.</summary>
public sealed record WaitingStarted : TicketFact;

/// <summary>A member of staff ended the wait.</summary>
public sealed record WaitingEnded : TicketFact;

/// <summary>The customer asked how it stands.</summary>
public sealed record StatusRequested : TicketFact;

/// <summary>Staff recorded a workaround: no emergency patch is owed in this cycle.</summary>
public sealed record WorkaroundRecorded(SealedText Description) : TicketFact
{
    /// <inheritdoc/>
    public override IEnumerable<(string Field, SealedText Text)> Texts => Those(("description", Description));
}

/// <summary>The emergency patch was provided.</summary>
public sealed record PatchProvided(SealedText Description, string? Reference) : TicketFact
{
    /// <inheritdoc/>
    public override IEnumerable<(string Field, SealedText Text)> Texts => Those(("description", Description));
}

/// <summary>An agreed solution was proposed; the customer's acceptance resolves the ticket.</summary>
public sealed record ResolutionProposed(SealedText Summary) : TicketFact
{
    /// <inheritdoc/>
    public override IEnumerable<(string Field, SealedText Text)> Texts => Those(("summary", Summary));
}

/// <summary>Resolved: every running clock stops (rule 4).</summary>
public sealed record Resolved(ResolutionKind Kind, SealedText? Summary) : TicketFact
{
    /// <inheritdoc/>
    public override IEnumerable<(string Field, SealedText Text)> Texts => Those(("summary", Summary));
}

/// <summary>The customer accepted the resolution.</summary>
public sealed record ResolutionAccepted(SealedText? Comment) : TicketFact
{
    /// <inheritdoc/>
    public override IEnumerable<(string Field, SealedText Text)> Texts => Those(("comment", Comment));
}

/// <summary>The customer rejected the resolution.</summary>
public sealed record ResolutionRejected(SealedText? Comment) : TicketFact
{
    /// <inheritdoc/>
    public override IEnumerable<(string Field, SealedText Text)> Texts => Those(("comment", Comment));
}

/// <summary>Reopened: a new cycle with a new first response.</summary>
public sealed record Reopened(SealedText? Reason) : TicketFact
{
    /// <inheritdoc/>
    public override IEnumerable<(string Field, SealedText Text)> Texts => Those(("reason", Reason));
}

/// <summary>The customer's verdict, 1 to 5 stars.</summary>
public sealed record Rated(int Stars, SealedText? Comment) : TicketFact
{
    /// <inheritdoc/>
    public override IEnumerable<(string Field, SealedText Text)> Texts => Those(("comment", Comment));
}

/// <summary>A file came with the request or later. Its bytes lie in the attachment store.</summary>
public sealed record AttachmentAdded(string AttachmentId, SealedText FileName, string ContentType, long Bytes, string Sha256, bool Internal) : TicketFact
{
    /// <inheritdoc/>
    public override bool IsPublic => !Internal;

    /// <inheritdoc/>
    public override IEnumerable<(string Field, SealedText Text)> Texts => Those(("fileName", FileName));
}

/// <summary>A manager moved the ticket to another policy version; its running clocks are due anew (section 2).</summary>
public sealed record PolicyMoved(PolicyReference Policy) : TicketFact;

/// <summary>A calendar was edited; the running clocks on it are due anew under the event's catalogue (rule 10).</summary>
public sealed record CalendarChanged(string Calendar) : TicketFact;

/// <summary>A person began to watch: they see the ticket, and are told of it by mail. Touches no clock.</summary>
public sealed record WatcherAdded(string PersonId) : TicketFact;

/// <summary>A person watches no longer. Touches no clock.</summary>
public sealed record WatcherRemoved(string PersonId) : TicketFact;

/// <summary>An address gets a copy of what the requester is told by mail, and sees nothing else. Touches no clock.</summary>
public sealed record CopyAdded(SealedText Address) : TicketFact
{
    /// <inheritdoc/>
    public override IEnumerable<(string Field, SealedText Text)> Texts => Those(("address", Address));
}

/// <summary>An address gets no more copies. Touches no clock.</summary>
/// <param name="Copy">The version of the <see cref="CopyAdded"/>, so that the address stands in one event only and can be erased there.</param>
public sealed record CopyRemoved(int Copy) : TicketFact;

/// <summary>
/// A manager asks that a breach be excused. The breach stays one; once a second person approves, figures are told with and without it.
/// Touches no clock.
/// </summary>
/// <param name="Metric">What was promised.</param>
/// <param name="StartedAt">When the breached clock started: of one metric, no two breached clocks of a ticket start together.</param>
/// <param name="Reason">Why; staff read it.</param>
public sealed record ExceptionProposed(SlaMetric Metric, Instant StartedAt, SealedText Reason) : TicketFact
{
    /// <inheritdoc/>
    public override bool IsPublic => false;

    /// <inheritdoc/>
    public override IEnumerable<(string Field, SealedText Text)> Texts => Those(("reason", Reason));
}

/// <summary>A second person approved: the breach is excused. Touches no clock.</summary>
/// <param name="Proposal">The version of the <see cref="ExceptionProposed"/>.</param>
public sealed record ExceptionApproved(int Proposal) : TicketFact
{
    /// <inheritdoc/>
    public override bool IsPublic => false;
}

/// <summary>The exception is taken back, before its approval or after: the breach counts as it happened. Touches no clock.</summary>
/// <param name="Proposal">The version of the <see cref="ExceptionProposed"/>.</param>
/// <param name="Reason">Why; staff read it.</param>
public sealed record ExceptionWithdrawn(int Proposal, SealedText? Reason) : TicketFact
{
    /// <inheritdoc/>
    public override bool IsPublic => false;

    /// <inheritdoc/>
    public override IEnumerable<(string Field, SealedText Text)> Texts => Those(("reason", Reason));
}

/// <summary>Merged into another ticket: every running clock is cancelled.</summary>
public sealed record Merged(long IntoId) : TicketFact;
