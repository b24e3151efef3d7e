using CsCheck;
using NodaTime;
using SupportPortal.Application.Reminders;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Tests.Application.Reminders;

/// <summary>What is counted is what is listed, on whatever has happened.</summary>
public sealed class ReminderSnapshotTests
{
    private static readonly Instant Monday = Instant.FromUtc(2030, 1, 7, 9, 0);
    private static readonly Actor[] Staff = [new("ann", Role.Agent), new("ben", Role.Agent), new("mia", Role.Manager)];

    private static readonly Gen<(long Ticket, int Assignee, int Audience, int OnCall, int Due, int Mark, int Marker)> Change =
        Gen.Select(Gen.Long[1, 12], Gen.Int[0, 3], Gen.Int[0, 15], Gen.Int[0, 2], Gen.Int[0, 5], Gen.Int[0, 3], Gen.Int[0, 2]);

    [Fact]
    public void The_count_is_that_of_the_list_and_the_list_is_in_order() => Change.Array[0, 60].Sample(changes =>
    {
        var (snapshot, id) = (ReminderSnapshot.Empty, 0L);
        var living = new Dictionary<long, LiveReminder>();
        var hidden = new HashSet<(long, string)>();
        foreach (var change in changes)
        {
            living.Remove(change.Ticket);
            List<ReminderMark> marks = [];
            if (change.Assignee < 3 || change.Audience > 0)
            {
                var live = Live(++id, change.Ticket, change.Assignee < 3 ? Staff[change.Assignee].Id : null, (ReminderAudience)change.Audience, Staff[change.OnCall].Id, change.Due);
                living[change.Ticket] = live;
                if (change.Mark > 0)
                {
                    marks.Add(new ReminderMark { ReminderId = id, PersonId = Staff[change.Marker].Id, ChangedAt = Monday, DoneAt = change.Mark == 1 ? Monday : null, SnoozedUntil = change.Mark == 2 ? Monday : null, WokeAt = change.Mark == 3 ? Monday : null });
                    if (change.Mark < 3) hidden.Add((id, Staff[change.Marker].Id));
                }
            }

            snapshot = snapshot.With([change.Ticket], living.TryGetValue(change.Ticket, out var now) ? [now] : [], marks);
        }

        Assert.Equal(living.Count, snapshot.Count);
        foreach (var person in Staff)
        {
            var mine = living.Values.Where(live => live.IsFor(person) && !hidden.Contains((live.Reminder.Id, person.Id))).Select(live => live.Reminder.Id).Order();
            Assert.Equal(mine, snapshot.For(person).Where(one => one.SnoozedUntil is null).Select(one => one.Reminder.Id).Order());
            Assert.Equal(mine.Count(), snapshot.CountFor(person));
            foreach (var at in Enumerable.Range(-1, 8).Select(hours => Monday + Duration.FromHours(hours)))
            {
                var (overdue, due) = (snapshot.For(person).Where(one => one.Live.OverdueFrom <= at).ToList(), snapshot.For(person).Where(one => one.Live.OverdueFrom > at).ToList());
                Assert.Equal(due, snapshot.For(person, at));
                Assert.Equal(overdue.Count(one => one.SnoozedUntil is null), snapshot.CountFor(person, at));
            }

            Assert.Equal(snapshot.For(person).Where(one => one.SnoozedUntil is not null).Select(one => one.Reminder.Id).Order(), snapshot.SnoozedBy(person, Instant.MinValue).Select(one => one.Reminder.Id).Order());
            var listed = snapshot.For(person).Select(one => one.Live).ToList();
            Assert.Equal(listed.Order(LiveReminder.ByDue), listed);
        }
    }, iter: 1000);

    private static LiveReminder Live(long id, long ticket, string? assignee, ReminderAudience audience, string onCall, int due) => new(
        new Reminder
        {
            Id = id,
            TicketId = ticket,
            Ordinal = 0,
            Metric = SlaMetric.FirstResponse,
            Severity = Severity.Normal,
            At = Monday,
            Step = AlarmStep.Due,
            DueAt = due == 0 ? null : Monday + Duration.FromHours(due),
            RaisedAt = Monday,
            Audience = audience,
            OnCallId = audience.HasFlag(ReminderAudience.OnCall) ? onCall : null,
        },
        new TicketRow
        {
            Id = ticket,
            Version = 1,
            Subject = "Printer on fire",
            Status = TicketStatus.New,
            IsOpen = true,
            Severity = Severity.Normal,
            Claimed = Severity.Normal,
            IsAssessed = false,
            Channel = Channel.Portal,
            RequesterId = "casey",
            AssigneeId = assignee,
            ReportedAt = Monday,
            ChangedAt = Monday,
            DueOrder = Monday,
            LastHash = "",
        });
}
