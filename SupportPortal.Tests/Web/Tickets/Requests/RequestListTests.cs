using NodaTime;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using SupportPortal.Web.Tickets.Requests;

namespace SupportPortal.Tests.Web.Tickets.Requests;

public sealed class RequestListTests
{
    private static readonly Actor Casey = new("customer", Role.Customer, 1);
    private static readonly TicketRow Old = SomeRow.Of(1) with { OrganisationId = 1 };
    private static readonly TicketRow New = SomeRow.Of(2) with { OrganisationId = 1, ReportedAt = SomeRow.Monday + Duration.FromHours(1) };
    private static readonly RequestList Open = new(null, null, null);

    [Fact]
    public void A_changed_row_is_replaced_where_it_stands_and_a_new_one_comes_first()
    {
        var resolved = Old with { Version = 2, Status = TicketStatus.Resolved, IsOpen = false };
        Assert.Equal([New, resolved], Open.Patched(Casey, [Old], [resolved, New]));
    }

    [Fact]
    public void Nothing_changes_by_what_is_old_anothers_or_outside_of_the_list()
    {
        var stranger = New with { RequesterId = "stranger", OrganisationId = 2 };
        var colleague = New with { RequesterId = "colleague" };
        var closed = New with { Status = TicketStatus.Closed, IsOpen = false };
        Assert.Null(Open.Patched(Casey, [Old], [Old, stranger, closed]));
        Assert.Null((Open with { Show = RequestList.Mine }).Patched(Casey, [Old], [colleague]));
        Assert.Null((Open with { Text = "printer" }).Patched(Casey, [Old], [New]));
        Assert.Null((Open with { After = "x" }).Patched(Casey, [Old], [New]));
        Assert.Equal([colleague, Old], Open.Patched(Casey, [Old], [colleague]));
    }

    [Fact]
    public void A_row_comes_when_it_is_watched_and_goes_when_it_may_be_seen_no_longer()
    {
        var ownOnly = Casey with { SeesOrganisation = false };
        var colleagues = New with { RequesterId = "colleague" };
        Assert.Null(Open.Patched(ownOnly, [Old], [colleagues]));
        var watched = colleagues with { Version = 2, Watchers = ["customer"] };
        Assert.Equal([watched, Old], Open.Patched(ownOnly, [Old], [watched]));
        Assert.Equal([Old], Open.Patched(ownOnly, [watched, Old], [colleagues with { Version = 3 }]));
    }

    [Theory]
    [InlineData("open", null, null, "requests")]
    [InlineData("all", null, "abc", "requests?show=all&after=abc")]
    [InlineData("mine", "a b&c", null, "requests?show=mine&q=a%20b%26c")]
    public void Its_address_is_its_state(string show, string? text, string? after, string address) => Assert.Equal(address, RequestList.Address(show, text, after));

    [Fact]
    public void What_the_address_does_not_know_is_the_open_ones() => Assert.Equal(RequestList.Open, new RequestList("everything", null, null).Shown);
}
