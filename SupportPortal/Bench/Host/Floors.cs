using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SupportPortal.Application.People;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;

namespace SupportPortal.Bench.Host;

/// <summary>The portal's floors below its pages, opened on a data directory: what the bench puts into a store goes through the real writers.</summary>
internal sealed class Floors : IAsyncDisposable
{
    private readonly IHost _host;

    private Floors(IHost host) => _host = host;

    public static async Task<Floors> OpenAsync(DirectoryInfo data)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Portal:DataDirectory", data.FullName)]);
        builder.Services.AddPortalStorage();
        builder.Services.AddPeople();
        builder.Services.AddTickets();
        var floors = new Floors(builder.Build());
        await floors.Of<IDbContextFactory<PortalDb>>().MigrateAsync();
        await floors.Of<PolicyStore>().LoadAsync();
        return floors;
    }

    public T Of<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        if (_host is IAsyncDisposable host) await host.DisposeAsync();
        SqliteConnection.ClearAllPools(); // The last connection to close writes the log back into the file.
    }
}
