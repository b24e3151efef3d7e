using NodaTime;
using SupportPortal.Domain.Sla;

namespace SupportPortal.Web.Tickets.Workbench;

/// <summary>What a clock says for itself.</summary>
public static class ClockWords
{
    extension(SlaClock clock)
    {
        /// <summary>How it stands: "Running", "Breached, still running".</summary>
        public string StateTitle => clock.State switch
        {
            SlaClockState.Running => "Running",
            SlaClockState.Paused => "Paused while waiting",
            SlaClockState.Met => "Met",
            SlaClockState.Breached when clock.IsLive => "Breached, still running",
            SlaClockState.Breached => "Breached",
            SlaClockState.Cancelled => "No longer owed",
            _ => "Owed",
        };

        public string Tone => clock.State switch
        {
            SlaClockState.Met => "tone-good",
            SlaClockState.Breached => "tone-critical",
            SlaClockState.Owed => "tone-high",
            SlaClockState.Running => "tone-normal",
            _ => "tone-quiet",
        };

        public string Icon => clock.State switch
        {
            SlaClockState.Met => "check",
            SlaClockState.Breached => "alert",
            SlaClockState.Owed => "wrench",
            SlaClockState.Paused => "pause",
            SlaClockState.Cancelled => "close",
            _ => "clock",
        };

        /// <summary>How late it is or was: "30 min", seconds where it is less than a minute; null when it is not.</summary>
        public string? LateTitle => clock.LateBy switch
        {
            null => null,
            { } late when late < Duration.FromMinutes(1) => $"{Math.Max(1, (int)late.TotalSeconds)} s",
            { } late => DueWords.Length(late),
        };
    }
}
