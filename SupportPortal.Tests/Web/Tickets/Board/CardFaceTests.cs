using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.Tickets;
using SupportPortal.Web.Tickets.Board;

namespace SupportPortal.Tests.Web.Tickets.Board;

public sealed class CardFaceTests : BunitContext
{
    public CardFaceTests() => Services.AddSingleton<TimeProvider>(new FakeTimeProvider(SomeRow.Monday.ToDateTimeOffset()));

    [Fact]
    public void It_says_what_is_due_next_and_ticks_in_the_browser()
    {
        var countdown = Draw(SomeRow.Of(10001)).Find("sla-countdown");

        Assert.Equal("First response due in 24 h 0 min", countdown.TextContent);
        Assert.Equal(("timer", "2030-01-08T09:00:00Z"), (countdown.GetAttribute("role"), countdown.GetAttribute("due")));
    }

    [Fact]
    public void Words_of_a_customer_stay_words() =>
        Assert.Equal("<script>alert(1)</script>", Draw(SomeRow.Of(10001) with { Subject = "<script>alert(1)</script>" }).Find("a").TextContent);

    [Fact]
    public void A_claim_is_shown_until_the_ticket_is_assessed()
    {
        var row = SomeRow.Of(10001) with { Claimed = Severity.Critical };
        Assert.Equal("Claims Critical", Draw(row).Find(".ticket-claim").TextContent);
        Assert.Empty(Draw(row.Graded(Severity.High)).FindAll(".ticket-claim"));
    }

    [Fact]
    public void Whoever_has_it_is_shown_by_initials_and_told_in_words()
    {
        Assert.Equal("AA", Draw(SomeRow.Of(10001), "Ada Agent").Find(".avatar > [aria-hidden]").TextContent);
        Assert.Equal("Assigned to Ada Agent", Draw(SomeRow.Of(10001), "Ada Agent").Find(".avatar > .visually-hidden").TextContent);
        Assert.Equal("Unassigned", Draw(SomeRow.Of(10001)).Find(".avatar").TextContent);
    }

    public static TheoryData<TicketStatus, bool, bool, string> Flags { get; } = new()
    {
        { TicketStatus.New, false, false, "" },
        { TicketStatus.InProgress, true, false, "Patch owed" },
        { TicketStatus.WaitingOnCustomer, false, false, "Waiting" },
        { TicketStatus.WaitingOnCustomer, true, true, "Patch owed, Waiting, paused" },
        { TicketStatus.ResolutionProposed, false, false, "Proposed" },
    };

    [Theory]
    [MemberData(nameof(Flags))]
    public void Flags_are_words(TicketStatus status, bool patchOwed, bool paused, string words) =>
        Assert.Equal(words, string.Join(", ", CardFlag.Of(SomeRow.Of(1) with { Status = status, IsPatchOwed = patchOwed, IsPaused = paused }).Select(flag => flag.Words)));

    private IRenderedComponent<CardFace> Draw(TicketRow row, string? assignee = null) =>
        Render<CardFace>(face => face.Add(c => c.Row, row).Add(c => c.Assignee, assignee).Add(c => c.From, "Contoso · Robin"));
}
