using System.Net;
using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;
using SupportPortal.Web.Commands;

namespace SupportPortal.Tests.Web.Commands;

public sealed class CommandLineTests(PrivatePostgres postgres)
{
    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_person_and_a_token_are_made_beside_an_open_portal(DatabaseProvider provider)
    {
        await using var portal = await TestDatabase.MakeAsync(provider, postgres);

        var added = await PortalProgram.RunAsync(portal.Settings, PortalServer.Password, "user", "add", "casey@test.example", "--role", "customer", "--organisation", "Acme", "--name", "Casey");
        Assert.Equal((0, ""), (added.ExitCode, added.Answers));
        var again = await PortalProgram.RunAsync(portal.Settings, PortalServer.Password, "user", "add", "casey@test.example", "--role", "Agent");
        Assert.Equal(new Run(1, "", "There is already an account with this e-mail address."), again);

        var made = await PortalProgram.RunAsync(portal.Settings, null, "token", "create", "casey@test.example", "--expires", "P30D");
        Assert.Equal((0, ""), (made.ExitCode, made.Messages));
        portal.Clock.SetUtcNow(TestDatabase.Monday); // Later than the token's end: the executable runs on the real clock.
        Assert.Null(await portal.Get<ApiTokens>().AuthenticateAsync(made.Answers, CancellationToken.None));

        var endless = await PortalProgram.RunAsync(portal.Settings, null, "token", "create", "casey@test.example");
        var owner = await portal.Get<ApiTokens>().AuthenticateAsync(endless.Answers, CancellationToken.None);
        Assert.Equal((Role.Customer, "Casey"), (owner!.Actor.Role, owner.Name));
    }

    [Fact]
    public async Task Without_a_password_a_link_is_printed_that_sets_one_on_the_page()
    {
        await using var server = new PortalServer();
        using var client = server.CreateClient();
        var run = await PortalProgram.RunAsync(
            new Dictionary<string, string?> { ["Portal:DataDirectory"] = server.DataDirectory, ["Portal:PublicUrl"] = "https://support.example/" },
            null, "user", "add", "agent@test.example", "--role", "Agent");
        Assert.StartsWith("https://support.example/account/set-password?", run.Answers, StringComparison.Ordinal);

        var page = new Uri(run.Answers).PathAndQuery;
        async Task<string> Set(string password, string twice)
        {
            using var answer = await client.PostFormAsync(page, "set-password", ("Form.Password", password), ("Form.Again", twice));
            return await answer.Content.ReadAsStringAsync();
        }

        Assert.Contains("differ", await Set("a fine password", "another one"), StringComparison.Ordinal);
        Assert.Contains("Your password is set.", await Set("a fine password", "a fine password"), StringComparison.Ordinal);
        Assert.Contains("has been used", await Set("once more please", "once more please"), StringComparison.Ordinal);
        (await server.SignedInClientAsync("agent@test.example", "a fine password")).Dispose();
    }

    [Fact]
    public async Task Migrate_makes_the_database_and_has_nothing_to_do_the_second_time()
    {
        var directory = Directory.CreateTempSubdirectory("migrate-");
        var settings = new Dictionary<string, string?> { ["Portal:DataDirectory"] = directory.FullName };
        Assert.Equal(new Run(0, "", "The database is at this version now."), await PortalProgram.RunAsync(settings, null, "migrate"));
        Assert.Equal(new Run(0, "", "The database was at this version already."), await PortalProgram.RunAsync(settings, null, "migrate"));
        directory.Delete(recursive: true);
    }

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("user")]
    [InlineData("user", "add", "a@test.example")]
    [InlineData("user", "add", "a@test.example", "--role", "King")]
    [InlineData("user", "add", "a@test.example", "--role", "2")]
    [InlineData("token", "create")]
    [InlineData("token", "create", "a@test.example", "--expires", "30 days")]
    public async Task Bad_usage_ends_with_2(params string[] arguments) => Assert.Equal(2, await CommandLine.RunAsync(arguments));

    [Fact]
    public async Task A_refusal_ends_with_1_and_says_why()
    {
        await using var database = await TestDatabase.MakeAsync(DatabaseProvider.Sqlite, postgres);
        Assert.Equal(new Run(1, "", "'nonsense' is not an e-mail address."),
            await PortalProgram.RunAsync(database.Settings, null, "user", "add", "nonsense", "--role", "Agent"));
        Assert.Equal(new Run(1, "", "There is no account for 'nobody@test.example'. Make one with: user add nobody@test.example --role …"),
            await PortalProgram.RunAsync(database.Settings, null, "token", "create", "nobody@test.example"));
    }

    [Theory]
    [InlineData("Portal:Database:Provider", "Mongo")]
    [InlineData("Portal:Attachments:MaxBytes", "-5")]
    [InlineData("Portal:DataDirectory", "/proc/portal")]
    [InlineData("Portal:Database:ConnectionString", "Data Source=/proc/portal/x.db")]
    public async Task An_unusable_setting_stops_the_server_with_one_line_that_names_it(string key, string value)
    {
        var directory = Directory.CreateTempSubdirectory("unusable-");
        var settings = new Dictionary<string, string?> { ["Portal:DataDirectory"] = directory.FullName, [key] = value };
        var run = await PortalProgram.RunAsync(settings, null, "--urls", "http://127.0.0.1:0");
        directory.Delete(recursive: true);
        Assert.Equal((1, ""), (run.ExitCode, run.Answers));
        Assert.Contains(key, run.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', run.Messages);
    }

    [Theory]
    [InlineData(true, "migrate")]
    [InlineData(true, "nonsense")]
    [InlineData(true, "--help")]
    [InlineData(false)]
    [InlineData(false, "--urls", "http://127.0.0.1:0")]
    [InlineData(false, "--environment=Testing")]
    [InlineData(false, "/urls", "http://127.0.0.1:0")]
    [InlineData(false, "Portal:PublicUrl=https://support.example")]
    public void Settings_serve_and_words_are_verbs(bool isCommand, params string[] arguments) =>
        Assert.Equal(isCommand, CommandLine.IsCommand(arguments));
}
