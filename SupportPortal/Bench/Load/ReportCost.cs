using System.Diagnostics;
using NodaTime;
using SupportPortal.Application.Compliance;
using SupportPortal.Application.Reports;
using SupportPortal.Application.Tickets;
using SupportPortal.Bench.Host;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.People;

namespace SupportPortal.Bench.Load;

/// <summary>Reports of a million clocks: how long they take, what they hold in memory while they are written, and how long it takes to verify one.</summary>
internal static class ReportCost
{
    private static readonly Actor Manager = new("bench-manager", Role.Manager);

    public static async Task MeasureAsync(Published published, Report report)
    {
        var data = (await Store.PastAsync(published, ComplianceCost.Requests)).Copy();
        try
        {
            await using var floors = await Floors.OpenAsync(data);
            await floors.Of<ProjectionUpgrade>().RunAsync();
            var month = await LastMonthAsync(floors);
            await WriteAsync(floors, new ReportScope(ReportKind.Figures, month), ReportFormat.Pdf, "figures of a month", report); // Warm.
            await WriteAsync(floors, new ReportScope(ReportKind.Figures, month), ReportFormat.Pdf, "figures of a month", report);
            await WriteAsync(floors, new ReportScope(ReportKind.Clocks, month), ReportFormat.Xlsx, "clocks of a month", report);
            foreach (var format in new[] { ReportFormat.Csv, ReportFormat.Json, ReportFormat.Xlsx }) await WriteAsync(floors, new ReportScope(ReportKind.Clocks, Whole()), format, "all clocks", report);

            await using var file = TemporaryFile.Make();
            var (made, _) = await floors.Of<ReportDesk>().MakeAsync(Manager, new ReportScope(ReportKind.Figures, month), ReportFormat.Json);
            await made!.WriteAsync(file);
            var watch = Stopwatch.GetTimestamp();
            var differences = 0;
            await foreach (var _ in floors.Of<ReportVerifier>().DifferencesAsync(file, null, CancellationToken.None)) differences++;
            report.Add("Reports", $"verifying a month's figures against {ComplianceCost.Requests:N0} requests, {differences} differences", "s", null, false, [Stopwatch.GetElapsedTime(watch).TotalSeconds]);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task WriteAsync(Floors floors, ReportScope scope, ReportFormat format, string what, Report report)
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true);
        var (before, most) = (GC.GetTotalMemory(forceFullCollection: true), 0L);
        var watch = Stopwatch.GetTimestamp();
        var (file, refused) = await floors.Of<ReportDesk>().MakeAsync(Manager, scope, format);
        if (file is null) throw new InvalidOperationException(refused!.Message);
        await using var to = new Counting(() => most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false)));
        await file.WriteAsync(to);
        var took = Stopwatch.GetElapsedTime(watch).TotalSeconds;
        report.Add("Reports", $"{what} as {format}, {to.Bytes / 1_000_000.0:0.#} MB", "s", null, false, [took]);
        report.Add("Reports", $"{what} as {format}: memory beside the roll-up, at most, what waits to be collected with it", "MB", null, false, [(most - before) / 1_000_000.0]);
    }

    private static async Task<ComplianceFilter> LastMonthAsync(Floors floors)
    {
        var latest = (await floors.Of<ComplianceQueries>().ClocksAsync(Manager, Whole(), null, 1)).Items[0].DueAt.InUtc().Date.PlusMonths(-2);
        var first = new LocalDate(latest.Year, latest.Month, 1);
        return new() { Period = CompliancePeriod.Of(first, first.PlusMonths(1).PlusDays(-1), DateTimeZone.Utc) };
    }

    private static ComplianceFilter Whole() => new() { Period = new CompliancePeriod(Instant.FromUtc(2015, 1, 1, 0, 0), Instant.FromUtc(2034, 1, 1, 0, 0), DateTimeZoneProviders.Tzdb["Europe/Berlin"]) };

    /// <summary>Counts what is written and looks at the memory now and then.</summary>
    private sealed class Counting(Action look) : Stream
    {
        private const long Every = 1_000_000;

        public long Bytes { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => Bytes;

        public override long Position { get => Bytes; set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
            if (Bytes / Every != (Bytes + count) / Every || Bytes == 0) look();
            Bytes += count;
        }
    }
}
