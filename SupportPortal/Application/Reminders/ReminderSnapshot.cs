using System.Collections.Immutable;
using NodaTime;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.Reminders;

/// <summary>
/// Every reminder that lives at one moment, by whom it is for, in order of what is due first. Immutable, as the open tickets are: any number
/// of circuits count and list their own without a query.
/// </summary>
public sealed class ReminderSnapshot
{
    private static readonly ImmutableSortedSet<LiveReminder> Nothing = ImmutableSortedSet<LiveReminder>.Empty.WithComparer(LiveReminder.ByDue);
    private static readonly ImmutableDictionary<long, ReminderMark> NoMarks = ImmutableDictionary<long, ReminderMark>.Empty;

    private readonly ImmutableDictionary<long, ImmutableArray<LiveReminder>> _byTicket;
    private readonly ImmutableDictionary<long, LiveReminder> _byId;
    private readonly ImmutableDictionary<string, ImmutableSortedSet<LiveReminder>> _byPerson;
    private readonly ImmutableDictionary<string, ImmutableDictionary<long, ReminderMark>> _marks;
    private readonly ImmutableSortedSet<LiveReminder> _desk;
    private readonly ImmutableSortedSet<LiveReminder> _managers;

    private ReminderSnapshot(
        ImmutableDictionary<long, ImmutableArray<LiveReminder>> byTicket, ImmutableDictionary<long, LiveReminder> byId, ImmutableDictionary<string, ImmutableSortedSet<LiveReminder>> byPerson,
        ImmutableDictionary<string, ImmutableDictionary<long, ReminderMark>> marks, ImmutableSortedSet<LiveReminder> desk, ImmutableSortedSet<LiveReminder> managers) =>
        (_byTicket, _byId, _byPerson, _marks, _desk, _managers) = (byTicket, byId, byPerson, marks, desk, managers);

    /// <summary>Nobody is reminded of anything.</summary>
    public static ReminderSnapshot Empty { get; } = new(
        ImmutableDictionary<long, ImmutableArray<LiveReminder>>.Empty, ImmutableDictionary<long, LiveReminder>.Empty, ImmutableDictionary<string, ImmutableSortedSet<LiveReminder>>.Empty,
        ImmutableDictionary<string, ImmutableDictionary<long, ReminderMark>>.Empty, Nothing, Nothing);

    /// <summary>How many live.</summary>
    public int Count => _byId.Count;

    /// <summary>The last one that was raised, though it may have ended.</summary>
    public long LastId { get; private init; }

    /// <summary>Whether somebody is reminded of this ticket.</summary>
    public bool Has(long ticketId) => _byTicket.ContainsKey(ticketId);

    /// <summary>The reminders of a ticket.</summary>
    public IReadOnlyList<LiveReminder> OfTicket(long ticketId) => _byTicket.GetValueOrDefault(ticketId, []);

    /// <summary>The reminder of that id, while it lives.</summary>
    public LiveReminder? Find(long id) => _byId.GetValueOrDefault(id);

    /// <summary>This person's, in order of what is due first, those that they snoozed among them, without those that they are done with.</summary>
    /// <param name="staff">Who.</param>
    /// <param name="from">Only those that are overdue later than this: a list begins there without reading what comes before.</param>
    public IEnumerable<PersonalReminder> For(Actor staff, Instant? from = null)
    {
        var marks = MarksOf(staff);
        foreach (var live in Merge(Sets(staff), from))
        {
            var mark = marks.GetValueOrDefault(live.Reminder.Id);
            if (mark?.DoneAt is null) yield return new PersonalReminder(live, mark?.SnoozedUntil);
        }
    }

    /// <summary>Those that this person has put off beyond <paramref name="now"/>, by when they come back.</summary>
    public IEnumerable<PersonalReminder> SnoozedBy(Actor staff, Instant now) => MarksOf(staff).Values
        .Where(mark => mark.SnoozedUntil > now && mark.DoneAt is null && _byId.TryGetValue(mark.ReminderId, out var live) && live.IsFor(staff))
        .OrderBy(mark => mark.SnoozedUntil).ThenBy(mark => mark.ReminderId).Select(mark => new PersonalReminder(_byId[mark.ReminderId], mark.SnoozedUntil));

