using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Application.Tickets.Seeding;

namespace SupportPortal.Web.Commands;

internal static class SeedVerb
{
    private const int Most = 10_000_000;

    public static Command Make()
    {
        var tickets = new Option<int>("--tickets") { Description = "How many tickets to add.", Required = true };
        var open = new Option<int?>("--open") { Description = "How many of them are open; one in fifty when left out." };
        var organisations = new Option<int?>("--organisations") { Description = "How many organisations report them." };
        var seed = new Option<int?>("--seed") { Description = "What the chance is drawn from; the same seed tells the same stories." };
        tickets.Validators.Add(Between(1, Most));
        organisations.Validators.Add(Between(1, 100_000));
        open.Validators.Add(Between(0, Most));
        var verb = new Command("seed", "Adds realistic volume data through the real event store: years of history, all severities, met and breached clocks.") { tickets, open, organisations, seed };
        verb.Validators.Add(given =>
        {
            if (NumberOf(given.GetResult(open)) > NumberOf(given.GetResult(tickets))) given.AddError("--open cannot be more than --tickets.");
        });
        verb.SetAction((parsed, cancellation) => SeedAsync(
            SeedPlan.Of(parsed.GetRequiredValue(tickets), parsed.GetValue(open), parsed.GetValue(organisations), parsed.GetValue(seed)), cancellation));
        return verb;
    }

    private static async Task<int> SeedAsync(SeedPlan plan, CancellationToken cancellation)
    {
        await using var portal = CommandLine.OpenPortal();
        var databases = portal.Services.GetRequiredService<IDbContextFactory<PortalDb>>();
        await databases.MigrateAsync(cancellation);
        await portal.Services.GetRequiredService<PolicyStore>().LoadAsync(cancellation);
        int there;
        await using (var db = await databases.CreateDbContextAsync(cancellation)) there = await db.Set<TicketRow>().CountAsync(cancellation);
        await TellAsync($"Adding {plan.Tickets:N0} tickets ({plan.Open:N0} open) of {plan.Organisations:N0} organisations to the {there:N0} tickets that are there.");

        using var line = new ProgressLine();
        var watch = Stopwatch.StartNew();
        var progress = new Told<int>(written => line.Show($"{written:N0} of {plan.Tickets:N0} tickets"));
        await portal.Services.GetRequiredService<TicketSeeder>().AddAsync(plan, progress, cancellation);
        line.Clear();
        await TellAsync($"Added {plan.Tickets:N0} tickets in {watch.Elapsed.TotalSeconds:N1} s.");
        return 0;
    }

    private static Task TellAsync(FormattableString text) => Console.Error.WriteLineAsync(text.ToString(CultureInfo.InvariantCulture));

    private static Action<OptionResult> Between(int least, int most) => given =>
    {
        if (NumberOf(given) is { } number && (number < least || number > most)) given.AddError($"{given.Option.Name} is {least} to {most}.");
    };

    // What is no number at all is refused by the parser; asking it for the value here would throw.
    private static int? NumberOf(OptionResult? given) =>
        given is { Tokens: [var token] } && int.TryParse(token.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
