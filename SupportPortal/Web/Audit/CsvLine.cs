using System.Buffers;
using System.Text;

namespace SupportPortal.Web.Audit;

/// <summary>Fields as a line of CSV (RFC 4180).</summary>
public static class CsvLine
{
    private static readonly SearchValues<char> _quoted = SearchValues.Create(",\"\r\n");

    /// <summary>The line with its end. A field that a spreadsheet would take for a formula begins with an apostrophe instead (OWASP, CSV injection).</summary>
    public static string Of(params ReadOnlySpan<string?> fields)
    {
        var line = new StringBuilder();
        for (var i = 0; i < fields.Length; i++) line.Append(i == 0 ? "" : ",").Append(Field(fields[i] ?? ""));
        return line.Append("\r\n").ToString();
    }

    private static string Field(string text)
    {
        var safe = text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..] ? $"'{text}" : text;
        return safe.AsSpan().ContainsAny(_quoted) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
