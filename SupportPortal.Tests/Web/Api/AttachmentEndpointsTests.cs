using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using SupportPortal.Application.People;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Web.Api;

public sealed partial class AttachmentEndpointsTests : IAsyncDisposable
{
    private readonly PortalServer _server = new PortalServer().With("Portal:Attachments:MaxBytes", "100000");

    [Fact]
    public async Task A_file_added_by_the_api_comes_back_as_it_was_to_be_saved_and_never_to_be_run()
    {
        var (owner, ticket) = await TicketAsync();
        using var client = await _server.TokenClientAsync(owner);

        using var added = await client.PostAsync(Call(ticket), Multipart("notes <b>.txt", "<script>alert(1)</script>"));
        var view = await added.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        Assert.Equal(("notes _b_.txt", "text/plain", 25), (view.GetProperty("fileName").GetString(), view.GetProperty("contentType").GetString(), view.GetProperty("bytes").GetInt32()));

        using var read = await client.GetAsync(added.Headers.Location);
        Assert.Equal("<script>alert(1)</script>", await read.Content.ReadAsStringAsync());
        Assert.Equal("attachment; filename=\"notes _b_.txt\"; filename*=UTF-8''notes%20_b_.txt", read.Content.Headers.ContentDisposition?.ToString());
        Assert.Equal("nosniff", read.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("default-src 'none'; sandbox; frame-ancestors 'none'", read.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("no-store, private", read.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task Another_organisation_gets_404_by_either_door()
    {
        var (owner, ticket) = await TicketAsync();
        using var client = await _server.TokenClientAsync(owner);
        using var added = await client.PostAsync(Call(ticket), Multipart("a.txt", "a"));
        var id = (await added.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();

        var stranger = await _server.AddPersonAsync(Role.Customer, "stranger@test.example", organisation: "Elsewhere");
        using var token = await _server.TokenClientAsync(stranger);
        using var cookie = await _server.SignedInClientAsync("stranger@test.example");
        using var own = await _server.SignedInClientAsync(owner.Email!);
        Assert.Equal(
            [HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.OK],
            [
                (await token.GetAsync(added.Headers.Location)).StatusCode,
                (await token.PostAsync(Call(ticket), Multipart("b.txt", "b"))).StatusCode,
                (await cookie.GetAsync(new Uri($"/requests/{ticket}/attachments/{id}", UriKind.Relative))).StatusCode,
                (await own.GetAsync(new Uri($"/requests/{ticket}/attachments/{id}", UriKind.Relative))).StatusCode,
            ]);
    }

    public static TheoryData<string, string, HttpStatusCode, string> Unfit { get; } = new()
    {
        { "large.txt", new string('x', 100_001), HttpStatusCode.RequestEntityTooLarge, "“large.txt” is too large: a file may have at most 98 KB." },
        { "empty.txt", "", HttpStatusCode.UnprocessableEntity, "“empty.txt” is empty." },
        { "cat.png", "MZ\u0090\0", HttpStatusCode.UnsupportedMediaType, "“cat.png” is not a PNG image: inside it is a Windows program. Give it the extension of what it is, or pack it into a ZIP archive." },
    };

    [Theory]
    [MemberData(nameof(Unfit))]
    public async Task An_unfit_file_is_refused_in_a_sentence(string name, string content, HttpStatusCode status, string sentence)
    {
        var (owner, ticket) = await TicketAsync();
        using var client = await _server.TokenClientAsync(owner);
        using var answer = await client.PostAsync(Call(ticket), Multipart(name, content));
        Assert.Equal((status, sentence), (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task A_body_that_is_no_file_is_refused()
    {
        var (owner, ticket) = await TicketAsync();
        using var client = await _server.TokenClientAsync(owner);
        using var two = Multipart("a.txt", "a");
        two.Add(new StringContent("b"), "file", "b.txt");
        using var cut = new StringContent("--x\r\nContent-Disposition: form-data; name=file; filename=a.txt\r\n\r\nnever ends");
        cut.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        Assert.Equal(
            [HttpStatusCode.UnsupportedMediaType, HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.BadRequest],
            [
                (await client.PostAsync(Call(ticket), new StringContent("{}", Encoding.UTF8, "application/json"))).StatusCode,
                (await client.PostAsync(Call(ticket), new MultipartFormDataContent { { new StringContent("true"), "internal" } })).StatusCode,
                (await client.PostAsync(Call(ticket), two)).StatusCode,
                (await client.PostAsync(Call(ticket), cut)).StatusCode,
            ]);
        Assert.Empty(Directory.GetFiles(Path.Combine(_server.DataDirectory, "attachments"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task The_same_key_and_file_add_it_once()
    {
        var (owner, ticket) = await TicketAsync();
        using var client = await _server.TokenClientAsync(owner);
        client.DefaultRequestHeaders.Add("Idempotency-Key", "once");
        var first = await (await client.PostAsync(Call(ticket), Multipart("a.txt", "a"))).Content.ReadAsStringAsync();
        var second = await (await client.PostAsync(Call(ticket), Multipart("a.txt", "a"))).Content.ReadAsStringAsync();
        using var other = await client.PostAsync(Call(ticket), Multipart("a.txt", "other"));

        Assert.Equal(first, second);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Single(Directory.GetFiles(Path.Combine(_server.DataDirectory, "attachments"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Only_staff_add_internal_files_and_only_staff_read_them()
    {
        var (owner, ticket) = await TicketAsync();
        using var customer = await _server.TokenClientAsync(owner);
        using var agent = await _server.TokenClientAsync(await _server.AddPersonAsync(Role.Agent));
        using var refused = await customer.PostAsync(Call(ticket), Multipart("a.txt", "a", isInternal: true));
        using var added = await agent.PostAsync(Call(ticket), Multipart("a.txt", "a", isInternal: true));
        Assert.Equal(
            [HttpStatusCode.Forbidden, HttpStatusCode.Created, HttpStatusCode.NotFound, HttpStatusCode.OK],
            [refused.StatusCode, added.StatusCode, (await customer.GetAsync(added.Headers.Location)).StatusCode, (await agent.GetAsync(added.Headers.Location)).StatusCode]);
    }

    [Fact]
    public async Task A_page_takes_a_file_into_its_persons_draft_when_it_brings_its_antiforgery_token()
    {
        var person = await _server.AddPersonAsync(Role.Customer);
        using var client = await _server.SignedInClientAsync(person.Email!);
        using var content = new StringContent("hello");
        var upload = new Uri("/attachments?draft=new-request&name=hello.txt", UriKind.Relative);

        using var without = await client.PostAsync(upload, content);
        var page = await client.GetStringAsync(new Uri("/", UriKind.Relative));
        client.DefaultRequestHeaders.Add("RequestVerificationToken", WebUtility.HtmlDecode(Token().Match(page).Groups[1].Value));
        using var with = await client.PostAsync(upload, content);
        using var visitor = await _server.CreateClient(new() { AllowAutoRedirect = false }).PostAsync(upload, content);

        using var nowhere = await client.PostAsync(new Uri("/attachments?draft=%00&name=hello.txt", UriKind.Relative), content);
        Assert.Equal(
            [HttpStatusCode.BadRequest, HttpStatusCode.Created, HttpStatusCode.Found, HttpStatusCode.UnprocessableEntity],
            [without.StatusCode, with.StatusCode, visitor.StatusCode, nowhere.StatusCode]);
        Assert.Equal(["hello.txt"], (await _server.Get<Attachments>().OfDraftAsync(person.ToActor(), "new-request")).Select(f => f.FileName));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task<(PortalUser Owner, string Number)> TicketAsync()
    {
        var owner = await _server.AddPersonAsync(Role.Customer, organisation: "Northwind");
        var answer = await _server.Get<TicketDesk>().OpenAsync(owner.ToActor(), new IncomingRequest("It broke", "Quite.", Channel.Portal));
        return (owner, new TicketNumber(Assert.IsType<DeskAnswer.Done>(answer).History.Ticket.Id).ToString());
    }

    private static Uri Call(string ticket) => new($"/api/v1/tickets/{ticket}/attachments", UriKind.Relative);

    private static MultipartFormDataContent Multipart(string name, string content, bool isInternal = false)
    {
        var body = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(content)), "file", name } };
        if (isInternal) body.Add(new StringContent("true"), "internal");
        return body;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
