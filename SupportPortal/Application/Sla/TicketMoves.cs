using SupportPortal.Application.Audit;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Sla;

/// <summary>
/// Moves the open tickets of a plan to the version in force: each is an act of its own on its ticket, so that what was cut off half-way is
/// taken up again by moving once more. Those that are there already are passed over.
/// </summary>
public sealed class TicketMoves(OpenHistories open, TicketDesk desk, PolicyStore policies, AuditLog audit)
{
    /// <summary>The longest reason.</summary>
    public const int LongestReason = 300;

    private const int AtOnce = 16; // They share their transactions, and leave room in them for people's acts.

    /// <summary>Moves them; answers how many were moved, or why nothing is.</summary>
    /// <param name="actor">A manager.</param>
    /// <param name="policy">A version in force.</param>
    /// <param name="reason">Why; for the audit log.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="cancellation">Stops it; what is moved stays moved.</param>
    public async Task<(int Moved, Refusal? Refused)> MoveAsync(
        Actor actor, PolicyReference policy, string reason, IProgress<Progress>? progress = null, CancellationToken cancellation = default)
    {
        if (!actor.MayManage()) return (0, new("", "Only managers move requests to another version of the policy.", RefusalKind.NotAllowed));
        if (string.IsNullOrWhiteSpace(reason)) return (0, new("reason", "Say why; it is written into the audit log."));
        if (reason.Length > LongestReason) return (0, new("reason", $"A reason has at most {LongestReason} characters."));
        await policies.RefreshAsync(cancellation);
        if ((await policies.CurrentAsync(policy.Name, cancellation)).Reference != policy)
            return (0, new("", $"{policy.Name}, version {policy.Version} is not in force now.", RefusalKind.NotNow));

        await audit.WriteAsync(new Audited(AuditAct.TicketsMoved, actor, $"Began to move open tickets of {policy.Name} to version {policy.Version}: {reason.Trim()}"), cancellation);
        var moved = 0;
        try
        {
            await Parallel.ForEachAsync(WaitingAsync(policy, progress, cancellation), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (id, stop) =>
            {
                var answer = await desk.ActAsync(actor, id, (ticket, now) =>
                    policies.Catalogue.InForce(policy.Name, now).Reference == policy ? ticket.MoveTo(actor, policy) : Decision.NotNow("A later version is in force."), cancellation: stop);
                if (answer is DeskAnswer.Done) Interlocked.Increment(ref moved); // Else it was closed meanwhile.
            });
        }
        finally
        {
            await audit.WriteAsync(new Audited(AuditAct.TicketsMoved, actor, $"{moved} open tickets of {policy.Name} were moved to version {policy.Version}."), CancellationToken.None);
        }

        return (moved, null);
    }

    private async IAsyncEnumerable<long> WaitingAsync(
        PolicyReference policy, IProgress<Progress>? progress, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var history in open.ReadAsync(progress: progress, cancellation: cancellation))
        {
            if (history.Ticket.Policy.Name == policy.Name && history.Ticket.Policy != policy) yield return history.Ticket.Id;
        }
    }
}
