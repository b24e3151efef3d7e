using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Storage;

namespace SupportPortal.Web.Commands;

internal static class MigrateVerb
{
    public static Command Make()
    {
        var verb = new Command("migrate", "Brings the database to this version.");
        verb.SetAction(async (_, cancellation) =>
        {
            await using var portal = CommandLine.OpenPortal();
            var changed = await portal.Services.GetRequiredService<IDbContextFactory<PortalDb>>().MigrateAsync(cancellation);
            await Console.Error.WriteLineAsync(changed ? "The database is at this version now." : "The database was at this version already.");
            return 0;
        });
        return verb;
    }
}
