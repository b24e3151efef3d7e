using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Application.People;

public sealed class ConfirmationTests(PrivatePostgres postgres)
{
    [Fact]
    public async Task Whoever_has_a_password_is_asked_for_it_and_waits_after_wrong_ones()
    {
        await using var database = await TestDatabase.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var ada = (await database.Get<PeopleDesk>().AddAsync(new NewPerson("ada@test.example", Role.Agent, Password: PortalServer.Password))).Added!;
        var confirmation = database.Get<Confirmation>();
        Assert.True(await confirmation.AsksForPasswordAsync(ada.Id));
        Assert.Null(await confirmation.RefuseAsync(ada.Id, PortalServer.Password, Client.None, CancellationToken.None));
        Assert.NotNull(await confirmation.RefuseAsync(ada.Id, null, Client.None, CancellationToken.None));
        for (var tries = 0; tries < 6; tries++) Assert.Equal("present", (await confirmation.RefuseAsync(ada.Id, "wrong", Client.None, CancellationToken.None))?.Field);
        Assert.NotNull(await confirmation.RefuseAsync(ada.Id, PortalServer.Password, Client.None, CancellationToken.None));
    }

    [Fact]
    public async Task Whoever_has_none_must_have_signed_in_a_moment_ago_in_this_browser()
    {
        await using var database = await TestDatabase.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var ada = (await database.Get<PeopleDesk>().AddAsync(new NewPerson("ada@test.example", Role.Agent))).Added!;
        await database.Get<SignIns>().NoteAsync(ada, "passkey", "one", Client.None);
        var confirmation = database.Get<Confirmation>();
        Assert.False(await confirmation.AsksForPasswordAsync(ada.Id));
        Assert.Null(await confirmation.RefuseAsync(ada.Id, null, new Client(null, DeviceId: "one"), CancellationToken.None));
        Assert.NotNull(await confirmation.RefuseAsync(ada.Id, null, Client.None, CancellationToken.None));
        database.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.NotNull(await confirmation.RefuseAsync(ada.Id, null, new Client(null, DeviceId: "one"), CancellationToken.None));
    }
}
