using System.Globalization;

namespace SupportPortal.Domain.Compliance;

/// <summary>How many promises were kept of those that fell due (support commitment, section 5). Exact: never rounded up to a goal.</summary>
/// <param name="Met">The promises that were kept.</param>
/// <param name="Breached">The promises that were not; a silent stretch counts as often as it missed an update.</param>
public readonly record struct Attainment(long Met, long Breached)
{
    /// <summary>How many fell due.</summary>
    public long Counted => Met + Breached;

    /// <summary>The kept ones among those that fell due, from 0 to 1, cut after the sixth digit; null when none fell due.</summary>
    public decimal? Share => Counted == 0 ? null : Cut(1_000_000);

    /// <summary>Both together.</summary>
    public static Attainment operator +(Attainment one, Attainment other) => new(one.Met + other.Met, one.Breached + other.Breached);

    /// <summary>The same as <c>one + other</c>.</summary>
    public static Attainment Add(Attainment one, Attainment other) => one + other;

    /// <summary>Whether it reaches a goal between 0 and 1, judged of the counts themselves; null when nothing fell due.</summary>
    public bool? Reaches(decimal goal) => Counted == 0 ? null : Met >= goal * Counted;

    /// <summary>"99.49 %", cut after the second digit: 99.4996 % does not read as 99.5 %. "–" when none fell due.</summary>
    public override string ToString() => Counted == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{Cut(10_000) * 100:0.##} %");

    private decimal Cut(long parts) => decimal.Floor((decimal)Met * parts / Counted) / parts;
}
