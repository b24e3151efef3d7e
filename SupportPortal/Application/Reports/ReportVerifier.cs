using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Compliance;
using SupportPortal.Application.People;
using SupportPortal.Application.Reports.Formats;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;

namespace SupportPortal.Application.Reports;

/// <summary>What holding a report file against the store has come to.</summary>
/// <param name="Head">What the file says of itself; null when it cannot be read.</param>
/// <param name="Tickets">How many tickets were folded for it.</param>
public sealed record ReportVerdict(ReportHead? Head, int Tickets);

/// <summary>
/// Holds a report file against the store: that it is whole, that the portal made it so, that the events it counts are the ones that are stored, and that its figures follow
/// from them. Uses no roll-up and no row: events alone.
/// </summary>
public sealed class ReportVerifier
{
    private readonly PolicyStore _policies;
    private readonly IDbContextFactory<PortalDb> _databases;
    private readonly PastTickets _past;
    private readonly WhatIf _whatIf;
    private readonly ReportComposer _composer;

    /// <summary>Made once a process.</summary>
    public ReportVerifier(PolicyStore policies, PeopleDirectory people, WhatIf whatIf, IDbContextFactory<PortalDb> databases)
    {
        (_policies, _databases, _past, _whatIf) = (policies, databases, new PastTickets(databases, policies), whatIf);
        _composer = new ReportComposer(new LineSections(_past, policies, people), people);
    }

    /// <summary>What differs, a line each; none when the file is genuine and follows from the events.</summary>
    /// <param name="file">The file, which can be read at any place.</param>
    /// <param name="progress">Told as tickets are folded.</param>
    /// <param name="cancellation">Gives up.</param>
    public async IAsyncEnumerable<string> DifferencesAsync(Stream file, IProgress<ReportVerdict>? progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (await FormatAsync(file, cancellation) is not { } format)
        {
            yield return "This is no report: it is empty, or neither PDF, XLSX, CSV nor JSON.";
            yield break;
        }

        var (said, actual) = await ReportSeal.ReadAsync(file, format, cancellation);
        if (said is null) yield return "The file is cut, or was written by something else: it does not end with a digest.";
        else if (said != actual) yield return $"The file was edited: it ends with the digest {said}, and its content has {actual}.";

        var (read, head, problem) = await ReadAsync(file, format, cancellation);
        using var _ = read;
        if (read is null || head is null)
        {
            yield return $"The file cannot be read as a report. {problem}";
            yield break;
        }

        progress?.Report(new ReportVerdict(head, 0));
        if (await RegisteredAsync(head.Number, format, said, cancellation) is { } unregistered) yield return unregistered;

        var facts = new ComplianceFacts();
        var folded = 0;
        await foreach (var (tickets, damages) in _past.AllAsync(head, cancellation))
        {
            foreach (var damage in damages) yield return damage;
            FactRows.Of(tickets.Select(ticket => ticket.Row), tickets.SelectMany(ticket => ticket.Clocks)).PutInto(facts);
            progress?.Report(new ReportVerdict(head, folded += tickets.Count));
        }

        var (follows, incomputable) = await FollowsAsync(head, facts, cancellation);
        if (follows is null)
        {
            yield return $"What follows from the events cannot be told. {incomputable}";
            yield break;
        }

        using var comparison = new ReportComparison(read, format);
        await foreach (var line in comparison.DifferencesAsync(follows, cancellation)) yield return line;
    }

    private static async Task<ReportFormat?> FormatAsync(Stream file, CancellationToken cancellation)
    {
        var start = new byte[4];
        file.Position = 0;
        var read = await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation);
        return start[..read] switch
        {
            [(byte)'%', (byte)'P', (byte)'D', (byte)'F'] => ReportFormat.Pdf,
            [(byte)'P', (byte)'K', ..] => ReportFormat.Xlsx,
            [(byte)'{', ..] => ReportFormat.Json,
            [0xef, 0xbb, 0xbf, ..] => ReportFormat.Csv,
            [>= (byte)'a' and <= (byte)'z', ..] => ReportFormat.Csv, // Saved again without its mark.
            _ => null,
        };
    }

    private async Task<(ReadReport? Report, ReportHead? Head, string? Problem)> ReadAsync(Stream file, ReportFormat format, CancellationToken cancellation)
    {
        try
        {
            var read = format switch
            {
                ReportFormat.Pdf => await PdfReport.ReadAsync(file, cancellation),
                ReportFormat.Xlsx => await XlsxReport.ReadAsync(file, async head => (await _composer.ComposeAsync(head, await EmptyAsync(head, cancellation), cancellation)).Sections),
                ReportFormat.Csv => await CsvReport.ReadAsync(file, cancellation),
                _ => await JsonReport.ReadAsync(file, cancellation),
            };
            return (read, ReportHead.Read(read.Pairs), null);
        }
        catch (Exception other) when (other is not OperationCanceledException) // The formats' parsers throw anything at what is damaged.
        {
            return (null, null, other.Message);
        }
    }

    /// <summary>The report as the events have it.</summary>
    private async Task<(Report? Report, string? Problem)> FollowsAsync(ReportHead head, ComplianceFacts facts, CancellationToken cancellation)
    {
        try
        {
            var count = await ReportCount.Of(facts, head.Scope, head.At, _policies.Catalogue).ReplayedAsync(_whatIf, head.Scope, cancellation);
            return (await _composer.ComposeAsync(head, count, cancellation), null);
        }
        catch (Exception damaged) when (damaged is not OperationCanceledException) // An edited head or a tampered event may ask for anything.
        {
            return (null, damaged.Message);
        }
    }

    /// <summary>Counts nothing: for the parts and columns that such a report has.</summary>
    private Task<ReportCount> EmptyAsync(ReportHead head, CancellationToken cancellation) =>
        ReportCount.Of(new ComplianceFacts(), head.Scope, head.At, _policies.Catalogue).ReplayedAsync(_whatIf, head.Scope, cancellation);

    private async Task<string?> RegisteredAsync(long number, ReportFormat format, string? digest, CancellationToken cancellation)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellation);
        var made = await db.Set<MadeReport>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == number, cancellation);
        if (made is null) return $"This portal made no report {number}.";
        if (made.Digest is null) return $"Report {number} was never written to its end.";
        return made.Format == format && made.Digest == digest ? null : $"This is not report {number} as this portal made it: its digest was {made.Digest}.";
    }
}
