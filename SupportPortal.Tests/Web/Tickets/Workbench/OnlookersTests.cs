using Bunit;
using Microsoft.Extensions.DependencyInjection;
using SupportPortal.Application.Live;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;
using SupportPortal.Web.Tickets.Workbench;

namespace SupportPortal.Tests.Web.Tickets.Workbench;

public sealed class OnlookersTests(PrivatePostgres postgres) : BunitContext, IAsyncLifetime
{
    private TestDatabase _database = null!;
    private Presence _presence = null!;
    private string _ada = null!;
    private string _bob = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.MakeAsync(DatabaseProvider.Sqlite, postgres);
        _presence = new Presence(_database.Clock);
        Services.AddSingleton(_presence).AddSingleton(_database.Get<PeopleDirectory>());
        (_ada, _bob) = (await AddAsync("Ada Agent"), await AddAsync("Bob Beside"));
    }

    [Fact]
    public async Task The_line_says_who_else_is_there_and_is_empty_when_nobody_is()
    {
        using var ada = _presence.Enter(1, _ada);
        var line = Render<Onlookers>(p => p.Add(c => c.Visit, ada));
        Assert.Equal(("status", ""), (line.Find("p").GetAttribute("role"), line.Find("p").TextContent.Trim()));

        var bob = _presence.Enter(1, _bob);
        await line.WaitForAssertionAsync(() => Assert.Equal("Bob Beside is looking at this", line.Find(".one-line").TextContent));
        bob.Types(Writing.Reply);
        await line.WaitForAssertionAsync(() => Assert.Equal("Bob Beside is typing a reply", line.Find(".one-line").TextContent));
        bob.Dispose();
        await line.WaitForAssertionAsync(() => Assert.Equal("", line.Find("p").TextContent.Trim()));
    }

    [Fact]
    public async Task What_one_does_oneself_or_others_elsewhere_wakes_nobody()
    {
        using var ada = _presence.Enter(1, _ada);
        var line = Render<Onlookers>(p => p.Add(c => c.Visit, ada));
        using (var elsewhere = _presence.Enter(2, _bob)) elsewhere.Types(Writing.Reply);
        ada.Types(Writing.Reply);
        using var tab = _presence.Enter(1, _ada);
        using var bob = _presence.Enter(1, _bob); // The first that concerns it.
        await line.WaitForAssertionAsync(() => Assert.NotEmpty(line.FindAll(".one-line")));
        Assert.Equal(2, line.RenderCount);
    }

    [Fact]
    public async Task It_leaves_nothing_behind()
    {
        using var ada = _presence.Enter(1, _ada);
        Render<Onlookers>(p => p.Add(c => c.Visit, ada));
        Assert.Equal(1, _presence.Watches);
        await DisposeComponentsAsync();
        Assert.Equal(0, _presence.Watches);
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task<string> AddAsync(string name)
    {
        var (added, refused) = await _database.Get<PeopleDesk>().AddAsync(new NewPerson($"{name.Replace(' ', '.')}@test.example", Role.Agent, name, null, PortalServer.Password));
        return added?.Id ?? throw new InvalidOperationException(refused!.Message);
    }
}
