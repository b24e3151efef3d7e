using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using SupportPortal.Application.Reminders;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Tickets.Verification;

/// <summary>Everything that is stored of one ticket.</summary>
internal sealed record StoredTicket(
    long Id, IReadOnlyList<EventRow> Events, IReadOnlyDictionary<int, string> Texts, TicketRow? Row, IReadOnlyList<ClockRow> Clocks, IReadOnlyList<Reminder> Reminders);

/// <summary>Compares what is stored of a ticket with what its events say. Pure: the same rows always give the same lines.</summary>
internal static class TicketCheck
{
    /// <summary>One line a difference, each beginning with the ticket's number; none when everything agrees.</summary>
    public static IReadOnlyList<string> Differences(StoredTicket stored, SlaCatalogue catalogue)
    {
        var lines = new List<string>();
        if (stored.Events.Count == 0) lines.Add("has no events, though its number was given out");
        lines.AddRange(Chain(stored.Id, stored.Events));
        var events = Read(stored, lines);
        foreach (var version in stored.Texts.Keys.Except(stored.Events.Select(e => e.Version))) lines.Add($"texts of version {version} belong to no event");
        if (stored.Events.Count > 0 && events.Count == stored.Events.Count) lines.AddRange(Projections(stored, events, catalogue));
        var number = new TicketNumber(stored.Id).ToString();
        return lines.ConvertAll(line => $"{number}: {line}");
    }

    /// <summary>Where a ticket's chain is broken: an event is missing, or was changed.</summary>
    public static IEnumerable<string> Chain(long id, IEnumerable<EventRow> events)
    {
        var (version, previous) = (0, EventChain.Genesis);
        foreach (var row in events)
        {
            if (row.Version != ++version) yield return $"event {version} is missing";
            if (row.PreviousHash != previous) yield return $"event {row.Version} does not follow the event before it";
            var hash = EventChain.Hash(row.PreviousHash, id, row.Version, row.Type, row.At, new EventAuthor(row.ActorId, row.ActorRole), row.Catalogue, row.Data);
            if (row.Hash != hash) yield return $"event {row.Version} was changed: its hash is {row.Hash}, its content's {hash}";
            (version, previous) = (row.Version, row.Hash);
        }
    }

    private static List<TicketEvent> Read(StoredTicket stored, List<string> lines)
    {
        var events = new List<TicketEvent>(stored.Events.Count);
        foreach (var row in stored.Events)
        {
            var texts = stored.Texts.GetValueOrDefault(row.Version);
            if (!TryRead(row, texts, out var happened))
            {
                lines.Add($"event {row.Version} ({row.Type}) cannot be read");
                continue;
            }

            events.Add(happened);
            if (row.IsPublic != happened.Fact.IsPublic) lines.Add($"event {row.Version} is marked as {(row.IsPublic ? "public" : "internal")} and is not");
            lines.AddRange(happened.Fact.Texts.Where(t => !t.Text.IsGenuine).Select(t => $"event {row.Version}: the text of {t.Field} is not the one that was sealed"));
            if (texts is not null && Digests(texts).Except(happened.Fact.Texts.Select(t => t.Text.Digest)).Any()) lines.Add($"event {row.Version} has a text beside it that it does not name");
        }

        return events;
    }

    private static bool TryRead(EventRow row, string? texts, out TicketEvent happened)
    {
        try
        {
            happened = TicketStore.Stored(row, texts).Event;
            return true;
        }
        catch (Exception damaged) when (damaged is JsonException or KeyNotFoundException or InvalidOperationException or NullReferenceException or IndexOutOfRangeException or FormatException or ArithmeticException)
        {
            happened = null!;
            return false;
        }
    }

    private static IEnumerable<string> Digests(string texts)
    {
        using var json = JsonDocument.Parse(texts);
        return [.. json.RootElement.EnumerateObject().Select(text => text.Name)];
    }

    private static IEnumerable<string> Projections(StoredTicket stored, List<TicketEvent> events, SlaCatalogue catalogue)
    {
        if (events[0].Fact is not Reported) return ["does not begin with a report"];
        try
        {
            var (row, clocks) = TicketProjection.Of(catalogue, Ticket.Fold(stored.Id, events), events, stored.Events[^1].Hash);
            return [.. Row(stored.Row, row), .. Clocks(stored.Clocks, clocks), .. AlarmsOf(stored, clocks, SlaLedger.Fold(catalogue, events, row.ChangedAt))];
        }
        catch (KeyNotFoundException lost)
        {
            return [$"cannot be computed: {lost.Message}"];
        }
    }

    private static IEnumerable<string> Row(TicketRow? stored, TicketRow computed) =>
        stored is null ? ["its row is missing"] : Fields(stored, computed).Select(field => $"row: {field}");

    private static IEnumerable<string> Clocks(IReadOnlyList<ClockRow> stored, IReadOnlyList<ClockRow> computed)
    {
        var known = stored.ToDictionary(c => c.Ordinal);
        foreach (var clock in computed)
        {
            var name = $"clock {clock.Ordinal + 1} ({clock.Metric})";
            if (!known.Remove(clock.Ordinal, out var there)) yield return $"{name} is missing";
            else foreach (var field in Fields(there, clock)) yield return $"{name}: {field}";
        }

        foreach (var clock in known.Values) yield return $"clock {clock.Ordinal + 1} ({clock.Metric}) is stored and follows from no event";
    }

    private static IEnumerable<string> AlarmsOf(StoredTicket stored, IReadOnlyList<ClockRow> computed, IReadOnlyList<SlaClock> clocks)
    {
        var known = stored.Clocks.ToDictionary(c => c.Ordinal);
        var reminders = stored.Reminders.ToLookup(r => r.Ordinal);
        foreach (var row in computed.Where(row => known.ContainsKey(row.Ordinal)))
        {
            foreach (var line in AlarmCheck.Differences(clocks[row.Ordinal], row.AlarmAt, known[row.Ordinal].AlarmAt, [.. reminders[row.Ordinal]]))
                yield return $"clock {row.Ordinal + 1} ({row.Metric}): {line}";
        }

        foreach (var stray in reminders.Where(r => r.Key >= computed.Count)) yield return $"a reminder is of clock {stray.Key + 1}, which follows from no event";
    }

    private static IEnumerable<string> Fields<T>(T stored, T computed)
    {
        foreach (var property in Properties<T>.All)
        {
            var (is_, should) = (Text(property.GetValue(stored)), Text(property.GetValue(computed)));
            if (is_ != should) yield return $"{property.Name} is {is_}, and follows from the events as {should}";
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "nothing",
        string text => $"“{text}”",
        IEnumerable many => $"[{string.Join(", ", many.Cast<object>())}]",
        IFormattable one => one.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static class Properties<T>
    {
        public static readonly PropertyInfo[] All = [.. typeof(T).GetProperties().Where(p => p.CanWrite && p.Name != nameof(ClockRow.AlarmAt))]; // The alarm clock moves it; AlarmCheck follows.
    }
}
