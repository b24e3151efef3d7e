using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using SupportPortal.Application.Compliance;
using SupportPortal.Application.People;
using SupportPortal.Application.Sla;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Reports;

/// <summary>What a report shows.</summary>
public enum ReportKind
{
    /// <summary>The figures of a period.</summary>
    Figures,

    /// <summary>The very clocks that a figure counts.</summary>
    Clocks,

    /// <summary>The very requests that a figure of whole requests counts.</summary>
    Requests,

    /// <summary>For a customer: an organisation's requests with their response times and updates.</summary>
    Organisation,

    /// <summary>What will break soon.</summary>
    Risk,

    /// <summary>What another commitment would have made of a period.</summary>
    WhatIf,
}

/// <summary>What a report is about: its kind, and what it counts. Says the same as a set of named texts, which a report file carries.</summary>
/// <param name="Kind">What it shows.</param>
/// <param name="Filter">What it counts.</param>
/// <param name="Unit">How its trend is cut.</param>
/// <param name="Requests">Of <see cref="ReportKind.Requests"/>: which.</param>
/// <param name="Teams">Of <see cref="ReportKind.Figures"/>: the teams that it tells apart, as they were when it was made; null where there was none.</param>
/// <param name="Trial">Of <see cref="ReportKind.WhatIf"/>: the other commitment.</param>
public sealed record ReportScope(ReportKind Kind, ComplianceFilter Filter, PeriodUnit Unit = PeriodUnit.Month, RequestQuestion? Requests = null, SlaTrial? Trial = null, IReadOnlyList<Team>? Teams = null)
{
    internal static readonly Instant First = Instant.FromUtc(1969, 12, 1, 0, 0);
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly Instant Last = Instant.FromUtc(9000, 2, 1, 0, 0);

    /// <summary>As named texts, those that say something.</summary>
    public IEnumerable<(string Name, string Value)> ToPairs()
    {
        (string, string?)[] all =
        [
            ("kind", Words.Of(Kind)), ("from", Text(Filter.Period.Start)), ("to", Text(Filter.Period.End)), ("zone", Filter.Period.Zone.Id), ("unit", Words.Of(Unit)),
            ("metric", Word(Filter.Metric)), ("severity", Filter.Severity is { } severity ? Text((int)severity) : null), ("organisation", Text(Filter.OrganisationId)),
            ("service", Filter.Service), ("agent", Filter.AssigneeId is "" ? "none" : Filter.AssigneeId), ("team", Filter.Team?.Name), ("teamAgents", Filter.Team is { } team ? string.Join(' ', team.Members) : null),
            ("channel", Word(Filter.Channel)), ("outcome", Word(Filter.Outcome)),
            ("exception", Word(Filter.Exception)), ("cause", Word(Filter.Cause)), ("hour", Text(Filter.Hour)), ("late", Seconds(Filter.LateOver)), ("lateAtMost", Seconds(Filter.LateAtMost)),
            ("which", Word(Requests?.Selection)), ("resolution", Word(Requests?.Kind)), ("stars", Text(Requests?.Stars)), ("age", Text(Requests?.Age)),
            ("teams", Teams is { Count: > 0 } ? JsonSerializer.Serialize(Teams.ToDictionary(one => one.Name, one => one.Members), Json) : null), ("policy", Trial?.PolicyJson()), ("calendars", Trial?.CalendarsJson()),
        ];
        foreach (var (name, value) in all)
        {
            if (value is not null) yield return (name, value);
        }
    }

