using SupportPortal.Application.CloudServices;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Application.CloudServices;

public sealed class AffectedServicesTests(PrivatePostgres postgres)
{
    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task There_are_none_until_somebody_enters_them_and_the_demo_enters_its_own_once(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.MakeAsync(provider, postgres, services => services.AddTickets());
        var services = database.Get<AffectedServices>();
        Assert.Empty(await services.NamesAsync());
        await services.AddDemoAsync();
        await services.AddDemoAsync();
        Assert.Equal(["Customer portal", "Data warehouse", "Identity and sign-in", "Mail delivery", "Payments API", "Reporting"], await services.NamesAsync());
    }
}
