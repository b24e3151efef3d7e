using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;

namespace SupportPortal.Web.People;

/// <summary>Shows on the console where the first administrator is made, at each start of a portal that has none. There is no password to begin with.</summary>
internal sealed class SetUpLink(FirstAdministrator first, IServer server, IOptions<PortalOptions> options) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (!await first.IsNeededAsync(cancellationToken)) return;
        var address = options.Value.PublicUrl ?? Reachable(server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault());
        Console.WriteLine($"Nobody administers this portal yet. For a day, this link makes its first administrator:{Environment.NewLine}{address.TrimEnd('/')}/account/set-up?key={Uri.EscapeDataString(first.OfferKey())}");
    }

    /// <summary>An address that a browser on this machine can open, where the server listens to all of them.</summary>
    private static string Reachable(string? address) =>
        (address ?? "http://localhost:5000").Replace("//[::]:", "//localhost:", StringComparison.Ordinal).Replace("//0.0.0.0:", "//localhost:", StringComparison.Ordinal)
            .Replace("//*:", "//localhost:", StringComparison.Ordinal).Replace("//+:", "//localhost:", StringComparison.Ordinal);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
