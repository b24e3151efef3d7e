namespace SupportPortal.Domain.Tickets;

/// <summary>Somebody else's answer reached the customer after whoever writes this one last looked: whether it still fits is theirs to say.</summary>
/// <param name="Answer">The other's reply or resolution.</param>
public sealed record AnsweredMeanwhile(TicketEvent Answer) : Refusal("", "Somebody else has answered meanwhile.", RefusalKind.NotNow);

/// <summary>
/// What staff told the customer in public: the latest answer, and the latest by anybody but its author. That is enough to know,
/// for any person, the latest that they did not give themselves.
/// </summary>
internal readonly record struct StaffAnswers(TicketEvent? Latest, TicketEvent? ByAnother)
{
    public StaffAnswers With(TicketEvent answer) => new(answer, answer.By.Id == Latest?.By.Id ? ByAnother : Latest);

    public TicketEvent? NotBy(string personId) => personId == Latest?.By.Id ? ByAnother : Latest;
}
