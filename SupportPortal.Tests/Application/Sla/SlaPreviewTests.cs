using System.Text.Json;
using NodaTime;
using SupportPortal.Application.Sla;
using SupportPortal.Domain.Calendars;
using SupportPortal.Domain.Sla;

namespace SupportPortal.Tests.Application.Sla;

/// <summary>The fold on any history, as the API asks for it: JSON in, clocks or refusals out.</summary>
public sealed class SlaPreviewTests
{
    private const string Reported = """{"type":"reported","at":"2026-01-05T10:00:00Z"}""";

    private static readonly Dictionary<string, BusinessCalendar> Live =
        new() { ["Business"] = BusinessCalendar.Create(BusinessCalendar.BusinessDefault).Calendar! };

    [Fact]
    public void The_answer_has_the_contracts_shape() => Assert.Equal(
        """
        {"clocks":[
        {"metric":"firstResponse","startedAt":"2026-01-05T10:00:00.25Z","dueAt":"2026-01-05T11:00:00.25Z","stoppedAt":"2026-01-05T11:00:00.750001Z","state":"breached","lateBySeconds":0.500001,"missed":null},
        {"metric":"periodicUpdate","startedAt":"2026-01-05T11:00:00.750001Z","dueAt":"2026-01-05T11:30:00.750001Z","stoppedAt":"2026-01-05T11:10:00Z","state":"met","lateBySeconds":null,"missed":0},
        {"metric":"emergencyPatch","startedAt":"2026-01-05T11:10:00Z","dueAt":null,"stoppedAt":null,"state":"owed","lateBySeconds":null,"missed":null},
        {"metric":"periodicUpdate","startedAt":"2026-01-05T11:10:00Z","dueAt":"2026-01-05T23:10:00Z","stoppedAt":null,"state":"breached","lateBySeconds":61200,"missed":2}]}
        """.ReplaceLineEndings(""),
        Answer("""
        {"events":[
          {"type":"reported","at":"2026-01-05T10:00:00.25Z"},
          {"type":"severityChanged","at":"2026-01-05T10:20:00Z","severity":1,"impactSince":"2026-01-05T10:00:00.25Z"},
          {"type":"staffReply","at":"2026-01-05T10:40:00Z"},
          {"type":"workStarted","at":"2026-01-05T11:00:00.7500019Z"},
          {"type":"severityChanged","at":"2026-01-05T12:10:00+01:00","severity":2}],
         "now":"2026-01-06T16:10:00Z"}
        """));

    [Fact]
    public void Every_type_of_event_is_known() => Assert.Equal(
        [
            "firstResponse met", "statusRequest met", "emergencyPatch cancelled", "periodicUpdate met",
            "firstResponse met", "emergencyPatch met", "firstResponse running", "emergencyPatch owed",
        ],
        Clocks("""
        {"events":[
          {"type":"reported","at":"2026-01-05T10:00:00Z"},
          {"type":"severityConfirmed","at":"2026-01-05T10:00:00Z"},
          {"type":"internalNote","at":"2026-01-05T10:01:00Z"},
          {"type":"workStarted","at":"2026-01-05T10:02:00Z"},
          {"type":"waitingOnCustomer","at":"2026-01-05T10:03:00Z"},
          {"type":"waitingEnded","at":"2026-01-05T10:04:00Z"},
          {"type":"customerReply","at":"2026-01-05T10:05:00Z"},
          {"type":"statusRequested","at":"2026-01-05T10:06:00Z"},
          {"type":"severityChanged","at":"2026-01-05T10:07:00Z","severity":2},
          {"type":"workaroundRecorded","at":"2026-01-05T10:08:00Z"},
          {"type":"staffReply","at":"2026-01-05T10:09:00Z"},
          {"type":"resolved","at":"2026-01-05T10:10:00Z","kind":"workaround"},
          {"type":"reopened","at":"2026-01-05T10:11:00Z"},
          {"type":"patchProvided","at":"2026-01-05T10:12:00Z"},
          {"type":"resolved","at":"2026-01-05T10:13:00Z","kind":"agreed"},
          {"type":"reopened","at":"2026-01-05T10:14:00Z"}],
         "now":"2026-01-05T10:14:00Z"}
        """));

