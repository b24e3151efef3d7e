using System.Globalization;
using NodaTime;
using SupportPortal.Application.Live;
using SupportPortal.Application.Sla;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Reports.Formats;

/// <summary>Cells as people read them.</summary>
internal static class PdfWords
{
    public static readonly string[] Days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    public static string Of(ReportColumn column, object? cell, DateTimeZone zone) => (cell, column) switch
    {
        (null, _) => "–",
        (0L, { Name: "at" }) => "", // An hour in which nothing broke.
        (long number, { IsKey: true }) => number.ToString(CultureInfo.InvariantCulture),
        (long number, _) => number.ToString("N0", CultureInfo.InvariantCulture),
        (decimal share, _) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(share * 10_000) / 100:0.##} %"),
        (Instant at, _) => at.InZone(zone).ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture),
        (Duration time, _) => Time(time),
        (string word, { Name: "lane" }) when Words.TryRead<BoardLane>(word, out var lane) => lane == BoardLane.Triage ? "Triage" : ((Severity)(int)lane).Title,
        (string word, { Name: "promise" }) when Words.TryRead<SlaMetric>(word, out var metric) => metric.Title,
        (string word, { IsName: false, IsKey: false }) => Spaced(word),
        (string word, { Name: "cause" or "resolution" }) => Spaced(word),
        (string text, _) => text,
        _ => "",
    };

    /// <summary>A heading: pages tell times as the report's zone has them.</summary>
    public static string Title(ReportColumn column) => column.Title.Replace(" (UTC)", "", StringComparison.Ordinal);

    /// <summary>"waitingOnCustomer" as "waiting on customer".</summary>
    private static string Spaced(string word) => word.Length > 0 && char.IsLower(word[0]) && word.All(char.IsLetter) ? string.Concat(word.Select(c => char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}")) : word;

    private static string Time(Duration time) => time switch
    {
        _ when time < Duration.FromMinutes(1) => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalSeconds} s"),
        _ when time < Duration.FromHours(1) => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalMinutes} min"),
        _ when time < Duration.FromDays(1) => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours} h{(time.Minutes == 0 ? "" : $" {time.Minutes} min")}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.Days} d{(time.Hours == 0 ? "" : $" {time.Hours} h")}"),
    };
}
