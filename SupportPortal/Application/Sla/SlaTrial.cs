using System.Text.Json;
using NodaTime;
using SupportPortal.Domain;
using SupportPortal.Domain.Calendars;
using SupportPortal.Domain.Sla;

namespace SupportPortal.Application.Sla;

/// <summary>A commitment that is tried out and not published.</summary>
/// <param name="Policy">What it promises; its name says whose requests.</param>
/// <param name="Calendars">The calendars that it is tried on.</param>
public sealed record SlaTrial(SlaPolicy Policy, IReadOnlyList<BusinessCalendar> Calendars)
{
    private const int MostCalendars = 100;
    private const int LongestName = 100;

    // Calendars are known to 2199, and a target may take fifty years.
    private static readonly Instant LastJudged = Instant.FromUtc(2100, 1, 1, 0, 0);

    /// <summary>The policy as the API spells it.</summary>
    public string PolicyJson() => JsonSerializer.Serialize(PolicyView.Of(Policy), SlaJson.Options);

    /// <summary>The calendars that the policy names, as the API spells them.</summary>
    public string CalendarsJson()
    {
        var named = Policy.Severities.SelectMany(severity => severity.Targets).Select(target => target.Clock).ToHashSet();
        return JsonSerializer.Serialize(Calendars.Where(calendar => named.Contains(calendar.Name)).OrderBy(calendar => calendar.Name, StringComparer.Ordinal).Select(calendar => calendar.Spec), SlaJson.Options);
    }

    /// <summary>Reads what <see cref="PolicyJson"/> and <see cref="CalendarsJson"/> wrote, or whatever somebody else did.</summary>
    /// <param name="policyJson">The policy.</param>
    /// <param name="calendarsJson">Its calendars: all that it names.</param>
    /// <param name="end">The end of the period on which it is tried.</param>
    public static (SlaTrial? Trial, IReadOnlyList<Refusal> Refusals) Read(string policyJson, string calendarsJson, Instant end)
    {
        try
        {
            var refusals = new List<Refusal>();
            var policy = JsonSerializer.Deserialize<PolicyView>(policyJson, SlaJson.Options);
            var calendars = ReadCalendars(JsonSerializer.Deserialize<List<CalendarSpec?>>(calendarsJson, SlaJson.Options) ?? [], new Dictionary<string, BusinessCalendar>(), refusals);
            if (policy is null) refusals.Add(new("policy", "Name a policy."));
            if (refusals.Count > 0) return (null, refusals);
            if (policy!.Name?.Length > LongestName) return (null, [new Refusal("policy.name", $"A policy's name has at most {LongestName} characters.")]);
            var (read, faults) = policy.Read(calendars, Instant.Min(end, LastJudged));
            return read is null ? (null, faults) : (new SlaTrial(read, [.. calendars.Values]), []);
        }
        catch (JsonException unreadable)
        {
            return (null, [SlaJson.RefusalOf(unreadable) ?? new Refusal("policy", "This is no JSON.")]);
        }
    }

    /// <summary>The calendars given, and beside them the portal's own; one of the same name stands in for it.</summary>
    internal static Dictionary<string, BusinessCalendar> ReadCalendars(
        IReadOnlyList<CalendarSpec?> given, IReadOnlyDictionary<string, BusinessCalendar> live, List<Refusal> refusals)
    {
        var calendars = new Dictionary<string, BusinessCalendar>(live);
        if (given.Count > MostCalendars) refusals.Add(new("calendars", $"At most {MostCalendars} calendars."));
        var named = new HashSet<string>();
        for (var i = 0; i < Math.Min(given.Count, MostCalendars); i++)
        {
            var (calendar, faults) = BusinessCalendar.Create(given[i] ?? new CalendarSpec());
            refusals.AddRange(faults.Select(fault => fault with { Field = $"calendars[{i}].{fault.Field}" }));
            if (calendar is null) continue;
            if (!named.Add(calendar.Name)) refusals.Add(new($"calendars[{i}].name", $"There are two calendars named “{calendar.Name}”."));
            calendars[calendar.Name] = calendar;
        }

        return calendars;
    }

    /// <summary>The policy given, or the one in force, on these calendars; null when something in it is refused.</summary>
    internal static SlaPolicy? ReadPolicy(
        PolicyView? given, SlaPolicy inForce, IReadOnlyDictionary<string, BusinessCalendar> calendars, Instant now, List<Refusal> refusals)
    {
        var (policy, faults) = given is null
            ? (inForce, [.. inForce.Faults(calendars, now)])
            : (given with { Name = given.Name ?? "Preview" }).Read(calendars, now);
        refusals.AddRange(faults);
        return faults.Count == 0 ? policy : null;
    }
}
