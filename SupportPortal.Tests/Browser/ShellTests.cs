using System.Diagnostics;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace SupportPortal.Tests.Browser;

public sealed class ShellTests(Support.Browser browser)
{
    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Public_pages_fit_and_can_be_used_by_everyone(int width, ColorScheme scheme)
    {
        await using var server = new PortalServer();
        var page = await browser.NewPageAsync(server.StartOnKestrel(), width, scheme);
        foreach (var path in new[] { "/", "/severity", "/account/login", "/not-found", "/error" })
        {
            await page.GotoAsync(path);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveCountAsync(1);
            Assert.Equal((path, width), (path, await page.EvaluateAsync<int>("document.documentElement.scrollWidth")));
            Assert.Empty((await page.RunAxe()).Violations.Select(violation => $"{path}: {violation.Id} {string.Join(" ", violation.Nodes.Select(node => node.Html))}"));
        }

        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task A_chosen_theme_is_kept_and_the_system_one_comes_back()
    {
        await using var server = new PortalServer();
        var page = await browser.NewPageAsync(server.StartOnKestrel());
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Button, new() { Name = "Dark" }).ClickAsync();
        await page.ReloadAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Dark", Pressed = true })).ToHaveCountAsync(1);
        await Expect(page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(15, 17, 20)");

        await page.GetByRole(AriaRole.Button, new() { Name = "As the system says" }).ClickAsync();
        await page.ReloadAsync();
        await Expect(page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(245, 246, 247)");
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task Signing_out_works_from_a_page_that_is_live()
    {
        await using var server = new PortalServer();
        var address = server.StartOnKestrel();
        var agent = await server.AddPersonAsync(Role.Agent, name: "Ada Agent");
        var page = await browser.SignInAsync(address, agent.Email!, "/desk/queue");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ada Agent" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GotoAsync("/desk/queue");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task A_stop_with_an_open_page_takes_less_than_two_seconds()
    {
        var server = new PortalServer();
        var address = server.StartOnKestrel();
        var agent = await server.AddPersonAsync(Role.Agent);
        var page = await browser.SignInAsync(address, agent.Email!, "/desk");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();

        var stop = Stopwatch.StartNew();
        await server.DisposeAsync();
        Assert.InRange(stop.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        await page.Context.DisposeAsync();
    }
}
