using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using SupportPortal.Application.Channels.Email;
using SupportPortal.Application.People;
using SupportPortal.Application.Reports;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Application.Reports;

/// <summary>Reports that come by themselves, over a real SMTP conversation.</summary>
public sealed class ScheduledReportTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _clock = new(TestDatabase.Monday);
    private readonly SmtpServer _smtp = new();
    private readonly PortalServer _portal;

    public ScheduledReportTests() => _portal = new PortalServer(_clock)
        .With("Portal:Mail:Host", "127.0.0.1").With("Portal:Mail:Port", $"{_smtp.Port}").With("Portal:Mail:Security", "None").With("Portal:Mail:From", "Support <support@portal.example>").With("Portal:Brand:Name", "Contoso Care");

    [Fact]
    public async Task A_months_report_comes_to_each_reader_once_and_is_genuine()
    {
        var max = await _portal.AddPersonAsync(Role.Manager, "max@test.example");
        var casey = await _portal.AddPersonAsync(Role.Customer, "casey@test.example", organisation: "Northwind Traders");
        Assert.IsType<DeskAnswer.Done>(await _portal.Get<TicketDesk>().OpenAsync(casey.ToActor(), new IncomingRequest("Export stops", "At 99 %.", Channel.Portal)));
        await _smtp.NextAsync(); // The receipt.
        Assert.Empty(await AddAsync(max, new(ReportKind.Organisation, ReportFormat.Pdf, casey.OrganisationId, PeriodUnit.Month, 7, "Europe/Berlin", "casey@test.example, Boss@northwind.example")));
        Assert.Equal("2030-02-01T06:00:00Z", Assert.Single(await _portal.Get<ReportSchedules>().AllAsync(max.ToActor())).NextAt.ToString());
        Assert.Equal(0, await _portal.Get<ReportPost>().SendDueAsync());

        _clock.SetUtcNow(new DateTimeOffset(2030, 2, 1, 6, 0, 0, TimeSpan.Zero));
        await Task.WhenAll(_portal.Get<ReportPost>().SendDueAsync(), _portal.Get<ReportPost>().SendDueAsync()); // As two servers may.
        var mails = new[] { await _smtp.NextAsync(), await _smtp.NextAsync() };
        Assert.Equal(["Boss@northwind.example", "casey@test.example"], mails.Select(mail => mail.To.Mailboxes.Single().Address).Order(StringComparer.Ordinal));
        Assert.All(mails, mail => Assert.Equal("Support report for Northwind Traders, 1 Jan 2030 to 31 Jan 2030, days in Europe/Berlin", mail.Subject));
        var files = mails.Select(FileOf).ToList();
        Assert.Equal(files[0].Bytes, files[1].Bytes); // One report, of one number.
        Assert.Contains("Contoso Care verifies", mails[0].TextBody, StringComparison.Ordinal);
        Assert.EndsWith(".pdf", files[0].Name, StringComparison.Ordinal);

        using var file = new MemoryStream(files[0].Bytes);
        Assert.Empty(await _portal.Get<ReportVerifier>().DifferencesAsync(file, null, CancellationToken.None).ToListAsync());
        Assert.Equal("2030-03-01T06:00:00Z", Assert.Single(await _portal.Get<ReportSchedules>().AllAsync(max.ToActor())).NextAt.ToString());
        Assert.Equal(0, await _portal.Get<ReportPost>().SendDueAsync());
        await using var db = await _portal.Get<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        Assert.Equal(0, await db.Set<MailedReport>().CountAsync()); // Nothing owes its bytes any more.
        Assert.Equal(0, _smtp.Waiting);
        Assert.Null(Assert.Single(await _portal.Get<ReportDesk>().LatestAsync(max.ToActor(), 10)).ById); // Nobody had it made: it came by itself, and once.
    }

    [Fact]
    public async Task Whoever_lost_their_account_or_their_rights_gets_no_more()
    {
        var (max, gone, agent) = (await _portal.AddPersonAsync(Role.Manager, "max@test.example"), await _portal.AddPersonAsync(Role.Manager, "gone@test.example"), await _portal.AddPersonAsync(Role.Manager, "agent@test.example"));
        var erased = await _portal.AddPersonAsync(Role.Manager, "erased@test.example");
        Assert.Empty(await AddAsync(max, new(ReportKind.Figures, ReportFormat.Csv, null, PeriodUnit.Day, 6, "UTC", $"{gone.Email} {agent.Email} {erased.Email} {max.Email}")));
        var root = (await _portal.AddPersonAsync(Role.Administrator, "root@test.example")).ToActor();
        Assert.Null(await _portal.Get<PeopleAdministration>().DeactivateAsync(root, gone.Id));
        Assert.Null(await _portal.Get<Erasure>().EraseAsync(root, erased.Id, erased.Email));
        await using (var own = await _portal.Get<IDbContextFactory<PortalDb>>().CreateDbContextAsync()) await own.Users.Where(u => u.Id == agent.Id).ExecuteUpdateAsync(set => set.SetProperty(u => u.Role, Role.Agent));
        Assert.DoesNotContain(erased.Email!, Assert.Single(await _portal.Get<ReportSchedules>().AllAsync(root)).Addresses);
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await _portal.Get<ReportPost>().SendDueAsync());
        Assert.Equal("max@test.example", (await _smtp.NextAsync()).To.Mailboxes.Single().Address);
        await using var db = await _portal.Get<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        while (await db.Set<OutgoingMail>().AnyAsync(m => m.ReportId != null && m.NextAttemptAt != null)) await _portal.Get<MailDispatcher>().SendDueAsync(CancellationToken.None);
        Assert.Equal(0, _smtp.Waiting);
    }

    [Fact]
    public async Task One_that_cannot_be_made_is_tried_again_in_an_hour_and_says_why()
    {
        var max = await _portal.AddPersonAsync(Role.Manager, "max@test.example");
        var casey = await _portal.AddPersonAsync(Role.Customer, "casey@test.example", organisation: "Northwind Traders");
        Assert.IsType<DeskAnswer.Done>(await _portal.Get<TicketDesk>().OpenAsync(casey.ToActor(), new IncomingRequest("Export stops", "At 99 %.", Channel.Portal)));
        await _smtp.NextAsync(); // The receipt.
        Assert.Empty(await AddAsync(max, new(ReportKind.Organisation, ReportFormat.Json, casey.OrganisationId, PeriodUnit.Day, 6, "UTC", "max@test.example")));
        await using (var db = await _portal.Get<IDbContextFactory<PortalDb>>().CreateDbContextAsync()) await db.Database.ExecuteSqlRawAsync("UPDATE \"Events\" SET \"Type\" = 'magic' WHERE \"TicketId\" = 10001");
        _clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal(0, await _portal.Get<ReportPost>().SendDueAsync());
        var failed = Assert.Single(await _portal.Get<ReportSchedules>().AllAsync(max.ToActor()));
        Assert.Equal(("2030-01-08T06:00:00Z", "The events of SUP-10001 cannot be read. The verb verify tells more."), (failed.NextAt.ToString(), failed.Failure));
        for (var i = 0; i < 3; i++) Assert.Equal(0, await _portal.Get<ReportPost>().SendDueAsync());
        Assert.Single(await _portal.Get<ReportDesk>().LatestAsync(max.ToActor(), 10)); // One try, one number.

        await using (var db = await _portal.Get<IDbContextFactory<PortalDb>>().CreateDbContextAsync()) await db.Database.ExecuteSqlRawAsync("UPDATE \"Events\" SET \"Type\" = 'reported' WHERE \"TicketId\" = 10001");
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await _portal.Get<ReportPost>().SendDueAsync());
        Assert.Contains("7 Jan 2030 to 7 Jan 2030", (await _smtp.NextAsync()).Subject, StringComparison.Ordinal);
        Assert.Null(Assert.Single(await _portal.Get<ReportSchedules>().AllAsync(max.ToActor())).Failure);
    }

    [Fact]
    public async Task What_fell_due_while_nobody_served_is_made_once_each_about_its_own_period()
    {
        var max = await _portal.AddPersonAsync(Role.Manager, "max@test.example");
        Assert.Empty(await AddAsync(max, new(ReportKind.Figures, ReportFormat.Csv, null, PeriodUnit.Week, 6, "UTC", "max@test.example")));
        _clock.Advance(TimeSpan.FromDays(17)); // Two Mondays have gone.
        while (await _portal.Get<ReportPost>().SendDueAsync() > 0) continue;
        string?[] subjects = [(await _smtp.NextAsync()).Subject, (await _smtp.NextAsync()).Subject];
        Assert.Equal(["Compliance, 14 Jan 2030 to 20 Jan 2030, days in UTC", "Compliance, 7 Jan 2030 to 13 Jan 2030, days in UTC"], subjects.Order(StringComparer.Ordinal));
        Assert.Equal("2030-01-28T06:00:00Z", Assert.Single(await _portal.Get<ReportSchedules>().AllAsync(max.ToActor())).NextAt.ToString());
    }

    [Fact]
    public async Task A_schedule_ends_with_its_owners_rights()
    {
        var (max, mia) = (await _portal.AddPersonAsync(Role.Manager, "max@test.example"), await _portal.AddPersonAsync(Role.Manager, "mia@test.example"));
        Assert.Empty(await AddAsync(max, new(ReportKind.Figures, ReportFormat.Json, null, PeriodUnit.Day, 6, "UTC", "max@test.example")));
        await using (var db = await _portal.Get<IDbContextFactory<PortalDb>>().CreateDbContextAsync())
            await db.Users.Where(u => u.Id == max.Id).ExecuteUpdateAsync(set => set.SetProperty(u => u.Role, Role.Agent));
        _clock.Advance(TimeSpan.FromDays(1));
        await _portal.Get<ReportPost>().SendDueAsync();
        var stopped = Assert.Single(await _portal.Get<ReportSchedules>().AllAsync(mia.ToActor()));
        Assert.Equal((null, "Whoever scheduled it is no manager any more."), (stopped.NextAt, stopped.Failure));
        Assert.Equal(0, _smtp.Waiting);
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => _portal.Get<ReportSchedules>().AllAsync(new Actor(max.Id, Role.Agent)));
        await _portal.Get<ReportSchedules>().RemoveAsync(mia.ToActor(), stopped.Id);
        Assert.Empty(await _portal.Get<ReportSchedules>().AllAsync(mia.ToActor()));
    }

    public static TheoryData<WantedSchedule, string> Wrong { get; } = new()
    {
        { new(ReportKind.Figures, ReportFormat.Pdf, null, PeriodUnit.Month, 7, "UTC", "  "), "recipients: Say to whom it is mailed." },
        { new(ReportKind.Figures, ReportFormat.Pdf, null, PeriodUnit.Month, 7, "UTC", "max@test.example, nobody"), "recipients: “nobody” is no mail address." },
        { new(ReportKind.Figures, ReportFormat.Pdf, null, PeriodUnit.Month, 7, "UTC", string.Join('\n', Enumerable.Range(0, 21).Select(i => $"a{i}@test.example"))), "recipients: At most 20 addresses." },
        { new(ReportKind.Figures, ReportFormat.Pdf, null, PeriodUnit.Month, 7, "Mars/Olympus", "max@test.example"), "zone: “Mars/Olympus” is no time zone such as Europe/Berlin." },
        { new(ReportKind.Figures, ReportFormat.Pdf, null, PeriodUnit.Month, 24, "UTC", "max@test.example"), "hour: The hour is 0 to 23." },
        { new(ReportKind.Organisation, ReportFormat.Pdf, null, PeriodUnit.Month, 7, "UTC", "max@test.example"), "organisation: Choose the organisation that the report is for." },
        { new(ReportKind.Organisation, ReportFormat.Pdf, 999, PeriodUnit.Month, 7, "UTC", "max@test.example"), "organisation: There is no such organisation." },
        { new(ReportKind.Figures, ReportFormat.Pdf, null, PeriodUnit.Month, 7, "UTC", "agent@test.example"), "recipients: “agent@test.example” is of somebody who may not see these figures." },
        { new(ReportKind.Clocks, ReportFormat.Pdf, null, PeriodUnit.Month, 7, "UTC", "max@test.example"), "kind: Choose the figures, or the report for a customer." },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_cannot_be_scheduled_is_refused_at_its_field(WantedSchedule wanted, string refusal)
    {
        var max = await _portal.AddPersonAsync(Role.Manager, "max@test.example");
        await _portal.AddPersonAsync(Role.Agent, "agent@test.example");
        Assert.Equal([refusal], (await AddAsync(max, wanted)).Select(r => $"{r.Field}: {r.Message}"));
        Assert.Empty(await _portal.Get<ReportSchedules>().AllAsync(max.ToActor()));
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _smtp.DisposeAsync();
    }

    private Task<IReadOnlyList<Refusal>> AddAsync(PortalUser by, WantedSchedule wanted) => _portal.Get<ReportSchedules>().AddAsync(by.ToActor(), wanted);

    private static (string Name, byte[] Bytes) FileOf(MimeMessage mail)
    {
        var file = (MimePart)mail.Attachments.Single();
        using var bytes = new MemoryStream();
        file.Content!.DecodeTo(bytes);
        return (file.FileName!, bytes.ToArray());
    }
}
