using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;
using SupportPortal.Application.Channels.Email;
using SupportPortal.Application.Live;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;

namespace SupportPortal.Application.Tickets;

/// <summary>
/// Group commit: appends that arrive while one transaction is under way share the next. Under load a commit's flush is
/// paid once for many; alone, an append waits for nobody.
/// </summary>
public sealed class AppendQueue : IAsyncDisposable
{
    private const int LargestGroup = 64;

    private readonly Channel<TicketAppend> _waiting = Channel.CreateBounded<TicketAppend>(new BoundedChannelOptions(4096) { SingleReader = true });
    private readonly IDbContextFactory<PortalDb> _databases;
    private readonly WriteGate _gate;
    private readonly TicketWriter _writer;
    private readonly ChangeFeed _feed;
    private readonly NextAlarm _alarm;
    private readonly MailOutbox _mails;
    private readonly ILogger<AppendQueue> _log;
    private readonly Task _loop;

    public AppendQueue(IDbContextFactory<PortalDb> databases, WriteGate gate, TicketWriter writer, ChangeFeed feed, NextAlarm alarm, MailOutbox mails, ILogger<AppendQueue> log)
    {
        (_databases, _gate, _writer, _feed, _alarm, _mails, _log) = (databases, gate, writer, feed, alarm, mails, log);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Answers after the commit. An append that was handed in is carried out, whether or not its caller still waits.</summary>
    internal async Task<AppendAnswer> AppendAsync(TicketAppend append, CancellationToken cancellation)
    {
        await _waiting.Writer.WriteAsync(append, cancellation);
        return await append.Answer.Task;
    }

    /// <summary>Finishes what was handed in.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loop;
    }

    private async Task RunAsync()
    {
        var group = new List<TicketAppend>(LargestGroup);
        while (await _waiting.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < LargestGroup && _waiting.Reader.TryRead(out var next)) group.Add(next);
            await CommitAsync(group);
        }
    }

    private async Task CommitAsync(List<TicketAppend> group)
    {
        try
        {
            var outcome = await WriteAsync(group);
            foreach (var (append, answer) in outcome) append.Answer.TrySetResult(answer);
        }
        catch (Exception failure) when (group.Count > 1)
        {
            // One of them spoils the transaction of all: alone, each gets the answer that is its own.
            _log.LogWarning(failure, "A group of {Count} appends failed and is written one by one", group.Count);
            foreach (var append in group) await CommitAsync([append]);
        }
        catch (DbUpdateException overtaken) when (IsRace(overtaken))
        {
            // Another server wrote the same ticket, number or key between our look and our write.
            _log.LogInformation(overtaken, "An append was overtaken by another server");
            group[0].Answer.TrySetResult(new AppendAnswer.Overtaken());
        }
        catch (Exception failure)
        {
            group[0].Answer.TrySetException(failure);
        }
    }

    // Anything else would fail again however often it is tried.
    private static bool IsRace(DbUpdateException failure) => failure is DbUpdateConcurrencyException
        || failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };

    private async Task<IReadOnlyList<(TicketAppend, AppendAnswer)>> WriteAsync(List<TicketAppend> group)
    {
        IReadOnlyList<(TicketAppend Append, AppendAnswer Answer)> outcome;
        using (await _gate.TakeTurnAsync(CancellationToken.None))
        {
            await using var db = await _databases.CreateDbContextAsync();
            await using var transaction = await db.Database.BeginTransactionAsync();
            outcome = await _writer.WriteAsync(db, group);
            await transaction.CommitAsync();
        }

        var appended = outcome.Select(o => o.Answer).OfType<AppendAnswer.Appended>().ToList();
        _mails.Wake();
        _feed.Publish(appended.Select(a => a.History.Ticket.Id));
        if (appended.Min(a => a.AlarmAt) is { } alarm) _alarm.Announce(alarm);
        return outcome;
    }
}
