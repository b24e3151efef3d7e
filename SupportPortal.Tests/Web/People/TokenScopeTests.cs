using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using SupportPortal.Application.People;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Web.People;

public sealed partial class TokenScopeTests
{
    private static readonly Uri Tickets = new("/api/v1/tickets", UriKind.Relative);
    private static readonly object Request = new { subject = "Printer on fire", description = "It burns." };

    [Theory]
    [InlineData("All", HttpStatusCode.Created, "Everything you may do")]
    [InlineData("Read", HttpStatusCode.Forbidden, "Read only")]
    public async Task A_token_made_on_the_page_opens_what_was_chosen(string scope, HttpStatusCode opened, string words)
    {
        await using var server = new PortalServer();
        using var browser = await server.SignedInClientAsync((await server.AddPersonAsync(Role.Customer)).Email!);
        using var made = await browser.PostFormAsync("/account/tokens", "make", ("Form.Name", "ci"), ("Form.Days", "30"), ("Form.Present", PortalServer.Password), ("Form.Scope", scope));
        var page = await made.Content.ReadAsStringAsync();
        Assert.Contains($">{words}</td>", page, StringComparison.Ordinal);

        using var program = server.CreateClient();
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Secret().Match(page).Value);
        using var read = await program.GetAsync(Tickets);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        using var answer = await program.PostAsJsonAsync(Tickets, Request);
        Assert.Equal(opened, answer.StatusCode);
        if (opened is HttpStatusCode.Forbidden)
            Assert.StartsWith("The scope of this token is read", (await answer.Content.ReadFromJsonAsync<ProblemDetails>())?.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_line_makes_a_token_to_read_with_and_refuses_another_word()
    {
        await using var server = new PortalServer();
        var agent = await server.AddPersonAsync(Role.Agent);
        var settings = new Dictionary<string, string?> { ["Portal:DataDirectory"] = server.DataDirectory };
        var made = await PortalProgram.RunAsync(settings, null, "token", "create", agent.Email!, "--scope", "read");
        Assert.Equal(TokenScope.Read, (await server.Get<ApiTokens>().AuthenticateAsync(made.Answers, CancellationToken.None))?.Scope);
        var refused = await PortalProgram.RunAsync(settings, null, "token", "create", agent.Email!, "--scope", "write");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("'write' is not a scope: use all or read.", refused.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_demoted_agents_token_loses_their_rights_at_once()
    {
        await using var server = new PortalServer();
        var (agent, casey) = (await server.AddPersonAsync(Role.Agent), await server.AddPersonAsync(Role.Customer));
        using var customer = await server.TokenClientAsync(casey);
        using var opened = await customer.PostAsJsonAsync(Tickets, Request);
        using var program = await server.TokenClientAsync(agent);
        using (var before = await program.GetAsync(opened.Headers.Location)) Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Assert.Null(await server.Get<PeopleDesk>().ChangeRoleAsync(agent.Id, Role.Customer));
        using var after = await program.GetAsync(opened.Headers.Location);
        Assert.Equal(HttpStatusCode.NotFound, after.StatusCode);
    }

    [GeneratedRegex("spt_[A-Za-z0-9_-]{43}")]
    private static partial Regex Secret();
}
