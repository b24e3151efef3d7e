using Microsoft.AspNetCore.Components.Server.Circuits;
using MudBlazor;
using MudBlazor.Services;
using SupportPortal.Web.Live;
using SupportPortal.Web.Reminders;
using SupportPortal.Web.Shell;
using SupportPortal.Web.Tickets;
using SupportPortal.Web.Tickets.Board;

namespace SupportPortal.Web.Startup;

/// <summary>Blazor Server: the pages, and the circuits of those that are interactive.</summary>
internal static class Pages
{
    // A text field's whole text comes in one message: twice the longest description, at three bytes a character. A longer one would end the circuit.
    private const int LongestMessage = 256 * 1024;

    public static void AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents()
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = LongestMessage);
        services.AddMudServices(mud =>
        {
            mud.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight;
            mud.SnackbarConfiguration.VisibleStateDuration = 6_000;
            mud.SnackbarConfiguration.ShowTransitionDuration = 150;
            mud.SnackbarConfiguration.HideTransitionDuration = 150;
        });
        services.AddScoped<ViewerZone>();
        services.AddScoped<CircuitVisits>();
        services.AddScoped<CircuitHandler>(circuit => circuit.GetRequiredService<CircuitVisits>());
        services.AddSingleton<CardFaces>();
        services.AddSingleton<OpenBells>();
        services.AddScoped<CircuitBell>();
        services.AddScoped<CircuitHandler>(circuit => circuit.GetRequiredService<CircuitBell>());
        services.AddSingleton<FilterChoices>();
    }

    public static void MapPages(this WebApplication app) =>
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options =>
        {
            // Compression costs each circuit about 300 KiB, and our render batches are small.
            options.DisableWebSocketCompression = true;

            // SecurityHeaders says it, for every answer.
            options.ContentSecurityFrameAncestorsPolicy = null;
        });
}
