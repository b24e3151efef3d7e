using NodaTime;
using SupportPortal.Domain.Calendars;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Domain.Sla;
using SupportPortal.Web.Sla.Policy;

namespace SupportPortal.Tests.Web.Sla.Policy;

/// <summary>The policy as a form: what it says, where it is wrong, and what it changes.</summary>
public sealed class PolicyDraftTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 1, 5, 10, 0);
    private static readonly Dictionary<string, BusinessCalendar> Calendars = new() { ["Business"] = SomeSla.Business };

    [Fact]
    public void A_policy_that_nobody_touched_changes_nothing()
    {
        var escalated = SlaPolicy.Commitment with
        {
            Severities = [.. SlaPolicy.Commitment.Severities.Select(level => level with { Escalation = [new([Told.OnCall], 0.25m), new([Told.Managers], 0, 2) { Metric = SlaMetric.FirstResponse }] })],
        };
        var (policy, refusals) = PolicyDraft.Of(escalated).Read(Calendars, Now);
        Assert.Empty(refusals);
        Assert.Empty(PolicyChanges.Between(escalated, policy!));
    }

    [Fact]
    public void Refusals_are_named_by_the_forms_own_places()
    {
        var draft = PolicyDraft.Of(SlaPolicy.Commitment);
        Target(draft, 0, SlaMetric.FirstResponse).Length = ""; // The rows after it move up in the policy.
        Target(draft, 0, SlaMetric.StatusRequest).Reminders = "100 %";
        Target(draft, 2, SlaMetric.FirstResponse).Clock = "Moon";
        draft.Levels[1].Rules.Add(new RuleDraft { Threshold = "30 %", Tell = [Told.Desk] });
        draft.Levels[1].Rules.Add(new RuleDraft { Threshold = "due" });
        draft.Levels[1].Rules.Add(new RuleDraft { Threshold = "overdue 2000", Tell = [Told.Desk] });
        Assert.Equal(
            ["severities[0].statusRequest.reminders", "severities[1].rules[0].at", "severities[1].rules[1].tell", "severities[1].rules[2].overdue", "severities[2].firstResponse.clock"],
            Refused(draft).Select(refusal => refusal.Split(':')[0]));
    }

    [Fact]
    public void What_cannot_be_read_is_named_too()
    {
        var draft = PolicyDraft.Of(SlaPolicy.Commitment);
        Target(draft, 0, SlaMetric.FirstResponse).Length = "-1 h";
        Target(draft, 1, SlaMetric.Resolution).Length = "1 business day";
        Target(draft, 2, SlaMetric.StatusRequest).Reminders = "soon";
        draft.Levels[2].Rules.Add(new RuleDraft { Threshold = "at once", Tell = [Told.Desk] });
        Assert.Equal(
            [
                "severities[0].firstResponse.target: A target is longer than nothing.",
                "severities[1].resolution.target: Business time needs a business calendar: choose one as its clock.",
                "severities[2].statusRequest.reminders: “soon” is no reminder: write shares of the target that are left, such as 50 %, 25 %, due.",
                "severities[2].rules[0].at: Say where it begins: a reminder such as 25 %, due, or overdue 2 (half targets past due).",
            ],
            Refused(draft));
    }

    [Fact]
    public void Every_change_is_said_in_words()
    {
        var draft = PolicyDraft.Of(SlaPolicy.Commitment);
        Target(draft, 0, SlaMetric.FirstResponse).Length = "45 min";
        Target(draft, 0, SlaMetric.FirstResponse).Reminders = "50 %, due";
        Target(draft, 0, SlaMetric.PeriodicUpdate).Length = "";
        Target(draft, 1, SlaMetric.EmergencyPatch).Length = "2 business days";
        Target(draft, 1, SlaMetric.EmergencyPatch).Clock = "Business";
        Target(draft, 2, SlaMetric.FirstResponse).Clock = "Business";
        Target(draft, 2, SlaMetric.FirstResponse).PausedWhileWaiting = true;
        draft.Levels[2].Rules.Add(new RuleDraft { Metric = "firstResponse", Threshold = "25 %", Tell = [Told.OnCall, Told.Assignee], Reassign = true });
        draft.Levels[2].Rules.Add(new RuleDraft { Threshold = "overdue 1", Tell = [Told.Managers] });
        var (policy, _) = draft.Read(Calendars, Now);
        Assert.Equal(
            [
                "Severity 1 – Critical: first response within 45 minutes, no longer 1 hour.",
                "Severity 1 – Critical: first response is reminded of at 50 %, due, no longer at 50 %, 25 %, due.",
                "Severity 1 – Critical: next update is no longer promised (it was 30 minutes).",
                "Severity 2 – High: emergency patch is promised within 2 business days, on the calendar “Business”.",
                "Severity 3 – Normal: first response runs on the calendar “Business”, no longer round the clock.",
                "Severity 3 – Normal: first response is paused while waiting on the customer.",
                "Severity 3 – Normal: new rule: first response, with 25 % left: the assignee and the person on call are told; unacknowledged, it goes to the person on call.",
                "Severity 3 – Normal: new rule: any promise, half a target overdue: the managers are told.",
            ],
            PolicyChanges.Between(SlaPolicy.Commitment, policy!));
        Assert.Contains("Severity 3 – Normal: from now on the assignee is told, at a breach the managers too.", PolicyChanges.Between(policy!, SlaPolicy.Commitment));
    }

    private static TargetDraft Target(PolicyDraft draft, int level, SlaMetric metric) => draft.Levels[level].Targets.Single(target => target.Metric == metric);

    private static IEnumerable<string> Refused(PolicyDraft draft)
    {
        var (policy, refusals) = draft.Read(Calendars, Now);
        Assert.Null(policy);
        return refusals.Select(refusal => $"{refusal.Field}: {refusal.Message}");
    }
}
