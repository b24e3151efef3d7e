using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace SupportPortal.Domain.Reminders;

/// <summary>Reads an <see cref="OnCallSpec"/> and collects every refusal, each with the path of its field (<c>overrides[0].until</c>).</summary>
internal sealed class OnCallSpecReader(OnCallSpec spec)
{
    private const int MostShifts = 50;
    private const int MostPeople = 50;
    private const int MostOverrides = 200;

    private static readonly string[] Weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly LocalDateTimePattern DateAndTime = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm");
    private static readonly LocalDateTimePattern Told = LocalDateTimePattern.CreateWithInvariantCulture("d MMM uuuu, HH:mm");

    private readonly List<Refusal> _refusals = [];

    public IReadOnlyList<Refusal> Refusals => _refusals;

    /// <summary>The judged parts; to be used only when <see cref="Refusals"/> stays empty.</summary>
    public (DateTimeZone Zone, IReadOnlyList<OnCallShift> Shifts, IReadOnlyList<OnCallOverride> Overrides) Read()
    {
        var zone = ReadZone();
        var shifts = ReadShifts();
        return (zone, shifts, ReadOverrides(zone));
    }

    private DateTimeZone ReadZone()
    {
        if (spec.TimeZone is not null && DateTimeZoneProviders.Tzdb.Ids.Contains(spec.TimeZone)) return DateTimeZoneProviders.Tzdb[spec.TimeZone];
        Refuse("timeZone", $"“{spec.TimeZone}” is not a time zone; write an IANA name such as Europe/Berlin.");
        return DateTimeZone.Utc;
    }

    private List<OnCallShift> ReadShifts()
    {
        var given = spec.Shifts ?? [];
        if (given.Count == 0) Refuse("shifts", "Nobody is on call: add a shift.");
        if (given.Count > MostShifts) Refuse("shifts", $"A rota has at most {MostShifts} shifts.");
        var (shifts, before) = (new List<OnCallShift>(), _refusals.Count);
        for (var i = 0; i < Math.Min(given.Count, MostShifts); i++) shifts.Add(ReadShift(At("shifts", i), given[i] ?? new()));

        // Where a time was not understood, a gap or an overlap would be told that is none.
        if (_refusals.Count == before) RefuseGapsAndOverlaps(shifts);
        return shifts;
    }

    private OnCallShift ReadShift(string field, OnCallShiftSpec shift)
    {
        var from = ReadMoment(field, "from", shift.FromDay, shift.From);
        var until = ReadMoment(field, "until", shift.UntilDay, shift.Until);
        ReadPeople(field, shift.People ?? []);
        var length = (until - from + OnCallShift.Week) % OnCallShift.Week;
        return new OnCallShift(from, length == 0 ? OnCallShift.Week : length, shift.People ?? [], ReadSince(field, shift));
    }

    private int ReadMoment(string field, string name, string? weekday, string? text)
    {
        var day = Array.IndexOf(Weekdays, weekday);
        if (day < 0) Refuse($"{field}.{name}Day", $"“{weekday}” is not a weekday; write monday, tuesday and so on.");
        if (!Time.Parse(text ?? "").TryGetValue(default, out var time)) Refuse($"{field}.{name}", $"“{text}” is not a time; write it as 09:00.");
        return Math.Max(day, 0) * OnCallShift.Day + time.Hour * 60 + time.Minute;
    }

    private void ReadPeople(string field, IReadOnlyList<string> people)
    {
        if (people.Count == 0) Refuse($"{field}.people", "Say who has this shift.");
        if (people.Count > MostPeople) Refuse($"{field}.people", $"A shift has at most {MostPeople} people.");
        for (var i = 0; i < Math.Min(people.Count, MostPeople); i++)
        {
            if (string.IsNullOrWhiteSpace(people[i])) Refuse(At($"{field}.people", i), "Choose a person.");
        }
    }

    private LocalDate ReadSince(string field, OnCallShiftSpec shift)
    {
        if (string.IsNullOrEmpty(shift.Since))
        {
            if (shift.People?.Count > 1) Refuse($"{field}.since", "Say from which date the people take turns.");
            return new LocalDate(2000, 1, 3);
        }

        if (LocalDatePattern.Iso.Parse(shift.Since).TryGetValue(default, out var since) && IsNear(since)) return since;
        Refuse($"{field}.since", $"“{shift.Since}” is not a date; write it as 2026-01-05.");
        return new LocalDate(2000, 1, 3);
    }

