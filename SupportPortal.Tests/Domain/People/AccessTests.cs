using SupportPortal.Domain.People;

namespace SupportPortal.Tests.Domain.People;

/// <summary>The one table of who may see and do what.</summary>
public sealed class AccessTests
{
    [Theory]
    [InlineData(Role.Customer, "asker", null, true, true)]
    [InlineData(Role.Customer, "asker", 1, false, true)]
    [InlineData(Role.Customer, "asker", 2, true, true)]
    [InlineData(Role.Customer, "colleague", 1, true, true)]
    [InlineData(Role.Customer, "colleague", 1, false, false)]
    [InlineData(Role.Customer, "stranger", 2, true, false)]
    [InlineData(Role.Customer, "stranger", null, true, false)]
    [InlineData(Role.Agent, "agent", null, true, true)]
    [InlineData(Role.Manager, "manager", null, false, true)]
    [InlineData(Role.Administrator, "administrator", null, true, true)]
    public void A_ticket_of_an_organisation_is_seen_by(Role role, string id, int? organisation, bool seesOrganisation, bool sees) =>
        AssertSees(sees, new(id, role, organisation, seesOrganisation), new Owned("asker", 1));

    [Theory]
    [InlineData(Role.Customer, "asker", null, true)]
    [InlineData(Role.Customer, "stranger", null, false)]
    [InlineData(Role.Customer, "stranger", 1, false)]
    [InlineData(Role.Agent, "agent", null, true)]
    public void A_ticket_of_no_organisation_is_seen_by(Role role, string id, int? organisation, bool sees) =>
        AssertSees(sees, new(id, role, organisation), new Owned("asker", null));

    [Theory]
    [InlineData("watcher", 2, true, true)]
    [InlineData("watcher", 1, false, true)]
    [InlineData("watcher", null, true, true)]
    [InlineData("stranger", 2, true, false)]
    public void A_ticket_is_seen_by_who_watches_it(string id, int? organisation, bool seesOrganisation, bool sees) =>
        AssertSees(sees, new(id, Role.Customer, organisation, seesOrganisation), new Owned("asker", 1, "watcher"));

    [Theory]
    [InlineData(Role.Customer, false, false, false, false)]
    [InlineData(Role.Agent, true, true, false, false)]
    [InlineData(Role.Manager, true, true, true, false)]
    [InlineData(Role.Administrator, true, true, true, true)]
    public void Each_role_includes_the_ones_before_it(Role role, bool works, bool internals, bool manages, bool administers)
    {
        var actor = new Actor("somebody", role);
        Assert.Equal((works, internals, manages, administers), (actor.MayWorkOnTickets(), actor.MaySeeInternals(), actor.MayManage(), actor.MayAdminister()));
    }

    /// <summary>The rule and its query filter are one.</summary>
    private static void AssertSees(bool sees, Actor actor, Owned ticket) =>
        Assert.Equal((sees, sees), (actor.MaySee(ticket), actor.Sees(new[] { ticket }.AsQueryable(), WatchedBy(actor, ticket)).Any()));

    private static IQueryable<long> WatchedBy(Actor actor, Owned ticket) => (actor.Id == ticket.Watcher ? new[] { ticket.Id } : []).AsQueryable();

    private sealed record Owned(string RequesterId, int? OrganisationId, string? Watcher = null) : IOwnedTicket
    {
        public long Id => 10001;

        public bool IsWatchedBy(string personId) => Watcher == personId;
    }
}
