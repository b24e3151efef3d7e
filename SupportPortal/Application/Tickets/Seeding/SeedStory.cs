using System.Globalization;
using NodaTime;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Tickets.Seeding;

/// <summary>Makes up one ticket's past: graded, answered in time or late, waited for, resolved, sometimes reopened.</summary>
internal sealed class SeedStory(Random chance, SeedCast cast, Func<Actor, PolicyReference> policy, int catalogue, Instant now)
{
    private Actor _customer = null!;
    private Actor _agent = null!;
    private string _service = "";
    private double _pace = 1;

    /// <summary>The events of a ticket reported at an instant; one that stays open ends in the middle.</summary>
    public IReadOnlyList<TicketEvent> Tell(Instant reportedAt, bool staysOpen)
    {
        (_customer, _agent, _service) = (Any(cast.Customers), Any(cast.Agents), Any(SeedWords.Services));
        // What is closed ended before now, however lately it was reported.
        _pace = staysOpen ? 1 : Math.Min(1, (now - reportedAt).TotalDays / 40);
        var severity = chance.NextDouble() switch { < 0.08 => Severity.Critical, < 0.30 => Severity.High, _ => Severity.Normal };
        var past = new TicketPast(_customer, Report(severity), reportedAt, now, catalogue);
        if (staysOpen && chance.NextDouble() < 0.15) return past.Events; // Nobody has looked at it yet.
        Triage(past, severity);
        if (staysOpen && chance.NextDouble() < 0.2) return past.Events;
        Respond(past, severity);
        Talk(past, severity, staysOpen ? chance.Next(0, 4) : chance.Next(0, 5));
        if (staysOpen) return LeaveOpen(past);
        Resolve(past);
        return past.Events;
    }

    private Reported Report(Severity severity)
    {
        var (impact, workaround) = severity switch
        {
            Severity.Critical => (Likely(0.8) ? Impact.ProductionStopped : Impact.DataLoss, Workaround.None),
            Severity.High => (Impact.MajorFeatureDegraded, Likely(0.6) ? Workaround.None : Workaround.ShortTerm),
            _ => (Likely(0.9) ? Impact.PartialOrMinor : Impact.MajorFeatureDegraded, (Workaround)chance.Next(3)),
        };
        var subjects = severity switch { Severity.Critical => SeedWords.Critical, Severity.High => SeedWords.High, _ => SeedWords.Normal };
        var channel = chance.NextDouble() switch { < 0.55 => Channel.Portal, < 0.8 => Channel.Email, < 0.95 => Channel.Api, _ => Channel.Chat };
        return new Reported(Say(subjects), Say(SeedWords.Descriptions), _customer.Id, _customer.OrganisationId, channel, policy(_customer), _service, impact, workaround)
        {
            Tags = Likely(0.3) ? [Any(SeedWords.Tags)] : [],
        };
    }

    private void Triage(TicketPast past, Severity severity)
    {
        past.Wait(Minutes(severity switch { Severity.Critical => (1, 25), Severity.High => (5, 120), _ => (10, 500) }));
        // Some are graded too mildly at first, and again when more is known.
        var first = severity != Severity.Normal && Likely(0.15) ? severity + 1 : severity;
        past.Then(_agent, ticket => ticket.Grade(_agent, first, Say(SeedWords.Reasons), null, past.At));
        if (first == severity) return;
        past.Wait(Minutes((3, 40)));
        past.Then(_agent, ticket => ticket.Grade(_agent, severity, Say(SeedWords.Reasons), Likely(0.5) ? null : past.At, past.At));
    }

    private void Respond(TicketPast past, Severity severity)
    {
        var target = TargetOf(severity);
        past.Wait(target * (Likely(0.9) ? 0.05 + (0.5 * chance.NextDouble()) : 0.9 + chance.NextDouble()) * _pace);
        past.Then(_agent, ticket => ticket.Take(_agent));
        past.Wait(Minutes((1, 6)));
        past.Then(_agent, ticket => ticket.Reply(_agent, Say(SeedWords.Replies)));
    }

