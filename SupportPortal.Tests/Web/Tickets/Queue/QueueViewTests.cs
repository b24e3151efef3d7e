using SupportPortal.Domain.People;
using SupportPortal.Web.Tickets.Queue;

namespace SupportPortal.Tests.Web.Tickets.Queue;

public sealed class QueueViewTests
{
    private static readonly Actor Me = new("me", Role.Agent);

    [Theory]
    [InlineData("me", "me", false)]
    [InlineData("none", null, true)]
    [InlineData("0b7c5b53-9f6e-4a55-8a53-0d0d9d1f0c11", "0b7c5b53-9f6e-4a55-8a53-0d0d9d1f0c11", false)]
    [InlineData("nonsense", null, false)]
    [InlineData(null, null, false)]
    public void An_assignee_is_me_nobody_or_somebody_by_their_id(string? assignee, string? id, bool unassigned)
    {
        var view = new QueueView { Assignee = assignee };
        Assert.Equal((id, unassigned), (view.Filter(Me).AssigneeId, view.Filter(Me).Unassigned));
    }
}
