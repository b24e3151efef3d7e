using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace SupportPortal.Tests.Browser;

/// <summary>Signing in at a real identity provider and coming back, in a real browser.</summary>
public sealed class SingleSignOnTests(Support.Browser browser)
{
    [Theory]
    [InlineData("casey", "customers", "/requests/new", Role.Customer)]
    [InlineData("ann", "agents", "/desk", Role.Agent)]
    public async Task Somebody_new_signs_in_at_the_provider_and_lands_where_they_were_going(string subject, string group, string wanted, Role role)
    {
        await using var provider = await IdentityProvider.StartAsync();
        provider.Add(subject, new Dictionary<string, object>
        {
            ["email"] = $"{subject}@acme.example",
            ["email_verified"] = true,
            ["name"] = $"Person {subject}",
            ["groups"] = new[] { group },
            ["company"] = "acme",
        });
        await using var portal = new PortalServer().WithProvider(provider);
        var page = await browser.NewPageAsync(portal.StartOnKestrel());
        List<string> problems = [];
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && message.Text.Contains("Content Security Policy", StringComparison.Ordinal)) problems.Add(message.Text);
        };

        await page.GotoAsync(wanted);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with Acme ID" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = subject }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"{wanted}($|\\?)"));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        Assert.Empty(problems);

        await using var db = await portal.Get<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var person = await db.Users.SingleAsync();
        Assert.Equal((role, $"Person {subject}"), (person.Role, person.Name));
        Assert.Equal(role is Role.Customer ? "Acme Ltd" : null, (await db.Organisations.SingleOrDefaultAsync(o => o.Id == person.OrganisationId))?.Name);
    }

    [Fact]
    public async Task A_refusal_is_told_on_the_sign_in_page_and_the_form_is_there()
    {
        await using var provider = await IdentityProvider.StartAsync();
        provider.Add("eve", new Dictionary<string, object> { ["email"] = "eve@acme.example", ["email_verified"] = true });
        await using var portal = new PortalServer().WithProvider(provider);
        var page = await browser.NewPageAsync(portal.StartOnKestrel());
        await page.GotoAsync("/account/login");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with Acme ID" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "eve" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Acme ID gives you no role in this portal.");
        await Expect(page.GetByLabel("Password")).ToBeVisibleAsync();
    }
}
