using NodaTime;
using SupportPortal.Application.People;
using SupportPortal.Application.Sla;
using SupportPortal.Domain.Sla;
using SupportPortal.Web.Tickets;

namespace SupportPortal.Web.Sla.Policy;

/// <summary>A version as its table shows it.</summary>
/// <param name="InForce">Since when it is in force, or from when it will be.</param>
/// <param name="By">The name of who published it.</param>
/// <param name="Changes">What it promises otherwise than the version before.</param>
public sealed record PolicyVersion(int Number, string InForce, string By, IReadOnlyList<string> Changes)
{
    /// <summary>The rows of a plan's versions, the newest first.</summary>
    public static IReadOnlyList<PolicyVersion> Of(
        IReadOnlyList<PublishedPolicy> versions, SlaPolicy? inForce, IReadOnlyDictionary<string, Person> names, DateTimeZone zone, Instant now)
    {
        var before = versions.Skip(1).Select(version => version.Policy).Append(null);
        return [.. versions.Zip(before, (version, previous) => new PolicyVersion(
            version.Policy.Version,
            When(version, version.Policy.Reference == inForce?.Reference, zone, now),
            version.By is null ? PeopleDirectory.SystemName : names.GetValueOrDefault(version.By)?.Name ?? "Unknown person",
            previous is null ? [] : PolicyChanges.Between(previous, version.Policy)))];
    }

    private static string When(PublishedPolicy version, bool isInForce, DateTimeZone zone, Instant now)
    {
        var from = version.Policy.EffectiveFrom;
        var since = WhenWords.Say(from > Instant.FromUnixTimeTicks(0) ? from : version.At, zone, now); // What the portal came with holds for every past.
        return from > now ? $"From {since}" : isInForce ? $"Since {since}" : $"Was from {since}";
    }
}
