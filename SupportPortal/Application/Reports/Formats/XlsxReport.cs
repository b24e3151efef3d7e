using System.Globalization;
using MiniExcelLibs;
using NodaTime;

namespace SupportPortal.Application.Reports.Formats;

/// <summary>A report as a workbook: a sheet for each part, and one for what the report says of itself. A part with more rows than a sheet can hold goes on in the next one.</summary>
internal static class XlsxReport
{
    /// <summary>As many as a sheet can hold beneath its heading, and some to spare.</summary>
    private const int MostRows = 1_000_000;

    /// <summary>As many characters as a cell can hold, and some to spare.</summary>
    private const int LongestCell = 32_000;

    private const string Report = "Report";

    /// <summary>Writes it whole; the seal is to become the comment of the archive.</summary>
    public static Task WriteAsync(Report report, Stream to, CancellationToken cancellation) => Task.Run(() =>
    {
        var sheets = new Dictionary<string, object>();
        var open = new List<IDisposable>();
        try
        {
            foreach (var section in report.Sections)
            {
                var rows = section.Rows.ToBlockingEnumerable(cancellation).GetEnumerator(); // The writer asks for one row after the other, on this thread.
                open.Add(rows);
                for (var sheet = 0; sheet == 0 || sheet * (long)MostRows < section.Count; sheet++) sheets.Add(NameOf(section, sheet), Sheet(section, rows));
            }

            sheets.Add(Report, Pairs(report).SelectMany(pair => pair.Value.Chunk(LongestCell), (pair, part) => new Dictionary<string, object?> { ["Name"] = pair.Name, ["Value"] = Plain(new string(part)) }).ToList());
            to.SaveAs(sheets);
        }
        finally
        {
            foreach (var rows in open) rows.Dispose();
        }
    }, cancellation);

    /// <summary>Reads one back.</summary>
    /// <exception cref="FormatException">It is another workbook.</exception>
    public static async Task<ReadReport> ReadAsync(Stream file, Func<ReportHead, Task<IReadOnlyList<ReportSection>>> sections)
    {
        var names = MiniExcel.GetSheetNames(file);
        if (!names.Contains(Report)) throw new FormatException("It is a workbook, and no report.");
        var pairs = new Dictionary<string, string>();
        foreach (IDictionary<string, object?> row in file.Query(useHeaderRow: true, sheetName: Report)) pairs[$"{row["Name"]}"] = pairs.GetValueOrDefault($"{row["Name"]}") + row["Value"]; // A long value goes on in further rows.
        return new ReadReport(pairs, Rows(file, names, await sections(ReportHead.Read(pairs))));
    }

    private static IEnumerable<(string, string?[])> Rows(Stream file, List<string> names, IReadOnlyList<ReportSection> sections)
    {
        foreach (var section in sections)
        {
            for (var sheet = 0; names.Contains(NameOf(section, sheet)); sheet++)
            {
                foreach (IDictionary<string, object?> row in file.Query(useHeaderRow: true, sheetName: NameOf(section, sheet)))
                    if (row.Values.Any(cell => cell is not null)) yield return (section.Name, [.. row.Values.Select((cell, i) => Text(cell, i < section.Columns.Count ? section.Columns[i].Kind : CellKind.Text))]);
            }
        }
    }

    private static IEnumerable<(string Name, string Value)> Pairs(Report report) => report.Head.ToPairs().Append(("title", report.Title)).Append(("subtitle", report.Subtitle));

    private static string NameOf(ReportSection section, int sheet) => sheet == 0 ? Short(section.Title) : string.Create(CultureInfo.InvariantCulture, $"{Short(section.Title)} {sheet + 1}");

    /// <summary>A sheet's name has at most 31 characters.</summary>
    private static string Short(string title) => title.Length <= 27 ? title : title[..27];

    private static IEnumerable<Dictionary<string, object?>> Sheet(ReportSection section, IEnumerator<object?[]> rows)
    {
        var empty = true;
        for (var i = 0; i < MostRows && rows.MoveNext(); i++)
        {
            empty = false;
            var row = new Dictionary<string, object?>(section.Columns.Count);
            for (var c = 0; c < section.Columns.Count; c++) row[section.Columns[c].Title] = Cell(rows.Current[c]);
            yield return row;
        }

        if (empty) yield return section.Columns.ToDictionary(column => column.Title, _ => (object?)null); // So that it has its heading.
    }

    private static object? Cell(object? cell) => cell switch
    {
        Instant at => Rounded(at).ToDateTimeUtc(),
        Duration time => ReportText.Seconds(time),
        string text => Plain(text),
        _ => cell,
    };

    /// <summary>A workbook keeps an instant to the millisecond.</summary>
    public static Instant Rounded(Instant at) => Instant.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());

    /// <summary>A workbook, which is XML, has no control characters.</summary>
    internal static string Plain(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;

    private static string? Text(object? cell, CellKind kind) => (cell, kind) switch
    {
        (null, _) => null,
        (DateTime at, _) => ReportText.Of(Instant.FromDateTimeUtc(DateTime.SpecifyKind(at, DateTimeKind.Utc))),
        (double number, CellKind.Number) => ReportText.Of((long)Math.Round(number)),
        (double number, _) => ReportText.Of((decimal)number),
        var (other, _) => ReportText.Of(Convert.ToString(other, CultureInfo.InvariantCulture)),
    };
}
