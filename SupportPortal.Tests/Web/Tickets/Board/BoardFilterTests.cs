using NodaTime;
using SupportPortal.Application.Live;
using SupportPortal.Application.Tickets;
using SupportPortal.Web.Tickets.Board;

namespace SupportPortal.Tests.Web.Tickets.Board;

public sealed class BoardFilterTests
{
    private readonly TicketRow _mine = SomeRow.Of(1) with { AssigneeId = "ada", OrganisationId = 7 };
    private readonly TicketRow _hers = SomeRow.Of(2) with { AssigneeId = "eve", Service = "Payments API" };
    private readonly TicketRow _free = SomeRow.Of(3) with { OrganisationId = 7, Service = "Payments API" };

    [Theory]
    [InlineData(null, new[] { 1L, 2L, 3L })]
    [InlineData("nonsense", new[] { 1L, 2L, 3L })]
    [InlineData("mine", new[] { 1L })]
    [InlineData("unassigned", new[] { 3L })]
    public void It_shows_whose_tickets_were_asked_for(string? show, long[] ids) =>
        Assert.Equal(ids, Shown(BoardFilter.Of(show, null, null, null)));

    [Fact]
    public void Everything_that_is_asked_for_narrows_it()
    {
        Assert.Equal([1, 3], Shown(BoardFilter.Of(null, "Contoso", null, null), organisation: 7));
        Assert.Equal([2, 3], Shown(BoardFilter.Of(null, null, "payments api", null)));
        Assert.Equal([3], Shown(BoardFilter.Of("unassigned", "Contoso", "Payments API", null), organisation: 7));
    }

    [Theory]
    [InlineData("1h", 1)]
    [InlineData("4h", 4)]
    [InlineData("24h", 24)]
    public void It_asks_for_what_is_due_within_a_time(string due, int hours) =>
        Assert.Equal(new OpenFilter { DueWithin = Duration.FromHours(hours) }, BoardFilter.Of(null, null, null, due).Filter("ada", null));

    [Theory]
    [InlineData("Nowhere Ltd", null, null)]
    [InlineData(null, "No such service", null)]
    [InlineData(null, null, "soon")]
    public void What_there_is_not_nothing_fits(string? organisation, string? service, string? due) =>
        Assert.Empty(Shown(BoardFilter.Of(null, organisation, service, due)));

    [Theory]
    [InlineData("desk", null, null, null, null)]
    [InlineData("desk", "nonsense", "", " ", null)]
    [InlineData("desk?show=mine&organisation=Smith%20%26%20Sons&service=Payments%20API&due=4h", "mine", "Smith & Sons", "Payments API", "4h")]
    public void Its_address_says_what_was_chosen(string address, string? show, string? organisation, string? service, string? due) =>
        Assert.Equal(address, BoardFilter.Of(show, organisation, service, due).Address);

    private IEnumerable<long> Shown(BoardFilter filter, int? organisation = null) =>
        OpenSnapshot.Empty.With([_mine, _hers, _free]).Only(filter.Filter("ada", organisation).Fits).All.Select(row => row.Id).Order();
}
