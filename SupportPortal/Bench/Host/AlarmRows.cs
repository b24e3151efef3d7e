using System.Globalization;
using Microsoft.Data.Sqlite;

namespace SupportPortal.Bench.Host;

/// <summary>The reminders that the alarm clock has raised, read from beside: the portal's file is opened to read only.</summary>
internal sealed class AlarmRows : IDisposable
{
    // How they are stored, here and nowhere else in the bench.
    private const string Table = "Reminders";
    private const string Ticket = "TicketId";

    private readonly SqliteConnection _file;

    public AlarmRows(DirectoryInfo data)
    {
        _file = new SqliteConnection($"Data Source={Path.Combine(data.FullName, "portal.db")};Mode=ReadOnly;Pooling=False");
        _file.Open();
    }

    /// <summary>Whether this build of the portal has an alarm clock.</summary>
    public bool Exist => Number($"""SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = '{Table}'""") > 0;

    /// <summary>How many were raised so far.</summary>
    public long Count() => Number($"""SELECT COUNT(*) FROM "{Table}" """);

    /// <summary>How many clocks an alarm has passed that the alarm clock has not looked at yet.</summary>
    public long Waiting() => Number($"""SELECT COUNT(*) FROM "Clocks" WHERE "AlarmAt" < {TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()} * 1000""");

    /// <summary>How many were raised so far, by ticket.</summary>
    public IReadOnlyDictionary<long, long> ByTicket()
    {
        using var command = _file.CreateCommand();
        command.CommandText = $"""SELECT "{Ticket}", COUNT(*) FROM "{Table}" GROUP BY "{Ticket}" """;
        using var rows = command.ExecuteReader();
        var counts = new Dictionary<long, long>();
        while (rows.Read()) counts[rows.GetInt64(0)] = rows.GetInt64(1);
        return counts;
    }

    public void Dispose() => _file.Dispose();

    private long Number(string query)
    {
        using var command = _file.CreateCommand();
        command.CommandText = query;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
