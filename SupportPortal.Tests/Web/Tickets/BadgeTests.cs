using Bunit;
using SupportPortal.Domain.Tickets;
using SupportPortal.Web.Tickets;

namespace SupportPortal.Tests.Web.Tickets;

public sealed class BadgeTests : BunitContext
{
    [Theory]
    [InlineData(Severity.Critical, false, "tone-critical", "/icons.svg#severity-1", "Severity 1 – Critical")]
    [InlineData(Severity.High, false, "tone-high", "/icons.svg#severity-2", "Severity 2 – High")]
    [InlineData(Severity.Normal, true, "tone-normal", "/icons.svg#severity-3", "Normal")]
    [InlineData(null, false, "tone-quiet", "/icons.svg#severity-none", "Not assessed")]
    public void A_severity_has_a_tone_a_shape_and_words(Severity? severity, bool isShort, string tone, string shape, string words) =>
        Render<SeverityBadge>(p => p.Add(b => b.Severity, severity).Add(b => b.Short, isShort))
            .MarkupMatches($"""<span class="severity {tone}"><svg class="severity-icon" aria-hidden="true"><use href="{shape}"></use></svg>{words}</span>""");

    [Theory]
    [InlineData(TicketStatus.New, "tone-accent", "New")]
    [InlineData(TicketStatus.InProgress, "tone-normal", "In progress")]
    [InlineData(TicketStatus.WaitingOnCustomer, "tone-high", "Waiting on customer")]
    [InlineData(TicketStatus.ResolutionProposed, "tone-good", "Resolution proposed")]
    [InlineData(TicketStatus.Resolved, "tone-good", "Resolved")]
    [InlineData(TicketStatus.Closed, "tone-quiet", "Closed")]
    public void A_status_has_a_tone_a_shape_and_words(TicketStatus status, string tone, string words) =>
        Render<StatusBadge>(p => p.Add(b => b.Status, status))
            .MarkupMatches($"""<span class="status {tone}"><svg class="status-icon" aria-hidden="true"><use href="/icons.svg#status-{status.ToString().ToLowerInvariant()}"></use></svg>{words}</span>""");

    [Fact]
    public void Every_shape_is_drawn()
    {
        var drawn = File.ReadAllText(WebRoot.Path("icons.svg"));
        var wanted = Enum.GetValues<Severity>().Select(s => s.Icon).Concat(Enum.GetValues<TicketStatus>().Select(s => s.Icon)).Append("/icons.svg#severity-none");
        Assert.All(wanted, icon => Assert.Contains($"id=\"{icon.Split('#')[1]}\"", drawn, StringComparison.Ordinal));
    }
}
