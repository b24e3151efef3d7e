using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Application.Tickets;

public sealed class SavedViewsTests(PrivatePostgres postgres)
{
    private static readonly Actor Ada = new("ada", Role.Agent);
    private static readonly Actor Bob = new("bob", Role.Agent);

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_view_is_its_owners_by_name_until_it_is_deleted(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.MakeAsync(provider, postgres, services => services.AddTickets());
        var views = database.Get<SavedViews>();
        Assert.Null(await views.SaveAsync(Ada, " Outages ", "?severity=1"));
        Assert.Null(await views.SaveAsync(Ada, "billing", "?q=billing"));
        Assert.Null(await views.SaveAsync(Bob, "Outages", "?severity=2"));
        Assert.Null(await views.SaveAsync(Ada, "Outages", "?severity=1&assignee=none"));
        Assert.Equal([("billing", "?q=billing"), ("Outages", "?severity=1&assignee=none")], await OfAsync(Ada));

        await views.DeleteAsync(Ada, "Outages");
        Assert.Equal([("billing", "?q=billing")], await OfAsync(Ada));
        Assert.Equal([("Outages", "?severity=2")], await OfAsync(Bob));

        async Task<IEnumerable<(string, string)>> OfAsync(Actor owner) => (await views.OfAsync(owner)).Select(v => (v.Name, v.Query));
    }

    [Theory]
    [InlineData("  ", "?severity=1", "Give the view a name.")]
    [InlineData("\u200b", "?severity=1", "Give the view a name.")]
    [InlineData("12345678901234567890123456789012345678901", "?severity=1", "A name has at most 40 letters.")]
    [InlineData("a\0b", "?severity=1", "A name is one line of plain text.")]
    [InlineData("Long", null, "The words searched for are too long to be kept.")]
    public async Task What_cannot_be_kept_is_refused_with_the_reason(string name, string? query, string problem)
    {
        await using var database = await TestDatabase.MakeAsync(DatabaseProvider.Sqlite, postgres, services => services.AddTickets());
        var views = database.Get<SavedViews>();
        var refused = await views.SaveAsync(Ada, name, query ?? "?q=" + new string('x', 2_000));
        Assert.Equal(("name", problem), (refused?.Field, refused?.Message));
        Assert.Empty(await views.OfAsync(Ada));
    }

    [Fact]
    public async Task A_person_keeps_so_many_and_may_still_change_one()
    {
        await using var database = await TestDatabase.MakeAsync(DatabaseProvider.Sqlite, postgres, services => services.AddTickets());
        var views = database.Get<SavedViews>();
        for (var i = 0; i < SavedViews.Most; i++) Assert.Null(await views.SaveAsync(Ada, $"View {i}", ""));

        Assert.Equal("There are 20 views already: delete one first.", (await views.SaveAsync(Ada, "One more", ""))?.Message);
        Assert.Null(await views.SaveAsync(Ada, "View 3", "?severity=3"));
        Assert.Equal(SavedViews.Most, (await views.OfAsync(Ada)).Count);
    }
}