    /// <summary>Walks the week twice: the second time everything is known that may reach into it from the week before.</summary>
    private void RefuseGapsAndOverlaps(List<OnCallShift> shifts)
    {
        var furthest = (Index: -1, Until: 0);
        foreach (var (index, from) in InOrder(shifts, 0).Concat(InOrder(shifts, OnCallShift.Week)))
        {
            var until = from + shifts[index].Length;
            if (from >= OnCallShift.Week && from > furthest.Until)
            {
                Refuse($"{At("shifts", furthest.Index)}.until", $"Nobody is on call from {OnCallShift.Moment(furthest.Until)} to {OnCallShift.Moment(from)}.");
            }
            else if (from >= OnCallShift.Week && from < furthest.Until)
            {
                Refuse($"{At("shifts", index)}.from",
                    $"Shift {index + 1} ({shifts[index]}) overlaps shift {furthest.Index + 1} ({shifts[furthest.Index]}): two would be on call from {OnCallShift.Moment(from)} to {OnCallShift.Moment(Math.Min(until, furthest.Until))}.");
            }

            if (until > furthest.Until) furthest = (index, until);
        }
    }

    private static IEnumerable<(int Index, int From)> InOrder(List<OnCallShift> shifts, int weekStart) =>
        Enumerable.Range(0, shifts.Count).OrderBy(i => shifts[i].From).Select(i => (i, weekStart + shifts[i].From));

    private List<OnCallOverride> ReadOverrides(DateTimeZone zone)
    {
        var given = spec.Overrides ?? [];
        if (given.Count > MostOverrides) Refuse("overrides", $"A rota has at most {MostOverrides} overrides.");
        var (overrides, before) = (new List<OnCallOverride>(), _refusals.Count);
        for (var i = 0; i < Math.Min(given.Count, MostOverrides); i++)
        {
            var (field, stand) = (At("overrides", i), given[i] ?? new());
            var hasFrom = TryReadWall($"{field}.from", stand.From, out var from);
            if (TryReadWall($"{field}.until", stand.Until, out var until) && hasFrom && until <= from)
                Refuse($"{field}.until", $"It ends before it begins: {Told.Format(until)} is not after {Told.Format(from)}.");
            if (string.IsNullOrWhiteSpace(stand.Person)) Refuse($"{field}.person", "Say who stands in.");
            overrides.Add(new OnCallOverride(from, until, OnCallRota.Begin(from, zone), OnCallRota.End(until, zone), stand.Person ?? ""));
        }

        if (_refusals.Count == before) RefuseOverlaps(overrides);
        return overrides;
    }

    private void RefuseOverlaps(List<OnCallOverride> overrides)
    {
        var furthest = -1;
        foreach (var i in Enumerable.Range(0, overrides.Count).OrderBy(i => overrides[i].From))
        {
            if (furthest >= 0 && overrides[i].From < overrides[furthest].Until)
            {
                Refuse($"{At("overrides", i)}.from",
                    $"Override {i + 1} overlaps override {furthest + 1}: two would stand in from {Told.Format(overrides[i].From)} to {Told.Format(LocalDateTime.Min(overrides[i].Until, overrides[furthest].Until))}.");
            }

            if (furthest < 0 || overrides[i].Until > overrides[furthest].Until) furthest = i;
        }
    }

    private bool TryReadWall(string field, string? text, out LocalDateTime wall)
    {
        if (DateAndTime.Parse(text ?? "").TryGetValue(default, out wall) && IsNear(wall.Date)) return true;
        wall = new LocalDateTime(2000, 1, 1, 0, 0);
        Refuse(field, string.IsNullOrWhiteSpace(text) ? "Write a date and a time." : $"“{text}” is not a date and a time; write it as 2026-12-24T09:00.");
        return false;
    }

    private static bool IsNear(LocalDate date) => date.Year is >= 1970 and <= 2149;

    private static string At(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"{list}[{index}]");

    private void Refuse(string field, string message) => _refusals.Add(new Refusal(field, message));
}
