using System.ComponentModel;
using NodaTime;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Api;

/// <summary>A new request.</summary>
internal sealed record NewTicketBody(
    [property: Description("What is wrong, on one line of at most 200 characters.")] string Subject,
    [property: Description("Markdown, at most 20,000 characters.")] string Description,
    string? Service,
    Impact? Impact,
    Workaround? Workaround,
    [property: Description("At most 20, of 1 to 50 characters each.")] IReadOnlyList<string>? Tags)
{
    public static NewTicketBody Read(JsonFields fields) => new(
        fields.Text("subject") ?? "", fields.Text("description") ?? "", fields.Text("service"),
        fields.Word<Impact>("impact"), fields.Word<Workaround>("workaround"), fields.Texts("tags"));

    public IncomingRequest ToRequest() => new(Subject, Description, Channel.Api) { Service = Service, Impact = Impact, Workaround = Workaround, Tags = Tags ?? [] };
}

/// <summary>A reply, or a note that only staff read.</summary>
internal sealed record ReplyBody(string Body, bool? Internal)
{
    public static ReplyBody Read(JsonFields fields) => new(fields.Text("body") ?? "", fields.Flag("internal"));
}

/// <summary>A grading.</summary>
internal sealed record SeverityBody(
    Severity Severity,
    [property: Description("The customer reads it. Needed but for confirming Severity 3.")] string? Reason,
    [property: Description("Since when the report showed this impact; left out, since it was reported.")] Instant? ImpactSince)
{
    public static SeverityBody Read(JsonFields fields) => new(fields.RequiredSeverity("severity"), fields.Text("reason"), fields.Instant("impactSince"));
}

/// <summary>Whom it is given to.</summary>
internal sealed record AssigneeBody([property: Description("A member of staff by id or e-mail address; null for nobody.")] string? Assignee)
{
    public static AssigneeBody Read(JsonFields fields) => new(fields.SaysNull("assignee")
        ? null
        : fields.RequiredText("assignee", "Name a member of staff by id or e-mail address, or say null for nobody."));
}

/// <summary>Nothing to say: <c>{}</c>.</summary>
internal sealed record EmptyBody
{
    public static EmptyBody Read(JsonFields fields) => new();
}

/// <summary>A workaround that staff found.</summary>
internal sealed record WorkaroundBody(string Description)
{
    public static WorkaroundBody Read(JsonFields fields) => new(fields.Text("description") ?? "");
}

/// <summary>An emergency patch.</summary>
internal sealed record PatchBody(string Description, [property: Description("A version, a build, an address: at most 200 characters.")] string? Reference)
{
    public static PatchBody Read(JsonFields fields) => new(fields.Text("description") ?? "", fields.Text("reference"));
}

/// <summary>How it was resolved.</summary>
internal sealed record ResolutionBody(
    [property: Description("agreed is proposed until the customer accepts.")] ResolutionKind Kind,
    [property: Description("What the customer reads.")] string Summary)
{
    public static ResolutionBody Read(JsonFields fields) => new(fields.RequiredWord<ResolutionKind>("kind"), fields.Text("summary") ?? "");
}

/// <summary>The customer's answer to a resolution.</summary>
internal sealed record AcceptanceBody(bool Accepted, string? Comment)
{
    public static AcceptanceBody Read(JsonFields fields) => new(fields.RequiredFlag("accepted"), fields.Text("comment"));
}

/// <summary>Why it is open again.</summary>
internal sealed record ReopeningBody(string Reason)
{
    public static ReopeningBody Read(JsonFields fields) => new(fields.Text("reason") ?? "");
}

/// <summary>The customer's verdict.</summary>
internal sealed record RatingBody([property: Description("1 to 5.")] int Stars, string? Comment)
{
    public static RatingBody Read(JsonFields fields) => new(fields.RequiredNumber("stars", "Choose 1 to 5 stars."), fields.Text("comment"));
}

/// <summary>Why a promise that was not kept is to be excused.</summary>
internal sealed record ExceptionBody(
    [property: Description("The clock, by what was promised and when it started.")] SlaMetric Metric, Instant StartedAt, [property: Description("Staff read it.")] string Reason)
{
    public static ExceptionBody Read(JsonFields fields) => new(
        fields.RequiredWord<SlaMetric>("metric"), fields.RequiredInstant("startedAt", "Say when the clock started, as the ticket's clocks tell it."), fields.Text("reason") ?? "");
}

/// <summary>Which exception is approved.</summary>
internal sealed record ApprovalBody([property: Description("The version of the event that proposed it.")] int Version)
{
    public static ApprovalBody Read(JsonFields fields) => new(fields.RequiredNumber("version", "Name the exception by the version of the event that proposed it."));
}

/// <summary>Which exception is taken back.</summary>
internal sealed record WithdrawalBody([property: Description("The version of the event that proposed it.")] int Version, string? Reason)
{
    public static WithdrawalBody Read(JsonFields fields) => new(fields.RequiredNumber("version", "Name the exception by the version of the event that proposed it."), fields.Text("reason"));
}

/// <summary>Who is to follow a ticket.</summary>
internal sealed record WatcherBody([property: Description("Left out: the caller.")] string? Email)
{
    /// <summary>What is known of the address; not a part of the body.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public FollowerAddress? Follower { get; init; }

    public static WatcherBody Read(JsonFields fields) => new(fields.Text("email"));
}
