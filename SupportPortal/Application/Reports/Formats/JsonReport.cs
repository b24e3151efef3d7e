using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime;

namespace SupportPortal.Application.Reports.Formats;

/// <summary>A report as JSON, written while its rows are read.</summary>
internal static class JsonReport
{
    private const int FlushAt = 64 * 1024;

    /// <summary>Writes everything but the end, which is the seal.</summary>
    public static async Task WriteAsync(Report report, Stream to, CancellationToken cancellation)
    {
        await using var json = new Utf8JsonWriter(to, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        json.WriteStartObject();
        json.WriteStartObject("report");
        foreach (var (name, value) in report.Head.ToPairs()) json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteString("title", report.Title);
        json.WriteString("subtitle", report.Subtitle);
        json.WriteStartObject("sections");
        foreach (var section in report.Sections)
        {
            json.WriteStartArray(section.Name);
            await foreach (var row in section.Rows.WithCancellation(cancellation))
            {
                json.WriteStartObject();
                for (var i = 0; i < row.Length; i++) Write(json, section.Columns[i].Name, row[i]);
                json.WriteEndObject();
                if (json.BytesPending > FlushAt) await json.FlushAsync(cancellation);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        await json.FlushAsync(cancellation);
    }

    /// <summary>Reads one back.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="FormatException">It is another JSON.</exception>
    public static async Task<ReadReport> ReadAsync(Stream file, CancellationToken cancellation)
    {
        file.Position = 0;
        var document = await JsonDocument.ParseAsync(file, cancellationToken: cancellation);
        try
        {
            var pairs = document.RootElement.GetProperty("report").EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString() ?? "");
            return new ReadReport(pairs, Rows(document.RootElement.GetProperty("sections")), document);
        }
        catch (Exception other) when (other is KeyNotFoundException or InvalidOperationException)
        {
            document.Dispose();
            throw new FormatException("It is JSON, and no report.", other);
        }
    }

    private static IEnumerable<(string Section, string?[] Cells)> Rows(JsonElement sections)
    {
        foreach (var section in sections.EnumerateObject())
        {
            foreach (var row in section.Value.EnumerateArray())
                yield return (section.Name, [.. row.EnumerateObject().Select(cell => cell.Value.ValueKind == JsonValueKind.Null ? null : cell.Value.ToString())]);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, object? cell)
    {
        switch (cell)
        {
            case null: json.WriteNull(name); break;
            case long number: json.WriteNumber(name, number); break;
            case decimal or Duration: json.WritePropertyName(name); json.WriteRawValue(ReportText.Of(cell)!); break;
            default: json.WriteString(name, ReportText.Of(cell)); break;
        }
    }
}
