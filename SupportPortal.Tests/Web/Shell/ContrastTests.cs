using System.Globalization;
using System.Text.RegularExpressions;

namespace SupportPortal.Tests.Web.Shell;

/// <summary>WCAG 2.2 AA, computed from the tokens themselves: 4.5 for text, 3 for what draws the edge of a control or a shape.</summary>
public sealed partial class ContrastTests
{
    private static readonly Dictionary<string, (string Light, string Dark)> _tokens = Token().Matches(File.ReadAllText(WebRoot.Path("tokens.css")))
        .DistinctBy(match => match.Groups["name"].Value) // Those who ask for more contrast get other lines further down.
        .ToDictionary(match => match.Groups["name"].Value, match => (match.Groups["light"].Value, match.Groups["dark"].Value));

    public static TheoryData<string, string, double> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string, double>();
            foreach (var ground in new[] { "ground", "surface", "sunken", "raised", "hover" })
            {
                foreach (var ink in new[] { "ink", "ink-soft" }) pairs.Add(ink, ground, 4.5);
                pairs.Add("focus", ground, 3);
            }

            foreach (var ground in new[] { "ground", "surface", "raised" })
            {
                pairs.Add("ink-faint", ground, 4.5);
                pairs.Add("accent", ground, 4.5);
            }

            pairs.Add("line-input", "surface", 3);
            pairs.Add("on-accent", "accent", 4.5);
            pairs.Add("on-accent", "accent-strong", 4.5);
            pairs.Add("accent", "accent-wash", 4.5);
            foreach (var tone in new[] { "critical", "high", "normal", "good" })
            {
                foreach (var ground in new[] { $"{tone}-wash", "surface", "ground" }) pairs.Add($"{tone}-ink", ground, 4.5);
                pairs.Add("on-solid", $"{tone}-solid", 4.5);
                pairs.Add($"{tone}-solid", $"{tone}-wash", 3);
                pairs.Add($"{tone}-solid", "surface", 3);
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void What_is_read_stands_out_in_both_themes(string ink, string ground, double least)
    {
        var (light, dark) = (Contrast(_tokens[ink].Light, _tokens[ground].Light), Contrast(_tokens[ink].Dark, _tokens[ground].Dark));
        Assert.True(Math.Min(light, dark) >= least, $"{ink} on {ground}: {light:0.00} light, {dark:0.00} dark, wanted {least}");
    }

    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string hex)
    {
        return 0.2126 * Part(1) + 0.7152 * Part(3) + 0.0722 * Part(5);

        double Part(int at)
        {
            var value = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255d;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }
    }

    [GeneratedRegex(@"--(?<name>[a-z-]+): light-dark\((?<light>#[0-9a-f]{6}), (?<dark>#[0-9a-f]{6})\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Token();
}
