using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Web.People;

/// <summary>A member who sees own requests only sees a colleague's by no door, unless they watch it.</summary>
public sealed class MemberVisibilityTests(PrivatePostgres postgres)
{
    private static readonly Actor Root = new("root", Role.Administrator);

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_colleagues_request_exists_for_them_while_they_may_see_it(DatabaseProvider provider)
    {
        await using var server = await new PortalServer().OnAsync(provider, postgres);
        var casey = await server.AddPersonAsync(Role.Customer, organisation: "Northwind");
        var cora = await server.AddPersonAsync(Role.Customer, organisation: "Northwind");
        using var token = await server.TokenClientAsync(cora);
        var (number, file) = await ReportAsync(server, casey);
        Assert.Equal("200 200 200 200 200 listed listed", await SeenAsync(server, cora, token, number, file));

        Assert.Null(await server.Get<MemberDesk>().ChangeVisibilityAsync(Root, cora.Id, false));
        Assert.Equal("404 404 404 404 404 - -", await SeenAsync(server, cora, token, number, file));

        var followed = await server.Get<Followers>().AddAsync(casey.ToActor(), number.Id, cora.Email!);
        Assert.IsType<DeskAnswer.Done>(followed);
        Assert.Equal("200 200 200 200 200 listed listed", await SeenAsync(server, cora, token, number, file));

        await server.Get<TicketDesk>().ActAsync(casey.ToActor(), number.Id, (ticket, _) => ticket.RemoveWatcher(casey.ToActor(), cora.Id));
        Assert.Equal("404 404 404 404 404 - -", await SeenAsync(server, cora, token, number, file));
    }

    [Fact]
    public async Task Who_was_signed_in_before_is_signed_out_within_a_minute()
    {
        var clock = new FakeTimeProvider(TestDatabase.Monday);
        await using var server = new PortalServer(clock);
        var cora = await server.AddPersonAsync(Role.Customer, organisation: "Northwind");
        using var client = await server.SignedInClientAsync(cora.Email!);
        Assert.Null(await server.Get<MemberDesk>().ChangeVisibilityAsync(Root, cora.Id, false));
        clock.Advance(TimeSpan.FromSeconds(61));
        using var answer = await client.GetAsync(new Uri("/requests", UriKind.Relative));
        Assert.Equal((HttpStatusCode.Found, "/account/login"), (answer.StatusCode, answer.Headers.Location?.AbsolutePath));
    }

    private static async Task<(TicketNumber Number, string File)> ReportAsync(PortalServer server, PortalUser by)
    {
        var (stored, _) = await server.Get<Attachments>().TakeInAsync(by.ToActor(), "new-request", "notes.txt", new MemoryStream("Hello."u8.ToArray()), 6);
        var opened = await server.Get<TicketDesk>().OpenAsync(by.ToActor(), new IncomingRequest("Printer on fire", "It burns.", Channel.Portal) { Attachments = [stored!.ToFact()] });
        return (new TicketNumber(Assert.IsType<DeskAnswer.Done>(opened).History.Ticket.Id), stored.Id);
    }

    /// <summary>Ticket, events and file by the API; page and file in the browser; both lists.</summary>
    private static async Task<string> SeenAsync(PortalServer server, PortalUser who, HttpClient token, TicketNumber number, string file)
    {
        using var browser = await server.SignedInClientAsync(who.Email!);
        var seen = new List<string>();
        foreach (var path in new[] { "", "/events", $"/attachments/{file}" }) seen.Add(await StatusAsync(token, $"/api/v1/tickets/{number}{path}"));
        foreach (var path in new[] { "", $"/attachments/{file}" }) seen.Add(await StatusAsync(browser, $"/requests/{number}{path}"));
        var list = JsonDocument.Parse(await token.GetStringAsync(new Uri("/api/v1/tickets?q=printer", UriKind.Relative))).RootElement.GetProperty("items");
        seen.Add(list.GetArrayLength() > 0 ? "listed" : "-");
        var page = await browser.GetStringAsync(new Uri("/requests?show=all", UriKind.Relative));
        seen.Add(page.Contains("Printer on fire", StringComparison.Ordinal) ? "listed" : "-");
        return string.Join(' ', seen);
    }

    private static async Task<string> StatusAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        return ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
