using NodaTime;

namespace SupportPortal.Application.Tickets.Seeding;

/// <summary>How much past to make up. The same plan at the same moment makes the same tickets.</summary>
/// <param name="Tickets">How many tickets in all.</param>
/// <param name="Open">How many of them are still open.</param>
/// <param name="Organisations">How many organisations report them.</param>
/// <param name="Seed">What the chance is drawn from.</param>
public sealed record SeedPlan(int Tickets, int Open, int Organisations, int Seed)
{
    /// <summary>A plan in which what was left out follows from the number of tickets.</summary>
    public static SeedPlan Of(int tickets, int? open, int? organisations, int? seed) => new(
        tickets, open ?? Math.Min(tickets, Math.Max(20, tickets / 50)), organisations ?? Math.Clamp(tickets / 250, 5, 400), seed ?? 1);

    /// <summary>When each ticket was reported, and whether it is open, in order: years of closed ones, the open ones of the last days.</summary>
    internal IReadOnlyList<(Instant At, bool IsOpen)> Reports(Instant now)
    {
        var chance = new Random(Seed);
        var reports = new (Instant At, bool IsOpen)[Tickets];
        for (var i = 0; i < Tickets; i++)
        {
            var isOpen = i < Open;
            // Three years of business that grew; what is open came mostly in the last hours.
            var back = isOpen
                ? Duration.FromHours(Math.Pow(chance.NextDouble(), 3) * 240) + Duration.FromSeconds(30)
                : Duration.FromHours(8) + Duration.FromDays(1095) * (1 - Math.Sqrt(chance.NextDouble()));
            reports[i] = (Instant.FromUnixTimeTicks((now - back).ToUnixTimeTicks() / 10 * 10), isOpen);
        }

        Array.Sort(reports, (a, b) => a.At.CompareTo(b.At));
        return reports;
    }
}
