using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SupportPortal.Application.Channels.Email;
using SupportPortal.Application.CloudServices;
using SupportPortal.Application.Compliance;
using SupportPortal.Application.Live;
using SupportPortal.Application.Reminders;
using SupportPortal.Application.Reports;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Tickets.Seeding;
using SupportPortal.Application.Tickets.Verification;

namespace SupportPortal.Application.Tickets;

/// <summary>Everything that tickets need, from the store to the live read model.</summary>
public static class TicketServices
{
    /// <summary>Adds the desk, its store and queries, the policies, and the live read model.</summary>
    public static IServiceCollection AddTickets(this IServiceCollection services) => services
        .AddSingleton<PolicyStore>()
        .AddSingleton<FollowersWhoLeave>()
        .AddSingleton<PolicyDrafts>()
        .AddSingleton<OpenHistories>()
        .AddSingleton<EffectPreview>()
        .AddSingleton<TicketMoves>()
        .AddSingleton<CalendarEdits>()
        .AddSingleton<OnCallStore>()
        .AddSingleton<ChangeFeed>()
        .AddSingleton<StorePulse>()
        .AddSingleton<MailOutbox>()
        .AddSingleton<AssigneeReminders>()
        .AddSingleton<CopyLinks>()
        .AddSingleton<OwedMail>()
        .AddSingleton<MailDispatcher>()
        .AddSingleton<TicketWriter>()
        .AddSingleton<AppendQueue>()
        .AddSingleton<TicketStore>()
        .AddSingleton<TicketDesk>()
        .AddSingleton<Followers>()
        .AddSingleton<TicketClocks>()
        .AddSingleton<IdempotencyKeys>()
        .AddSingleton<TicketQueries>()
        .AddSingleton<TicketReader>()
        .AddSingleton<TicketVerifier>()
        .AddSingleton<ProjectionUpgrade>()
        .AddSingleton<TicketSeeder>()
        .AddSingleton<DemoTickets>()
        .AddSingleton<HistoryCache>()
        .AddSingleton<Drafts>()
        .AddSingleton<SavedViews>()
        .AddSingleton<AttachmentFiles>()
        .AddSingleton<Attachments>()
        .AddSingleton<AttachmentSweep>()
        .AddSingleton<AffectedServices>()
        .AddSingleton<ServiceDesk>()
        .AddSingleton<OpenTickets>()
        .AddSingleton<NextAlarm>()
        .AddSingleton<LiveReminders>()
        .AddSingleton<ReminderMails>()
        .AddSingleton<ReminderDesk>()
        .AddSingleton<ReminderClaims>()
        .AddSingleton<AlarmRaiser>()
        .AddSingleton<OnCallHandover>()
        .AddSingleton<AlarmClock>()
        .AddSingleton<ComplianceStore>()
        .AddSingleton<ComplianceQueries>()
        .AddSingleton<WhatIf>()
        .AddSingleton<ReportDesk>()
        .AddSingleton<ReportVerifier>()
        .AddSingleton<ReportSchedules>()
        .AddSingleton<ReportPost>()
        .AddSingleton<LiveRisk>()
        .AddSingleton<Presence>()
        .AddSingleton<OpenViews>();

    /// <summary>Serves live changes, raises alarms, follows edits of calendars and sends mail while the host runs; the command line does without.</summary>
    public static IServiceCollection AddLiveTickets(this IServiceCollection services) =>
        services.AddSingleton<IHostedService>(all => all.GetRequiredService<OpenTickets>())
            .AddSingleton<IHostedService>(all => all.GetRequiredService<ProjectionUpgrade>())
            .AddSingleton<IHostedService>(all => all.GetRequiredService<LiveReminders>())
            .AddSingleton<IHostedService>(all => all.GetRequiredService<AlarmClock>())
            .AddSingleton<IHostedService>(all => all.GetRequiredService<CalendarEdits>())
            .AddSingleton<IHostedService>(all => all.GetRequiredService<ComplianceStore>())
            .AddSingleton<IHostedService>(all => all.GetRequiredService<ReportPost>())
            .AddSingleton<IHostedService>(all => all.GetRequiredService<AttachmentSweep>())
            .AddSingleton<IHostedService>(all => all.GetRequiredService<MailDispatcher>());
}
