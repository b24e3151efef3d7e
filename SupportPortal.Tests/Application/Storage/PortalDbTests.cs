using System.Globalization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Application.Storage;

public sealed class PortalDbTests(PrivatePostgres postgres)
{
    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task The_migrations_make_the_model_with_passkeys(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.MakeAsync(provider, postgres);
        await using var db = await database.OpenAsync();
        Assert.False(db.Database.HasPendingModelChanges());
        Assert.NotNull(db.Model.FindEntityType(typeof(IdentityUserPasskey<string>)));
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        Assert.False(await database.Factory.MigrateAsync());
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Instants_are_kept_to_the_microsecond_and_sort(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.MakeAsync(provider, postgres);
        var owner = (await database.Get<PeopleDesk>().AddAsync(new NewPerson("o@test.example", Role.Agent))).Added!;
        var start = Instant.FromUtc(2030, 1, 7, 9, 0) + Duration.FromTicks(1234560);
        Instant[] instants = [start + Duration.FromTicks(10), start, Instant.FromUtc(1969, 12, 31, 23, 59) - Duration.FromTicks(30)];
        await using (var db = await database.OpenAsync())
        {
            db.AddRange(instants.Select((at, i) => new ApiToken { OwnerId = owner.Id, Name = $"{i}", Hash = [(byte)i], CreatedAt = at }));
            await db.SaveChangesAsync();
        }

        await using var read = await database.OpenAsync();
        Assert.Equal([instants[2], instants[1], instants[0]], await read.ApiTokens.OrderBy(t => t.CreatedAt).Select(t => t.CreatedAt).ToListAsync());
        Assert.Equal([instants[0]], await read.ApiTokens.Where(t => t.CreatedAt > start).Select(t => t.CreatedAt).ToListAsync());
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_database_of_the_first_version_comes_to_this_one_and_keeps_what_it_has(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.MakeEmptyAsync(provider, postgres);
        await using (var first = await database.OpenAsync())
        {
            await first.Database.MigrateAsync("Initial");
            await first.Database.ExecuteSqlRawAsync("""INSERT INTO "Organisations" ("Name", "NormalizedName") VALUES ('Northwind Traders', 'NORTHWIND TRADERS')""");
        }

        Assert.True(await database.Factory.MigrateAsync());
        await using var db = await database.OpenAsync();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        Assert.Equal("Northwind Traders", (await db.Organisations.SingleAsync()).Name);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Two_processes_that_start_at_once_migrate_once(DatabaseProvider provider)
    {
        await using var one = await TestDatabase.MakeEmptyAsync(provider, postgres);
        await using var other = one.OpenAgain();
        var migrated = await Task.WhenAll(Task.Run(() => one.Factory.MigrateAsync()), Task.Run(() => other.Factory.MigrateAsync()));
        Assert.Contains(true, migrated);
        await using var db = await other.OpenAsync();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
    }

    [Fact]
    public async Task A_process_killed_while_it_migrated_Sqlite_does_not_hold_up_the_next()
    {
        await using var database = await TestDatabase.MakeEmptyAsync(DatabaseProvider.Sqlite, postgres);
        await using (var db = await database.OpenAsync())
        {
            await db.Database.ExecuteSqlRawAsync("""
                CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2030-01-07 08:59:59');
                """);
        }

        Assert.True(await database.Factory.MigrateAsync());
    }

    [Fact]
    public void Now_is_what_the_database_will_give_back()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TestDatabase.Monday.AddTicks(17));
        Assert.Equal(Instant.FromUtc(2030, 1, 7, 9, 0) + Duration.FromTicks(10), clock.Now());
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Another_server_on_the_database_reads_what_one_has_protected(DatabaseProvider provider)
    {
        await using var one = await TestDatabase.MakeAsync(provider, postgres);
        await using var other = one.OpenAgain();
        var sealed1 = one.Get<IDataProtectionProvider>().CreateProtector("test").Protect("cookie");
        Assert.Equal("cookie", other.Get<IDataProtectionProvider>().CreateProtector("test").Unprotect(sealed1));
    }

    [Fact]
    public async Task Sqlite_is_durable_strict_and_waits_for_other_processes()
    {
        await using var database = await TestDatabase.MakeAsync(DatabaseProvider.Sqlite, postgres);
        await using var db = await database.OpenAsync();
        await db.Database.OpenConnectionAsync();
        Assert.Equal(["wal", "2", "1", "10000"], new[] { "journal_mode", "synchronous", "foreign_keys", "busy_timeout" }.Select(name => Pragma(db, name)));
    }

    private static string? Pragma(PortalDb db, string name)
    {
        using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "PRAGMA " + name;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
