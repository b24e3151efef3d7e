using System.Runtime.CompilerServices;
using NodaTime;
using SupportPortal.Application.Reports.Formats;

namespace SupportPortal.Application.Reports;

/// <summary>Holds the rows of a report file against those that follow from the events. Rows of tickets, which may be many, are merged as they are read.</summary>
internal sealed class ReportComparison(ReadReport read, ReportFormat format) : IDisposable
{
    private const string Ticket = "ticket";

    private readonly IEnumerator<(string Section, string?[] Cells)> _rows = read.Rows.GetEnumerator();
    private bool _hasRow;
    private string? _problem;

    /// <summary>What differs, a line each.</summary>
    public async IAsyncEnumerable<string> DifferencesAsync(Report expected, [EnumeratorCancellation] CancellationToken cancellation)
    {
        MoveNext();
        foreach (var (i, section) in expected.Sections.Index())
        {
            var name = format == ReportFormat.Csv && i == 0 ? "" : section.Name; // The first part of a CSV file is not named.
            while (_hasRow && _rows.Current.Section != name && !expected.Sections.Any(other => other.Name == _rows.Current.Section))
            {
                yield return $"The part “{_rows.Current.Section}” is no part of such a report.";
                Skip(_rows.Current.Section);
            }

            await foreach (var line in section.Columns[0].Name == Ticket ? MergedAsync(section, name, cancellation) : MatchedAsync(section, name, cancellation)) yield return line;
        }

        if (_problem is not null) yield return _problem;
        else if (_hasRow) yield return $"After its end the file has more rows, of the part “{_rows.Current.Section}”.";
    }

    /// <inheritdoc/>
    public void Dispose() => _rows.Dispose();

    /// <summary>Both are in the order of their tickets.</summary>
    private async IAsyncEnumerable<string> MergedAsync(ReportSection section, string name, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in section.Rows.WithCancellation(cancellation))
        {
            var key = Key(section, Texts(section, row));
            while (IsIn(name) && Compare(Key(section, _rows.Current.Cells), key) < 0) yield return Unfounded(section);
            if (!IsIn(name) || Key(section, _rows.Current.Cells) != key)
            {
                if (_problem is null) yield return $"{section.Title}: {key} is missing.";
                continue;
            }

            foreach (var line in Cells(section, key, _rows.Current.Cells, Texts(section, row))) yield return line;
            MoveNext();
        }

        while (IsIn(name)) yield return Unfounded(section);
    }

    /// <summary>Few rows, found by their keys.</summary>
    private async IAsyncEnumerable<string> MatchedAsync(ReportSection section, string name, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var expected = new Dictionary<string, string?[]>();
        await foreach (var row in section.Rows.WithCancellation(cancellation)) expected[Key(section, Texts(section, row))] = Texts(section, row);
        while (IsIn(name))
        {
            var key = Key(section, _rows.Current.Cells);
            if (!expected.Remove(key, out var should))
            {
                yield return Unfounded(section);
                continue;
            }

            foreach (var line in Cells(section, key, _rows.Current.Cells, should)) yield return line;
            MoveNext();
        }

        if (_problem is not null) yield break;
        foreach (var key in expected.Keys) yield return $"{section.Title}{(key.Length > 0 ? $": {key}" : "")} is missing.";
    }

    private static IEnumerable<string> Cells(ReportSection section, string key, string?[] cells, string?[] should)
    {
        var whose = key.Length > 0 ? $"{section.Title}, {key}" : section.Title;
        if (cells.Length != should.Length)
        {
            yield return $"{whose}: has {cells.Length} cells instead of {should.Length}.";
            yield break;
        }

        for (var i = 0; i < cells.Length; i++)
        {
            if (!section.Columns[i].IsName && cells[i] != should[i]) yield return $"{whose}: {section.Columns[i].Title} is {cells[i] ?? "nothing"}, and follows from the events as {should[i] ?? "nothing"}.";
        }
    }

    /// <summary>The cells as the file would have them.</summary>
    private string?[] Texts(ReportSection section, object?[] row) => [.. row.Select((cell, i) => (format, cell) switch
    {
        (ReportFormat.Csv, _) => SafeCsv.Cell(ReportText.Of(cell)),
        (ReportFormat.Xlsx, Instant at) => ReportText.Of(XlsxReport.Rounded(at)),
        (ReportFormat.Xlsx, string text) => ReportText.Of(XlsxReport.Plain(text)),
        _ => ReportText.Of(cell),
    })];

    private string Unfounded(ReportSection section)
    {
        var line = $"{section.Title}: {Key(section, _rows.Current.Cells)} follows from no event, or does not count here.";
        MoveNext();
        return line;
    }

    private static string Key(ReportSection section, string?[] cells) =>
        string.Join(' ', section.Columns.Zip(cells).Where(column => column.First.IsKey).Select(column => column.Second));

    /// <summary>"SUP-9 12" comes before "SUP-10 2": by length, then by character, word by word.</summary>
    private static int Compare(string one, string other)
    {
        var (some, others) = (one.Split(' '), other.Split(' '));
        for (var i = 0; i < Math.Min(some.Length, others.Length); i++)
        {
            var order = (some[i].Length, 0).CompareTo((others[i].Length, 0)) is not 0 and var byLength ? byLength : string.CompareOrdinal(some[i], others[i]);
            if (order != 0) return order;
        }

        return some.Length - others.Length;
    }

    private bool IsIn(string name) => _hasRow && _rows.Current.Section == name;

    private void Skip(string section)
    {
        while (IsIn(section)) MoveNext();
    }

    private void MoveNext()
    {
        try
        {
            _hasRow = _rows.MoveNext();
        }
        catch (Exception damaged) when (damaged is not OperationCanceledException) // The formats' parsers throw anything at what is damaged.
        {
            (_hasRow, _problem) = (false, $"The file cannot be read any further: {damaged.Message}");
        }
    }
}
