using SupportPortal.Application.Live;
using SupportPortal.Application.People;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Web.Shell;

public sealed class HomeTests : IAsyncDisposable
{
    private readonly PortalServer _server = new();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_visitor_is_told_what_this_is_and_where_to_get_support()
    {
        var page = await _server.CreateClient().GetStringAsync("/");
        Assert.Contains("Tell us what is wrong", page, StringComparison.Ordinal);
        Assert.Contains("href=\"requests/new\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_customer_sees_their_own_open_requests_and_nobody_elses()
    {
        var (casey, stranger) = (await _server.AddPersonAsync(Role.Customer, name: "Casey Customer"), await _server.AddPersonAsync(Role.Customer));
        await ReportAsync(casey, "Nobody can sign in");
        await ReportAsync(stranger, "Somebody else's worry");

        using var client = await _server.SignedInClientAsync(casey.Email!);
        var page = await client.GetStringAsync("/");

        Assert.Contains("Hello, Casey Customer", page, StringComparison.Ordinal);
        Assert.Contains("Nobody can sign in", page, StringComparison.Ordinal);
        Assert.DoesNotContain("worry", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_see_how_many_wait_in_each_lane()
    {
        using var client = await _server.SignedInClientAsync((await _server.AddPersonAsync(Role.Agent)).Email!);
        using var watch = _server.Get<OpenTickets>().Watch();
        await ReportAsync(await _server.AddPersonAsync(Role.Customer), "Nobody can sign in");
        await foreach (var _ in watch.BatchesAsync(TestContext.Current.CancellationToken)) break;

        Assert.Contains("<span class=\"tile-number\">1</span>", await client.GetStringAsync("/"), StringComparison.Ordinal);
    }

    private async Task ReportAsync(PortalUser who, string subject) => Assert.IsType<DeskAnswer.Done>(
        await _server.Get<TicketDesk>().OpenAsync(who.ToActor(), new IncomingRequest(subject, "It does not work.", Channel.Portal)));
}
