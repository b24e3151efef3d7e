using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;
using SupportPortal.Web.People;

namespace SupportPortal.Tests.Web.People;

public sealed class SecurityStampsTests(PrivatePostgres postgres)
{
    [Fact]
    public async Task A_stamp_that_changed_is_known_after_a_moment_and_one_who_is_gone_has_none()
    {
        await using var database = await TestDatabase.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var ada = (await database.Get<PeopleDesk>().AddAsync(new NewPerson("ada@test.example", Role.Agent, "Ada", null, PortalServer.Password))).Added!;
        var stamps = new SecurityStamps(database.Factory, database.Clock);
        Assert.Equal(ada.SecurityStamp, (await stamps.FindAsync(ada.Id))?.Stamp);

        await using var db = await database.OpenAsync();
        await db.Users.ExecuteUpdateAsync(set => set.SetProperty(u => u.SecurityStamp, "another"));
        Assert.Equal(ada.SecurityStamp, (await stamps.FindAsync(ada.Id))?.Stamp); // However many pages ask meanwhile, the store is asked once.
        database.Clock.Advance(SecurityStamps.Freshness);
        Assert.Equal("another", (await stamps.FindAsync(ada.Id))?.Stamp);

        await db.Users.ExecuteDeleteAsync();
        database.Clock.Advance(SecurityStamps.Freshness);
        Assert.Null(await stamps.FindAsync(ada.Id));
    }
}
