using System.Text;
using CsvHelper;

namespace SupportPortal.Application.Reports.Formats;

/// <summary>
/// A report as CSV. The first part is a plain table with its heading, so that any program reads it; further ones follow under a comment that names them. The proof, and what
/// the report says of itself, are comments at the end.
/// </summary>
internal static class CsvReport
{
    private const string Section = "# section ";
    private const string Told = "# report ";
    private const string Comment = "# ";
    private const int RowsAtOnce = 16;
    internal const int LongestEnd = 1024 * 1024;

    private static readonly CsvReaderOptions Reading = new() { HasHeader = false, SkipEmptyLines = true, FieldCountMismatch = CsvFieldCountHandling.Allow };

    /// <summary>Writes everything but the end, which is the seal.</summary>
    public static async Task WriteAsync(Report report, Stream to, CancellationToken cancellation)
    {
        await using var csv = CsvWriter.Create(to, SafeCsv.Options, leaveOpen: true);
        foreach (var (i, section) in report.Sections.Index())
        {
            if (i > 0) Line(csv, isComment: false, [Section + section.Name]);
            Line(csv, section.IsProof, section.Columns.Select(column => column.Name));
            var rows = 0;
            await foreach (var row in section.Rows.WithCancellation(cancellation))
            {
                Line(csv, section.IsProof, row.Select(ReportText.Of));
                if (++rows % RowsAtOnce == 0) await csv.FlushAsync(cancellation); // Before its buffer is full, which it would write without waiting.
            }
        }

        await csv.FlushAsync(cancellation);
        foreach (var (name, value) in report.Head.ToPairs().Append(("title", report.Title)).Append(("subtitle", report.Subtitle)))
            await to.WriteAsync(Encoding.UTF8.GetBytes($"{Quoted($"{Told}{name} {value.Replace('\r', ' ').Replace('\n', ' ')}")}\r\n"), cancellation);
    }

    /// <summary>Reads one back.</summary>
    /// <exception cref="FormatException">It says nothing of itself.</exception>
    public static async Task<ReadReport> ReadAsync(Stream file, CancellationToken cancellation)
    {
        file.Position = Math.Max(0, file.Length - LongestEnd);
        using var end = new StreamReader(file, leaveOpen: true);
        var pairs = new Dictionary<string, string>();
        while (await end.ReadLineAsync(cancellation) is { } line)
        {
            var told = line is ['"', .. var quoted, '"'] ? quoted.Replace("\"\"", "\"", StringComparison.Ordinal) : line;
            if (told.StartsWith(Told, StringComparison.Ordinal) && told[Told.Length..].Split(' ', 2) is [var name, var value]) pairs[name] = value;
        }

        return pairs.Count > 0 ? new ReadReport(pairs, Rows(file)) : throw new FormatException("It does not say what it is about.");
    }

    /// <summary>The rows; those of the first part under an empty name.</summary>
    private static IEnumerable<(string, string?[])> Rows(Stream file)
    {
        file.Position = 0;
        using var csv = CsvReader.Create(file, Reading, leaveOpen: true);
        var (section, isHeading) = ("", true);
        while (csv.Read())
        {
            var first = csv.GetString(0);
            if (first.StartsWith(Section, StringComparison.Ordinal)) (section, isHeading) = (first[Section.Length..], true);
            else if (first.StartsWith(Told, StringComparison.Ordinal) || first.StartsWith("# digest", StringComparison.Ordinal)) yield break;
            else if (isHeading) isHeading = false;
            else yield return (section, [.. Enumerable.Range(0, csv.FieldCount).Select(i => Cell(i == 0 && first.StartsWith(Comment, StringComparison.Ordinal) ? first[Comment.Length..] : csv.GetString(i)))]);
        }
    }

    /// <summary>One cell, whatever is in it.</summary>
    private static string Quoted(string text) => text.AsSpan().ContainsAny(',', '"') ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static string? Cell(string text) => text.Length == 0 ? null : text;

    private static void Line(CsvWriter csv, bool isComment, IEnumerable<string?> cells)
    {
        foreach (var (i, cell) in cells.Index()) csv.WriteField(isComment && i == 0 ? Comment + cell : cell);
        csv.EndRecord();
    }
}
