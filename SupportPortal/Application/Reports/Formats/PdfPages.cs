using System.Globalization;
using PdfSharp;
using PdfSharp.Drawing;
using PdfSharp.Pdf;
using PdfSharp.UniversalAccessibility;

namespace SupportPortal.Application.Reports.Formats;

/// <summary>
/// Lays the parts of a report out on pages, tables with their heading repeated, and draws them tagged, so that a screen reader reads them too.
/// </summary>
internal sealed class PdfPages(Report report, Brand brand)
{
    private const double Margin = 42;
    private const double RowHeight = 13;
    private const double FirstTop = 112;
    private const double NextTop = 56;
    private const double Bottom = 46;
    private const double CellGap = 8;
    private const double LineHeight = 9;
    private const double BarWidth = 110;

    private static readonly XFont Small = new(PdfFonts.Family, 7.5);
    private static readonly XFont Bold = new(PdfFonts.Family, 7.5, XFontStyleEx.Bold);
    private static readonly XFont Heading = new(PdfFonts.Family, 11.5, XFontStyleEx.Bold);
    private static readonly XFont Title = new(PdfFonts.Family, 18, XFontStyleEx.Bold);
    private static readonly XBrush Ink = new XSolidBrush(XColor.FromArgb(0x1b, 0x20, 0x26));
    private static readonly XBrush Soft = new XSolidBrush(XColor.FromArgb(0x55, 0x5d, 0x68));
    private static readonly XPen Line = new(XColor.FromArgb(0xd5, 0xda, 0xe0), 0.5);

    private static readonly XBrush Track = new XSolidBrush(XColor.FromArgb(0xe8, 0xeb, 0xef));

    private readonly XBrush _brand = new XSolidBrush(XColor.FromArgb(brand.Colour.Red, brand.Colour.Green, brand.Colour.Blue));
    private readonly List<List<Block>> _pages = [[]];
    private readonly XGraphics _measure = XGraphics.CreateMeasureContext(new XSize(2000, 2000), XGraphicsUnit.Point, XPageDirection.Downwards);
    private readonly bool _isWide = report.Sections.Any(section => !section.IsProof && section.Columns.Count > 11);
    private double _top = FirstTop;

    private double Width => (_isWide ? 842 : 595) - (2 * Margin);

    private double Height => (_isWide ? 595 : 842) - Bottom;

    /// <summary>Adds a part.</summary>
    public void Add(ReportSection section, IReadOnlyList<object?[]> rows)
    {
        if (section.Name == "hours") (section, rows) = ByDayAndHour(section, rows);
        ReportColumn[] shown = [.. section.Columns.Where(column => !IsForPrograms(section, column))];
        int[] places = [.. shown.Select(column => section.Columns.ToList().IndexOf(column))];
        string[][] cells = [.. rows.Select(row => places.Select(place => PdfWords.Of(section.Columns[place], row[place], report.Head.Scope.Filter.Period.Zone)).ToArray())];
        var widths = Widths(shown, cells);
        var bars = Bars(section, rows, widths.Sum());
        if (_top + 30 + (RowHeight * Math.Min(3, rows.Count + 1)) > Height) NextPage();
        _pages[^1].Add(new Block(_top + 16, section.Title, [], [], []));
        _top += 24;
        if (rows.Count == 0)
        {
            _pages[^1].Add(new Block(_top + 10, null, [], [["Nothing."]], [Width]));
            _top += RowHeight;
        }

        string[][] headings = [.. shown.Select((column, c) => Wrapped(PdfWords.Title(column), widths[c] - CellGap))];
        var headHeight = (headings.Max(lines => lines.Length) * LineHeight) + RowHeight - LineHeight;
        for (var from = 0; from < rows.Count;)
        {
            var room = Math.Max(1, (int)((Height - _top - headHeight) / RowHeight));
            var some = cells[from..Math.Min(rows.Count, from + room)];
            _pages[^1].Add(new Block(_top + 10, null, shown, some, widths) { Headings = headings, Bars = bars.Length == 0 ? [] : bars[from..(from + some.Length)] });
            _top += headHeight + (RowHeight * some.Length);
            from += some.Length;
            if (from < rows.Count) NextPage();
        }

        _top += 10;
    }

    /// <summary>Draws all pages.</summary>
    public void Draw(PdfDocument document)
    {
        var access = UAManager.ForDocument(document);
        access.SetDocumentLanguage("en");
        for (var i = 0; i < _pages.Count; i++)
        {
            var page = document.AddPage();
            page.Size = PageSize.A4;
            page.Orientation = _isWide ? PageOrientation.Landscape : PageOrientation.Portrait;
            using var on = XGraphics.FromPdfPage(page);
            var tags = access.StructureBuilder;
            if (i == 0) DrawHead(on, tags);
            foreach (var block in _pages[i]) DrawBlock(on, tags, block);
            DrawFoot(on, tags, i + 1);
        }
    }

