using System.CommandLine;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets.Verification;

namespace SupportPortal.Web.Commands;

internal static class VerifyVerb
{
    public static Command Make()
    {
        var verb = new Command("verify", "Recomputes every clock and every hash chain from the events and compares with what is stored; one line a difference.");
        verb.SetAction((_, cancellation) => VerifyAsync(cancellation));
        return verb;
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
