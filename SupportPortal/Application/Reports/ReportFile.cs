using SupportPortal.Application.Reports.Formats;

namespace SupportPortal.Application.Reports;

/// <summary>A report that is about to be written.</summary>
public sealed class ReportFile
{
    private readonly Report _report;
    private readonly Brand _brand;
    private readonly Func<string, Task> _register;

    internal ReportFile(Report report, ReportFormat format, Brand brand, Func<string, Task> register) => (_report, Format, _brand, _register) = (report, format, brand, register);

    /// <summary>How it is written.</summary>
    public ReportFormat Format { get; }

    /// <summary>Its number in the register.</summary>
    public long Number => _report.Head.Number;

    /// <summary>What it is called.</summary>
    public string Title => _report.Title;

    /// <summary>"report-12.pdf".</summary>
    public string FileName => NameOf(Number, Format);

    /// <summary>Its media type.</summary>
    public string MediaType => MediaTypeOf(Format);

    /// <summary>The name of a report's file.</summary>
    public static string NameOf(long number, ReportFormat format) => $"report-{number}.{format.ToString().ToLowerInvariant()}";

    /// <summary>The media type of a format.</summary>
    public static string MediaTypeOf(ReportFormat format) => format switch
    {
        ReportFormat.Pdf => "application/pdf",
        ReportFormat.Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ReportFormat.Csv => "text/csv; charset=utf-8",
        _ => "application/json",
    };

    /// <summary>
    /// Writes it. CSV and JSON as their rows are read, PDF and XLSX by way of a temporary file. The register knows the digest before the file's last bytes are written: a file
    /// that has its end is in it.
    /// </summary>
    public async Task WriteAsync(Stream to, CancellationToken cancellation = default)
    {
        if (Format is ReportFormat.Csv or ReportFormat.Json)
        {
            await using var digested = new DigestStream(to);
            await (Format == ReportFormat.Csv ? CsvReport.WriteAsync(_report, digested, cancellation) : JsonReport.WriteAsync(_report, digested, cancellation));
            await SealAsync(to, digested.Digest, cancellation);
            return;
        }

        await using var whole = TemporaryFile.Make();
        if (Format == ReportFormat.Pdf) await PdfReport.WriteAsync(_report, _brand, whole, cancellation);
        else await XlsxReport.WriteAsync(_report, whole, cancellation);
        if (Format == ReportFormat.Xlsx) await PrepareCommentAsync(whole, cancellation);
        var digest = await ReportSeal.DigestAsync(whole, whole.Length, cancellation);
        whole.Position = 0;
        await whole.CopyToAsync(to, cancellation);
        await SealAsync(to, digest, cancellation);
    }

    private async Task SealAsync(Stream to, string digest, CancellationToken cancellation)
    {
        await _register(digest);
        await to.WriteAsync(ReportSeal.Of(Format, digest), cancellation);
        await to.FlushAsync(cancellation);
    }

    /// <summary>An archive's last two bytes say how long its comment is, which follows.</summary>
    private static async Task PrepareCommentAsync(Stream archive, CancellationToken cancellation)
    {
        archive.Position = archive.Length - 2;
        await archive.WriteAsync(BitConverter.GetBytes((ushort)ReportSeal.Length(ReportFormat.Xlsx)), cancellation);
    }
}

/// <summary>A file that nobody else sees and that goes when it is closed.</summary>
public static class TemporaryFile
{
    /// <summary>Makes one.</summary>
    public static FileStream Make()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; // The folder may be everybody's.
        return new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), options);
    }
}