    private void Talk(TicketPast past, Severity severity, int turns)
    {
        for (var turn = 0; turn < turns; turn++)
        {
            past.Wait(Pause(severity));
            switch (chance.Next(8))
            {
                case 0:
                    past.Then(_agent, _ => Ticket.AddNote(_agent, Say(SeedWords.Notes)));
                    break;
                case 1:
                    past.Then(_agent, ticket => ticket.Wait(_agent)).Wait(Minutes((60, 2800))).Then(_customer, ticket => ticket.Reply(_customer, Say(SeedWords.CustomerReplies)));
                    break;
                case 2:
                    past.Then(_customer, ticket => ticket.RequestStatus(_customer)).Wait(Minutes((20, 1800)));
                    break;
                case 3 when severity == Severity.High:
                    past.Then(_agent, ticket => ticket.RecordWorkaround(_agent, Say(SeedWords.Workarounds)));
                    break;
                case 4 when severity == Severity.High:
                    past.Then(_agent, ticket => ticket.RecordPatch(_agent, Say(SeedWords.Summaries), $"build {chance.Next(2000, 9000)}"));
                    break;
                case 5 when severity == Severity.Critical:
                    severity = Severity.High;
                    past.Then(_agent, ticket => ticket.Grade(_agent, severity, Say(SeedWords.Reasons), null, past.At));
                    break;
                default:
                    past.Then(_customer, ticket => ticket.Reply(_customer, Say(SeedWords.CustomerReplies)));
                    break;
            }

            past.Wait(Pause(severity) * 0.5).Then(_agent, ticket => ticket.Reply(_agent, Say(SeedWords.Replies)));
        }
    }

    private IReadOnlyList<TicketEvent> LeaveOpen(TicketPast past)
    {
        if (Likely(0.2)) past.Wait(Minutes((5, 60))).Then(_agent, ticket => ticket.Wait(_agent));
        else if (Likely(0.12)) past.Wait(Minutes((5, 60))).Then(_agent, ticket => ticket.Resolve(_agent, ResolutionKind.Agreed, Say(SeedWords.Summaries)));
        return past.Events;
    }

    private void Resolve(TicketPast past)
    {
        var kind = (ResolutionKind)chance.Next(4);
        past.Wait(Pause(past.Ticket.Severity)).Then(_agent, ticket => ticket.Resolve(_agent, kind, Say(SeedWords.Summaries)));
        past.Wait(Minutes((30, 2000)));
        if (Likely(0.06))
        {
            past.Then(_customer, ticket => ticket.Reject(_customer, Say(SeedWords.Reopenings))).Wait(Minutes((20, 1700)));
            past.Then(_agent, ticket => ticket.Take(_agent)).Wait(Minutes((5, 60))).Then(_agent, ticket => ticket.Reply(_agent, Say(SeedWords.Replies)));
            past.Wait(Minutes((60, 1500))).Then(_agent, ticket => ticket.Resolve(_agent, ResolutionKind.Fix, Say(SeedWords.Summaries))).Wait(Minutes((60, 2000)));
        }

        if (past.Ticket.Status == TicketStatus.ResolutionProposed || Likely(0.6)) past.Then(_customer, ticket => ticket.Accept(_customer, null));
        if (Likely(0.5)) past.Then(_customer, ticket => ticket.Rate(_customer, Math.Min(5, chance.Next(2, 7)), Likely(0.4) ? Say(SeedWords.Comments) : null));
    }

    /// <summary>Mostly within what is promised, sometimes far beyond.</summary>
    private Duration Pause(Severity severity)
    {
        var usual = severity switch { Severity.Critical => 15.0, Severity.High => 380, _ => 1100 };
        return Duration.FromMinutes(usual * (0.2 + (0.75 * chance.NextDouble())) * (Likely(0.1) ? 3 : 1) * _pace);
    }

    private Duration Minutes((int From, int To) between) => Duration.FromMinutes((between.From + ((between.To - between.From) * chance.NextDouble())) * _pace);

    private static Duration TargetOf(Severity severity) => SlaPolicy.Commitment.Target(severity, SlaMetric.FirstResponse)!.Target.In(Duration.FromDays(1));

    private SealedText Say(string[] sentences)
    {
        Span<byte> salt = stackalloc byte[16];
        chance.NextBytes(salt);
        var text = string.Format(CultureInfo.InvariantCulture, Any(sentences), _service, chance.Next(11, 900), chance.Next(2, 23));
        return SealedText.Seal(text, Convert.ToHexStringLower(salt));
    }

    private bool Likely(double probability) => chance.NextDouble() < probability;

    private T Any<T>(IReadOnlyList<T> those) => those[chance.Next(those.Count)];
}
