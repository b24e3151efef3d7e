using NodaTime;
using PdfSharp.Drawing;

namespace SupportPortal.Application.Reports.Formats;

/// <summary>A part of a report as a table on paper: which columns, how wide, and what stands in them.</summary>
internal sealed record PdfTable(ReportColumn[] Columns, string[][] Headings, string[][] Cells, double[] Widths, decimal?[] Bars)
{
    /// <summary>How long the bar of a whole is.</summary>
    public const double BarWidth = 110;

    private const double CellGap = 8;
    private const double BarGap = 12;
    private const string Attainment = "attainment";
    private const double Widest = 190;
    private const int Measured = 200;

    /// <summary>Of cells.</summary>
    public static readonly XFont Small = new(PdfFonts.Family, 7.5);

    /// <summary>Of headings.</summary>
    public static readonly XFont Bold = new(PdfFonts.Family, 7.5, XFontStyleEx.Bold);

    private static readonly HashSet<string> NotOfClocks = ["clock", "service", "channel", "startedAt", "breaches"];

    /// <summary>How many lines the highest heading has.</summary>
    public int HeadingLines => Headings.Max(lines => lines.Length);

    /// <summary>Lays a part out for a page of this width.</summary>
    public static PdfTable Of(ReportSection section, IReadOnlyList<object?[]> rows, DateTimeZone zone, double width)
    {
        if (section.Name == "hours") (section, rows) = ByDayAndHour(section, rows);
        var all = section.Columns.Index().Where(column => !IsForPrograms(section, column.Item)).ToArray();
        ReportColumn[] columns = [.. all.Select(column => column.Item)];
        string[][] cells = rows.Count == 0 ? [[.. columns.Select((_, c) => c == 0 ? "Nothing" : "")]] : [.. rows.Select(row => all.Select(column => PdfWords.Of(column.Item, row[column.Index], zone)).ToArray())];
        var widths = WidthsOf(columns, cells, width);
        string[][] headings = [.. columns.Select((column, c) => Wrapped(PdfWords.Title(column), Bold, widths[c] - CellGap))];
        return new(columns, headings, cells, widths, BarsOf(section, rows, width - widths.Sum()));
    }

    /// <summary>A cell, cut to its column.</summary>
    public string Fitted(int row, int column) => Fit(Cells[row][column], Small, Widths[column] - CellGap);

    /// <summary>How far from the left of its column a text begins: what is compared by its size stands to the right.</summary>
    public double Indent(int column, string text, XFont font) =>
        Columns[column] is { IsKey: false, Name: not "severity", Kind: CellKind.Number or CellKind.Share or CellKind.Time } ? Widths[column] - CellGap - Width(text, font) : 0;

    /// <summary>A text, cut to a width.</summary>
    public static string Fit(string text, XFont font, double width)
    {
        if (Width(text, font) <= width) return text;
        var (fits, not) = (0, text.Length);
        while (not - fits > 1)
        {
            var middle = (fits + not) / 2;
            if (Width(text[..middle] + "…", font) <= width) fits = middle;
            else not = middle;
        }

        if (fits > 0 && char.IsHighSurrogate(text[fits - 1])) fits--;
        return text[..fits].TrimEnd() + "…";
    }

    /// <summary>Ids stand beside the names of what they are of: pages show the names. Of a clock they show what fits.</summary>
    private static bool IsForPrograms(ReportSection section, ReportColumn column) =>
        (section.Name == "clocks" && NotOfClocks.Contains(column.Name)) || (column.Name is "organisation" or "agent" && section.Columns.Any(other => other.IsName && (other.Name == "name" || other.Name == $"{column.Name}Name")));

    /// <summary>168 hours as seven rows of 24.</summary>
    private static (ReportSection, IReadOnlyList<object?[]>) ByDayAndHour(ReportSection section, IReadOnlyList<object?[]> hours) =>
        (section with { Columns = [FigureSections.Key("day", "Day"), .. Enumerable.Range(0, 24).Select(hour => FigureSections.Number("at", $"{hour:00}"))] },
            [.. Enumerable.Range(0, 7).Select(day => (object?[])[PdfWords.Days[day], .. hours.Skip(day * 24).Take(24).Select(hour => hour[1])])]);

    /// <summary>As wide as their cells want, and a heading in two lines where bars have room too. Where that is too wide, names give way, and only then everything.</summary>
    private static double[] WidthsOf(ReportColumn[] columns, string[][] cells, double width)
    {
        double[] wanted = [.. columns.Select((column, c) => Math.Min(Widest, cells.Take(Measured).Select(row => Width(row[c], Small)).Concat(PdfWords.Title(column).Split(' ').Select(word => Width(word, Bold))).Max()) + CellGap + 1)];
        double[] inTwo = [.. columns.Select((column, c) => Math.Max(wanted[c], InTwoLines(PdfWords.Title(column)) + CellGap + 1))];
        if (inTwo.Sum() + (columns.Any(column => column.Name == Attainment) ? BarWidth + BarGap : 0) <= width) return inTwo;
        var (all, names) = (wanted.Sum(), columns.Select((column, c) => column.IsName ? wanted[c] : 0).Sum());
        if (all <= width) return wanted;
        var fewer = Math.Max(0.35, names == 0 ? 1 : (names - (all - width)) / names);
        double[] narrower = [.. wanted.Select((want, c) => columns[c].IsName ? want * fewer : want)];
        return [.. narrower.Select(want => want * Math.Min(1, width / narrower.Sum()))];
    }

    /// <summary>Attainment as a bar, where there is room beside the table.</summary>
    private static decimal?[] BarsOf(ReportSection section, IReadOnlyList<object?[]> rows, double room)
    {
        var place = section.Columns.ToList().FindIndex(column => column.Name == Attainment);
        return place < 0 || rows.Count < 2 || room < BarWidth + BarGap ? [] : [.. rows.Select(row => row[place] as decimal?)];
    }

    /// <summary>How wide a text is that is broken once, where it is best.</summary>
    private static double InTwoLines(string text)
    {
        var words = text.Split(' ');
        return Enumerable.Range(1, words.Length).Min(first => Math.Max(Width(string.Join(' ', words[..first]), Bold), Width(string.Join(' ', words[first..]), Bold)));
    }

    /// <summary>A text in lines of a width.</summary>
    public static string[] Wrapped(string text, XFont font, double width)
    {
        var lines = new List<string>();
        foreach (var word in text.Split(' '))
        {
            if (lines.Count > 0 && Width($"{lines[^1]} {word}", font) <= width) lines[^1] += $" {word}";
            else lines.Add(word);
        }

        return [.. lines.Select(line => Fit(line, font, width))];
    }

    private static double Width(string text, XFont font)
    {
        lock (Measure) return Measure.MeasureString(text, font).Width;
    }

    private static readonly XGraphics Measure = XGraphics.CreateMeasureContext(new XSize(2000, 2000), XGraphicsUnit.Point, XPageDirection.Downwards);
}
