using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Audit;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Web.People;

public sealed class YourDataTests(PrivatePostgres postgres)
{
    private static readonly Uri Download = new("/account/data/download", UriKind.Relative);

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task The_download_holds_what_is_kept_of_its_person_and_nothing_of_others(DatabaseProvider provider)
    {
        await using var server = await new PortalServer().OnAsync(provider, postgres);
        var (casey, ada) = (await server.AddPersonAsync(Role.Customer, "casey@test.example", "Casey", "Acme"), await server.AddPersonAsync(Role.Agent, name: "Ada Agent"));
        var desk = server.Get<TicketDesk>();
        var id = Assert.IsType<DeskAnswer.Done>(await desk.OpenAsync(casey.ToActor(), new IncomingRequest("Printer on fire", "It burns.", Channel.Portal))).History.Ticket.Id;
        await desk.ActAsync(ada.ToActor(), id, (ticket, _) => ticket.Reply(ada.ToActor(), TicketDesk.Seal("Pour water on it.")));
        await desk.ActAsync(casey.ToActor(), id, (ticket, _) => ticket.Reply(casey.ToActor(), TicketDesk.Seal("It „hisses“.")));
        await server.Get<Drafts>().SaveAsync(casey.ToActor(), "new-request", "Begun");
        var token = (await server.Get<ApiTokens>().MakeAsync(casey.Id, "ci", null, CancellationToken.None)).Made!;
        await server.Get<AuditLog>().WriteAsync(new Audited(AuditAct.PersonChanged, ada.ToActor(), "Sees all.") { PersonId = casey.Id, Address = "192.0.2.9" });
        using var client = await server.SignedInClientAsync(casey.Email!);

        using var answer = await DownloadAsync(client, PortalServer.Password);

        Assert.Equal(("application/json", "attachment", "your-data.json"),
            (answer.Content.Headers.ContentType?.MediaType, answer.Content.Headers.ContentDisposition?.DispositionType, answer.Content.Headers.ContentDisposition?.FileName));
        Assert.True(answer.Headers.CacheControl?.NoStore);
        var text = await answer.Content.ReadAsStringAsync();
        var data = JsonDocument.Parse(text).RootElement;
        Assert.Equal(("Casey", "casey@test.example", "Acme", true), (Text(data, "account", "name"), Text(data, "account", "email"), Text(data, "account", "organisation"), data.GetProperty("account").GetProperty("hasPassword").GetBoolean()));
        Assert.Equal(["reported", "customerReply"], data.GetProperty("whatYouDidAndWrote").EnumerateArray().Select(act => act.GetProperty("type").GetString()));
        Assert.Contains("It „hisses“.", text, StringComparison.Ordinal);
        Assert.Equal("Begun", data.GetProperty("drafts")[0].GetProperty("text").GetString());
        Assert.Equal("ci", data.GetProperty("apiTokens")[0].GetProperty("name").GetString());
        Assert.Contains(data.GetProperty("auditLog").EnumerateArray(), entry => entry.GetProperty("act").GetString() == "personalDataDownloaded");
        foreach (var secret in new[] { "Pour water", "192.0.2.9", ada.Id, token.Secret, Convert.ToBase64String(token.Kept.Hash), casey.PasswordHash!, casey.SecurityStamp! })
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Enter your present password.")]
    [InlineData("wrong", "That is not your present password.")]
    public async Task Without_the_password_there_is_no_download(string present, string why)
    {
        await using var server = new PortalServer();
        using var client = await server.SignedInClientAsync((await server.AddPersonAsync(Role.Agent)).Email!);
        using var refused = await DownloadAsync(client, present);
        Assert.Equal(HttpStatusCode.Found, refused.StatusCode);
        Assert.Contains(why, await client.GetStringAsync(refused.Headers.Location), StringComparison.Ordinal);
        await using var db = await server.Get<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        Assert.False(await db.Set<AuditEntry>().AnyAsync(e => e.Act == AuditAct.PersonalDataDownloaded));
    }

    [Fact]
    public async Task A_customer_erases_their_account_and_is_signed_out()
    {
        await using var server = new PortalServer();
        var casey = await server.AddPersonAsync(Role.Customer, "casey@test.example", "Casey", "Acme");
        using var client = await server.SignedInClientAsync(casey.Email!);

        using (var typo = await client.PostFormAsync("/account/data", "erase", ("Form.Email", "other@test.example"), ("Form.Present", PortalServer.Password)))
            Assert.Contains("That is not the e-mail address of this account.", await typo.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using (var guess = await client.PostFormAsync("/account/data", "erase", ("Form.Email", casey.Email!), ("Form.Present", "wrong")))
            Assert.Contains("That is not your present password.", await guess.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var erased = await client.PostFormAsync("/account/data", "erase", ("Form.Email", "Casey@test.example"), ("Form.Present", PortalServer.Password));
        Assert.Equal((HttpStatusCode.Found, "/account/erased"), (erased.StatusCode, erased.Headers.Location?.AbsolutePath));
        using var page = await client.GetAsync(new Uri("/account/data", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Found, page.StatusCode);
    }

    [Fact]
    public async Task Staff_cannot_erase_their_own_account()
    {
        await using var server = new PortalServer();
        var agent = await server.AddPersonAsync(Role.Agent);
        using var client = await server.SignedInClientAsync(agent.Email!);
        Assert.Contains("is erased by an administrator", await client.GetStringAsync(new Uri("/account/data", UriKind.Relative)), StringComparison.Ordinal);
        using var forged = await client.PostFormAsync("/account/data", "erase", ("Form.Email", agent.Email!), ("Form.Present", PortalServer.Password));
        Assert.NotNull(await server.Get<PeopleDesk>().FindByEmailAsync(agent.Email!));
    }

    private static async Task<HttpResponseMessage> DownloadAsync(HttpClient client, string present)
    {
        var page = await client.GetStringAsync(new Uri("/account/data", UriKind.Relative));
        return await client.PostAsync(Download, Forms.Content(page, "", ("present", present)));
    }

    private static string? Text(JsonElement data, string of, string name) => data.GetProperty(of).GetProperty(name).GetString();
}
