using NodaTime;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using SupportPortal.Web.Tickets.Workbench;

namespace SupportPortal.Tests.Web.Tickets.Workbench;

public sealed class CollisionTests
{
    [Fact]
    public void It_says_who_answered_and_when_and_how_the_answer_begins()
    {
        Assert.Equal(new Collision(4, "Bob Beside replied", "09:00", "It is the printer. Switch it off."), Of(new StaffReplied(Text("It is\n\n  the printer.\tSwitch it off.\n"))));
        Assert.Equal(new Collision(4, "Bob Beside resolved it: Fix", "09:00", "Done."), Of(new Resolved(ResolutionKind.Fix, Text("Done."))));
        Assert.Equal("This text was erased.", Of(new StaffReplied(SealedText.Erased(""))).Beginning);
    }

    [Theory]
    [InlineData(240, 240)] // It fits.
    [InlineData(241, 240)]
    [InlineData(20_000, 240)]
    public void A_long_answer_is_cut(int letters, int left)
    {
        var text = new string('x', letters);
        Assert.Equal(letters == left ? text : $"{text[..left]}…", Of(new StaffReplied(Text(text))).Beginning);
    }

    [Fact]
    public void It_is_cut_between_words_and_never_within_a_letter()
    {
        Assert.Equal($"{new string('x', 200)}…", Of(new StaffReplied(Text($"{new string('x', 200)} {new string('y', 200)}"))).Beginning);
        Assert.Equal($"x{string.Concat(Enumerable.Repeat("🙂", 119))}…", Of(new StaffReplied(Text($"x{string.Concat(Enumerable.Repeat("🙂", 200))}"))).Beginning);
    }

    private static SealedText Text(string text) => SealedText.Seal(text, "00");

    private static Collision Of(TicketFact answer) => Collision.Of(
        new TicketEvent(4, Instant.FromUtc(2030, 1, 7, 9, 0), new EventAuthor("bob", Role.Agent), 1, answer), _ => "Bob Beside", instant => $"{instant.InUtc().TimeOfDay:HH:mm}");
}
