using System.Runtime.CompilerServices;
using Microsoft.Extensions.Time.Testing;
using SupportPortal.Application.Live;

namespace SupportPortal.Tests.Application.Live;

public sealed class PresenceTests
{
    private readonly CountingClock _clock = new();
    private readonly Presence _presence;

    // What anybody could be woken by.
    private readonly List<PresenceChange> _told = [];

    public PresenceTests()
    {
        _presence = new Presence(_clock);
        _presence.Watch(change =>
        {
            _told.Add(change);
            return false;
        });
    }

    [Fact]
    public void Others_are_seen_in_the_order_in_which_they_came_and_oneself_is_not()
    {
        using var ada = _presence.Enter(1, "ada");
        using var bob = _presence.Enter(1, "bob");
        using var cid = _presence.Enter(1, "cid");
        using var elsewhere = _presence.Enter(2, "dan");
        Assert.Equal([new("bob"), new("cid")], _presence.OthersAt(1, "ada"));

        ada.Dispose();
        ada.Dispose();
        Assert.Equal([new("bob")], _presence.OthersAt(1, "cid"));
        Assert.Equal([], _presence.OthersAt(3, "ada"));
        Assert.Equal([new(1, "ada", true), new(1, "bob", true), new(1, "cid", true), new(2, "dan", true), new(1, "ada", true)], _told);
    }

    [Fact]
    public void Two_tabs_of_one_person_are_one_onlooker_until_both_are_closed()
    {
        var first = _presence.Enter(1, "ada");
        var second = _presence.Enter(1, "ada");
        first.Dispose();
        Assert.Equal([new("ada")], _presence.OthersAt(1, "bob"));
        Assert.Single(_told);

        second.Dispose();
        Assert.Equal([], _presence.OthersAt(1, "bob"));
        Assert.Equal([new(1, "ada", true), new(1, "ada", true)], _told);
    }

    [Fact]
    public void A_visitor_sees_what_others_do_at_the_ticket_and_nothing_else()
    {
        using var ada = _presence.Enter(1, "ada");
        using var elsewhere = _presence.Enter(2, "bob");
        elsewhere.Types(Writing.Reply);
        ada.Types(Writing.Reply);
        using var bob = _presence.Enter(1, "bob");
        bob.Types(Writing.Note);
        Assert.Equal([new(1, "bob", true), new(1, "bob", false)], _told.Where(ada.Sees));
    }

    [Fact]
    public void Typing_ends_by_itself_some_seconds_after_the_last_sign()
    {
        using var ada = _presence.Enter(1, "ada");
        for (var i = 0; i < 5; i++)
        {
            ada.Types(Writing.Reply);
            _clock.Advance(Presence.TypingLasts - TimeSpan.FromMilliseconds(1));
            Assert.Equal([new("ada", Writing.Reply)], _presence.OthersAt(1, "bob"));
        }

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal([new("ada")], _presence.OthersAt(1, "bob"));
        Assert.Equal([new(1, "ada", true), new(1, "ada", false), new(1, "ada", false)], _told); // However many signs there were.
    }

    [Fact]
    public void It_is_seen_what_somebody_types_until_that_is_sent()
    {
        using var ada = _presence.Enter(1, "ada");
        ada.Types(Writing.Reply);
        ada.Types(Writing.Note);
        ada.Stops(Writing.Reply);
        Assert.Equal([new("ada", Writing.Note)], _presence.OthersAt(1, "bob"));
        ada.Stops(Writing.Note);
        Assert.Equal([new("ada")], _presence.OthersAt(1, "bob"));
    }

    [Fact]
    public void Typing_ends_with_the_tab_in_which_it_was_done_and_with_no_other()
    {
        using var first = _presence.Enter(1, "ada");
        var second = _presence.Enter(1, "ada");
        var third = _presence.Enter(1, "ada");
        second.Types(Writing.Reply);
        third.Dispose();
        first.Stops(Writing.Reply);
        Assert.Equal([new("ada", Writing.Reply)], _presence.OthersAt(1, "bob"));
        second.Dispose();
        Assert.Equal([new("ada")], _presence.OthersAt(1, "bob"));
    }

