using CsvHelper;

namespace SupportPortal.Application.Reports.Formats;

/// <summary>How the portal writes CSV: RFC 4180, in UTF-8 with a mark that tells spreadsheets so. What a spreadsheet would take for a formula begins with an apostrophe instead.</summary>
public static class SafeCsv
{
    private const string Formulas = "=+-@\t\r\n";

    /// <summary>For <see cref="CsvWriter"/>.</summary>
    public static CsvWriterOptions Options { get; } = new()
    {
        NewLine = "\r\n",
        WriteByteOrderMark = true,
        ValidateFieldCount = false,
        Injection = CsvInjection.Escape,
        InjectionCharacters = Formulas,
        InjectionEscape = '\'',
        BufferSize = 256 * 1024,
    };

    /// <summary>A cell as it is written.</summary>
    public static string? Cell(string? text) => text is [var first, ..] && Formulas.Contains(first) ? $"'{text}" : text;
}
