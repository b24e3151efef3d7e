using System.Globalization;
using NodaTime;
using SupportPortal.Domain;
using SupportPortal.Domain.Calendars;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Tests.Domain.Sla;

/// <summary>Who is told at which threshold, and which rules are none.</summary>
public sealed class EscalationTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 1, 5, 10, 0);
    private static readonly Dictionary<string, BusinessCalendar> Calendars = new() { ["Business"] = SomeSla.Business };

    [Theory]
    [InlineData("0.5", "Assignee")]
    [InlineData("0.25", "Assignee")]
    [InlineData("owed", "Assignee")]
    [InlineData("0", "Assignee,Managers")]
    [InlineData("overdue 3", "Assignee,Managers")]
    public void Without_rules_the_assignee_is_told_and_the_managers_at_a_breach(string at, string told) => AssertTold("", SlaMetric.FirstResponse, at, told);

    [Theory]
    [InlineData("0.5", "Assignee")] // no rule is reached yet
    [InlineData("0.25", "OnCall")]
    [InlineData("0.1", "OnCall")] // it holds on
    [InlineData("0", "OnCall,Managers reassigned")] // until the next takes its place, whole
    [InlineData("overdue 1", "OnCall,Managers reassigned")]
    [InlineData("overdue 2", "Managers")]
    [InlineData("overdue 7", "Managers")]
    [InlineData("owed", "Assignee")]
    public void A_rule_holds_from_its_threshold_until_the_next_one(string at, string told) =>
        AssertTold("overdue 2 Managers | 0.25 OnCall | 0 OnCall,Managers reassigned", SlaMetric.FirstResponse, at, told);

    [Theory]
    [InlineData(SlaMetric.FirstResponse, "0.5", "Assignee")]
    [InlineData(SlaMetric.FirstResponse, "0.25", "Assignee")]
    [InlineData(SlaMetric.FirstResponse, "0", "OnCall")]
    [InlineData(SlaMetric.StatusRequest, "0.5", "Desk")]
    [InlineData(SlaMetric.StatusRequest, "0", "Desk")]
    public void A_metric_with_rules_of_its_own_goes_by_them_alone(SlaMetric metric, string at, string told) =>
        AssertTold("0.5 Desk | 0 OnCall for FirstResponse", metric, at, told);

    [Fact]
    public void Rules_are_of_one_severity()
    {
        var policy = Policy(Rules("0.5 Desk"));
        Assert.Equal(["Assignee"], Escalation.Of(policy, Severity.Critical, SlaMetric.FirstResponse, new(0.5m)).Tell.Select(told => told.ToString()));
    }

    [Theory]
    [InlineData("0.5 Desk | 0.25 Desk | 0 Desk | overdue 1 Desk | overdue 1000 Desk", "")]
    [InlineData("0.5 Desk for FirstResponse | 0.5 Desk for StatusRequest | 0.5 Desk", "")]
    [InlineData("1 Desk", "escalation[0].at: A rule begins at a share of the target that is left: 0 or more, less than 1.")]
    [InlineData("1.5 Desk", "escalation[0].at: A rule begins at a share of the target that is left: 0 or more, less than 1.")]
    [InlineData("0 Desk | -0.1 Desk", "escalation[1].at: A rule begins at a share of the target that is left: 0 or more, less than 1.")]
    [InlineData("overdue -1 Desk", "escalation[0].overdue: A rule begins at a number of half targets past due: 1 or more, at most 1000.")]
    [InlineData("overdue 1001 Desk", "escalation[0].overdue: A rule begins at a number of half targets past due: 1 or more, at most 1000.")]
    [InlineData("0.3 Desk", "escalation[0].at: Nobody is reminded with 30 % of the target left, so the rule would never apply: the reminders are at 50 %, 25 %, 12.5 %, 0 %.")]
    [InlineData("0.25 Desk for FirstResponse", "escalation[0].at: Nobody is reminded with 25 % of the target left, so the rule would never apply: the reminders are at 50 %, 12.5 %.")]
    [InlineData("0 Desk for FirstResponse", "")] // a breach is told whatever the reminders are
    [InlineData("0.5 Desk for Resolution", "escalation[0].metric: Nothing is promised for this metric at this severity, so the rule would never apply: Resolution.")]
    [InlineData("0.5 Desk | 0.50 OnCall", "escalation[1].at: There is a rule for this threshold already.")]
    [InlineData("overdue 2 Desk | overdue 2 OnCall", "escalation[1].overdue: There is a rule for this threshold already.")]
    [InlineData("0.5 -", "escalation[0].tell: Say who is told.")]
    [InlineData("0.5 Desk,Desk", "escalation[0].tell: Name each of them once.")]
    public void A_rule_that_is_none_is_refused_at_its_field(string rules, string refusal) => Assert.Equal(
        refusal.Length == 0 ? [] : [$"policy.severities[0].{refusal}"],
        Policy(Rules(rules)).Faults(Calendars, Now).Select(fault => $"{fault.Field}: {fault.Message}"));

    [Fact]
    public void A_rule_is_either_before_or_after_the_due_instant() => Assert.Equal(
        [new Refusal("policy.severities[0].escalation[0].overdue", "A rule begins before the due instant or after it: name one of the two.")],
        Policy([new([Told.Desk], 0.5m, 2)]).Faults(Calendars, Now));

    [Fact]
    public void Rules_and_reminders_have_an_end()
    {
        var rules = Enumerable.Range(1, 21).Select(overdue => new EscalationRule([Told.Desk], 0, overdue)).ToList();
        Assert.Equal([new Refusal("policy.severities[0].escalation", "A severity has at most 20 escalation rules.")], Policy(rules).Faults(Calendars, Now));
        Assert.Empty(Policy([.. rules.Take(20)]).Faults(Calendars, Now));

        decimal[] shares = [.. Enumerable.Range(0, 21).Select(share => share / 100m)];
        Assert.Equal([new Refusal("policy.severities[0].targets[0].reminders", "A target has at most 20 reminders.")], Policy([], shares).Faults(Calendars, Now));
        Assert.Empty(Policy([], [.. shares.Take(20)]).Faults(Calendars, Now));
    }

    private static void AssertTold(string rules, SlaMetric metric, string at, string told)
    {
        var point = at == "owed" ? EscalationPoint.Owed : Point(at.Split(' '), out _);
        var escalation = Escalation.Of(Policy(Rules(rules)), Severity.Normal, metric, point);
        Assert.Equal(told, string.Join(",", escalation.Tell) + (escalation.ReassignWhenUnacknowledged ? " reassigned" : ""));
    }

    /// <summary>A first response with odd reminders and a status request with the usual ones.</summary>
    private static SlaPolicy Policy(IReadOnlyList<EscalationRule> rules, decimal[]? reminders = null) => new("Gold", 1, Now,
    [
        new(Severity.Normal,
        [
            new(SlaMetric.FirstResponse, TargetLength.Hours(24)) { Reminders = reminders ?? [0.5m, 0.125m] },
            new(SlaMetric.StatusRequest, TargetLength.Workdays(1), "Business"),
        ]) { Escalation = rules },
    ]);

    /// <summary><c>0.25 OnCall,Managers reassigned for FirstResponse | overdue 2 Desk</c>.</summary>
    private static List<EscalationRule> Rules(string text) =>
        [.. text.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Rule)];

    private static EscalationRule Rule(string text)
    {
        var words = text.Split(' ');
        var point = Point(words, out var used);
        Told[] tell = words[used] == "-" ? [] : [.. words[used].Split(',').Select(Enum.Parse<Told>)];
        return new EscalationRule(tell, point.Left, point.Overdue)
        {
            Metric = words.SkipWhile(word => word != "for").Skip(1).Select(Enum.Parse<SlaMetric>).Cast<SlaMetric?>().FirstOrDefault(),
            ReassignWhenUnacknowledged = words.Contains("reassigned"),
        };
    }

    private static EscalationPoint Point(string[] words, out int used)
    {
        used = words[0] == "overdue" ? 2 : 1;
        return used == 2 ? EscalationPoint.HalfTargetsOverdue(int.Parse(words[1], CultureInfo.InvariantCulture)) : new(decimal.Parse(words[0], CultureInfo.InvariantCulture));
    }
}
