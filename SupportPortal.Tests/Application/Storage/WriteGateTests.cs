using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Application.Storage;

public sealed class WriteGateTests(PrivatePostgres postgres)
{
    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Work_that_fails_leaves_nothing_behind_and_lets_the_next_one_in(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.MakeAsync(provider, postgres);
        var gate = database.Get<WriteGate>();
        await Assert.ThrowsAsync<InvalidOperationException>(() => gate.WriteAsync(async (db, stop) =>
        {
            db.Add(Organisation.Named("Half done"));
            await db.SaveChangesAsync(stop);
            throw new InvalidOperationException("meant");
        }));

        var kept = await gate.WriteAsync(async (db, stop) =>
        {
            db.Add(Organisation.Named("Done"));
            return await db.SaveChangesAsync(stop);
        });

        Assert.Equal(1, kept);
        await using var read = await database.OpenAsync();
        Assert.Equal(["Done"], await read.Organisations.Select(o => o.Name).ToListAsync());
    }

    [Fact]
    public async Task Two_processes_that_write_at_once_on_Sqlite_never_lose_a_write()
    {
        await using var portal = await TestDatabase.MakeAsync(DatabaseProvider.Sqlite, postgres);
        await using var commandLine = portal.OpenAgain();
        await portal.Get<WriteGate>().WriteAsync((db, stop) =>
        {
            db.Add(new Organisation { Name = "0", NormalizedName = "COUNTER" });
            return db.SaveChangesAsync(stop);
        });

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            var gate = (i % 2 == 0 ? portal : commandLine).Get<WriteGate>();
            for (var n = 0; n < 25; n++) await gate.WriteAsync(CountUpAsync);
        })));

        await using var read = await portal.OpenAsync();
        Assert.Equal("200", await read.Organisations.Select(o => o.Name).SingleAsync());
    }

    private static async Task CountUpAsync(PortalDb db, CancellationToken stop)
    {
        var counter = await db.Organisations.SingleAsync(stop);
        counter.Name = $"{int.Parse(counter.Name, System.Globalization.CultureInfo.InvariantCulture) + 1}";
        await db.SaveChangesAsync(stop);
    }
}
