using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using static Microsoft.Playwright.Assertions;

namespace SupportPortal.Tests.Security;

/// <summary>
/// What a circuit shows, which no HTTP answer tells: somebody who has a page open goes on to every other one within their circuit, as
/// scripts can, whatever the page's own links are.
/// </summary>
public sealed class CircuitAccessTests(Support.Browser browser) : IAsyncLifetime
{
    private MatrixPortal _portal = null!;

    public static TheoryData<string> Callers => ["requester", "colleague who sees only own", "stranger", "agent", "manager"];

    public async ValueTask InitializeAsync() => _portal = await MatrixPortal.OnKestrelAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Theory]
    [MemberData(nameof(Callers))]
    public async Task A_circuit_shows_each_page_to_those_alone_whom_it_is_for(string who)
    {
        var caller = _portal[who];
        var page = await browser.SignInAsync(_portal.Address, caller.Email!, "/requests/new");
        var heading = page.GetByRole(AriaRole.Heading, new() { Level = 1 });
        var wrong = new List<string>();
        foreach (var row in EndpointTable.Rows.Where(row => row is { Verb: "PAGE", Path: not "/requests/new" } && IsInteractive(row.Path)))
        {
            await page.EvaluateAsync("Blazor.navigateTo('/requests/new')"); // Everybody's, so that the next heading is another page's.
            await Expect(heading).ToHaveTextAsync("New request");
            await page.EvaluateAsync("path => Blazor.navigateTo(path)", await new MatrixWalk(_portal, row, caller).PathAsync(_portal.TicketId) + row.Query);
            await Expect(heading).Not.ToHaveTextAsync("New request");
            var (title, text) = (await heading.InnerTextAsync(), await page.ContentAsync());
            var expected = row.ExpectedFor(caller) switch { 403 => "This page is not for your account", 404 => "Page not found", _ => null };
            if (expected is null ? title is "This page is not for your account" or "Page not found" : title != expected) wrong.Add($"{row}: “{title}” and not {expected ?? "the page"}");
            if (!caller.SeesTicket) wrong.AddRange(MatrixPortal.Secrets.Where(text.Contains).Select(word => $"{row}: reads {word}"));
            if (caller.Role is Role.Customer) wrong.AddRange(MatrixPortal.Internals.Where(text.Contains).Select(word => $"{row}: reads {word}"));
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_is_pushed_to_a_circuit_of_a_request_that_is_not_its_persons()
    {
        var page = await browser.SignInAsync(_portal.Address, _portal["stranger"].Email!, "/requests?show=all");
        await Expect(page.GetByText("Of Contoso")).ToBeVisibleAsync();
        await _portal.ReportAsync(TicketStatus.New);
        await _portal.ReportOfStrangerAsync("Of Contoso too"); // Comes by the same feed, after it.
        await Expect(page.GetByText("Of Contoso too")).ToBeVisibleAsync();
        Assert.DoesNotContain(MatrixPortal.Secrets, (await page.ContentAsync()).Contains);
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task A_script_calls_no_method_of_the_portals()
    {
        var page = await browser.SignInAsync(_portal.Address, _portal["stranger"].Email!, "/requests");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("My requests");
        await Expect(page.Locator("main[data-live]")).ToBeVisibleAsync(); // Before that there is nobody to call.
        foreach (var assembly in new[] { "SupportPortal.Web", "SupportPortal.Application", "SupportPortal.Domain" })
        {
            var refused = await page.EvaluateAsync<string>("assembly => DotNet.invokeMethodAsync(assembly, 'FindAsync', 10001).then(() => 'answered', () => 'refused')", assembly);
            Assert.Equal((assembly, "refused"), (assembly, refused));
        }

        await page.Context.DisposeAsync();
    }

    private static bool IsInteractive(string path) => typeof(Program).Assembly.GetTypes().Any(type =>
        type.GetCustomAttributes(typeof(RouteAttribute), inherit: false).OfType<RouteAttribute>().Any(route => route.Template == path)
        && !type.IsDefined(typeof(ExcludeFromInteractiveRoutingAttribute), inherit: false));
}
