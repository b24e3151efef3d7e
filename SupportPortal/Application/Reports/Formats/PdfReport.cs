using System.Globalization;
using NodaTime;
using PdfSharp.Pdf;
using PdfSharp.Pdf.IO;

namespace SupportPortal.Application.Reports.Formats;

/// <summary>A report to read and to print. The whole of it, proof and all, lies in the file as JSON: what the pages say can be verified.</summary>
internal static class PdfReport
{
    private const string Data = "report.json";

    /// <summary>Writes it whole, but for the seal.</summary>
    public static async Task WriteAsync(Report report, Brand brand, Stream to, CancellationToken cancellation)
    {
        PdfFonts.Use();
        using var document = new PdfDocument();
        document.Info.Title = $"{report.Title}: {report.Subtitle}";
        document.Info.Author = brand.Name;
        document.Info.Creator = "Support Portal";
        var pages = new PdfPages(report, brand);
        foreach (var section in report.Sections.Where(section => !section.IsProof))
        {
            var rows = new List<object?[]>(section.Count);
            await foreach (var row in section.Rows.WithCancellation(cancellation)) rows.Add(row);
            pages.Add(section, rows);
        }

        pages.Draw(document);
        using var data = new MemoryStream();
        await JsonReport.WriteAsync(report, data, cancellation);
        data.WriteByte((byte)'}'); // It needs no seal of its own: the file has one.
        data.Position = 0;
        document.AddEmbeddedFile(Data, data);
        await document.SaveAsync(to, closeStream: false);
    }

    /// <summary>Reads back what lies in one.</summary>
    /// <exception cref="FormatException">It is another document.</exception>
    public static async Task<ReadReport> ReadAsync(Stream file, CancellationToken cancellation)
    {
        file.Position = 0;
        try
        {
            using var document = PdfReader.Open(file, PdfDocumentOpenMode.Import);
            var names = document.Internals.Catalog.Elements.GetDictionary("/Names")?.Elements.GetDictionary("/EmbeddedFiles")?.Elements.GetArray("/Names");
            var stream = names?.Elements.GetDictionary(1)?.Elements.GetDictionary("/EF")?.Elements.GetDictionary("/F")?.Stream;
            if (stream is null) throw new FormatException("It is a PDF, and no report.");
            return await JsonReport.ReadAsync(new MemoryStream(stream.UnfilteredValue), cancellation);
        }
        catch (Exception damaged) when (damaged is not (OperationCanceledException or FormatException or System.Text.Json.JsonException)) // The parser throws anything at what is no PDF.
        {
            throw new FormatException("It cannot be read as a PDF.", damaged);
        }
    }
}
