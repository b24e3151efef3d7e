using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SupportPortal.Application.Storage;

namespace SupportPortal.Application.Live;

/// <summary>
/// Asks feeds once a second to look for what another process wrote. SQLite says whether anything was written at all, so that a portal at
/// rest does not look (budget B7).
/// </summary>
public sealed class StorePulse(IDbContextFactory<PortalDb> databases, ILogger<StorePulse> log) : IDisposable
{
    // Wall-clock pacing, not domain time: a test that stops the clock still wants its pushes.
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private ImmutableList<ChangeFeed> _feeds = [];
    private Timer? _timer;
    private PortalDb? _db;
    private DbCommand? _versionNow;
    private long? _version;

    /// <summary>Begins to ask a feed, until what it answers is disposed.</summary>
    public IDisposable Wake(ChangeFeed feed)
    {
        lock (_lock)
        {
            _feeds = _feeds.Add(feed);
            _timer ??= new Timer(_ => Beat(), null, Between, Between);
        }

        return new Waking(() => Leave(feed));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock) Rest();
    }

    private void Leave(ChangeFeed feed)
    {
        lock (_lock)
        {
            _feeds = _feeds.Remove(feed);
            if (_feeds.IsEmpty) Rest();
        }
    }

    private void Beat()
    {
        if (!_lock.TryEnter()) return; // The last one has not come back yet.
        try
        {
            if (!_feeds.IsEmpty && !WasWritten()) return;
        }
        catch (Exception failure)
        {
            log.LogWarning(failure, "The store did not say whether it was written to; looking");
            Close();
        }
        finally
        {
            _lock.Exit();
        }

        foreach (var feed in _feeds) feed.AskToLook();
    }

    /// <summary>Whether anybody but this connection has written since the last time. PostgreSQL does not say: it is always looked at.</summary>
    private bool WasWritten()
    {
        if (_versionNow is null)
        {
            _db ??= databases.CreateDbContext();
            if (_db.Database.IsNpgsql()) return true;
            _db.Database.OpenConnection(); // Kept open: the number is the connection's own.
            _versionNow = _db.Database.GetDbConnection().CreateCommand();
            _versionNow.CommandText = "PRAGMA data_version";
        }

        var before = _version;
        _version = Convert.ToInt64(_versionNow.ExecuteScalar(), CultureInfo.InvariantCulture);
        return _version != before;
    }

    private void Rest()
    {
        _timer?.Dispose();
        _timer = null;
        Close();
    }

    private void Close()
    {
        _versionNow?.Dispose();
        _db?.Dispose();
        (_versionNow, _db, _version) = (null, null, null);
    }

    private sealed class Waking(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}
