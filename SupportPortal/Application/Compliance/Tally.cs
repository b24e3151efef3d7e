using SupportPortal.Domain.Compliance;

namespace SupportPortal.Application.Compliance;

/// <summary>How many promises were kept and how many not, with the breaches that were excused told apart.</summary>
/// <param name="Met">The kept ones.</param>
/// <param name="Breached">Those that were not, excused ones too.</param>
/// <param name="Excused">The breaches for which an exception was approved.</param>
public readonly record struct Tally(long Met, long Breached, long Excused)
{
    /// <summary>How many fell due.</summary>
    public long Counted => Met + Breached;

    /// <summary>As it happened.</summary>
    public Attainment Attainment => new(Met, Breached);

    /// <summary>With excused breaches left out.</summary>
    public Attainment WithoutExcused => new(Met, Breached - Excused);

    /// <summary>Both together.</summary>
    public static Tally operator +(Tally one, Tally other) => new(one.Met + other.Met, one.Breached + other.Breached, one.Excused + other.Excused);

    /// <summary>The same as <c>one + other</c>.</summary>
    public static Tally Add(Tally one, Tally other) => one + other;

    /// <summary>With one more clock.</summary>
    internal Tally With(in Counted counted) => new(Met + counted.Met, Breached + counted.Breaches, Excused + (counted.Clock.IsExcused ? counted.Breaches : 0));
}
