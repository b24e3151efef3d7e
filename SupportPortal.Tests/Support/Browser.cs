using System.Text.RegularExpressions;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(SupportPortal.Tests.Support.Browser))]

namespace SupportPortal.Tests.Support;

/// <summary>One Chromium for the whole test run, started at first use; a context (its own cookies) for each person.</summary>
public sealed class Browser : IAsyncLifetime
{
    private readonly SemaphoreSlim _gate = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A page in which nobody has signed in.</summary>
    public async Task<IPage> NewPageAsync(Uri portal, int width = 1440, ColorScheme scheme = ColorScheme.Light)
    {
        var browser = await StartAsync();
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = portal.ToString(),
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = scheme,
            HasTouch = width < 700,
            TimezoneId = "Europe/Berlin",
        });
        context.SetDefaultTimeout(20_000);
        return await context.NewPageAsync();
    }

    /// <summary>A page in which this person has signed in and gone to a path of the portal.</summary>
    public async Task<IPage> SignInAsync(Uri portal, string email, string path, int width = 1440, ColorScheme scheme = ColorScheme.Light)
    {
        var page = await NewPageAsync(portal, width, scheme);
        await page.GotoAsync($"/account/login?returnUrl={Uri.EscapeDataString(path)}");
        await page.GetByLabel("Email").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(PortalServer.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"^{Regex.Escape(new Uri(portal, path).AbsoluteUri)}$")); // WaitForURLAsync misses a navigation that comes between its look and its listening.
        await page.EvaluateAsync("() => document.readyState === 'complete' || new Promise(done => addEventListener('load', () => done()))");
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        _gate.Dispose();
    }

    private async Task<IBrowser> StartAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (_browser is not null) return _browser;
            var chromium = Environment.GetEnvironmentVariable("CHROMIUM_PATH") ?? Programs.Find("chromium");
            if (chromium is null) Programs.Missing("Chromium is not installed");
            Assertions.SetDefaultExpectTimeout(20_000); // Room for a machine with other work; a test that passes waits no longer for it.
            _playwright = await Playwright.CreateAsync();
            return _browser = await _playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = chromium,
                Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
            });
        }
        finally
        {
            _gate.Release();
        }
    }
}