    /// <summary>How many are due for this person: without snoozed and done ones. Costs the person's own, however many there are.</summary>
    /// <param name="staff">Who.</param>
    /// <param name="overdueAt">Only those that are overdue by then.</param>
    public int CountFor(Actor staff, Instant? overdueAt = null)
    {
        var mine = _byPerson.GetValueOrDefault(staff.Id, Nothing);
        var count = Until(_desk, overdueAt) + Until(mine, overdueAt);
        if (staff.MayManage()) count += Until(_managers, overdueAt) - mine.Count(live => IsBy(live, overdueAt) && _managers.Contains(live));
        return count - MarksOf(staff).Values.Count(mark => mark.Hides && _byId.TryGetValue(mark.ReminderId, out var live) && IsBy(live, overdueAt) && live.IsFor(staff));
    }

    /// <summary>Whether a promise of this person's reminders is broken, as far as they have not put it off. What is broken stands among the first.</summary>
    public bool HasBreachFor(Actor staff) => For(staff).Where(one => one.SnoozedUntil is null).Take(100).Any(one => one.Reminder.IsBreach);

    /// <summary>Which of these this person is to be told of in a browser: raised after the last they were told of, or back from a snooze.</summary>
    public IEnumerable<LiveReminder> UntoldTo(Actor staff, long toldThrough, IEnumerable<LiveReminder> those)
    {
        var marks = MarksOf(staff);
        return those.Where(live => marks.GetValueOrDefault(live.Reminder.Id) is { } mark
            ? mark is { Hides: false, WokeAt: not null } && live.IsFor(staff)
            : live.Reminder.Id > toldThrough && live.IsToldTo(staff));
    }

    /// <summary>Those of this person's that are back from a snooze, and of which no browser has spoken since.</summary>
    public IEnumerable<LiveReminder> WokenFor(Actor staff) => MarksOf(staff).Values.Where(mark => mark.WokeAt is not null).Select(mark => Find(mark.ReminderId)).OfType<LiveReminder>();

    /// <summary>What this person did about a reminder.</summary>
    public ReminderMark? MarkOf(Actor staff, long reminderId) => MarksOf(staff).GetValueOrDefault(reminderId);

