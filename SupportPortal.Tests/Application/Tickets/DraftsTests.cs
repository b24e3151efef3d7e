using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Application.Tickets;

public sealed class DraftsTests(PrivatePostgres postgres)
{
    private static readonly Actor Casey = new("casey", Role.Customer, 1);

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_draft_is_kept_for_its_owner_and_its_place_until_it_is_deleted(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.MakeAsync(provider, postgres, services => services.AddTickets());
        var drafts = database.Get<Drafts>();
        await drafts.SaveAsync(Casey, "new-request", "first");
        database.Clock.Advance(TimeSpan.FromMinutes(1));
        await drafts.SaveAsync(Casey, "new-request", "second");
        await drafts.SaveAsync(Casey, "reply:10001", "a reply");

        var kept = await drafts.ReadAsync(Casey, "new-request");
        Assert.Equal(("second", database.Clock.Now()), (kept?.Text, kept?.UpdatedAt));
        Assert.Null(await drafts.ReadAsync(Casey with { Id = "robin" }, "new-request"));

        await drafts.DeleteAsync(Casey, "new-request");
        Assert.Null(await drafts.ReadAsync(Casey, "new-request"));
        Assert.Equal("a reply", (await drafts.ReadAsync(Casey, "reply:10001"))?.Text);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Two_windows_that_save_the_first_time_at_once_leave_one_draft(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.MakeAsync(provider, postgres, services => services.AddTickets());
        var drafts = database.Get<Drafts>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => drafts.SaveAsync(Casey, "new-request", $"window {i}")));
        Assert.StartsWith("window", (await drafts.ReadAsync(Casey, "new-request"))?.Text, StringComparison.Ordinal);
    }
}
