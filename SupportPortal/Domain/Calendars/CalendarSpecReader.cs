using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;

namespace SupportPortal.Domain.Calendars;

/// <summary>Reads a <see cref="CalendarSpec"/> and collects every refusal, each with the path of its field (<c>hours.monday[0]</c>).</summary>
internal sealed partial class CalendarSpecReader(CalendarSpec spec)
{
    private const int LongestName = 100;
    private const int MostWindowsADay = 12;
    private const int MostHolidays = 5000;
    private static readonly string[] Weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    private static readonly Duration LongestWorkday = Duration.FromHours(24);

    private readonly List<Refusal> refusals = [];

    public IReadOnlyList<Refusal> Refusals => refusals;

    /// <summary>The hours and the workday; to be used only when <see cref="Refusals"/> stays empty.</summary>
    public (OpeningHours Hours, Duration WorkdayLength) Read()
    {
        CheckName();
        var zone = ReadZone();
        var week = ReadWeek();
        var hours = new OpeningHours(zone, week, ReadHolidays());
        return (hours, ReadWorkdayLength() ?? hours.LongestDay);
    }

    private void CheckName()
    {
        if (string.IsNullOrWhiteSpace(spec.Name)) Refuse("name", "A calendar needs a name.");
        else if (spec.Name.Length > LongestName) Refuse("name", $"A calendar's name has at most {LongestName} characters.");
        else if (spec.Name.Equals("roundTheClock", StringComparison.OrdinalIgnoreCase)) Refuse("name", "\"roundTheClock\" is the clock without a calendar; choose another name.");
    }

    private DateTimeZone ReadZone()
    {
        // GetZoneOrNull would also take made-up fixed offsets such as UTC+03, which no other reader of the calendar knows.
        var known = spec.TimeZone is not null && DateTimeZoneProviders.Tzdb.Ids.Contains(spec.TimeZone);
        if (known) return DateTimeZoneProviders.Tzdb[spec.TimeZone!];
        Refuse("timeZone", $"\"{spec.TimeZone}\" is not a time zone; write an IANA name such as Europe/Berlin.");
        return DateTimeZone.Utc;
    }

    private OpeningWindow[][] ReadWeek()
    {
        var given = spec.Hours ?? [];
        foreach (var day in given.Keys.Except(Weekdays))
            Refuse($"hours.{day}", $"\"{day}\" is not a weekday; write monday, tuesday and so on.");

        var placed = new List<PlacedWindow>();
        var week = new OpeningWindow[Weekdays.Length][];
        for (var day = 0; day < week.Length; day++)
        {
            var field = $"hours.{Weekdays[day]}";
            var windows = ReadWindows(field, given.GetValueOrDefault(Weekdays[day]));
            week[day] = [.. windows.Select(window => window.Window)];
            placed.AddRange(windows.Select(window => window with { DayStart = day * OpeningWindow.Day }));
        }

        RefuseOverlaps(placed, Weekdays.Length * OpeningWindow.Day);
        if (placed.Count == 0 && !refusals.Exists(refusal => refusal.Field.StartsWith("hours", StringComparison.Ordinal)))
            Refuse("hours", "The week has no open hour, so nothing would ever fall due; open at least one window.");
        return week;
    }

    private Dictionary<LocalDate, OpeningWindow[]> ReadHolidays()
    {
        var holidays = new Dictionary<LocalDate, OpeningWindow[]>();
        var given = spec.Holidays ?? [];
        if (given.Length > MostHolidays) Refuse("holidays", $"A calendar has at most {MostHolidays} holidays.");
        for (var i = 0; i < Math.Min(given.Length, MostHolidays); i++)
        {
            var field = $"holidays[{i}]";
            var windows = ReadWindows($"{field}.hours", given[i]?.Hours);
            RefuseOverlaps(windows);
            if (!LocalDatePattern.Iso.Parse(given[i]?.Date ?? "").TryGetValue(default, out var date))
                Refuse($"{field}.date", $"\"{given[i]?.Date}\" is not a date; write it as 2026-12-25.");
            else if (date.Year is < BusinessCalendar.FirstYear or > BusinessCalendar.LastYear)
                Refuse($"{field}.date", $"A holiday lies between {BusinessCalendar.FirstYear} and {BusinessCalendar.LastYear}.");
            else if (!holidays.TryAdd(date, [.. windows.Select(window => window.Window)]))
                Refuse($"{field}.date", $"{given[i].Date} is listed twice.");
        }

        return holidays;
    }

    private List<PlacedWindow> ReadWindows(string field, string?[]? texts)
    {
        var windows = new List<PlacedWindow>();
        if (texts?.Length > MostWindowsADay)
        {
            Refuse(field, $"A day has at most {MostWindowsADay} windows.");
            return windows;
        }

        for (var i = 0; i < (texts?.Length ?? 0); i++)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{field}[{i}]");
            if (OpeningWindow.TryParse(texts![i], out var window, out var problem)) windows.Add(new PlacedWindow(place, texts[i]!, window));
            else Refuse(place, problem);
        }

        return windows;
    }

    /// <summary>Refuses each window that opens before an earlier one closed; with a cycle also the first ones, when the last run into them.</summary>
    private void RefuseOverlaps(List<PlacedWindow> windows, int cycle = 0)
    {
        PlacedWindow? latest = null;
        var again = cycle == 0 ? [] : windows.Select(window => window with { DayStart = window.DayStart + cycle });
        var seen = new HashSet<string>();
        foreach (var window in windows.Concat(again).OrderBy(window => window.Opens))
        {
            if (latest is not null && latest.Field != window.Field && window.Opens < latest.Closes && seen.Add(window.Field))
                Refuse(window.Field, $"{window.Text} overlaps {latest.Text} ({latest.Field}).");
            if (latest is null || window.Closes > latest.Closes) latest = window;
        }
    }

    private Duration? ReadWorkdayLength()
    {
        if (spec.WorkdayLength is null) return null;
        // NodaTime's patterns turn PT24H into P1D or let other notations in, and a workday knows only hours, minutes and seconds.
        var match = HoursMinutesSeconds().Match(spec.WorkdayLength);
        var length = Part(match, 1) * Duration.FromHours(1) + Part(match, 2) * Duration.FromMinutes(1) + Part(match, 3) * Duration.FromSeconds(1);
        if (!match.Success)
            Refuse("workdayLength", $"\"{spec.WorkdayLength}\" is not a length in hours and minutes; write it as PT8H or PT7H30M.");
        else if (length <= Duration.Zero || length > LongestWorkday)
            Refuse("workdayLength", "A workday is longer than nothing and at most 24 hours.");
        return length;
    }

    private static long Part(Match match, int group) => match.Groups[group].Success ? long.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^PT(?=[0-9])(?:([0-9]{1,6})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,6})S)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex HoursMinutesSeconds();

    private void Refuse(string field, string message) => refusals.Add(new Refusal(field, message));

    private sealed record PlacedWindow(string Field, string Text, OpeningWindow Window, int DayStart = 0)
    {
        public int Opens => DayStart + Window.OpensAt;

        public int Closes => DayStart + Window.ClosesAt;
    }
}