    [Fact]
    public void Whoever_is_cut_off_is_gone_at_once_and_there_again_with_the_connection()
    {
        var ada = _presence.Enter(1, "ada");
        ada.Types(Writing.Reply);
        ada.Drop();
        ada.Types(Writing.Reply);
        Assert.Equal([], _presence.OthersAt(1, "bob"));

        ada.Return();
        ada.Return();
        Assert.Equal([new("ada")], _presence.OthersAt(1, "bob"));

        ada.Dispose();
        ada.Return();
        Assert.Equal([], _presence.OthersAt(1, "bob"));
    }

    [Fact]
    public void One_timer_runs_for_whoever_types_however_many_watch_and_none_when_everybody_has_left()
    {
        var visits = Enumerable.Range(0, 50).Select(i => _presence.Enter(1, $"agent {i % 25}")).ToList();
        foreach (var visit in visits.Concat(visits)) visit.Types(Writing.Reply);
        Assert.Equal(25, _clock.Timers);

        visits.ForEach(visit => visit.Dispose());
        Assert.Equal(0, _clock.Timers);
        Assert.Empty(_presence.Snapshot);
    }

    [Fact]
    public void Nothing_is_kept_of_whoever_left()
    {
        var names = ComeAndGo();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.DoesNotContain(names, name => name.IsAlive);
        GC.KeepAlive(_presence);

        [MethodImpl(MethodImplOptions.NoInlining)]
        List<WeakReference> ComeAndGo()
        {
            _told.Clear();
            var visits = Enumerable.Range(0, 20).Select(i => _presence.Enter(i, new string('a', 5 + i))).ToList();
            foreach (var visit in visits) visit.Types(Writing.Note);
            visits.ForEach(visit => visit.Drop());
            visits.ForEach(visit => visit.Return());
            visits.ForEach(visit => visit.Dispose());
            _told.Clear();
            return [.. visits.Select(visit => new WeakReference(visit.PersonId))];
        }
    }

    [Fact]
    public void A_board_reads_which_tickets_have_onlookers_and_is_woken_only_by_those_it_shows()
    {
        var heard = new List<long>();
        using var board = _presence.Watch(change =>
        {
            if (change is { CameOrLeft: true, TicketId: 1 or 2 }) heard.Add(change.TicketId);
            return false;
        });
        using var ada = _presence.Enter(1, "ada");
        using var bob = _presence.Enter(1, "bob");
        using var cid = _presence.Enter(2, "cid");
        using var dan = _presence.Enter(3, "dan");
        ada.Types(Writing.Reply);
        cid.Dispose();
        Assert.Equal([1, 1, 2, 2], heard);
        Assert.Equal(["1: ada bob", "3: dan"], _presence.Snapshot.OrderBy(at => at.Key).Select(at => $"{at.Key}: {string.Join(' ', at.Value.Select(o => o.PersonId))}"));
    }

    [Fact]
    public async Task A_watcher_that_is_busy_hears_of_everything_at_once_and_no_more_when_it_has_left()
    {
        var watch = _presence.Watch(change => change.PersonId != "ada");
        using var ada = _presence.Enter(1, "ada");
        using var bob = _presence.Enter(1, "bob");
        using var cid = _presence.Enter(2, "cid");
        bob.Types(Writing.Reply);

        var heard = new List<long[]>();
        await foreach (var changed in watch.ChangesAsync(Xunit.TestContext.Current.CancellationToken))
        {
            heard.Add([.. changed.Order()]);
            watch.Dispose();
            bob.Stops(Writing.Reply);
        }

        Assert.Equal([1, 2], Assert.Single(heard));
        Assert.Equal(1, _presence.Watches); // The one of this class.
    }

    [Fact]
    public async Task Everybody_may_come_type_and_go_at_once()
    {
        var presence = new Presence(TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(person => Task.Run(() =>
        {
            for (var i = 0; i < 500; i++)
            {
                using var visit = presence.Enter(i % 3, $"agent {person % 4}");
                visit.Types(Writing.Reply);
                visit.Drop();
                visit.Return();
            }
        })));
        Assert.Empty(presence.Snapshot);
    }

    /// <summary>Knows how many timers run.</summary>
    private sealed class CountingClock : FakeTimeProvider
    {
        public int Timers { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Timers++;
            return new Counted(base.CreateTimer(callback, state, dueTime, period), () => Timers--);
        }

        private sealed class Counted(ITimer timer, Action ended) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

            public void Dispose()
            {
                timer.Dispose();
                ended();
            }

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
