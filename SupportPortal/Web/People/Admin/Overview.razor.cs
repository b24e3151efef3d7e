using Microsoft.Extensions.Options;
using SupportPortal.Application.People;
using SupportPortal.Application.Reminders;
using SupportPortal.Application.Storage;

namespace SupportPortal.Web.People.Admin;

/// <summary>Where the administration begins: its rooms, and what wants somebody's attention.</summary>
public sealed partial class Overview(PortalState state, OnCallStore rota, IOptions<PortalOptions> options)
{
    private static readonly (string Href, string Icon, string Name, string About)[] _rooms =
    [
        ("admin/people", "people", "People", "Who has an account, with which role; invite, change, deactivate."),
        ("admin/organisations", "building", "Organisations", "Customers' companies: members, domains, plan, times and services."),
        ("admin/services", "bolt", "Services", "The cloud services that a request can be about."),
        ("admin/policy", "scale", "Policy", "What is promised, on which clock, and who is told when."),
        ("admin/calendars", "clock", "Calendars", "Business hours and holidays that clocks run on."),
        ("admin/on-call", "bell", "On call", "Who is told when a request must not wait."),
        ("admin/tokens", "key", "Tokens", "Everybody's API tokens, when they were used, and an end to them."),
        ("admin/audit", "note", "Audit log", "Every sign-in and every act of the administration."),
    ];

    private PortalCounts? _counts;
    private IReadOnlyList<Want> _wants = [];

    protected override async Task OnInitializedAsync()
    {
        var me = await MeAsync();
        var counts = await state.CountAsync(me, Leaving);
        if (counts is not null) _wants = [.. Wants(counts, isOnCall: await rota.FindAsync(Leaving) is not null, options.Value)];
        _counts = counts;
    }

    private static IEnumerable<Want> Wants(PortalCounts counts, bool isOnCall, PortalOptions options)
    {
        if (!options.Mail.IsOn) yield return new("tone-high", "Mail is off: nobody is told anything by mail, and links to set a password are shown to you instead. Set Portal:Mail.");
        else if (options.PublicUrl is null) yield return new("tone-high", "Portal:PublicUrl is not set: mails hold no links, and none about accounts are sent.");
        if (counts.MailsWaiting > 0) yield return new("tone-high", counts.MailsWaiting == 1 ? "One mail could not be sent so far and is tried again." : $"{counts.MailsWaiting} mails could not be sent so far and are tried again.");
        if (!isOnCall) yield return new("tone-high", "Nobody is on call: there is no rota.", "admin/on-call", "Write one");
        if (counts.StaffWithoutSecondFactor > 0) yield return new("tone-high", counts.StaffWithoutSecondFactor == 1 ? "One member of staff signs in without a second factor." : $"{counts.StaffWithoutSecondFactor} members of staff sign in without a second factor.", "admin/people?state=active", "See who");
        if (counts.Invited > 0) yield return new("tone-quiet", counts.Invited == 1 ? "One person was invited and has not been in yet." : $"{counts.Invited} people were invited and have not been in yet.", "admin/people?state=invited", "See who");
        foreach (var plan in counts.Drafts) yield return new("tone-quiet", $"A draft of the policy {plan} is not published.", "admin/policy", "Look at it");
    }

    private static string Count(int active) => active == 1 ? "One person can sign in." : $"{active:N0} people can sign in.";

    private sealed record Want(string Tone, string Text, string? Href = null, string? Link = null);
}
