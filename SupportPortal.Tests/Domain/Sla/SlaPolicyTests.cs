using NodaTime;
using SupportPortal.Domain;
using SupportPortal.Domain.Calendars;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Tests.Domain.Sla;

/// <summary>Section 2: policies as data, what is wrong with them, and which is in force.</summary>
public sealed class SlaPolicyTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 1, 5, 10, 0);
    private static readonly Dictionary<string, BusinessCalendar> Calendars = new() { ["Business"] = SomeSla.Business, ["Rare"] = Rare() };

    [Fact]
    public void The_commitment_promises_what_section_1_says()
    {
        var promised =
            from level in SlaPolicy.Commitment.Severities
            from target in level.Targets
            select $"{(int)level.Severity} {target.Metric} {target.Target} {target.Clock} {target.PausedWhileWaiting}";
        Assert.Equal(
            [
                "1 FirstResponse PT1H roundTheClock False", "1 PeriodicUpdate PT30M roundTheClock False", "1 StatusRequest P1D Business False",
                "2 FirstResponse PT6H roundTheClock False", "2 PeriodicUpdate PT12H roundTheClock False", "2 StatusRequest P1D Business False",
                "3 FirstResponse PT24H roundTheClock False", "3 StatusRequest P1D Business False",
            ],
            promised);
        Assert.Empty(SlaPolicy.Commitment.Faults(Calendars, Now));
    }

    [Theory]
    [InlineData("none", "PT1H", "roundTheClock", "0.5,0", "")]
    [InlineData("no name", "PT1H", "roundTheClock", "", "policy.name: Give the policy a name.")]
    [InlineData("severity twice", "PT1H", "roundTheClock", "", "policy.severities: Severity 3 is named twice.")]
    [InlineData("severity unknown", "PT1H", "roundTheClock", "", "policy.severities[0].severity: The severity is 1, 2 or 3.")]
    [InlineData("metric twice", "PT1H", "roundTheClock", "", "policy.severities[0].targets[1].metric: This metric has a target at this severity already.")]
    [InlineData("none", "PT1H", "Moon", "", "policy.severities[0].targets[0].clock: There is no calendar named “Moon”.")]
    [InlineData("none", "PT3000H", "Rare", "", "policy.severities[0].targets[0].target: The calendar “Rare” is not open for that long in fifty years.")]
    [InlineData("none", "PT2000H", "Rare", "", "")]
    [InlineData("none", "PT1H", "roundTheClock", "1", "policy.severities[0].targets[0].reminders: A reminder is a share of the target that is left: 0 or more, less than 1.")]
    [InlineData("none", "PT1H", "roundTheClock", "0.5,-0.1", "policy.severities[0].targets[0].reminders: A reminder is a share of the target that is left: 0 or more, less than 1.")]
    public void Its_faults_are_named(string fault, string target, string clock, string reminders, string expected)
    {
        Assert.True(TargetLength.TryParse(target, out var length));
        var shares = reminders.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(share => decimal.Parse(share, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        var promise = new SlaTarget(SlaMetric.FirstResponse, length, clock) { Reminders = shares };
        var level = new SeverityTargets(fault == "severity unknown" ? 0 : Severity.Normal, fault == "metric twice" ? [promise, promise] : [promise]);
        var policy = new SlaPolicy(fault == "no name" ? " " : "Gold", 1, Now, fault == "severity twice" ? [level, level] : [level]);
        Assert.Equal(expected.Length == 0 ? [] : [expected], policy.Faults(Calendars, Now).Select(r => $"{r.Field}: {r.Message}"));
    }

    [Fact]
    public void A_target_of_nothing_is_a_fault()
    {
        var policy = new SlaPolicy("Gold", 1, Now, [new(Severity.Normal, [new(SlaMetric.FirstResponse, new(0, Duration.Zero)), new(SlaMetric.Resolution, new(-1, Duration.FromDays(2)))])]);
        Assert.Equal(
            [new Refusal("policy.severities[0].targets[0].target", "A target is longer than nothing."), new("policy.severities[0].targets[1].target", "A target is longer than nothing.")],
            policy.Faults(Calendars, Now));
    }

    [Theory]
    [InlineData("Gold", "2026-01-01T00:00:00Z", "Gold 1")]
    [InlineData("Gold", "2026-03-01T00:00:00Z", "Gold 2")]
    [InlineData("Gold", "2026-02-28T23:59:59Z", "Gold 1")]
    [InlineData("Gold", "2025-12-31T23:59:59Z", "Standard 1")]
    [InlineData("Silver", "2026-01-01T00:00:00Z", "Standard 1")]
    public void The_plans_newest_effective_version_is_in_force_else_the_standard_plans(string plan, string at, string expected)
    {
        var gold = new SlaPolicy("Gold", 1, Instant.FromUtc(2026, 1, 1, 0, 0), []);
        var catalogue = SomeSla.Catalogue(SlaPolicy.Commitment, gold, gold with { Version = 2, EffectiveFrom = Instant.FromUtc(2026, 3, 1, 0, 0) });
        var policy = catalogue.InForce(plan, NodaTime.Text.InstantPattern.General.Parse(at).Value);
        Assert.Equal(expected, $"{policy.Name} {policy.Version}");
    }

    [Fact]
    public void A_catalogue_keeps_every_calendar_version()
    {
        var edited = SomeSla.Calendar(BusinessCalendar.BusinessDefault with { TimeZone = "Europe/Berlin" });
        var catalogue = SlaCatalogue.Empty.With(SomeSla.Business).With(SlaPolicy.Commitment).With(edited);
        Assert.Equal(
            (3, SomeSla.Business, SomeSla.Business, edited, edited),
            (catalogue.Version, catalogue.Calendar("Business", 1), catalogue.Calendar("Business", 2), catalogue.Calendar("Business", 3), catalogue.Calendars["Business"]));
        Assert.Throws<KeyNotFoundException>(() => catalogue.Calendar("Business", 0));
        Assert.Throws<KeyNotFoundException>(() => catalogue.Policy(new("Gold", 1)));
        Assert.Throws<KeyNotFoundException>(() => SlaCatalogue.Empty.InForce("Gold", Now));
    }

    private static BusinessCalendar Rare() =>
        SomeSla.Calendar(new CalendarSpec { Name = "Rare", TimeZone = "UTC", Hours = new() { ["monday"] = ["09:00-10:00"] } });
}