    /// <summary>Reads what <see cref="ToPairs"/> wrote.</summary>
    /// <exception cref="FormatException">It was not written so.</exception>
    public static ReportScope Read(IReadOnlyDictionary<string, string> pairs)
    {
        if (pairs.FirstOrDefault(pair => pair.Value.Any(char.IsControl)).Key is { } unreadable) throw new FormatException($"Its “{unreadable}” has control characters.");
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(Needed("zone")) ?? throw new FormatException($"“{pairs["zone"]}” is no time zone.");
        var filter = new ComplianceFilter
        {
            Period = new CompliancePeriod(Moment("from"), Moment("to"), zone),
            Metric = Member<SlaMetric>("metric"),
            Severity = Number("severity") is { } severity ? (Severity)severity : null,
            OrganisationId = Number("organisation"),
            Service = Given("service"),
            AssigneeId = Given("agent") is "none" ? "" : Given("agent"),
            Team = Given("team") is { } team ? new Team(team, (Given("teamAgents") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)) : null,
            Channel = Member<Channel>("channel"),
            Outcome = Member<ComplianceOutcome>("outcome"),
            Exception = Member<ExceptionState>("exception"),
            Cause = Member<BreachCause>("cause"),
            Hour = Number("hour"),
            LateOver = Number("late") is { } over ? Duration.FromSeconds(over) : null,
            LateAtMost = Number("lateAtMost") is { } most ? Duration.FromSeconds(most) : null,
        };
        if (filter.Period.Start < First || filter.Period.End > Last || filter.Period.End <= filter.Period.Start || filter.Period.End - filter.Period.Start > Duration.FromDays(366 * CompliancePeriod.MostYears)) throw new FormatException("Its period is absurd.");
        var requests = Member<RequestSelection>("which") is { } which ? new RequestQuestion(which, Member<ResolutionKind>("resolution"), Number("stars"), Number("age")) : null;
        var scope = new ReportScope(Member<ReportKind>("kind") ?? throw new FormatException("It does not say its kind."), filter, Member<PeriodUnit>("unit") ?? PeriodUnit.Month, requests, ReadTrial(), ReadTeams());
        if ((scope.Kind == ReportKind.WhatIf) != (scope.Trial is not null)) throw new FormatException("It does not say what was tried.");
        return (scope.Kind == ReportKind.Requests) == (requests is not null) ? scope : throw new FormatException("It does not say which requests it counts.");

        IReadOnlyList<Team>? ReadTeams()
        {
            if (Given("teams") is not { } teams) return null;
            try
            {
                return [.. JsonSerializer.Deserialize<Dictionary<string, string[]>>(teams, Json)!.Select(team => new Team(team.Key, team.Value)).DistinctBy(team => team.Name)];
            }
            catch (Exception unreadable) when (unreadable is JsonException or NullReferenceException)
            {
                throw new FormatException("Its teams cannot be read.", unreadable);
            }
        }

        SlaTrial? ReadTrial()
        {
            if (Given("policy") is not { } policy) return null;
            var (trial, refusals) = SlaTrial.Read(policy, Needed("calendars"), filter.Period.End);
            return trial ?? throw new FormatException($"What was tried cannot be read. {refusals[0].Message}");
        }

        string? Given(string name) => pairs.GetValueOrDefault(name);
        string Needed(string name) => Given(name) ?? throw new FormatException($"It does not say “{name}”.");
        Instant Moment(string name) => InstantPattern.ExtendedIso.Parse(Needed(name)) is { Success: true, Value: var at } ? at : throw new FormatException($"“{pairs[name]}” is no instant.");
        int? Number(string name) => Given(name) is not { } text ? null
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException($"“{text}” is no number.");
        T? Member<T>(string name) where T : struct, Enum => Given(name) is not { } word ? null
            : Words.TryRead<T>(word, out var member) ? member : throw new FormatException($"“{word}” is none of {Words.All<T>()}.");
    }

    private static string? Word<T>(T? member) where T : struct, Enum => member is { } one ? Words.Of(one) : null;

    private static string Text(Instant at) => InstantPattern.ExtendedIso.Format(at);

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string? Seconds(Duration? time) => time is { } known ? known.TotalSeconds.ToString("0", CultureInfo.InvariantCulture) : null;
}
