using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Audit;
using SupportPortal.Application.CloudServices;
using SupportPortal.Application.People;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Application.People;

/// <summary>What administrators do to organisations, on both databases, with what the audit log says of it.</summary>
public sealed class OrganisationDeskTests(PrivatePostgres postgres) : IAsyncDisposable
{
    private static readonly Actor Root = new("root", Role.Administrator);

    private TestDatabase _database = null!;

    private OrganisationDesk Desk => _database.Get<OrganisationDesk>();

    private OrganisationQueries Queries => _database.Get<OrganisationQueries>();

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task An_organisation_is_added_once_changed_and_written_down(DatabaseProvider provider)
    {
        await OpenAsync(provider);
        var id = await AddAsync(" Northwind ");
        Assert.Equal("name: There is an organisation “northwind” already.", Said((await Desk.AddAsync(Root, "northwind")).Refused));
        Assert.Equal("name: An organisation's name has 1 to 100 characters, on one line.", Said((await Desk.AddAsync(Root, " ")).Refused));
        Assert.Equal(": Only administrators change organisations.", Said((await Desk.AddAsync(new Actor("max", Role.Manager), "Contoso")).Refused));

        var seen = new OrganisationSettings("Northwind", null, null, []);
        Assert.Empty(await Desk.ChangeAsync(Root, id, seen, seen with { Name = "Northwind Traders", TimeZone = "Europe/Berlin", Plan = "Standard" }));
        Assert.Empty(await Desk.ChangeAsync(Root, id, seen, seen));
        Assert.Equal(["plan: There is no plan “Gold”.", "timeZone: Choose a time zone of the list, such as Europe/Berlin."],
            (await Desk.ChangeAsync(Root, id, seen, seen with { Plan = "Gold", TimeZone = "Mars/Olympus" })).Select(Said));
        var found = (await Queries.FindAsync(id))!.Organisation;
        Assert.Equal(("Northwind Traders", null, "Europe/Berlin"), (found.Name, found.Plan, found.TimeZone));
        Assert.Equal("Northwind Traders", await _database.Get<PeopleDirectory>().OrganisationAsync(id, CancellationToken.None));
        Assert.Equal("Europe/Berlin", (await _database.Get<PeopleDirectory>().ZoneAsync(id, CancellationToken.None)).Id);
        Assert.Equal(["OrganisationAdded root: Added “Northwind”.", "OrganisationChanged root: Name “Northwind” to “Northwind Traders”. Time zone UTC to Europe/Berlin."], await LogAsync());
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_refused_change_changes_nothing(DatabaseProvider provider)
    {
        await OpenAsync(provider);
        await AddAsync("Contoso");
        var id = await AddAsync("Northwind");
        await using (var db = await _database.OpenAsync())
        {
            db.AddRange(new CloudService { Name = "Mail" }, new CloudService { Name = "Payments" });
            await db.SaveChangesAsync();
        }

        await using var read = await _database.OpenAsync();
        var services = await read.Set<CloudService>().OrderBy(s => s.Name).Select(s => s.Id).ToListAsync();
        var seen = new OrganisationSettings("Northwind", null, null, []);
        Assert.Empty(await Desk.ChangeAsync(Root, id, seen, seen with { Services = [services[0]] }));
        seen = seen with { Services = [services[0]] };
        Assert.NotEmpty(await Desk.ChangeAsync(Root, id, seen, seen with { Name = "Contoso", Services = [services[1]] }));
        Assert.Equal([services[0]], await read.Set<OrganisationService>().Where(s => s.OrganisationId == id).Select(s => s.ServiceId).ToListAsync());
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Two_who_change_different_things_do_not_undo_each_other(DatabaseProvider provider)
    {
        await OpenAsync(provider);
        var id = await AddAsync("Northwind");
        var seen = new OrganisationSettings("Northwind", null, null, []);
        Assert.Empty(await Desk.ChangeAsync(Root, id, seen, seen with { TimeZone = "Europe/Paris" }));
        Assert.Empty(await Desk.ChangeAsync(Root, id, seen, seen with { Name = "Contoso" }));
        var found = (await Queries.FindAsync(id))!.Organisation;
        Assert.Equal(("Contoso", "Europe/Paris"), (found.Name, found.TimeZone));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_domain_belongs_to_one_organisation_and_a_public_one_opens_no_registration(DatabaseProvider provider)
    {
        await OpenAsync(provider);
        var (one, two) = (await AddAsync("Northwind"), await AddAsync("Contoso"));
        Assert.Equal("open: Add a domain first.", Said(Assert.Single(await Desk.OpenAsync(Root, one, true))));
        Assert.Empty(await Desk.AddDomainAsync(Root, one, "Northwind.example"));
        Assert.Equal("domain: “northwind.example” is in the list already.", Said(Assert.Single(await Desk.AddDomainAsync(Root, one, "northwind.example"))));
        Assert.Equal("domain: “northwind.example” belongs to “Northwind”. Remove it there first.", Said(Assert.Single(await Desk.AddDomainAsync(Root, two, "NORTHWIND.example"))));

        Assert.Empty(await Desk.OpenAsync(Root, one, true));
        Assert.Equal("domain: Anybody can have an address at gmail.com. Registration cannot be opened to it.", Said(Assert.Single(await Desk.AddDomainAsync(Root, one, "gmail.com"))));
        Assert.Empty(await Desk.AddDomainAsync(Root, two, "gmail.com"));
        Assert.Equal("open: Anybody can have an address at gmail.com. Registration cannot be opened to it.", Said(Assert.Single(await Desk.OpenAsync(Root, two, true))));

        Assert.Empty(await Desk.RemoveDomainAsync(Root, one, "northwind.example"));
        Assert.False((await Queries.FindAsync(one))!.Organisation.IsOpenToItsDomains);
        Assert.Empty(await Desk.AddDomainAsync(Root, two, "northwind.example"));
        Assert.Equal(["gmail.com", "northwind.example"], (await Queries.FindAsync(two))!.Domains);
        Assert.Contains("OrganisationChanged root: Removed the domain northwind.example, and closed registration with it.", await LogAsync());
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_domain_that_many_claim_at_once_goes_to_one(DatabaseProvider provider)
    {
        await OpenAsync(provider);
        int[] ids = [await AddAsync("A"), await AddAsync("B"), await AddAsync("C"), await AddAsync("D")];
        var answers = await Task.WhenAll(ids.Select(id => Desk.AddDomainAsync(Root, id, "wanted.example")));
        Assert.Equal((1, 3), (answers.Count(refusals => refusals.Count == 0), answers.Count(refusals => refusals.Count == 1)));
        Assert.Single(await LogAsync(), line => line.Contains("wanted.example", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task An_organisation_offers_its_people_the_services_it_uses(DatabaseProvider provider)
    {
        await OpenAsync(provider);
        var (id, services, offered) = (await AddAsync("Northwind"), _database.Get<ServiceDesk>(), _database.Get<AffectedServices>());
        foreach (var name in new[] { "Mail", "Backup", "Search" }) Assert.Null(await services.AddAsync(Root, name));
        Assert.Equal(["Backup", "Mail", "Search"], await offered.NamesAsync(id));
        var mail = (await services.ListAsync()).Single(service => service.Name == "Mail").Id;
        var seen = new OrganisationSettings("Northwind", null, null, []);
        Assert.Empty(await Desk.ChangeAsync(Root, id, seen, seen with { Services = [mail, 4711] }));
        Assert.Equal(["Mail"], await offered.NamesAsync(id));
        Assert.Equal(["Backup", "Mail", "Search"], await offered.NamesAsync());

        Assert.Equal("name: There is a service “mail” already.", Said(await services.AddAsync(Root, "mail")));
        Assert.Null(await services.RenameAsync(Root, mail, "Mail delivery"));
        Assert.Equal(["Mail delivery"], await offered.NamesAsync(id));
        Assert.Equal(": One organisation uses “Mail delivery”. Take it off their lists first.", Said(await services.RemoveAsync(Root, mail)));
        Assert.Empty(await Desk.ChangeAsync(Root, id, seen with { Services = [mail] }, seen));
        Assert.Null(await services.RemoveAsync(Root, mail));
        Assert.Equal(["Backup", "Search"], await offered.NamesAsync(id));
        Assert.Equal(": Only administrators change services.", Said(await services.AddAsync(new Actor("ada", Role.Agent), "X")));
        Assert.Equal(
            ["Added “Mail”.", "Added “Backup”.", "Added “Search”.", "Renamed “Mail” to “Mail delivery”.", "Removed “Mail delivery”."],
            (await LogAsync()).Where(line => line.StartsWith("ServiceChanged root: ", StringComparison.Ordinal)).Select(line => line["ServiceChanged root: ".Length..]));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task What_a_member_sees_is_changed_with_their_sessions_and_tokens(DatabaseProvider provider)
    {
        await OpenAsync(provider);
        var (added, _) = await _database.Get<PeopleDesk>().AddAsync(new NewPerson("cora@test.example", Role.Customer, "Cora", "Northwind", PortalServer.Password));
        var (tokens, members) = (_database.Get<ApiTokens>(), _database.Get<MemberDesk>());
        var secret = (await tokens.MakeAsync(added!.Id, "test", null, CancellationToken.None)).Made!.Secret;
        Assert.True((await tokens.AuthenticateAsync(secret, CancellationToken.None))!.Actor.SeesOrganisation);

        Assert.Null(await members.ChangeVisibilityAsync(Root, added.Id, false));
        Assert.False((await tokens.AuthenticateAsync(secret, CancellationToken.None))!.Actor.SeesOrganisation);
        await using var db = await _database.OpenAsync();
        var now = await db.Users.AsNoTracking().SingleAsync();
        Assert.False(now.SeesOrganisation);
        Assert.NotEqual(added.SecurityStamp, now.SecurityStamp);
        Assert.Equal("PersonChanged root: Sees own requests only.", Assert.Single(await LogAsync(), line => line.StartsWith("PersonChanged", StringComparison.Ordinal)));
        Assert.False(Assert.Single((await Queries.MembersAsync(added.OrganisationId!.Value, null, 10)).Items).SeesOrganisation);
        Assert.Equal(": Only administrators change what members see.", Said(await members.ChangeVisibilityAsync(new Actor("max", Role.Manager), added.Id, true)));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task One_with_members_or_requests_stays_and_an_empty_one_goes(DatabaseProvider provider)
    {
        await OpenAsync(provider);
        var (added, _) = await _database.Get<PeopleDesk>().AddAsync(new NewPerson("cora@test.example", Role.Customer, "Cora", "Northwind", PortalServer.Password));
        var (peopled, reported, empty) = (added!.OrganisationId!.Value, await AddAsync("Reported"), await AddAsync("Empty"));
        Assert.IsType<DeskAnswer.Done>(await _database.Get<TicketDesk>().OpenAsync(new Actor("casey", Role.Customer, reported), new IncomingRequest("A", "B", Channel.Portal)));
        Assert.Empty(await Desk.AddDomainAsync(Root, empty, "empty.example"));
        Assert.Equal("remove", Assert.Single(await Desk.RemoveAsync(Root, peopled)).Field);
        Assert.Equal("remove: It has requests, which keep its name.", Said(Assert.Single(await Desk.RemoveAsync(Root, reported))));
        Assert.Empty(await Desk.RemoveAsync(Root, empty));
        Assert.Null(await Queries.FindAsync(empty));
        Assert.Equal(": This organisation was removed meanwhile.", Said(Assert.Single(await Desk.AddDomainAsync(Root, empty, "empty.example"))));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task The_list_pages_by_name_counts_and_finds_by_name_and_domain(DatabaseProvider provider)
    {
        await OpenAsync(provider);
        for (var i = 0; i < 7; i++) await AddAsync($"Company {i}");
        var (added, _) = await _database.Get<PeopleDesk>().AddAsync(new NewPerson("cora@test.example", Role.Customer, "Cora", "Company 3", PortalServer.Password));
        await _database.Get<TicketDesk>().OpenAsync(added!.ToActor(), new IncomingRequest("A", "B", Channel.Portal));
        Assert.Empty(await Desk.AddDomainAsync(Root, added.OrganisationId!.Value, "needle.example"));

        var (names, after) = (new List<string>(), (string?)null);
        do
        {
            var page = await Queries.ListAsync(null, after, 3);
            names.AddRange(page.Items.Select(line => line.Name));
            after = page.Next;
        }
        while (after is not null);
        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"Company {i}"), names);

        var found = Assert.Single((await Queries.ListAsync("NEEDLE", null, 3)).Items);
        Assert.Equal(("Company 3", 1, 1, "needle.example"), (found.Name, found.Members, found.OpenRequests, Assert.Single(found.Domains)));
        Assert.Single((await Queries.ListAsync("pany 5", null, 3)).Items);
        Assert.Empty((await Queries.ListAsync("%", null, 3)).Items);
        Assert.Equal(3, (await Queries.ListAsync("\0", "nonsense!", 3)).Items.Count);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async Task OpenAsync(DatabaseProvider provider)
    {
        _database = await TestDatabase.MakeAsync(provider, postgres, services => services.AddTickets());
        await _database.Get<PolicyStore>().LoadAsync();
    }

    private async Task<int> AddAsync(string name) => (await Desk.AddAsync(Root, name)).Id!.Value;

    private async Task<IReadOnlyList<string>> LogAsync()
    {
        await using var db = await _database.OpenAsync();
        return [.. (await db.Set<AuditEntry>().OrderBy(entry => entry.Id).ToListAsync()).Select(entry => $"{entry.Act} {entry.ActorId}: {entry.Detail}")];
    }

    private static string? Said(Refusal? refusal) => refusal is null ? null : $"{refusal.Field}: {refusal.Message}";
}
