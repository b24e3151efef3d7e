using System.CommandLine;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Reports;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets.Verification;

namespace SupportPortal.Web.Commands;

internal static class VerifyVerb
{
    public static Command Make()
    {
        var file = new Argument<FileInfo>("FILE") { Arity = ArgumentArity.ZeroOrOne, Description = "A report file to hold against the store, instead of the store against itself." }.AcceptExistingOnly();
        var verb = new Command("verify", "Recomputes every clock and every hash chain from the events and compares with what is stored, or with a report file; one line a difference.") { file };
        verb.SetAction((parsed, cancellation) => parsed.GetValue(file) is { } report ? VerifyReportAsync(report, cancellation) : VerifyAsync(cancellation));
        return verb;
    }

    private static async Task<int> VerifyReportAsync(FileInfo file, CancellationToken cancellation)
    {
        await using var portal = CommandLine.OpenPortal();
        await portal.Services.GetRequiredService<IDbContextFactory<PortalDb>>().RequireMigratedAsync(cancellation);
        await portal.Services.GetRequiredService<PolicyStore>().LoadAsync(cancellation);

        using var line = new ProgressLine();
        var (differences, last) = (0, new ReportVerdict(null, 0));
        var progress = new Told<ReportVerdict>(step =>
        {
            last = step;
            line.Show($"{step.Tickets:N0} tickets");
        });
        await using var report = file.OpenRead();
        await foreach (var difference in portal.Services.GetRequiredService<ReportVerifier>().DifferencesAsync(report, progress, cancellation))
        {
            differences++;
            line.Clear();
            Console.WriteLine(difference);
        }

        line.Clear();
        var whose = last.Head is { } head ? $"Report {head.Number} of {head.At:uuuu'-'MM'-'dd HH':'mm':'ss} UTC" : "The file";
        var outcome = differences == 0 ? "genuine, and follows from the events" : string.Create(CultureInfo.InvariantCulture, $"{differences:N0} differences");
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{whose}, against {last.Tickets:N0} tickets: {outcome}."));
        return differences == 0 ? 0 : 1;
    }

    private static async Task<int> VerifyAsync(CancellationToken cancellation)
    {
        await using var portal = CommandLine.OpenPortal();
        await portal.Services.GetRequiredService<IDbContextFactory<PortalDb>>().RequireMigratedAsync(cancellation);
        await portal.Services.GetRequiredService<PolicyStore>().LoadAsync(cancellation);

        using var line = new ProgressLine();
        var (differences, last) = (0, new VerifyProgress(0, 0, 0));
        var progress = new Told<VerifyProgress>(step =>
        {
            last = step;
            line.Show($"{step.Tickets:N0} of {step.Of:N0} tickets");
        });
        await foreach (var difference in portal.Services.GetRequiredService<TicketVerifier>().DifferencesAsync(progress, cancellation))
        {
            differences++;
            line.Clear();
            Console.WriteLine(difference);
        }

        line.Clear();
        var outcome = differences == 0 ? "everything agrees" : string.Create(CultureInfo.InvariantCulture, $"{differences:N0} differences");
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{last.Tickets:N0} tickets, {last.Events:N0} events: {outcome}."));
        return differences == 0 ? 0 : 1;
    }
}
