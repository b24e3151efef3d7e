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
    private const double CellGap = 5;

    private static readonly XFont Small = new(PdfFonts.Family, 7.5);
    private static readonly XFont Bold = new(PdfFonts.Family, 7.5, XFontStyleEx.Bold);
    private static readonly XFont Heading = new(PdfFonts.Family, 11.5, XFontStyleEx.Bold);
    private static readonly XFont Title = new(PdfFonts.Family, 18, XFontStyleEx.Bold);
    private static readonly XBrush Ink = new XSolidBrush(XColor.FromArgb(0x1b, 0x20, 0x26));
    private static readonly XBrush Soft = new XSolidBrush(XColor.FromArgb(0x55, 0x5d, 0x68));
    private static readonly XPen Line = new(XColor.FromArgb(0xd5, 0xda, 0xe0), 0.5);

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
        if (section.Name == "hours") rows = [.. rows.Where(row => row[1] is not 0L)]; // The others say nothing.
        ReportColumn[] shown = [.. section.Columns.Where(column => !IsForPrograms(section, column))];
        int[] places = [.. shown.Select(column => section.Columns.ToList().IndexOf(column))];
        string[][] cells = [.. rows.Select(row => places.Select(place => PdfWords.Of(section.Columns[place], row[place])).ToArray())];
        var widths = Widths(shown, cells);
        if (_top + 30 + (RowHeight * Math.Min(3, rows.Count + 1)) > Height) NextPage();
        _pages[^1].Add(new Block(_top + 16, section.Title, [], [], []));
        _top += 24;
        if (rows.Count == 0)
        {
            _pages[^1].Add(new Block(_top + 10, null, [], [["Nothing."]], [Width]));
            _top += RowHeight;
        }

        for (var from = 0; from < rows.Count;)
        {
            var room = Math.Max(1, (int)((Height - _top) / RowHeight) - 1);
            var some = cells[from..Math.Min(rows.Count, from + room)];
            _pages[^1].Add(new Block(_top + 10, null, shown, some, widths));
            _top += RowHeight * (some.Length + 1);
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
            DrawRow(on, tags, block.Columns.Select(column => column.Title).ToArray(), block, top, Bold, PdfBlockLevelElementTag.TableHeaderCell);
            top += RowHeight;
        }

        foreach (var row in block.Rows)
        {
            DrawRow(on, tags, row, block, top, Small, PdfBlockLevelElementTag.TableDataCell);
            top += RowHeight;
        }

        tags.End();
    }

    private void DrawRow(XGraphics on, StructureBuilder tags, string[] cells, Block block, double top, XFont font, PdfBlockLevelElementTag tag)
    {
        tags.BeginArtifact();
        on.DrawLine(Line, Margin, top + 3.5, Margin + block.Widths.Sum(), top + 3.5);
        tags.End();
        tags.BeginElement(PdfBlockLevelElementTag.TableRow);
        var left = Margin;
        for (var c = 0; c < cells.Length; c++)
        {
            var text = Fit(cells[c], font, block.Widths[c] - CellGap);
            var isNumber = c < block.Columns.Count && block.Columns[c].Kind is CellKind.Number or CellKind.Share or CellKind.Time && !block.Columns[c].IsKey;
            var at = isNumber ? left + block.Widths[c] - CellGap - on.MeasureString(text, font).Width : left;
            Tagged(tags, tag, () => on.DrawString(text.Length == 0 ? " " : text, font, font == Bold ? Soft : Ink, at, top));
            left += block.Widths[c];
        }

        tags.End();
    }

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

    private double[] Widths(ReportColumn[] columns, string[][] cells)
    {
        var wanted = columns.Select((column, c) => Math.Min(180, cells.Take(200).Select(row => _measure.MeasureString(row[c], Small).Width).Append(_measure.MeasureString(column.Title, Bold).Width).Max()) + CellGap + 4).ToArray();
        var all = wanted.Sum();
        return all <= Width ? wanted : [.. wanted.Select(width => width * Width / all)];
    }

    private string Fit(string text, XFont font, double width)
    {
        if (_measure.MeasureString(text, font).Width <= width) return text;
        var end = text.Length;
        while (end > 0 && _measure.MeasureString(text[..end] + "…", font).Width > width) end--;
        return text[..end].TrimEnd() + "…";
    }

    private static void Tagged(StructureBuilder tags, PdfBlockLevelElementTag tag, Action draw)
    {
        tags.BeginElement(tag);
        draw();
        tags.End();
    }

    /// <summary>Something on a page: a heading, or some rows of a table.</summary>
    private sealed record Block(double Top, string? Title, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<string[]> Rows, double[] Widths);
}
