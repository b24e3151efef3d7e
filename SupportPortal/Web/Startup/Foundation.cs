using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SupportPortal.Application.CloudServices;
using SupportPortal.Application.People;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Application.Tickets.Seeding;

namespace SupportPortal.Web.Startup;

/// <summary>The floors below the pages: the same for the server and for every verb of the command line.</summary>
internal static class Foundation
{
    public static void AddFoundation(this IServiceCollection services)
    {
        services.AddPortalStorage();
        services.AddPeople();
        services.AddTickets();
    }

    /// <summary>Before the first request: settings are usable, the database is at this version, policies are in memory, a demo has its people.</summary>
    public static async Task PrepareAsync(this WebApplication app)
    {
        var settings = app.Services.GetRequiredService<IOptions<PortalOptions>>().Value;
        var databases = app.Services.GetRequiredService<IDbContextFactory<PortalDb>>();
        if (settings.Database.MigrateOnStart) await databases.MigrateAsync();
        else await databases.RequireMigratedAsync();

        await app.Services.GetRequiredService<PolicyStore>().LoadAsync();
        if (settings.Demo) await app.Services.AddDemoAsync(databases);
    }

    private static async Task AddDemoAsync(this IServiceProvider all, IDbContextFactory<PortalDb> databases)
    {
        if (await DemoPeople.AddAsync(all.GetRequiredService<PeopleDesk>(), databases, CancellationToken.None))
            await all.GetRequiredService<DemoTickets>().AddAsync(CancellationToken.None);
        await all.GetRequiredService<AffectedServices>().AddDemoAsync();
    }
}