    private void DrawHead(XGraphics on, StructureBuilder tags)
    {
        tags.BeginArtifact();
        var left = Margin;
        if (brand.Logo is { } logo)
        {
            using var picture = XImage.FromStream(new MemoryStream(logo));
            var height = 22.0;
            var width = Math.Min(160, picture.PointWidth * height / picture.PointHeight);
            on.DrawImage(picture, left, 30, width, height);
            left += width + 8;
        }

        on.DrawString(brand.Name, Heading, _brand, left, 46);
        on.DrawRectangle(_brand, Margin, 60, Width, 1.5);
        tags.End();
        Tagged(tags, PdfBlockLevelElementTag.Heading1, () => on.DrawString(Fit(report.Title, Title, Width), Title, Ink, Margin, 86));
        Tagged(tags, PdfBlockLevelElementTag.Paragraph, () => on.DrawString(Fit(report.Subtitle, Small, Width), Small, Soft, Margin, 102));
    }

    private void DrawBlock(XGraphics on, StructureBuilder tags, Block block)
    {
        if (block.Title is { } title)
        {
            Tagged(tags, PdfBlockLevelElementTag.Heading2, () => on.DrawString(title, Heading, Ink, Margin, block.Top));
            return;
        }

        tags.BeginElement(PdfBlockLevelElementTag.Table);
        var top = block.Top;
        if (block.Columns.Count > 0)
        {
            DrawHeadings(on, tags, block, top);
            top += ((block.Headings.Max(lines => lines.Length) - 1) * LineHeight) + RowHeight;
        }

        foreach (var (i, row) in block.Rows.Index())
        {
            DrawRow(on, tags, row, block, top);
            if (i < block.Bars.Length && block.Bars[i] is { } share) DrawBar(on, tags, share, block.Widths.Sum(), top);
            top += RowHeight;
        }

        tags.End();
    }

    private static void DrawHeadings(XGraphics on, StructureBuilder tags, Block block, double top)
    {
        var last = top + ((block.Headings.Max(lines => lines.Length) - 1) * LineHeight);
        DrawLine(on, tags, block, last);
        tags.BeginElement(PdfBlockLevelElementTag.TableRow);
        var left = Margin;
        for (var c = 0; c < block.Columns.Count; c++)
        {
            var lines = block.Headings[c];
            tags.BeginElement(PdfBlockLevelElementTag.TableHeaderCell);
            for (var l = 0; l < lines.Length; l++) on.DrawString(lines[l], Bold, Soft, Left(on, block.Columns[c], lines[l], Bold, left, block.Widths[c]), last - ((lines.Length - 1 - l) * LineHeight));
            tags.End();
            left += block.Widths[c];
        }

        tags.End();
    }

    private void DrawRow(XGraphics on, StructureBuilder tags, string[] cells, Block block, double top)
    {
        DrawLine(on, tags, block, top);
        tags.BeginElement(PdfBlockLevelElementTag.TableRow);
        var left = Margin;
        for (var c = 0; c < cells.Length; c++)
        {
            var text = Fit(cells[c], Small, block.Widths[c] - CellGap);
            var at = c < block.Columns.Count ? Left(on, block.Columns[c], text, Small, left, block.Widths[c]) : left;
            Tagged(tags, PdfBlockLevelElementTag.TableDataCell, () => on.DrawString(text.Length == 0 ? " " : text, Small, Ink, at, top));
            left += block.Widths[c];
        }

        tags.End();
    }

    private void DrawBar(XGraphics on, StructureBuilder tags, decimal share, double left, double top)
    {
        tags.BeginArtifact(); // The figure beside it says the same.
        on.DrawRectangle(Track, Margin + left + 8, top - 5.5, BarWidth, 5);
        on.DrawRectangle(_brand, Margin + left + 8, top - 5.5, BarWidth * (double)share, 5);
        tags.End();
    }

    private static void DrawLine(XGraphics on, StructureBuilder tags, Block block, double top)
    {
        tags.BeginArtifact();
        on.DrawLine(Line, Margin, top + 3.5, Margin + block.Widths.Sum(), top + 3.5);
        tags.End();
    }

    /// <summary>Where a cell's text begins: what is compared by its size stands to the right.</summary>
    private static double Left(XGraphics on, ReportColumn column, string text, XFont font, double left, double width) =>
        column is { IsKey: false, Name: not "severity", Kind: CellKind.Number or CellKind.Share or CellKind.Time } ? left + width - CellGap - on.MeasureString(text, font).Width : left;

