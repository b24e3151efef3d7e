using System.Text.Json;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Support;
using SupportPortal.Web.Tickets.Requests;

namespace SupportPortal.Tests.Web.Tickets.Requests;

public sealed class ReplyFormTests(PrivatePostgres postgres) : IAsyncLifetime
{
    private static readonly Actor Casey = new("casey", Role.Customer, 1);
    private static readonly Actor Ada = new("ada", Role.Agent);

    private readonly BunitContext _browser = new();
    private TestDatabase _database = null!;
    private TicketDesk _desk = null!;
    private long _ticket;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.MakeAsync(DatabaseProvider.Sqlite, postgres, services => services.AddTickets());
        await _database.Get<PolicyStore>().LoadAsync();
        _desk = _database.Get<TicketDesk>();
        _ticket = Assert.IsType<DeskAnswer.Done>(await _desk.OpenAsync(Casey, new IncomingRequest("It broke", "Quite.", Channel.Portal))).History.Ticket.Id;
        _browser.JSInterop.Mode = JSRuntimeMode.Loose;
        _browser.Services.AddSingleton(_desk);
        _browser.Services.AddSingleton(_database.Get<Drafts>());
        _browser.Services.AddSingleton(_database.Get<Attachments>());
        _browser.AddBunitPersistentComponentState();
        _browser.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    [Fact]
    public async Task What_is_typed_and_attached_while_a_reply_is_sent_stays_and_is_sent_next()
    {
        var form = Open();
        await form.Find("textarea").ChangeAsync("First.");
        await AttachAsync(form, "first.txt");

        // The desk takes one act on a ticket after another: the reply waits for this one.
        using var release = new ManualResetEventSlim();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var before = Task.Run(() => _desk.ActAsync(Ada, _ticket, (ticket, _) =>
        {
            entered.TrySetResult();
            release.Wait(Xunit.TestContext.Current.CancellationToken);
            return ticket.Take(Ada);
        }));
        await entered.Task;
        var sending = form.Find("form").SubmitAsync();
        await form.Find("textarea").ChangeAsync("Second.");
        await AttachAsync(form, "second.txt");
        release.Set();
        await before;
        await sending;

        Assert.Equal(("Second.", "second.txt"), (form.Find("textarea").GetAttribute("value"), Assert.Single(form.FindAll(".files bdi")).TextContent));
        Assert.Equal("Second.", JsonSerializer.Deserialize<ReplyDraft>((await DraftAsync())!)!.Text);

        await form.Find("form").SubmitAsync();
        Assert.Null(await DraftAsync());
        Assert.Equal(["First.", "Second."], await RepliesAsync());
        Assert.Equal(2, (await _desk.FindAsync(Casey, _ticket))!.Ticket.Attachments);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _database.DisposeAsync();
    }

    private IRenderedComponent<ReplyForm> Open()
    {
        var form = _browser.Render<ReplyForm>(f => f.Add(c => c.Actor, Casey).Add(c => c.TicketId, _ticket));
        form.WaitForElement("textarea");
        return form;
    }

    private async Task AttachAsync(IRenderedComponent<ReplyForm> form, string name)
    {
        using var bytes = new MemoryStream([42]);
        await _database.Get<Attachments>().TakeInAsync(Casey, $"reply:{_ticket}", name, bytes, null);
        await form.Find("[data-arrived]").ClickAsync();
    }

    private async Task<string?> DraftAsync() => (await _database.Get<Drafts>().ReadAsync(Casey, $"reply:{_ticket}"))?.Text;

    private async Task<IEnumerable<string?>> RepliesAsync() =>
        (await _desk.FindAsync(Casey, _ticket))!.Happened.Select(e => e.Fact).OfType<CustomerReplied>().Select(reply => reply.Body.Text);
}
