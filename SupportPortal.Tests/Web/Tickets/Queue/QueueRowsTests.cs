using NodaTime;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using SupportPortal.Web.Tickets.Queue;

namespace SupportPortal.Tests.Web.Tickets.Queue;

/// <summary>A page of the queue stays true while tickets change.</summary>
public sealed class QueueRowsTests
{
    private static readonly Instant Noon = Instant.FromUtc(2030, 1, 7, 12, 0);
    private static readonly TicketFilter Open = new() { Statuses = [TicketStatus.New, TicketStatus.InProgress] };
    private static readonly TicketRow[] Page = [Row(1, due: 1), Row(2, due: 2), Row(4, due: 4)];

    [Theory]
    [InlineData(3, 3, TicketStatus.New, false, "1 2 3 4")]       // came anew, between rows that are shown
    [InlineData(9, 9, TicketStatus.New, false, "1 2 4")]         // came anew, on a later page
    [InlineData(9, 9, TicketStatus.New, true, "1 2 4 9")]        // came anew, and there is one page only
    [InlineData(2, 2, TicketStatus.Resolved, false, "1 4")]      // no longer fits
    [InlineData(1, 3, TicketStatus.InProgress, false, "2 1 4")]  // is due later
    [InlineData(8, 1, TicketStatus.Closed, true, "1 2 4")]       // fitted never
    public void A_change_finds_its_place(long id, int due, TicketStatus status, bool isWhole, string expected) =>
        Assert.Equal(expected, string.Join(' ', QueueRows.After(Page, [Row(id, due, status)], Open, isWhole).Select(r => r.Id)));

    [Fact]
    public void What_concerns_other_pages_changes_nothing() => Assert.Same(Page, QueueRows.After(Page, [Row(9, 9)], Open, isWhole: false));

    [Fact]
    public void An_address_and_its_view_are_the_same()
    {
        var view = new QueueView { Status = "new", Severity = 1, Assignee = "me", Text = "a b&c", Sort = "newest" };
        Assert.Equal("desk/queue?status=new&severity=1&assignee=me&q=a%20b%26c&sort=newest", view.Address);
        var filter = view.Filter(new Actor("ada", Role.Agent));
        Assert.Equal(("ada", Severity.Critical, "a b&c", TicketOrder.Newest), (filter.AssigneeId, filter.Severity, filter.Text, filter.Order));
        Assert.Equal([TicketStatus.New], filter.Statuses);
    }

    private static TicketRow Row(long id, int due, TicketStatus status = TicketStatus.New) => new()
    {
        Id = id,
        Version = 1,
        Subject = "Export stops",
        Status = status,
        IsOpen = status.IsOpen,
        Severity = Severity.Normal,
        Claimed = Severity.Normal,
        IsAssessed = true,
        Channel = Channel.Portal,
        RequesterId = "carl",
        ReportedAt = Noon,
        ChangedAt = Noon,
        NextDueAt = Noon + Duration.FromHours(due),
        DueOrder = Noon + Duration.FromHours(due),
        LastHash = "",
    };
}
