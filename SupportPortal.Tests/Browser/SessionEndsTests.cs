using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;
using SupportPortal.Web.People;
using static Microsoft.Playwright.Assertions;

namespace SupportPortal.Tests.Browser;

/// <summary>An open page is worth no more than its person's rights: within a minute of losing them it is gone, though nobody touches it.</summary>
public sealed class SessionEndsTests(Support.Browser browser)
{
    public static TheoryData<string> Losses => ["deactivated", "demoted", "password changed", "signed out elsewhere"];

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_running_circuit_loses_the_board_within_a_minute(string loss)
    {
        var clock = new FakeTimeProvider(TestDatabase.Monday);
        await using var server = new PortalServer(clock);
        var address = server.StartOnKestrel();
        var agent = await server.AddPersonAsync(Role.Agent);
        var page = await browser.SignInAsync(address, agent.Email!, "/desk");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Desk");

        await LoseAsync(server, agent, loss);
        clock.Advance(SessionCheck.Every);

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Sign in");
        await page.GotoAsync("/desk");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Sign in"); // Nor does the cookie open it again.
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task A_circuit_whose_person_is_still_there_stays()
    {
        var clock = new FakeTimeProvider(TestDatabase.Monday);
        await using var server = new PortalServer(clock);
        var address = server.StartOnKestrel();
        var agent = await server.AddPersonAsync(Role.Agent);
        var other = await server.AddPersonAsync(Role.Agent);
        var page = await browser.SignInAsync(address, agent.Email!, "/desk");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Desk");

        await LoseAsync(server, other, "demoted");
        for (var minute = 0; minute < 5; minute++) clock.Advance(SessionCheck.Every);

        await page.GetByRole(AriaRole.Link, new() { Name = "Queue" }).First.ClickAsync(); // Answered by the same circuit.
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Queue");
        await page.Context.DisposeAsync();
    }

    private static async Task LoseAsync(PortalServer server, PortalUser person, string loss)
    {
        switch (loss)
        {
            case "demoted":
                Assert.Null(await server.Get<PeopleDesk>().ChangeRoleAsync(person.Id, Role.Customer));
                break;
            case "password changed":
                Assert.Null((await server.Get<PeopleDesk>().ChangePasswordAsync(person.Id, PortalServer.Password, "another horse and battery", Client.None)).Refused);
                break;
            case "signed out elsewhere":
                Assert.True(await server.Get<Devices>().EndOthersAsync(person.ToActor(), Client.None, CancellationToken.None));
                break;
            default:
                await using (var db = await server.Get<IDbContextFactory<PortalDb>>().CreateDbContextAsync())
                    await db.Users.Where(u => u.Id == person.Id).ExecuteUpdateAsync(set => set.SetProperty(u => u.DeactivatedAt, NodaTime.Instant.FromDateTimeOffset(TestDatabase.Monday)));
                break;
        }
    }
}
