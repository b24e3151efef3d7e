using Deque.AxeCore.Playwright;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;
using SupportPortal.Application.People;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace SupportPortal.Tests.Browser;

/// <summary>Organisations and who follows a request, in a real browser.</summary>
public sealed class FollowersTests(Support.Browser browser)
{
    [Fact]
    public async Task A_colleague_who_sees_own_requests_only_gets_one_to_see_and_loses_it_live()
    {
        await using var portal = new PortalServer(new FakeTimeProvider(TestDatabase.Monday));
        var address = portal.StartOnKestrel();
        var casey = await portal.AddPersonAsync(Role.Customer, "casey@test.example", "Casey Customer", "Northwind");
        var cora = await portal.AddPersonAsync(Role.Customer, "cora@test.example", "Cora Colleague", "Northwind");
        Assert.Null(await portal.Get<MemberDesk>().ChangeVisibilityAsync(new Actor("root", Role.Administrator), cora.Id, false));
        var opened = Assert.IsType<DeskAnswer.Done>(await portal.Get<TicketDesk>().OpenAsync(casey.ToActor(), new IncomingRequest("Export stops", "At 99 %.", Channel.Portal)));
        var number = new TicketNumber(opened.History.Ticket.Id).ToString();

        var hers = await browser.SignInAsync(address, cora.Email!, "/requests");
        await using var herContext = hers.Context;
        await Expect(hers.GetByText("Export stops")).ToHaveCountAsync(0);
        var his = await browser.SignInAsync(address, casey.Email!, $"/requests/{number}", width: 390);
        await using var hisContext = his.Context;
        var section = his.GetByRole(AriaRole.Region, new() { Name = "Who follows this" });
        await section.GetByLabel("Add somebody").FillAsync("not an address");
        await section.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Expect(section.GetByText("This is not one e-mail address.")).ToBeVisibleAsync();
        await Expect(section.GetByLabel("Add somebody")).ToHaveValueAsync("not an address");
        await section.GetByLabel("Add somebody").FillAsync("cora@test.example");
        await section.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Expect(section.GetByRole(AriaRole.Listitem)).ToContainTextAsync("Cora Colleague");
        Assert.Empty((await his.RunAxe()).Violations);

        await Expect(hers.GetByText("Export stops")).ToBeVisibleAsync();
        await hers.GetByText("Export stops").ClickAsync();
        await Expect(hers.GetByRole(AriaRole.Button, new() { Name = "Stop watching" })).ToBeVisibleAsync();
        await section.GetByRole(AriaRole.Button, new() { Name = "Remove Cora Colleague" }).ClickAsync();
        await Expect(hers.GetByRole(AriaRole.Heading, new() { Name = "Page not found" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_administrator_makes_an_organisation_and_says_what_is_its_own()
    {
        await using var portal = new PortalServer(new FakeTimeProvider(TestDatabase.Monday));
        var address = portal.StartOnKestrel();
        var root = await portal.AddPersonAsync(Role.Administrator, name: "Rosa Root");
        await using var context = (await browser.SignInAsync(address, root.Email!, "/admin/organisations")).Context;
        var page = context.Pages[0];

        await page.GetByLabel("Name of a new organisation").FillAsync("Northwind");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add organisation" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Northwind");
        await page.GetByLabel("Add a domain").FillAsync("northwind.example");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await page.GetByLabel("Whoever has an address at these domains may register").CheckAsync();
        await page.GetByLabel("Time zone").FillAsync("Europe/Berlin");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        await Expect(page.GetByText("Saved.")).ToBeVisibleAsync();
        Assert.Empty((await page.RunAxe()).Violations);

        await page.GetByRole(AriaRole.Link, new() { Name = "All organisations" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("northwind.example");
        var found = Assert.Single((await portal.Get<OrganisationQueries>().ListAsync("northwind", null, 5)).Items);
        Assert.True((await portal.Get<OrganisationQueries>().FindAsync(found.Id))!.Organisation.IsOpenToItsDomains);
    }
}
