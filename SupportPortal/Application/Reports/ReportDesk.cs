using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SupportPortal.Application.Audit;
using SupportPortal.Application.Compliance;
using SupportPortal.Application.People;
using SupportPortal.Application.Reports.Formats;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.People;

namespace SupportPortal.Application.Reports;

/// <summary>Makes reports, for managers, and keeps their register.</summary>
public sealed class ReportDesk
{
    /// <summary>A PDF has so many lines at most: beyond that nobody reads pages.</summary>
    public const int MostPdfLines = 5_000;

    /// <summary>And counts so many requests at most: their proof lies in it, and a PDF is made in memory.</summary>
    public const int MostPdfTickets = 100_000;

    // What a report says of itself is read back from the end of a CSV file.
    private const int MostSaid = CsvReport.LongestEnd / 8;

    private readonly ComplianceStore _facts;
    private readonly PeopleDirectory _people;
    private readonly PolicyStore _policies;
    private readonly WriteGate _gate;
    private readonly AuditLog _audit;
    private readonly IDbContextFactory<PortalDb> _databases;
    private readonly WhatIf _whatIf;
    private readonly PortalOptions _options;
    private readonly ReportComposer _composer;

    /// <summary>Made once a process.</summary>
    public ReportDesk(ComplianceStore facts, PolicyStore policies, PeopleDirectory people, WhatIf whatIf, WriteGate gate, AuditLog audit, IDbContextFactory<PortalDb> databases, IOptions<PortalOptions> options)
    {
        (_facts, _people, _policies, _whatIf, _gate, _audit, _databases, _options) = (facts, people, policies, whatIf, gate, audit, databases, options.Value);
        _composer = new ReportComposer(new LineSections(new PastTickets(databases, policies), policies, people), people);
    }

    /// <summary>Counts what a report is to say and registers it; its rows are read as it is written.</summary>
    /// <param name="by">Whose report it is.</param>
    /// <param name="scope">What it is about.</param>
    /// <param name="format">How it is written.</param>
    /// <param name="isScheduled">Whether it is made by itself, on that person's rights.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<(ReportFile? File, Refusal? Refused)> MakeAsync(Actor by, ReportScope scope, ReportFormat format, bool isScheduled = false, CancellationToken cancellation = default)
    {
        if (!by.MayManage()) throw new UnauthorizedAccessException("Reports are managers'.");
        if (scope is { Kind: ReportKind.Organisation, Filter.OrganisationId: null }) return (null, new Refusal("organisation", "Choose the organisation that the report is for."));
        var count = await _facts.ReadAtOnceAsync((facts, now) => ReportCount.Of(facts, scope, now, _policies.Catalogue), cancellation);
        if (scope.Kind == ReportKind.Risk) scope = scope with { Filter = new ComplianceFilter { Period = new CompliancePeriod(count.At - RiskForecast.PaceOver, count.At, scope.Filter.Period.Zone) } };
        if (scope.Kind == ReportKind.Figures && await _people.TeamsAsync(cancellation) is { Count: > 0 } teams) scope = scope with { Teams = teams };
        if (scope.ToPairs().Sum(pair => pair.Value.Length) > MostSaid) return (null, new Refusal("", "Too many people, hours or promises for one report. Narrow it down."));
        if (format == ReportFormat.Pdf && count.Tickets.Count > MostPdfTickets)
            return (null, new Refusal("format", $"A PDF carries the proof of at most {MostPdfTickets:N0} requests, and this counts {count.Tickets.Count:N0}. Narrow it down, or take XLSX, CSV or JSON."));
        count = await count.ReplayedAsync(_whatIf, scope, cancellation);
        var lines = scope.Kind switch
        {
            ReportKind.Clocks => count.Clocks,
            ReportKind.Requests or ReportKind.Organisation => count.Tickets.Count,
            ReportKind.WhatIf => count.WhatIf!.Changed.Count,
            _ => 0,
        };
        if (format == ReportFormat.Pdf && lines > MostPdfLines)
            return (null, new Refusal("format", $"A PDF has at most {MostPdfLines:N0} lines, and this would have {lines:N0}. Narrow it down, or take XLSX, CSV or JSON."));
        var report = await _composer.ComposeAsync(new ReportHead(0, scope, count.At, count.UpTo, count.Missing, _options.Compliance.Goal), count, cancellation);
        var number = await RegisterAsync(by, isScheduled, scope, format, report, count.Tickets.Count, cancellation);
        report = report with { Head = report.Head with { Number = number } };
        return (new ReportFile(report, format, Brand.Of(_options.Brand), digest => SealAsync(number, digest)), null);
    }

    /// <summary>The latest of the register.</summary>
    public async Task<IReadOnlyList<MadeReport>> LatestAsync(Actor by, int count, CancellationToken cancellation = default)
    {
        if (!by.MayManage()) throw new UnauthorizedAccessException("Reports are managers'.");
        await using var db = await _databases.CreateDbContextAsync(cancellation);
        return await db.Set<MadeReport>().AsNoTracking().OrderByDescending(r => r.Id).Take(count).ToListAsync(cancellation);
    }

    private Task<long> RegisterAsync(Actor by, bool isScheduled, ReportScope scope, ReportFormat format, Report report, int tickets, CancellationToken cancellation) => _gate.WriteAsync(async (db, stop) =>
    {
        var made = new MadeReport
        {
            Kind = scope.Kind,
            Format = format,
            Title = report.Title,
            Subtitle = report.Subtitle.Length <= 1000 ? report.Subtitle : string.Concat(report.Subtitle.EnumerateRunes().Take(500)),
            At = report.Head.At,
            ById = isScheduled ? null : by.Id,
            Tickets = tickets,
        };
        db.Add(made);
        await db.SaveChangesAsync(stop);
        _audit.Note(db, new Audited(AuditAct.Exported, isScheduled ? null : by, $"Report {made.Id} as {format.ToString().ToUpperInvariant()}: {scope.Kind}, {tickets} requests{(isScheduled ? ", as scheduled" : "")}.") { PersonId = isScheduled ? by.Id : null, OrganisationId = scope.Filter.OrganisationId is > 0 and var id ? id : null });
        await db.SaveChangesAsync(stop);
        return made.Id;
    }, cancellation);

    private Task<int> SealAsync(long number, string digest) =>
        _gate.WriteAsync((db, stop) => db.Set<MadeReport>().Where(r => r.Id == number).ExecuteUpdateAsync(set => set.SetProperty(r => r.Digest, digest), stop));
}
