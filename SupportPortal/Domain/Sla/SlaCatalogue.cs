using System.Collections.Immutable;
using NodaTime;
using SupportPortal.Domain.Calendars;

namespace SupportPortal.Domain.Sla;

/// <summary>
/// Every version of every policy and calendar. Publishing one makes the next catalogue version; an event names the
/// version it was made under, so that a history folds the same for ever.
/// </summary>
public sealed class SlaCatalogue
{
    private readonly ImmutableArray<ImmutableDictionary<string, BusinessCalendar>> _calendars;
    private readonly ImmutableDictionary<PolicyReference, SlaPolicy> _policies;

    private SlaCatalogue(ImmutableArray<ImmutableDictionary<string, BusinessCalendar>> calendars, ImmutableDictionary<PolicyReference, SlaPolicy> policies) =>
        (_calendars, _policies) = (calendars, policies);

    /// <summary>Knows nothing yet; version 0.</summary>
    public static SlaCatalogue Empty { get; } = new([ImmutableDictionary<string, BusinessCalendar>.Empty], ImmutableDictionary<PolicyReference, SlaPolicy>.Empty);

    /// <summary>The newest version.</summary>
    public int Version => _calendars.Length - 1;

    /// <summary>The calendars as they are now.</summary>
    public ImmutableDictionary<string, BusinessCalendar> Calendars => _calendars[^1];

    /// <summary>Every policy version ever published.</summary>
    public IEnumerable<SlaPolicy> Policies => _policies.Values;

    /// <summary>The names of the plans, the standard one first.</summary>
    public IEnumerable<string> Plans => _policies.Keys.Select(policy => policy.Name).Distinct().OrderBy(name => name != SlaPolicy.StandardPlan).ThenBy(name => name, StringComparer.Ordinal);

    /// <summary>The catalogue with a policy version more.</summary>
    public SlaCatalogue With(SlaPolicy policy) => new(_calendars.Add(_calendars[^1]), _policies.SetItem(policy.Reference, policy));

    /// <summary>The catalogue with a new version of a calendar.</summary>
    public SlaCatalogue With(BusinessCalendar calendar) => new(_calendars.Add(_calendars[^1].SetItem(calendar.Name, calendar)), _policies);

    /// <summary>The policy that an event names.</summary>
    /// <exception cref="KeyNotFoundException">It was never published: the store has lost it.</exception>
    public SlaPolicy Policy(PolicyReference reference) => _policies.TryGetValue(reference, out var policy)
        ? policy
        : throw new KeyNotFoundException($"There is no policy {reference.Name} version {reference.Version} in the catalogue.");

    /// <summary>The version of a plan in force at an instant; the standard plan where the plan has none.</summary>
    public SlaPolicy InForce(string plan, Instant at) =>
        Effective(plan, at) ?? Effective(SlaPolicy.StandardPlan, at) ?? throw new KeyNotFoundException($"No policy is in force at {at}.");

    /// <summary>A calendar as a catalogue version had it.</summary>
    /// <exception cref="KeyNotFoundException">It did not exist then.</exception>
    public BusinessCalendar Calendar(string name, int version) =>
        _calendars[Math.Clamp(version, 0, Version)].TryGetValue(name, out var calendar)
            ? calendar
            : throw new KeyNotFoundException($"There is no calendar {name} in catalogue version {version}.");

    /// <summary>The catalogue version that made the latest version of a calendar; 0 where there is no such calendar.</summary>
    public int VersionOf(string calendar)
    {
        if (!Calendars.TryGetValue(calendar, out var latest)) return 0;
        var version = Version;
        while (_calendars[version - 1].TryGetValue(calendar, out var before) && ReferenceEquals(before, latest)) version--;
        return version;
    }

    /// <summary>The catalogue version of the latest edit of a calendar that clocks could run on before it; 0 while none was edited.</summary>
    public int LastEdit
    {
        get
        {
            var version = Version;
            while (version > 0 && !IsEdit(version)) version--;
            return version;
        }
    }

    private bool IsEdit(int version) => _calendars[version].Count == _calendars[version - 1].Count && !ReferenceEquals(_calendars[version], _calendars[version - 1]);

    private SlaPolicy? Effective(string plan, Instant at) =>
        _policies.Values.Where(p => p.Name == plan && p.EffectiveFrom <= at).MaxBy(p => (p.EffectiveFrom, p.Version));
}
