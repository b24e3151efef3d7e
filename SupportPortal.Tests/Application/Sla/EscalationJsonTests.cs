using System.Text.Json;
using NodaTime;
using SupportPortal.Application.Sla;
using SupportPortal.Domain.Calendars;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Tests.Application.Sla;

/// <summary>Escalation rules and bad targets in the JSON of the API and of the store.</summary>
public sealed class EscalationJsonTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 1, 5, 10, 0);
    private static readonly Dictionary<string, BusinessCalendar> Calendars = new() { ["Business"] = BusinessCalendar.Create(BusinessCalendar.BusinessDefault).Calendar! };

    [Fact]
    public void The_API_spells_rules_and_reads_them_back()
    {
        var read = Read("""[{"at":0.25,"tell":["assignee","onCall"]},{"metric":"firstResponse","overdue":2,"tell":["desk","managers"],"reassignWhenUnacknowledged":true}]""");
        Assert.Empty(read.Refusals);
        Assert.Equal(
            """[{"at":0.25,"tell":["assignee","onCall"],"reassignWhenUnacknowledged":false},{"metric":"firstResponse","overdue":2,"tell":["desk","managers"],"reassignWhenUnacknowledged":true}]""",
            JsonSerializer.SerializeToElement(PolicyView.Of(read.Policy!), SlaJson.Options).GetProperty("severities")[0].GetProperty("escalation").GetRawText());
    }

    [Fact]
    public void A_policy_without_rules_says_nothing_of_them() =>
        Assert.DoesNotContain("escalation", JsonSerializer.Serialize(PolicyView.Of(SlaPolicy.Commitment), SlaJson.Options), StringComparison.Ordinal);

    [Theory]
    [InlineData("""[{"at":0.3,"tell":["desk"]}]""", "[0].at: Nobody is reminded with 30 % of the target left, so the rule would never apply: the reminders are at 50 %, 25 %, 0 %.")]
    [InlineData("""[{"at":1,"tell":["desk"]}]""", "[0].at: A rule begins at a share of the target that is left: 0 or more, less than 1.")]
    [InlineData("""[{"tell":["desk"]}]""", "[0].at: Say where the rule begins: the share of the target left, or overdue.")]
    [InlineData("""[{"overdue":0,"tell":["desk"]}]""", "[0].overdue: A rule begins at a number of half targets past due: 1 or more.")]
    [InlineData("""[{"at":0.5,"overdue":1,"tell":["desk"]}]""", "[0].overdue: A rule begins before the due instant or after it: name one of the two.")]
    [InlineData("""[{"at":0.5,"tell":["desk","everybody"]}]""", "[0].tell[1]: Those who can be told are assignee, desk, onCall, managers.")]
    [InlineData("""[{"at":0.5,"tell":null}]""", "[0].tell: Say who is told.")]
    [InlineData("""[{"metric":"magic","at":0.5,"tell":["desk"]}]""", "[0].metric: The metric is one of firstResponse, periodicUpdate, statusRequest, emergencyPatch, nextResponse, resolution.")]
    [InlineData("[null]", "[0]: Name a threshold and who is told.")]
    public void A_rule_that_is_none_is_named(string rules, string refusal) =>
        Assert.Equal([$"policy.severities[0].escalation{refusal}"], Read(rules).Refusals.Select(r => $"{r.Field}: {r.Message}"));

    [Theory]
    [InlineData("\"-PT1H\"", "null", "target: Write a length such as PT6H or P1D, longer than nothing and at most ten years.")]
    [InlineData("\"PT-1H\"", "null", "target: Write a length such as PT6H or P1D, longer than nothing and at most ten years.")]
    [InlineData("\"PT0S\"", "null", "target: Write a length such as PT6H or P1D, longer than nothing and at most ten years.")]
    [InlineData("\"P0D\"", "null", "target: Write a length such as PT6H or P1D, longer than nothing and at most ten years.")]
    [InlineData("null", "null", "target: Write a length such as PT6H or P1D, longer than nothing and at most ten years.")]
    [InlineData("\"PT1H\"", "[1]", "reminders: A reminder is a share of the target that is left: 0 or more, less than 1.")]
    [InlineData("\"PT1H\"", "[0.5,1.5]", "reminders: A reminder is a share of the target that is left: 0 or more, less than 1.")]
    [InlineData("\"PT1H\"", "[-0.1]", "reminders: A reminder is a share of the target that is left: 0 or more, less than 1.")]
    [InlineData("\"PT1H\"", "[0,0.01,0.02,0.03,0.04,0.05,0.06,0.07,0.08,0.09,0.1,0.11,0.12,0.13,0.14,0.15,0.16,0.17,0.18,0.19,0.2]", "reminders: A target has at most 20 reminders.")]
    public void A_preview_names_a_negative_target_and_a_threshold_past_it(string target, string reminders, string refusal)
    {
        var request = JsonSerializer.Deserialize<PreviewRequest>($$"""
            {"policy": {"severities": [{"severity": 3, "targets": [{"metric": "firstResponse", "target": {{target}}, "reminders": {{reminders}}}]}]},
             "events": [{"type": "reported", "at": "2026-01-05T10:00:00Z"}], "now": "2026-01-05T10:00:00Z"}
            """, SlaJson.Options)!;
        var (answer, refusals) = SlaPreview.Fold(request, SlaPolicy.Commitment, Calendars);
        Assert.Null(answer);
        Assert.Equal([$"policy.severities[0].targets[0].{refusal}"], refusals.Select(r => $"{r.Field}: {r.Message}"));
    }

    [Fact]
    public void A_policy_that_was_stored_before_there_were_rules_still_reads()
    {
        const string stored = """{"name":"Standard","version":1,"effectiveFrom":"1970-01-01T00:00:00Z","severities":[{"severity":1,"targets":[{"metric":"firstResponse","target":"PT1H","clock":"roundTheClock","pausedWhileWaiting":false,"reminders":null,"runsRoundTheClock":true}]}],"reference":{"name":"Standard","version":1}}""";
        var level = Assert.Single(JsonSerializer.Deserialize<SlaPolicy>(stored, SlaJson.Options)!.Severities);
        Assert.Equal((Severity.Critical, null, new SlaTarget(SlaMetric.FirstResponse, TargetLength.Hours(1))), (level.Severity, level.Escalation, Assert.Single(level.Targets)));
    }

    [Fact]
    public void Rules_survive_the_store()
    {
        var policy = Read("""[{"at":0.25,"tell":["assignee","onCall"]},{"metric":"firstResponse","overdue":2,"tell":["desk"],"reassignWhenUnacknowledged":true}]""").Policy!;
        var read = JsonSerializer.Deserialize<SlaPolicy>(JsonSerializer.Serialize(policy, SlaJson.Options), SlaJson.Options)!;
        Assert.Equal(JsonSerializer.Serialize(PolicyView.Of(policy), SlaJson.Options), JsonSerializer.Serialize(PolicyView.Of(read), SlaJson.Options));
    }

    private static (SlaPolicy? Policy, IReadOnlyList<SupportPortal.Domain.Refusal> Refusals) Read(string rules) => JsonSerializer.Deserialize<PolicyView>(
        $$"""{"name":"Gold","severities":[{"severity":1,"targets":[{"metric":"firstResponse","target":"PT1H"}],"escalation":{{rules}}}]}""", SlaJson.Options)!.Read(Calendars, Now);
}
