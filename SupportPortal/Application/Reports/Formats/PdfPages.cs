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
    private const double LineHeight = 9;

    private static readonly XFont Heading = new(PdfFonts.Family, 11.5, XFontStyleEx.Bold);
    private static readonly XFont Title = new(PdfFonts.Family, 18, XFontStyleEx.Bold);
    private static readonly XBrush Ink = new XSolidBrush(XColor.FromArgb(0x1b, 0x20, 0x26));
    private static readonly XBrush Soft = new XSolidBrush(XColor.FromArgb(0x55, 0x5d, 0x68));
    private static readonly XPen Line = new(XColor.FromArgb(0xd5, 0xda, 0xe0), 0.5);

    private static readonly XBrush Track = new XSolidBrush(XColor.FromArgb(0xe8, 0xeb, 0xef));

    private readonly XBrush _brand = new XSolidBrush(XColor.FromArgb(brand.Colour.Red, brand.Colour.Green, brand.Colour.Blue));
    private readonly List<List<Block>> _pages = [[]];
    private readonly bool _isWide = IsWide(report);
    private double _top = FirstTop + ((Subtitle(report).Length - 1) * LineHeight);

    private double Width => WidthOf(_isWide);

    private double Height => (_isWide ? 595 : 842) - Bottom;

    /// <summary>Adds a part.</summary>
    public void Add(ReportSection section, IReadOnlyList<object?[]> rows)
    {
        var table = PdfTable.Of(section, rows, report.Head.Scope.Filter.Period.Zone, Width);
        if (_top + 30 + (RowHeight * Math.Min(3, table.Cells.Length + 1)) > Height) NextPage();
        _pages[^1].Add(new Block(_top + 16, section.Title, table, 0, 0));
        _top += 24;
        var headHeight = ((table.HeadingLines - 1) * LineHeight) + RowHeight;
        for (var from = 0; from < table.Cells.Length;)
        {
            var room = Math.Max(1, (int)((Height - _top - headHeight) / RowHeight));
            var to = Math.Min(table.Cells.Length, from + room);
            _pages[^1].Add(new Block(_top + 10, null, table, from, to));
            _top += headHeight + (RowHeight * (to - from));
            from = to;
            if (from < table.Cells.Length) NextPage();
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

    private static bool IsWide(Report report) => report.Sections.Any(section => !section.IsProof && section.Columns.Count > 11);

    private static double WidthOf(bool isWide) => (isWide ? 842 : 595) - (2 * Margin);

    /// <summary>In as many lines as it needs: what a report is narrowed to is never cut off.</summary>
    private static string[] Subtitle(Report report) => PdfTable.Wrapped(report.Subtitle, PdfTable.Small, WidthOf(IsWide(report)));

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
        Tagged(tags, PdfBlockLevelElementTag.Heading1, () => on.DrawString(PdfTable.Fit(report.Title, Title, Width), Title, Ink, Margin, 86));
        Tagged(tags, PdfBlockLevelElementTag.Paragraph, () =>
        {
            foreach (var (line, text) in Subtitle(report).Index()) on.DrawString(text, PdfTable.Small, Soft, Margin, 102 + (line * LineHeight));
        });
    }

    private void DrawBlock(XGraphics on, StructureBuilder tags, Block block)
    {
        if (block.Title is { } title)
        {
            Tagged(tags, PdfBlockLevelElementTag.Heading2, () => on.DrawString(title, Heading, Ink, Margin, block.Top));
            return;
        }

        var (table, top) = (block.Table, block.Top + ((block.Table.HeadingLines - 1) * LineHeight));
        tags.BeginElement(PdfBlockLevelElementTag.Table);
        DrawHeadings(on, tags, table, top);
        for (var row = block.From; row < block.To; row++)
        {
            top += RowHeight;
            DrawRow(on, tags, table, row, top);
            if (row < table.Bars.Length && table.Bars[row] is { } share) DrawBar(on, tags, share, table.Widths.Sum(), top);
        }

        tags.End();
    }

    private static void DrawHeadings(XGraphics on, StructureBuilder tags, PdfTable table, double top)
    {
        DrawLine(on, tags, table, top);
        tags.BeginElement(PdfBlockLevelElementTag.TableRow);
        var left = Margin;
        for (var c = 0; c < table.Columns.Length; c++)
        {
            var lines = table.Headings[c];
            tags.BeginElement(PdfBlockLevelElementTag.TableHeaderCell);
            for (var l = 0; l < lines.Length; l++) on.DrawString(lines[l], PdfTable.Bold, Soft, left + table.Indent(c, lines[l], PdfTable.Bold), top - ((lines.Length - 1 - l) * LineHeight));
            tags.End();
            left += table.Widths[c];
        }

        tags.End();
    }

    private static void DrawRow(XGraphics on, StructureBuilder tags, PdfTable table, int row, double top)
    {
        DrawLine(on, tags, table, top);
        tags.BeginElement(PdfBlockLevelElementTag.TableRow);
        var left = Margin;
        for (var c = 0; c < table.Columns.Length; c++)
        {
            var (text, at) = (table.Fitted(row, c), left);
            Tagged(tags, PdfBlockLevelElementTag.TableDataCell, () => on.DrawString(text.Length == 0 ? " " : text, PdfTable.Small, Ink, at + table.Indent(c, text, PdfTable.Small), top));
            left += table.Widths[c];
        }

        tags.End();
    }

    private void DrawBar(XGraphics on, StructureBuilder tags, decimal share, double left, double top)
    {
        tags.BeginArtifact(); // The figure beside it says the same.
        on.DrawRectangle(Track, Margin + left + 8, top - 5.5, PdfTable.BarWidth, 5);
        on.DrawRectangle(_brand, Margin + left + 8, top - 5.5, PdfTable.BarWidth * (double)share, 5);
        tags.End();
    }

    private static void DrawLine(XGraphics on, StructureBuilder tags, PdfTable table, double top)
    {
        tags.BeginArtifact();
        on.DrawLine(Line, Margin, top + 3.5, Margin + table.Widths.Sum(), top + 3.5);
        tags.End();
    }

    private void DrawFoot(XGraphics on, StructureBuilder tags, int number)
    {
        tags.BeginArtifact();
        var at = report.Head.At.InZone(report.Head.Scope.Filter.Period.Zone).ToString("d MMM uuuu HH:mm:ss", CultureInfo.InvariantCulture);
        on.DrawString($"Report {report.Head.Number} of {brand.Name}, made {at} ({report.Head.Scope.Filter.Period.Zone.Id}). The portal verifies this file.", PdfTable.Small, Soft, Margin, Height + 22);
        var page = $"{number} of {_pages.Count}";
        on.DrawString(page, PdfTable.Small, Soft, Margin + Width - on.MeasureString(page, PdfTable.Small).Width, Height + 22);
        tags.End();
    }

    private void NextPage()
    {
        _pages.Add([]);
        _top = NextTop;
    }

    private static void Tagged(StructureBuilder tags, PdfBlockLevelElementTag tag, Action draw)
    {
        tags.BeginElement(tag);
        draw();
        tags.End();
    }

    /// <summary>Something on a page: a heading, or some rows of a table.</summary>
    private sealed record Block(double Top, string? Title, PdfTable Table, int From, int To);
}
