using System.Net;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Web.Tickets.Requests;

public sealed class RequestPagesTests(PrivatePostgres postgres)
{
    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task The_pages_come_whole_with_their_first_answer_for_who_may_see_them(DatabaseProvider provider)
    {
        await using var server = await new PortalServer().OnAsync(provider, postgres);
        var owner = await server.AddPersonAsync(Role.Customer, organisation: "Northwind");
        var answer = await server.Get<TicketDesk>().OpenAsync(owner.ToActor(), new IncomingRequest("It <b>broke</b>", "Quite.", Channel.Portal));
        var number = new TicketNumber(Assert.IsType<DeskAnswer.Done>(answer).History.Ticket.Id);
        var colleague = await server.AddPersonAsync(Role.Customer, organisation: "Northwind");
        var stranger = await server.AddPersonAsync(Role.Customer, organisation: "Elsewhere");
        var agent = await server.AddPersonAsync(Role.Agent);

        var own = await GetAsync(server, owner, $"/requests/{number}");
        Assert.Equal(HttpStatusCode.OK, own.Status);
        Assert.Contains("It &lt;b&gt;broke&lt;/b&gt;</bdi></h1>", own.Page, StringComparison.Ordinal);
        Assert.Contains("First response due in", own.Page, StringComparison.Ordinal);
        Assert.Contains("It &lt;b&gt;broke&lt;/b&gt;", (await GetAsync(server, owner, "/requests")).Page, StringComparison.Ordinal);
        Assert.Contains("Submit request", (await GetAsync(server, owner, "/requests/new")).Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(server, colleague, $"/requests/{number}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(server, agent, $"/requests/{number.Id}")).Status);

        foreach (var address in new[] { $"/requests/{number}", "/requests/SUP-99999", "/requests/nonsense", "/requests/SUP-99999999999999999999" })
        {
            var foreign = await GetAsync(server, stranger, address);
            Assert.Equal(HttpStatusCode.NotFound, foreign.Status);
            Assert.Contains("Page not found</h1>", foreign.Page, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await GetAsync(server, owner, "/requests?q=%00%25_%5C&after=nonsense&show=nonsense")).Status);
        Assert.DoesNotContain("broke", (await GetAsync(server, stranger, "/requests?show=all")).Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visitor_is_asked_to_sign_in_first()
    {
        await using var server = new PortalServer();
        using var visitor = server.CreateClient(new() { AllowAutoRedirect = false });
        using var answer = await visitor.GetAsync(new Uri("/requests/new", UriKind.Relative));
        Assert.Equal((HttpStatusCode.Found, "/account/login?returnUrl=%2Frequests%2Fnew"), (answer.StatusCode, answer.Headers.Location?.PathAndQuery));
    }

    private static async Task<(HttpStatusCode Status, string Page)> GetAsync(PortalServer server, PortalUser person, string address)
    {
        using var client = await server.SignedInClientAsync(person.Email!);
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
