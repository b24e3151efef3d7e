using Microsoft.JSInterop;
using NodaTime;

namespace SupportPortal.Web.Tickets;

/// <summary>The time zone in which the viewer reads instants: their browser's, asked once a circuit.</summary>
public sealed class ViewerZone(IJSRuntime browser)
{
    private Task<DateTimeZone>? _zone;

    /// <summary>The browser's zone; UTC where it names none that we know.</summary>
    public Task<DateTimeZone> FindAsync() => _zone ??= AskAsync();

    private async Task<DateTimeZone> AskAsync()
    {
        await using var format = await browser.InvokeConstructorAsync("Intl.DateTimeFormat");
        var options = await format.InvokeAsync<FormatOptions>("resolvedOptions");
        return options.TimeZone is { } name ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) ?? DateTimeZone.Utc : DateTimeZone.Utc;
    }

    private sealed record FormatOptions(string? TimeZone);
}
