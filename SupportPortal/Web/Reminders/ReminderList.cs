using NodaTime;
using SupportPortal.Application.Reminders;
using SupportPortal.Domain.People;

namespace SupportPortal.Web.Reminders;

/// <summary>What the page shows of a person's reminders: the first of each kind, and how many there are of it.</summary>
public sealed record ReminderList(ReminderList.Group Overdue, ReminderList.Group Due, ReminderList.Group Snoozed)
{
    /// <summary>More than anybody works off before the list has changed.</summary>
    public const int Most = 50;

    /// <summary>Nobody is reminded of anything.</summary>
    public static ReminderList Empty { get; } = new(new([], 0), new([], 0), new([], 0));

    /// <summary>How many are neither snoozed nor done.</summary>
    public int Open => Overdue.Count + Due.Count;

    /// <summary>Those that are shown.</summary>
    public IEnumerable<PersonalReminder> All => [.. Overdue.First, .. Due.First, .. Snoozed.First];

    /// <summary>A person's at one moment; snoozed ones by when they come back. Costs what is shown, however many there are.</summary>
    public static ReminderList Of(ReminderSnapshot snapshot, Actor staff, Instant now)
    {
        var (overdue, snoozed) = (snapshot.CountFor(staff, now), snapshot.SnoozedBy(staff, now).ToList());
        return new ReminderList(
            new(First(snapshot.For(staff).TakeWhile(one => one.Live.OverdueFrom <= now)), overdue),
            new(First(snapshot.For(staff, now)), snapshot.CountFor(staff) - overdue),
            new([.. snoozed.Take(Most)], snoozed.Count));
    }

    // One that has just come back from a snooze is hidden until the alarm clock has told of it.
    private static IReadOnlyList<PersonalReminder> First(IEnumerable<PersonalReminder> those) => [.. those.Where(one => one.SnoozedUntil is null).Take(Most)];

    /// <summary>The first of one kind.</summary>
    public sealed record Group(IReadOnlyList<PersonalReminder> First, int Count);
}
