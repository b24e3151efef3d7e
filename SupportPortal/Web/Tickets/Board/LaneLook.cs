using SupportPortal.Application.Live;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Tickets.Board;

/// <summary>What a lane is called and looks like.</summary>
public static class LaneLook
{
    extension(BoardLane lane)
    {
        /// <summary>The severity of a ticket in the lane; null while it is not yet assessed.</summary>
        public int? Severity => lane == BoardLane.Triage ? null : (int)lane;

        /// <summary>"Triage", "Severity 1 – Critical".</summary>
        public string Title => lane == BoardLane.Triage ? "Triage" : ((Severity)(int)lane).Title;

        /// <summary>The title where there is little room.</summary>
        public string ShortTitle => lane == BoardLane.Triage ? "Triage" : ((Severity)(int)lane).Definition.Name;

        public string Tone => lane == BoardLane.Triage ? "tone-quiet" : ((Severity)(int)lane).Tone;

        public string Icon => lane == BoardLane.Triage ? "/icons.svg#severity-none" : ((Severity)(int)lane).Icon;

        /// <summary>What it means that nothing is there.</summary>
        public string EmptyWords => lane switch
        {
            BoardLane.Triage => "Every request has been assessed. New ones appear here at once.",
            BoardLane.Critical => "Nobody’s business stands still.",
            BoardLane.High => "No major function is disrupted.",
            _ => "No other requests are open.",
        };
    }
}