    private void DrawFoot(XGraphics on, StructureBuilder tags, int number)
    {
        tags.BeginArtifact();
        var at = report.Head.At.InZone(report.Head.Scope.Filter.Period.Zone).ToString("d MMM uuuu HH:mm:ss", CultureInfo.InvariantCulture);
        on.DrawString($"Report {report.Head.Number} of {brand.Name}, made {at} ({report.Head.Scope.Filter.Period.Zone.Id}). The portal verifies this file.", Small, Soft, Margin, Height + 22);
        var page = $"{number} of {_pages.Count}";
        on.DrawString(page, Small, Soft, Margin + Width - on.MeasureString(page, Small).Width, Height + 22);
        tags.End();
    }

    private void NextPage()
    {
        _pages.Add([]);
        _top = NextTop;
    }

    /// <summary>Ids stand beside the names of what they are of: pages show the names. Of a clock they show what fits.</summary>
    private static bool IsForPrograms(ReportSection section, ReportColumn column) =>
        (section.Name == "clocks" && column.Name is "clock" or "service" or "channel" or "startedAt" or "breaches") || column.Name is "organisation" or "agent" && section.Columns.Any(other => other.IsName && (other.Name == "name" || other.Name == $"{column.Name}Name"));

    /// <summary>168 hours as seven rows of 24.</summary>
    private static (ReportSection, IReadOnlyList<object?[]>) ByDayAndHour(ReportSection section, IReadOnlyList<object?[]> hours) =>
        (section with { Columns = [FigureSections.Key("day", "Day"), .. Enumerable.Range(0, 24).Select(hour => FigureSections.Number("at", $"{hour:00}"))] },
            [.. Enumerable.Range(0, 7).Select(day => (object?[])[PdfWords.Days[day], .. hours.Skip(day * 24).Take(24).Select(hour => hour[1])])]);

    /// <summary>As wide as their cells want. Where that is too wide, names give way, and only then everything.</summary>
    private double[] Widths(ReportColumn[] columns, string[][] cells)
    {
        double[] wanted = [.. columns.Select((column, c) => Math.Min(190, cells.Take(200).Select(row => Measure(row[c], Small)).Concat(PdfWords.Title(column).Split(' ').Select(word => Measure(word, Bold))).Max()) + CellGap + 1)];
        var (all, names) = (wanted.Sum(), columns.Select((column, c) => column.IsName ? wanted[c] : 0).Sum());
        if (all <= Width) return wanted;
        var fewer = Math.Max(0.35, names == 0 ? 1 : (names - (all - Width)) / names);
        double[] narrower = [.. wanted.Select((width, c) => columns[c].IsName ? width * fewer : width)];
        return [.. narrower.Select(width => width * Math.Min(1, Width / narrower.Sum()))];
    }

    /// <summary>Attainment as a bar, where the page has room beside the table.</summary>
    private decimal?[] Bars(ReportSection section, IReadOnlyList<object?[]> rows, double width)
    {
        var place = section.Columns.ToList().FindIndex(column => column.Name == "attainment");
        return place < 0 || rows.Count < 2 || width + BarWidth + 12 > Width ? [] : [.. rows.Select(row => row[place] as decimal?)];
    }

    private string[] Wrapped(string text, double width)
    {
        var lines = new List<string>();
        foreach (var word in text.Split(' '))
        {
            if (lines.Count > 0 && Measure($"{lines[^1]} {word}", Bold) <= width) lines[^1] += $" {word}";
            else lines.Add(word);
        }

        return [.. lines.Select(line => Fit(line, Bold, width))];
    }

    private double Measure(string text, XFont font) => _measure.MeasureString(text, font).Width;

    private string Fit(string text, XFont font, double width)
    {
        if (Measure(text, font) <= width) return text;
        var end = text.Length;
        while (end > 0 && Measure(text[..end] + "…", font) > width) end--;
        return text[..end].TrimEnd() + "…";
    }

    private static void Tagged(StructureBuilder tags, PdfBlockLevelElementTag tag, Action draw)
    {
        tags.BeginElement(tag);
        draw();
        tags.End();
    }

    /// <summary>Something on a page: a heading, or some rows of a table.</summary>
    private sealed record Block(double Top, string? Title, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<string[]> Rows, double[] Widths)
    {
        /// <summary>The lines of each column's heading.</summary>
        public string[][] Headings { get; init; } = [];

        /// <summary>A share beside each row; none where there is no room.</summary>
        public decimal?[] Bars { get; init; } = [];
    }
}
