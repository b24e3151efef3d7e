using System.Globalization;
using NodaTime;
using SupportPortal.Application.Compliance;
using SupportPortal.Application.Sla;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Compliance;

/// <summary>How compliance is put into words and numbers.</summary>
internal static class ComplianceWords
{
    private const int MostParts = 400;

    /// <summary>"Nobody's when it fell due" …</summary>
    public static string Title(this BreachCause cause) => cause switch
    {
        BreachCause.Unassigned => "Nobody had it",
        BreachCause.RaisedTooLate => "Raised too late",
        _ => "Not answered in time",
    };

    /// <summary>What the cause means, in a sentence.</summary>
    public static string Meaning(this BreachCause cause) => cause switch
    {
        BreachCause.Unassigned => "The request was assigned to nobody when the promise fell due.",
        BreachCause.RaisedTooLate => "The severity was raised only when the promise of that severity had run out.",
        _ => "Somebody had the request, and what was promised did not come in time.",
    };

    /// <summary>"Fixed" …</summary>
    public static string Title(this ResolutionKind kind) => kind switch
    {
        ResolutionKind.Fix => "Fixed",
        ResolutionKind.Workaround => "Workaround",
        ResolutionKind.Restoration => "Restored",
        _ => "Agreed",
    };

    /// <summary>How a request came in.</summary>
    public static string Title(this Channel channel) => channel switch
    {
        Channel.Api => "API",
        Channel.Contact => "Contact form",
        Channel.Email => "Mail",
        _ => channel.ToString(),
    };

    /// <summary>"42 min", "3 h 20 min", "2 d 4 h": two units at most, cut.</summary>
    public static string Say(Duration time)
    {
        var minutes = (long)Math.Floor(time.TotalMinutes);
        return minutes switch
        {
            < 1 => string.Create(CultureInfo.InvariantCulture, $"{(long)Math.Floor(time.TotalSeconds)} s"),
            < 60 => $"{minutes} min",
            < 24 * 60 => minutes % 60 == 0 ? $"{minutes / 60} h" : $"{minutes / 60} h {minutes % 60} min",
            _ => minutes / 60 % 24 == 0 ? $"{minutes / 1440} d" : $"{minutes / 1440} d {minutes / 60 % 24} h",
        };
    }

    /// <summary>"more than 1 h, up to 4 h".</summary>
    public static string Say(LatenessFigure late) => late switch
    {
        { AtMost: { } most } when late.AtLeast == Duration.Zero => $"Up to {Say(most)}",
        { AtMost: { } most } => $"{Say(late.AtLeast)} to {Say(most)}",
        _ => $"More than {Say(late.AtLeast)}",
    };

    /// <summary>"1 d to 3 d".</summary>
    public static string Say(BacklogFigure backlog) => backlog switch
    {
        { Under: { } under } when backlog.AtLeast == Duration.Zero => $"Under {Say(under)}",
        { Under: { } under } => $"{Say(backlog.AtLeast)} to {Say(under)}",
        _ => $"{Say(backlog.AtLeast)} and more",
    };

    /// <summary>"Requests rated 4 stars" …</summary>
    public static string Say(RequestQuestion question) => question switch
    {
        { Selection: RequestSelection.Reported } => "Reported requests",
        { Selection: RequestSelection.Resolved } => "Resolved requests",
        { Selection: RequestSelection.Reopened } => "Reopened requests",
        { Selection: RequestSelection.Ended, Kind: { } kind } => $"Resolved requests: {kind.Title().ToLowerInvariant()}",
        { Selection: RequestSelection.Rated, Stars: { } stars } => $"Requests rated {stars} of 5 stars",
        { Selection: RequestSelection.Rated } => "Rated requests",
        { Selection: RequestSelection.Open, Age: { } age } => $"Open requests, {Say(TicketFigures.Age(age)).ToLowerInvariant()} old",
        { Selection: RequestSelection.Open } => "Open requests",
        _ => "Resolved requests",
    };

    /// <summary>"22 Nov 2026".</summary>
    public static string Say(LocalDate date) => date.ToString("d MMM uuuu", CultureInfo.InvariantCulture);

    /// <summary>"22 Nov 2026, 10:00".</summary>
    public static string Say(Instant at, DateTimeZone zone) => at.InZone(zone).ToString("d MMM uuuu, HH:mm", CultureInfo.InvariantCulture);

    /// <summary>"November 2026", "week from 16 Nov 2026" or "16 Nov 2026".</summary>
    public static string Say(PeriodPart part, PeriodUnit unit) => unit switch
    {
        PeriodUnit.Month => part.First.ToString("MMMM uuuu", CultureInfo.InvariantCulture),
        PeriodUnit.Week => $"Week from {Say(part.First)}",
        _ => Say(part.First),
    };

    /// <summary>Whether a goal is reached, as the style sheet reads it: "yes", "no", or nothing where nothing fell due.</summary>
    public static string? Reached(Attainment attainment, decimal goal) => attainment.Reaches(goal) switch { true => "yes", false => "no", null => null };

    /// <summary>"1,234".</summary>
    public static string Say(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>The name of a severity, short.</summary>
    public static string Short(this Severity severity) => $"Severity {severity.Level}";

    /// <summary>How a trend is cut: as the address says, as far as that makes some hundred parts at most; else into some tens.</summary>
    public static PeriodUnit Unit(string? asked, CompliancePeriod period)
    {
        var days = (period.End - period.Start).TotalDays;
        var finest = days switch { <= MostParts => PeriodUnit.Day, <= 7 * MostParts => PeriodUnit.Week, _ => PeriodUnit.Month };
        if (Words.TryRead<PeriodUnit>(asked, out var unit)) return unit < finest ? finest : unit;
        return days switch { <= 45 => PeriodUnit.Day, <= 200 => PeriodUnit.Week, _ => PeriodUnit.Month };
    }
}
