using System.Globalization;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Reminders;

/// <summary>What a reminder says, the same in toasts, lists, desktop notifications and mail.</summary>
public static class ReminderWords
{
    extension(Reminder reminder)
    {
        /// <summary>"First response: half the time is left", "Next update is overdue".</summary>
        public string Headline => reminder.Step switch
        {
            AlarmStep.Approaching => $"{reminder.Metric.Title}: {ShareWords(reminder.Left)} is left",
            AlarmStep.Due => $"{reminder.Metric.Title} is due now",
            AlarmStep.Breached => $"{reminder.Metric.Title} is overdue",
            AlarmStep.Overdue => $"{reminder.Metric.Title} is still overdue",
            _ => $"{reminder.Metric.Title} owed for {(reminder.Count == 1 ? "a day" : $"{reminder.Count} days")}",
        };

        /// <summary>What the follow-up must say or do, for whoever has to write it.</summary>
        public string WhatToSay => reminder.Metric switch
        {
            SlaMetric.FirstResponse when reminder.Severity == Severity.Critical =>
                "Acknowledge the request, say who works on it and when the next update comes, and take it: at Severity 1 the first response is a reply and the start of work.",
            SlaMetric.FirstResponse => "Acknowledge the request, say what you understood and what happens next.",
            SlaMetric.PeriodicUpdate => "Tell the customer what was found or done since the last update, what comes next, and when they hear again. No news is told too.",
            SlaMetric.StatusRequest => "The customer asked how it stands: say what is done, what is left and when they can expect it.",
            SlaMetric.EmergencyPatch => "Provide the emergency patch and record it, or record a workaround.",
            SlaMetric.NextResponse => "The customer wrote: answer them.",
            _ => "Resolve it, or agree with the customer on how it goes on.",
        };
    }

    private static string ShareWords(decimal left) => left switch
    {
        0.5m => "half the time",
        0.25m => "a quarter of the time",
        _ => string.Create(CultureInfo.InvariantCulture, $"{left * 100:0.##} % of the time"),
    };
}
