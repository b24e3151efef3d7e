using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using NodaTime;
using SupportPortal.Application.People;
using SupportPortal.Application.Reminders;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Web.Tickets;

namespace SupportPortal.Web.Reminders;

/// <summary>A person's reminders: overdue, due and snoozed, what each follow-up must say, and how they are told.</summary>
public sealed partial class Reminders(ReminderDesk desk, PeopleDirectory people, ViewerZone viewer, TimeProvider clock)
{
    private ReminderList _list = ReminderList.Empty;
    private IReadOnlyDictionary<string, Person> _names = new Dictionary<string, Person>();
    private DateTimeZone _zone = DateTimeZone.Utc;
    private Instant _now;
    private ReminderMail _mail;
    private PersonalReminder? _choosing;
    private string? _refused;
    private bool _isLoading = true;

    [Inject]
    public required IOptions<PortalOptions> Mail { get; init; }

    /// <summary><c>snoozed</c>, or what is due.</summary>
    [SupplyParameterFromQuery]
    public string? Show { get; set; }

    private bool IsSnoozed => Show == "snoozed";

    protected override async Task BeginAsync()
    {
        _zone = await viewer.FindAsync();
        _mail = await desk.MailOfAsync(Actor, Leaving);
        await LookAsync(Live.Snapshot);
        _isLoading = false;
    }

    protected override async Task<bool> ChangedAsync(IReadOnlyList<LiveReminder> changed)
    {
        await LookAsync(Live.Snapshot);
        return true;
    }

    private async Task LookAsync(ReminderSnapshot snapshot)
    {
        _now = clock.Now();
        var list = ReminderList.Of(snapshot, Actor, _now);
        _names = await people.FindAsync(list.All.Select(one => one.Ticket.AssigneeId).OfType<string>(), Leaving);
        _list = list;
    }

    private async Task SnoozeAsync((PersonalReminder Reminder, Instant Until) snooze) =>
        _refused = (await desk.SnoozeAsync(Actor, snooze.Reminder.Reminder.Id, snooze.Until, Leaving))?.Message;

    private async Task DoneAsync(PersonalReminder reminder) => _refused = (await desk.DoneAsync(Actor, reminder.Reminder.Id, Leaving))?.Message;

    private async Task WakeAsync(PersonalReminder reminder) => _refused = (await desk.WakeAsync(Actor, reminder.Reminder.Id, Leaving))?.Message;

    private async Task ChooseMailAsync(ChangeEventArgs choice)
    {
        if (!Enum.TryParse<ReminderMail>(choice.Value?.ToString(), out var mail) || !Enum.IsDefined(mail)) return;
        await desk.ChooseMailAsync(Actor, mail, Leaving);
        _mail = mail;
    }

    private string? NameOf(string? id) => id is null ? null : id == Actor.Id ? "you" : _names.GetValueOrDefault(id)?.Name ?? "Unknown person";
}
