using System.Globalization;
using NodaTime;
using SupportPortal.Domain.Calendars;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Tests.Domain.Sla;

/// <summary>Calendars and policies of the examples.</summary>
internal static class SomeSla
{
    public static BusinessCalendar Business { get; } = Calendar(BusinessCalendar.BusinessDefault);

    /// <summary>Mon–Fri 09:00–17:00 in New York.</summary>
    public static BusinessCalendar NewYork { get; } = Calendar(BusinessCalendar.BusinessDefault with { Name = "NewYork", TimeZone = "America/New_York" });

    /// <summary>The same, with the second Monday a holiday.</summary>
    public static BusinessCalendar NewYorkHoliday { get; } = Calendar(NewYork.Spec with { Name = "NewYorkHoliday", Holidays = [new() { Date = "2026-01-12" }] });

    /// <summary>Mon–Fri 09:00–12:00 and 13:00–17:00 UTC.</summary>
    public static BusinessCalendar Lunch { get; } = Calendar("Lunch", "UTC", "PT7H", ["09:00-12:00", "13:00-17:00"], "monday", "tuesday", "wednesday", "thursday", "friday");

    /// <summary>22:00–06:00 in Berlin on the nights that begin Saturday to Thursday; a workday is 4 h.</summary>
    public static BusinessCalendar BerlinNight { get; } =
        Calendar("BerlinNight", "Europe/Berlin", "PT4H", ["22:00-06:00"], "saturday", "sunday", "monday", "tuesday", "wednesday", "thursday");

    public static BusinessCalendar[] Calendars { get; } = [Business, NewYork, NewYorkHoliday, Lunch, BerlinNight];

    public static SlaCatalogue Catalogue(params IEnumerable<SlaPolicy> policies) =>
        policies.Aggregate(Calendars.Aggregate(SlaCatalogue.Empty, (catalogue, calendar) => catalogue.With(calendar)), (catalogue, policy) => catalogue.With(policy));

    public static BusinessCalendar Calendar(CalendarSpec spec)
    {
        var (calendar, refusals) = BusinessCalendar.Create(spec);
        Assert.Empty(refusals);
        return calendar!;
    }

    /// <summary>
    /// The commitment with other targets: <c>3 FirstResponse PT1H pausing, * StatusRequest P1D on NewYork, 2 PeriodicUpdate none</c>.
    /// </summary>
    public static SlaPolicy Policy(string changes, int version = 1)
    {
        var targets = Enum.GetValues<Severity>().ToDictionary(s => s, s => SlaPolicy.Commitment.Severities.Single(t => t.Severity == s).Targets.ToList());
        foreach (var change in changes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = change.Split(' ');
            var metric = Enum.Parse<SlaMetric>(words[1]);
            foreach (var severity in targets.Keys.Where(s => words[0] is "*" || words[0] == ((int)s).ToString(CultureInfo.InvariantCulture)))
            {
                targets[severity].RemoveAll(t => t.Metric == metric);
                if (words[2] == "none") continue;
                Assert.True(TargetLength.TryParse(words[2], out var length), change);
                var calendar = words.SkipWhile(w => w != "on").Skip(1).FirstOrDefault();
                targets[severity].Add(new(metric, length!, calendar ?? SlaTarget.RoundTheClock, words.Contains("pausing")));
            }
        }

        return new(SlaPolicy.StandardPlan, version, Instant.FromUnixTimeTicks(0), [.. targets.Select(t => new SeverityTargets(t.Key, t.Value))]);
    }

    private static BusinessCalendar Calendar(string name, string zone, string workday, string[] windows, params string[] days) =>
        Calendar(new CalendarSpec { Name = name, TimeZone = zone, WorkdayLength = workday, Hours = days.ToDictionary(d => d, _ => windows) });
}
