using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.Reminders;

/// <summary>
/// What people's browsers are to speak of, each reminder once to a person for all tabs and servers: whoever comes first claims it. Claims that
/// arrive while one transaction is under way share the next, since everybody at the desk claims the same reminder at the same time.
/// </summary>
public sealed class ReminderClaims(WriteGate gate, LiveReminders live)
{
    private const int MostSince = 2_000;
    private const int LargestGroup = 64;

    // By person, as far as this server knows: never beyond what the store says.
    private readonly ConcurrentDictionary<string, long> _toldThrough = new();
    private readonly Lock _lock = new();
    private readonly Queue<Claim> _waiting = new();
    private bool _isWriting;

    /// <summary>
    /// What this person's browser is to speak of now. A tab that dies between claiming and showing loses a sound; the reminder stays in the list.
    /// </summary>
    /// <param name="actor">Whose browser.</param>
    /// <param name="those">Those that changed; null when a browser is opened.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<LiveReminder>> ClaimAsync(Actor actor, IReadOnlyList<LiveReminder>? those = null, CancellationToken cancellation = default)
    {
        if (!actor.MayWorkOnTickets()) return [];
        var (snapshot, known) = (live.Snapshot, _toldThrough.GetValueOrDefault(actor.Id));
        var candidates = snapshot.UntoldTo(actor, known, (those ?? snapshot.WokenFor(actor)).UnionBy(Since(snapshot, known), one => one.Reminder.Id)).ToList();
        if (candidates.Count == 0) return []; // Mostly: no turn at the store is taken for it.
        var claim = new Claim(actor, snapshot, candidates, cancellation);
        lock (_lock)
        {
            _waiting.Enqueue(claim);
            if (!_isWriting) _ = Task.Run(WriteAllAsync, CancellationToken.None); // Away from the circuit that happens to be the first.
            _isWriting = true;
        }

        return await claim.Told.Task.WaitAsync(cancellation);
    }

    /// <summary>All after the last one that the person was told of: another tab may have been about to tell of an earlier one than this. Ids have no gaps.</summary>
    private static IEnumerable<LiveReminder> Since(ReminderSnapshot snapshot, long toldThrough)
    {
        for (var id = Math.Max(toldThrough, snapshot.LastId - MostSince) + 1; id <= snapshot.LastId; id++)
        {
            if (snapshot.Find(id) is { } one) yield return one;
        }
    }

    private async Task WriteAllAsync()
    {
        while (Next() is { Count: > 0 } group)
        {
            try
            {
                await WriteAsync(group);
            }
            catch (Exception failure)
            {
                foreach (var claim in group) claim.Told.TrySetException(failure);
            }
        }
    }

    private List<Claim> Next()
    {
        var group = new List<Claim>();
        lock (_lock)
        {
            while (group.Count < LargestGroup && _waiting.TryDequeue(out var claim))
            {
                if (!claim.Cancellation.IsCancellationRequested) group.Add(claim);
            }

            if (group.Count == 0) _isWriting = false;
        }

        return group;
    }

    private async Task WriteAsync(List<Claim> group)
    {
        var woken = new List<LiveReminder>();
        var outcome = await gate.WriteAsync(async (db, stop) =>
        {
            var told = new List<(Claim Claim, IReadOnlyList<LiveReminder> Those, ReminderReader Reader)>();
            var readers = await ReminderReaders.OfAsync(db, group.Select(claim => claim.Actor.Id), stop);
            foreach (var claim in group)
            {
                var reader = readers[claim.Actor.Id];
                var untold = claim.Snapshot.UntoldTo(claim.Actor, reader.DeliveredThrough, claim.Candidates).ToLookup(one => claim.Snapshot.MarkOf(claim.Actor, one.Reminder.Id)?.WokeAt is not null);
                if (untold[false].Any()) reader.DeliveredThrough = untold[false].Max(one => one.Reminder.Id);
                var back = await ClaimWokenAsync(db, claim.Actor, untold[true], stop);
                woken.AddRange(back);
                told.Add((claim, [.. untold[false].Concat(back).Order(LiveReminder.ByDue)], reader));
            }

            await db.SaveChangesAsync(stop);
            return told;
        });
        if (woken.Count > 0) live.Publish(woken.Select(one => one.Reminder.TicketId));
        foreach (var (claim, those, reader) in outcome)
        {
            _toldThrough[claim.Actor.Id] = reader.DeliveredThrough;
            claim.Told.TrySetResult(those);
        }
    }

    private static async Task<List<LiveReminder>> ClaimWokenAsync(PortalDb db, Actor actor, IEnumerable<LiveReminder> woken, CancellationToken cancellation)
    {
        var claimed = new List<LiveReminder>();
        foreach (var one in woken)
        {
            var mine = await db.Set<ReminderMark>().Where(m => m.ReminderId == one.Reminder.Id && m.PersonId == actor.Id && m.WokeAt != null)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.WokeAt, (NodaTime.Instant?)null), cancellation);
            if (mine == 1) claimed.Add(one);
        }

        return claimed;
    }

    /// <summary>What one browser asks for.</summary>
    private sealed record Claim(Actor Actor, ReminderSnapshot Snapshot, IReadOnlyList<LiveReminder> Candidates, CancellationToken Cancellation)
    {
        public TaskCompletionSource<IReadOnlyList<LiveReminder>> Told { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
