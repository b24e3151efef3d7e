using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using SupportPortal.Application.Live;
using SupportPortal.Application.People;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Support;
using SupportPortal.Web.Live;

namespace SupportPortal.Tests.Web.Live;

public sealed class LiveComponentTests : BunitContext, IAsyncLifetime
{
    private readonly PortalServer _server = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_change_that_comes_while_a_page_loads_is_kept_until_it_has_loaded()
    {
        var tickets = _server.Get<OpenTickets>();
        Services.AddSingleton(tickets);
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        var reads = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var page = Render<SlowPage>(p => p.Add(s => s.Reads, reads.Task));

        using var watch = tickets.Watch();
        var customer = await _server.AddPersonAsync(Role.Customer);
        await _server.Get<TicketDesk>().OpenAsync(customer.ToActor(), new IncomingRequest("Nobody can sign in", "Since nine.", Channel.Portal));
        await foreach (var _ in watch.BatchesAsync(Xunit.TestContext.Current.CancellationToken)) break;
        await page.InvokeAsync(() => Assert.Equal(0, page.Instance.Changes));

        reads.SetResult();
        await page.WaitForAssertionAsync(() => Assert.Equal(1, page.Instance.Changes));

        // And so it is when the page loads again, for another address.
        var again = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        page.Render(p => p.Add(s => s.Reads, again.Task));
        await _server.Get<TicketDesk>().OpenAsync(customer.ToActor(), new IncomingRequest("Nor can we", "Since ten.", Channel.Portal));
        await foreach (var _ in watch.BatchesAsync(Xunit.TestContext.Current.CancellationToken)) break;
        await page.InvokeAsync(() => Assert.Equal(1, page.Instance.Changes));
        again.SetResult();
        await page.WaitForAssertionAsync(() => Assert.Equal(2, page.Instance.Changes));
    }

    private sealed class SlowPage : LiveComponent
    {
        [Parameter]
        public required Task Reads { get; set; }

        public int Changes { get; private set; }

        protected override Task OnParametersSetAsync() => Reads;

        protected override ValueTask<bool> ChangedAsync(IReadOnlyList<TicketRow> changed)
        {
            Changes += changed.Count;
            return ValueTask.FromResult(true);
        }
    }
}
