using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Application.Tickets.Verification;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Application.Tickets;

/// <summary>A desk over a database of its own, and the people who come to it.</summary>
internal sealed class SomeDesk : IAsyncDisposable
{
    public static readonly Actor Casey = new("casey", Role.Customer, 1);
    public static readonly Actor Cora = new("cora", Role.Customer, 1);
    public static readonly Actor Stranger = new("stranger", Role.Customer, 2);
    public static readonly Actor Ada = new("ada", Role.Agent);
    public static readonly Actor Max = new("max", Role.Manager);

    private SomeDesk(TestDatabase database) => Database = database;

    public TestDatabase Database { get; }

    public TicketDesk Desk => Database.Get<TicketDesk>();

    public TicketQueries Queries => Database.Get<TicketQueries>();

    public static async Task<SomeDesk> MakeAsync(DatabaseProvider provider, PrivatePostgres postgres) =>
        await new SomeDesk(await TestDatabase.MakeAsync(provider, postgres, services => services.AddTickets())).ReadyAsync();

    /// <summary>The desk of another process on the same data.</summary>
    public async Task<SomeDesk> OpenAgainAsync() => await new SomeDesk(Database.OpenAgain(services => services.AddTickets())).ReadyAsync();

    public async Task<TicketHistory> OpenAsync(string subject = "Printer on fire", Actor? by = null, IdempotencyKey? key = null) =>
        Done(await Desk.OpenAsync(by ?? Casey, new IncomingRequest(subject, "It burns.", Channel.Portal), key));

    public async Task<TicketHistory> ActAsync(Actor by, TicketHistory on, Func<Ticket, Decision> act) =>
        Done(await Desk.ActAsync(by, on.Ticket.Id, (ticket, _) => act(ticket)));

    public Task<TicketHistory> ReplyAsync(Actor by, TicketHistory on, string text) => ActAsync(by, on, ticket => ticket.Reply(by, TicketDesk.Seal(text)));

    public Task<TicketHistory> GradeAsync(Actor by, TicketHistory on, Severity to) =>
        ActAsync(by, on, ticket => ticket.Grade(by, to, TicketDesk.Seal("It is so."), null, ticket.ChangedAt));

    /// <summary>What verification finds wrong.</summary>
    public async Task<IReadOnlyList<string>> DifferencesAsync()
    {
        var lines = new List<string>();
        await foreach (var line in Database.Get<TicketVerifier>().DifferencesAsync(null, CancellationToken.None)) lines.Add(line);
        return lines;
    }

    /// <summary>Does what nobody should: writes past the store.</summary>
    public async Task TamperAsync(string sql)
    {
        await using var db = await Database.OpenAsync();
        await db.Database.ExecuteSqlRawAsync(sql);
    }

    public static TicketHistory Done(DeskAnswer answer) => Assert.IsType<DeskAnswer.Done>(answer).History;

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private async Task<SomeDesk> ReadyAsync()
    {
        await Database.Get<PolicyStore>().LoadAsync();
        return this;
    }
}
