using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Support;
using static SupportPortal.Tests.Application.Tickets.SomeDesk;

namespace SupportPortal.Tests.Application.Tickets;

public sealed class AppendTests(PrivatePostgres postgres)
{
    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_failing_insert_leaves_nothing_of_the_act_and_the_next_one_succeeds(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        var opened = await desk.OpenAsync();
        await desk.TamperAsync("ALTER TABLE \"Clocks\" RENAME TO \"Hidden\"");
        await Assert.ThrowsAnyAsync<Exception>(() => desk.OpenAsync(key: new("casey", "k", "d")));
        await Assert.ThrowsAnyAsync<Exception>(() => desk.GradeAsync(Ada, opened, Severity.High));
        await desk.TamperAsync("ALTER TABLE \"Hidden\" RENAME TO \"Clocks\"");

        await using (var db = await desk.Database.OpenAsync())
        {
            Assert.Equal((1, 1, 1, 0), (await db.Set<EventRow>().CountAsync(), await db.Set<EventTextRow>().CountAsync(), await db.Set<TicketRow>().CountAsync(), await db.Set<IdempotencyRow>().CountAsync()));
        }

        Assert.Equal(10002, (await desk.OpenAsync(key: new("casey", "k", "d"))).Ticket.Id);
        Assert.Empty(await desk.DifferencesAsync());
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task One_append_that_cannot_be_written_spoils_none_of_its_group(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        await desk.TamperAsync(provider is DatabaseProvider.Sqlite
            ? "CREATE TRIGGER bad BEFORE INSERT ON \"Tickets\" WHEN NEW.\"Subject\" LIKE 'bad%' BEGIN SELECT RAISE(ABORT, 'meant'); END"
            : "ALTER TABLE \"Tickets\" ADD CONSTRAINT bad CHECK (\"Subject\" NOT LIKE 'bad%')");

        // All handed in before the first commit ends: they share transactions.
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => Task.Run(async () =>
        {
            try
            {
                return (await desk.OpenAsync(i % 10 == 3 ? $"bad {i}" : $"good {i}")).Ticket.Report.Subject.Text;
            }
            catch (Exception failure) when (failure is not Xunit.Sdk.XunitException)
            {
                return $"failed {i}";
            }
        })));

        Assert.Equal(Enumerable.Range(0, 30).Select(i => i % 10 == 3 ? $"failed {i}" : $"good {i}"), outcomes);
        await using var db = await desk.Database.OpenAsync();
        Assert.Equal(Enumerable.Range(10001, 27).Select(n => (long)n), await db.Set<TicketRow>().Select(t => t.Id).OrderBy(id => id).ToListAsync());
        Assert.Empty(await desk.DifferencesAsync());
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task An_append_whose_caller_went_away_is_carried_out_all_the_same(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        using var leaving = new CancellationTokenSource();
        var somebody = new Actor("somebody", Role.Customer); // Without an organisation, whose plan would be asked for first: it is handed in at once.
        var opening = desk.Desk.OpenAsync(somebody, new IncomingRequest("Gone", "x", Channel.Api), null, leaving.Token);
        await leaving.CancelAsync();
        Assert.Equal(10001, Done(await opening).Ticket.Id);
    }
}
