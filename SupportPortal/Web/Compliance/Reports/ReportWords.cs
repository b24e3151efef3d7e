using SupportPortal.Application.Reports;
using SupportPortal.Domain.Compliance;

namespace SupportPortal.Web.Compliance.Reports;

/// <summary>Reports in words.</summary>
internal static class ReportWords
{
    /// <summary>"Support report for Contoso, as PDF".</summary>
    public static string Title(ReportSchedule schedule, string? organisation) =>
        $"{(schedule.Kind == ReportKind.Organisation ? $"Support report for {organisation}" : organisation is null ? "Compliance" : $"Compliance of {organisation}")}, as {schedule.Format.ToString().ToUpperInvariant()}";

    /// <summary>"Monthly, on the 1st, about the month before; at 07:00, days of Europe/Berlin".</summary>
    public static string Rhythm(ReportSchedule schedule) => $"{Rhythm(schedule.Every)}, about the {schedule.Every.ToString().ToLowerInvariant()} before; at {schedule.Hour:00}:00, days of {schedule.Zone}";

    /// <summary>"Monthly, on the 1st".</summary>
    public static string Rhythm(PeriodUnit every) => every switch
    {
        PeriodUnit.Month => "Monthly, on the 1st",
        PeriodUnit.Week => "Weekly, on Monday",
        _ => "Daily",
    };
}
