using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SupportPortal.Application.Audit;
using SupportPortal.Application.People;
using SupportPortal.Application.Reminders;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Reminders;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Application.Reminders;

public sealed class OnCallStoreTests(PrivatePostgres postgres)
{
    private static readonly Actor Max = new("max", Role.Manager);

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_rota_is_kept_with_its_version_and_who_changed_it_when(DatabaseProvider provider)
    {
        await using var database = await MakeAsync(provider);
        var (store, ada, bob) = (database.Get<OnCallStore>(), await StaffAsync(database, "Ada"), await StaffAsync(database, "Bob"));
        Assert.Null(await store.FindAsync());
        Assert.Null(await store.OnCallAsync(database.Clock.Now()));

        Assert.Empty((await store.SaveAsync(Max, Always(ada), 0)).Refusals);
        Assert.Empty((await store.SaveAsync(Max, Always(bob), 1)).Refusals);
        Assert.Equal(bob, await store.OnCallAsync(database.Clock.Now()));

        await using var again = database.OpenAgain(Add);
        var kept = await again.Get<OnCallStore>().FindAsync();
        Assert.Equal((2, "max", database.Clock.Now(), bob), (kept!.Version, kept.ChangedBy, kept.ChangedAt, kept.Rota.At(database.Clock.Now())));
        await using var db = await database.OpenAsync();
        Assert.Equal(["Version 1.", "Version 2."], await db.Set<AuditEntry>().Where(e => e.Act == AuditAct.RotaChanged && e.ActorId == "max").OrderBy(e => e.Id).Select(e => e.Detail).ToListAsync());
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Of_two_who_change_it_at_once_the_later_is_told(DatabaseProvider provider)
    {
        await using var database = await MakeAsync(provider);
        await using var there = database.OpenAgain(Add);
        var (ada, bob) = (await StaffAsync(database, "Ada"), await StaffAsync(database, "Bob"));
        Assert.Empty((await database.Get<OnCallStore>().SaveAsync(Max, Always(ada), 0)).Refusals);
        var expected = new Refusal("", "Somebody else has changed the rota meanwhile.", RefusalKind.NotNow);
        Assert.Equal([expected], (await there.Get<OnCallStore>().SaveAsync(Max, Always(bob), 0)).Refusals);
        Assert.Empty((await there.Get<OnCallStore>().SaveAsync(Max, Always(bob), 1)).Refusals);
        Assert.Equal([expected], (await database.Get<OnCallStore>().SaveAsync(Max, Always(ada), 1)).Refusals);
        await using (var db = await database.OpenAsync()) Assert.Equal(2, await db.Set<AuditEntry>().CountAsync(e => e.Act == AuditAct.RotaChanged));
        Assert.Equal(bob, await database.Get<OnCallStore>().OnCallAsync(database.Clock.Now()));
    }

    [Fact]
    public async Task What_another_server_changed_is_seen_within_a_minute()
    {
        await using var database = await MakeAsync(DatabaseProvider.Sqlite);
        await using var there = database.OpenAgain(Add);
        var (ada, bob) = (await StaffAsync(database, "Ada"), await StaffAsync(database, "Bob"));
        await database.Get<OnCallStore>().SaveAsync(Max, Always(ada), 0);
        await there.Get<OnCallStore>().SaveAsync(Max, Always(bob), 1);
        Assert.Equal(ada, await database.Get<OnCallStore>().OnCallAsync(database.Clock.Now()));
        database.Clock.Advance(OnCallStore.Freshness);
        Assert.Equal(bob, await database.Get<OnCallStore>().OnCallAsync(database.Clock.Now()));
    }

    [Fact]
    public async Task Only_managers_and_administrators_change_it()
    {
        await using var database = await MakeAsync(DatabaseProvider.Sqlite);
        var ada = await StaffAsync(database, "Ada");
        Assert.Equal(
            [new Refusal("", "Only managers and administrators change the rota.", RefusalKind.NotAllowed)],
            (await database.Get<OnCallStore>().SaveAsync(new Actor(ada, Role.Agent), Always(ada), 0)).Refusals);
        Assert.Null(await database.Get<OnCallStore>().FindAsync());
    }

    [Fact]
    public async Task A_bad_rota_and_people_who_are_not_staff_are_refused_at_their_fields()
    {
        await using var database = await MakeAsync(DatabaseProvider.Sqlite);
        var ada = await StaffAsync(database, "Ada");
        var spec = new OnCallSpec
        {
            Shifts = [new() { UntilDay = "friday", Until = "17:00", People = [ada, "stranger"], Since = "2030-01-07" }],
            Overrides = [new() { From = "2030-01-08T09:00", Until = "2030-01-08T12:00", Person = "stranger" }],
        };
        Assert.Equal(
            [
                new("shifts[0].until", "Nobody is on call from Fri 17:00 to Mon 09:00."),
                new("shifts[0].people[1]", "This person is no longer on the staff; choose another."),
                new Refusal("overrides[0].person", "This person is no longer on the staff; choose another."),
            ],
            (await database.Get<OnCallStore>().SaveAsync(Max, spec, 0)).Refusals);
        Assert.Null(await database.Get<OnCallStore>().FindAsync());
    }

    private Task<TestDatabase> MakeAsync(DatabaseProvider provider) => TestDatabase.MakeAsync(provider, postgres, Add);

    private static void Add(IServiceCollection services) => services.AddSingleton<OnCallStore>();

    private static OnCallSpec Always(string person) => new() { Shifts = [new() { People = [person] }] };

    private static async Task<string> StaffAsync(TestDatabase database, string name) =>
        (await database.Get<PeopleDesk>().AddAsync(new NewPerson($"{name}@test.example", Role.Agent, name, null, "correct horse battery"))).Added!.Id;
}
