using SupportPortal.Application.Reminders;

namespace SupportPortal.Web.Reminders;

/// <summary>What a reminder looks like.</summary>
public static class ReminderLook
{
    extension(Reminder reminder)
    {
        /// <summary>Red once the promise is broken, amber before.</summary>
        public string Tone => reminder.IsBreach ? "tone-critical" : "tone-high";
    }
}