    [Fact]
    public void A_policy_and_calendars_of_the_callers_own() => Assert.Equal(
        ["firstResponse 2026-01-12T21:00:00Z", "statusRequest 2026-01-09T21:30:00Z"],
        Fold("""
        {"policy":{"name":"Mine","severities":[{"severity":3,"targets":[
            {"metric":"firstResponse","target":"P1D","clock":"NY","pausedWhileWaiting":true,"reminders":[0.5,0]},
            {"metric":"statusRequest","target":"PT30M","clock":"NY"}]}]},
         "calendars":[{"name":"NY","timeZone":"America/New_York","hours":{"monday":["09:00-16:00"],"friday":["09:00-17:00"]},"workdayLength":"PT8H","holidays":[{"date":"2026-01-19"}]}],
         "events":[{"type":"reported","at":"2026-01-09T21:00:00Z"},{"type":"statusRequested","at":"2026-01-09T21:00:00Z"}],
         "now":"2026-01-09T21:00:00Z"}
        """).Answer!.Clocks.Select(c => $"{JsonNamingPolicy.CamelCase.ConvertName(c.Metric.ToString())} {c.DueAt}"));

    [Fact]
    public void The_policy_in_force_reads_back_as_it_was_written()
    {
        var written = JsonSerializer.Serialize(PolicyView.Of(SlaPolicy.Commitment), SlaJson.Options);
        var (policy, refusals) = JsonSerializer.Deserialize<PolicyView>(written, SlaJson.Options)!.Read(Live, Instant.FromUtc(2026, 1, 1, 0, 0));
        Assert.Empty(refusals);
        Assert.Equal(written, JsonSerializer.Serialize(PolicyView.Of(policy!), SlaJson.Options));
        Assert.StartsWith(
            """{"name":"Standard","version":1,"effectiveFrom":"1970-01-01T00:00:00Z","severities":[{"severity":1,"targets":[{"metric":"firstResponse","target":"PT1H","clock":"roundTheClock","pausedWhileWaiting":false,"reminders":[0.5,0.25,0]},""",
            written,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"now":"2026-01-06T10:00:00Z"}""", "events: A history begins with an event of the type reported.")]
    [InlineData("""{"events":[],"now":"2026-01-06T10:00:00Z"}""", "events: A history begins with an event of the type reported.")]
    [InlineData($$"""{"events":[{{Reported}}]}""", "now: Write an instant such as 2026-11-22T10:00:00Z.")]
    [InlineData($$"""{"events":[{{Reported}}],"now":"2026-01-05T09:59:59Z"}""", "now: Now is not before the last event.")]
    [InlineData($$"""{"events":[{{Reported}}],"now":"2026-01-05T11:00:00"}""", "now: Write an instant such as 2026-11-22T10:00:00Z.")]
    [InlineData($$"""{"events":[{{Reported}}],"now":"2150-01-01T00:00:00Z"}""", "now: An instant lies between the years 1970 and 2149.")]
    public void What_is_missing_is_named(string request, string refusal) => Assert.Equal([refusal], Refusals(request));

    [Theory]
    [InlineData("""{"type":"staffReply","at":"2026-01-05T09:59:59Z"}""", "events[1].at: An event is not before the one it follows.")]
    [InlineData("""{"type":"staffReply"}""", "events[1].at: Write an instant such as 2026-11-22T10:00:00Z.")]
    [InlineData("""{"type":"staffReply","at":"yesterday"}""", "events[1].at: Write an instant such as 2026-11-22T10:00:00Z.")]
    [InlineData("""{"type":"staffReply","at":"2026-02-30T10:00:00Z"}""", "events[1].at: Write an instant such as 2026-11-22T10:00:00Z.")]
    [InlineData("""{"type":"severityChanged","at":"2026-01-05T11:00:00Z"}""", "events[1].severity: The severity is 1, 2 or 3.")]
    [InlineData("""{"type":"severityChanged","at":"2026-01-05T11:00:00Z","severity":4}""", "events[1].severity: The severity is 1, 2 or 3.")]
    [InlineData("""{"type":"severityChanged","at":"2026-01-05T11:00:00Z","severity":3}""", "events[1].severity: It is Severity 3 – Normal already.")]
    [InlineData("""{"type":"severityChanged","at":"2026-01-05T11:00:00Z","severity":1,"impactSince":"2026-01-05T11:00:00.000001Z"}""", "events[1].impactSince: The impact cannot begin after the grading.")]
    [InlineData("""{"type":"severityChanged","at":"2026-01-05T11:00:00Z","severity":1,"impactSince":"2026-01-05T09:59:59Z"}""", "events[1].impactSince: The impact cannot begin before the request was reported or reopened.")]
    [InlineData("""{"type":"severityChanged","at":"2026-01-05T11:00:00Z","severity":1,"impactSince":"soon"}""", "events[1].impactSince: Write an instant such as 2026-11-22T10:00:00Z.")]
    [InlineData("""{"type":"resolved","at":"2026-01-05T11:00:00Z"}""", "events[1].kind: The kind is one of fix, workaround, restoration, agreed.")]
    [InlineData("""{"type":"resolved","at":"2026-01-05T11:00:00Z","kind":"Fix"}""", "events[1].kind: The kind is one of fix, workaround, restoration, agreed.")]
    public void A_bad_event_is_named(string happened, string refusal) =>
        Assert.Equal([refusal], Refusals($$"""{"events":[{{Reported}},{{happened}}],"now":"2026-01-06T10:00:00Z"}"""));

    [Theory]
    [InlineData("""{"type":"StaffReply","at":"2026-01-05T11:00:00Z"}""")]
    [InlineData("""{"type":"merged","at":"2026-01-05T11:00:00Z"}""")]
    [InlineData("""{"at":"2026-01-05T11:00:00Z"}""")]
    public void An_unknown_type_is_named(string happened) => Assert.Equal(
        ["events[1].type: The type is one of reported, staffReply, customerReply, internalNote, severityChanged, severityConfirmed, workStarted, waitingOnCustomer, waitingEnded, statusRequested, workaroundRecorded, patchProvided, resolved, reopened."],
        Refusals($$"""{"events":[{{Reported}},{{happened}}],"now":"2026-01-06T10:00:00Z"}"""));

    [Fact]
    public void Every_fault_is_named_at_once() => Assert.Equal(
        [
            "calendars[0].timeZone: \"Mars/Olympus\" is not a time zone; write an IANA name such as Europe/Berlin.",
            "calendars[0].hours.monday[0]: \"25:00-26:00\" is not a window such as 09:00-17:00: write both times as HH:mm, from 00:00 to 24:00.",
            "events[0].type: A history begins with an event of the type reported.",
            "events[1].at: An event is not before the one it follows.",
            "events[1].impactSince: The impact cannot begin after the grading.",
            "now: Now is not before the last event.",
        ],
        Refusals("""
        {"calendars":[{"name":"Far","timeZone":"Mars/Olympus","hours":{"monday":["25:00-26:00"]}}],
         "events":[{"type":"staffReply","at":"2026-01-05T10:00:00Z"},{"type":"severityChanged","at":"2026-01-05T09:00:00Z","severity":1,"impactSince":"2026-01-05T11:00:00Z"},
                   {"type":"severityChanged","at":"2026-01-05T10:00:00Z","severity":3}],
         "now":"2026-01-05T09:30:00Z"}
        """));

    [Theory]
    [InlineData("""{"name":"P"}""", "policy.severities: Say what is promised at each severity.")]
    [InlineData("""{"name":" ","severities":[]}""", "policy.name: Give the policy a name.")]
    [InlineData("""{"name":"P","severities":[null]}""", "policy.severities[0]: Name a severity and its targets.")]
    [InlineData("""{"name":"P","severities":[{"severity":4,"targets":[]}]}""", "policy.severities[0].severity: The severity is 1, 2 or 3.")]
    [InlineData("""{"name":"P","severities":[{"severity":1,"targets":[{"metric":"reply","target":"PT1H"}]}]}""",
        "policy.severities[0].targets[0].metric: The metric is one of firstResponse, periodicUpdate, statusRequest, emergencyPatch, nextResponse, resolution.")]
    [InlineData("""{"name":"P","severities":[{"severity":1,"targets":[{"metric":"firstResponse","target":"1h"}]}]}""",
        "policy.severities[0].targets[0].target: Write a length such as PT6H or P1D, longer than nothing and at most ten years.")]
    [InlineData("""{"name":"P","severities":[{"severity":1,"targets":[{"metric":"firstResponse","target":"PT1H","clock":"Lunar"}]}]}""",
        "policy.severities[0].targets[0].clock: There is no calendar named “Lunar”.")]
    [InlineData("""{"name":"P","severities":[{"severity":1},{"severity":2},{"severity":3},{"severity":1}]}""", "policy.severities: There are three severities.")]
    [InlineData("""{"name":"P","severities":[{"severity":1,"targets":[]},{"severity":1,"targets":[]}]}""", "policy.severities: Severity 1 is named twice.")]
    [InlineData("""{"name":"P","effectiveFrom":"now","severities":[]}""", "policy.effectiveFrom: Write an instant such as 2026-11-22T10:00:00Z.")]
    public void A_bad_policy_is_named(string policy, string refusal) =>
        Assert.Equal([refusal], Refusals($$"""{"policy":{{policy}},"events":[{{Reported}}],"now":"2026-01-06T10:00:00Z"}"""));

    [Fact]
    public void No_more_targets_than_metrics()
    {
        var targets = Enumerable.Repeat<SlaTargetView?>(new("resolution", "PT1H", null, null, null), 7).ToList();
        Assert.Equal(
            ["policy.severities[0].targets: A severity has at most 6 targets, one a metric."],
            new PolicyView("P", 1, null, [new(1, targets)]).Read(Live, default).Refusals.Select(r => $"{r.Field}: {r.Message}"));
    }

    [Fact]
    public void A_target_that_a_calendar_never_uses_up_is_named() => Assert.Equal(
        ["policy.severities[0].targets[0].target: The calendar “Rare” is not open for that long in fifty years."],
        Refusals($$"""
        {"policy": {"name":"P","severities":[{"severity":3,"targets":[{"metric":"firstResponse","target":"PT3000H","clock":"Rare"}]}]},
         "calendars": [{"name":"Rare","timeZone":"UTC","hours":{"monday":["09:00-10:00"]} }],
         "events": [{{Reported}}], "now":"2026-01-06T10:00:00Z"}
        """));

    [Fact]
    public void Two_calendars_of_one_name_are_named()
    {
        const string rare = """{"name":"Rare","timeZone":"UTC","hours":{"monday":["09:00-10:00"]}}""";
        Assert.Equal(
            ["calendars[1].name: There are two calendars named “Rare”."],
            Refusals($$"""{"calendars":[{{rare}},{{rare}}],"events":[{{Reported}}],"now":"2026-01-06T10:00:00Z"}"""));
    }

    [Fact]
    public void Ten_thousand_events_and_no_more()
    {
        var note = new PreviewEvent("internalNote", "2026-01-05T10:00:00Z");
        PreviewEvent[] events = [new("reported", "2026-01-05T10:00:00Z"), .. Enumerable.Repeat(note, 10_000)];
        Assert.Equal(["events: A preview takes at most 10,000 events."],
            SlaPreview.Fold(new(null, null, events, "2026-01-06T10:00:00Z"), SlaPolicy.Commitment, Live).Refusals.Select(r => $"{r.Field}: {r.Message}"));
        Assert.Single(SlaPreview.Fold(new(null, null, events[..10_000], "2026-01-06T10:00:00Z"), SlaPolicy.Commitment, Live).Answer!.Clocks);
    }

    private static (PreviewAnswer? Answer, IReadOnlyList<SupportPortal.Domain.Refusal> Refusals) Fold(string request) =>
        SlaPreview.Fold(JsonSerializer.Deserialize<PreviewRequest>(request, SlaJson.Options)!, SlaPolicy.Commitment, Live);

    private static string Answer(string request) => JsonSerializer.Serialize(Fold(request).Answer, SlaJson.Options);

    private static IEnumerable<string> Clocks(string request) =>
        Fold(request).Answer!.Clocks.Select(c => $"{JsonNamingPolicy.CamelCase.ConvertName(c.Metric.ToString())} {c.State.ToString().ToLowerInvariant()}");

    private static IEnumerable<string> Refusals(string request)
    {
        var (answer, refusals) = Fold(request);
        Assert.Null(answer);
        return refusals.Select(r => $"{r.Field}: {r.Message}");
    }
}