    /// <summary>The snapshot in which these tickets have these reminders, and no others, and these marks.</summary>
    public ReminderSnapshot With(IReadOnlyCollection<long> ticketIds, IReadOnlyCollection<LiveReminder> reminders, IReadOnlyCollection<ReminderMark> marks)
    {
        var (byTicket, byId, byPerson, allMarks, desk, managers) = (_byTicket.ToBuilder(), _byId.ToBuilder(), _byPerson.ToBuilder(), _marks.ToBuilder(), _desk.ToBuilder(), _managers.ToBuilder());
        var now = reminders.ToLookup(live => live.Reminder.TicketId);
        foreach (var id in ticketIds)
        {
            foreach (var gone in byTicket.GetValueOrDefault(id, [])) Remove(gone);
            byTicket.Remove(id);
            if (!now.Contains(id)) continue;
            byTicket[id] = [.. now[id]];
            foreach (var live in now[id]) Put(live);
        }

        foreach (var mark in marks.Where(mark => byId.ContainsKey(mark.ReminderId)))
            allMarks[mark.PersonId] = allMarks.GetValueOrDefault(mark.PersonId, NoMarks).SetItem(mark.ReminderId, mark);
        return new ReminderSnapshot(byTicket.ToImmutable(), byId.ToImmutable(), byPerson.ToImmutable(), WithoutEnded(), desk.ToImmutable(), managers.ToImmutable())
        {
            LastId = reminders.Aggregate(LastId, (last, live) => Math.Max(last, live.Reminder.Id)),
        };

        void Put(LiveReminder live)
        {
            byId[live.Reminder.Id] = live;
            if (live.IsForDesk) desk.Add(live);
            else if (live.Reminder.Audience.HasFlag(ReminderAudience.Managers)) managers.Add(live);
            foreach (var person in PeopleOf(live)) byPerson[person] = byPerson.GetValueOrDefault(person, Nothing).Add(live);
        }

        void Remove(LiveReminder live)
        {
            byId.Remove(live.Reminder.Id);
            desk.Remove(live);
            managers.Remove(live);
            foreach (var person in PeopleOf(live))
            {
                var rest = byPerson.GetValueOrDefault(person, Nothing).Remove(live);
                if (rest.IsEmpty) byPerson.Remove(person);
                else byPerson[person] = rest;
            }
        }

        // A reminder that ended takes its marks along, or they would gather for ever.
        ImmutableDictionary<string, ImmutableDictionary<long, ReminderMark>> WithoutEnded()
        {
            var ended = ticketIds.SelectMany(id => _byTicket.GetValueOrDefault(id, [])).Select(live => live.Reminder.Id).Where(id => !byId.ContainsKey(id)).ToList();
            if (ended.Count == 0) return allMarks.ToImmutable();
            foreach (var (person, theirs) in allMarks.ToList()) allMarks[person] = theirs.RemoveRange(ended);
            return allMarks.ToImmutable();
        }
    }

    private static bool IsBy(LiveReminder live, Instant? overdueAt) => overdueAt is not { } at || live.OverdueFrom <= at;

    /// <summary>How many at the beginning of a set are overdue by then.</summary>
    private static int Until(ImmutableSortedSet<LiveReminder> set, Instant? overdueAt)
    {
        if (overdueAt is null) return set.Count;
        var (low, high) = (0, set.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (IsBy(set[middle], overdueAt)) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private static IEnumerable<LiveReminder> From(ImmutableSortedSet<LiveReminder> set, int index)
    {
        for (; index < set.Count; index++) yield return set[index];
    }

    private ImmutableDictionary<long, ReminderMark> MarksOf(Actor staff) => _marks.GetValueOrDefault(staff.Id, NoMarks);

    private IEnumerable<ImmutableSortedSet<LiveReminder>> Sets(Actor staff) =>
        staff.MayManage() ? [_desk, _byPerson.GetValueOrDefault(staff.Id, Nothing), _managers] : [_desk, _byPerson.GetValueOrDefault(staff.Id, Nothing)];

    /// <summary>Those named beside the desk.</summary>
    private static IEnumerable<string> PeopleOf(LiveReminder live)
    {
        if (live.IsForDesk) yield break;
        var assignee = live.Reminder.Audience.HasFlag(ReminderAudience.Assignee) ? live.Ticket.AssigneeId : null;
        if (assignee is not null) yield return assignee;
        if (live.Reminder.Audience.HasFlag(ReminderAudience.OnCall) && live.Reminder.OnCallId is { } onCall && onCall != assignee) yield return onCall;
    }

    /// <summary>Sorted sets as one, lazily: a page shows the first of many.</summary>
    private static IEnumerable<LiveReminder> Merge(IEnumerable<ImmutableSortedSet<LiveReminder>> sets, Instant? from)
    {
        var heads = new PriorityQueue<IEnumerator<LiveReminder>, LiveReminder>(LiveReminder.ByDue);
        foreach (var set in sets)
        {
            var head = (from is null ? set : From(set, Until(set, from))).GetEnumerator();
            if (head.MoveNext()) heads.Enqueue(head, head.Current);
        }

        LiveReminder? last = null;
        while (heads.TryDequeue(out var head, out var live))
        {
            if (last?.Reminder.Id != live.Reminder.Id) yield return last = live;
            if (head.MoveNext()) heads.Enqueue(head, head.Current);
        }
    }
}
