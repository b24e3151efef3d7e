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

    /// <summary>A person's at one moment; snoozed ones by when they come back.</summary>
    public static ReminderList Of(ReminderSnapshot snapshot, Actor staff, Instant now)
    {
        var all = snapshot.For(staff).ToLookup(one => one.At(now));
        return new ReminderList(First(all[ReminderStanding.Overdue]), First(all[ReminderStanding.Due]), First(all[ReminderStanding.Snoozed].OrderBy(one => one.SnoozedUntil)));
    }

    private static Group First(IEnumerable<PersonalReminder> those) => new([.. those.Take(Most)], those.Count());

    /// <summary>The first of one kind.</summary>
    public sealed record Group(IReadOnlyList<PersonalReminder> First, int Count);
}
