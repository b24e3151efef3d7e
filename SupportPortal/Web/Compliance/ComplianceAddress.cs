using System.Globalization;
using NodaTime;
using NodaTime.Text;
using SupportPortal.Application.Compliance;
using SupportPortal.Application.People;
using SupportPortal.Application.Sla;
using SupportPortal.Domain;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Compliance;

/// <summary>
/// What the address of a figure asks for, the same in the API, on pages and in reports: each part by the name it has in the query. A part that
/// cannot be followed, or that nobody knows, is refused by its name.
/// </summary>
public sealed class ComplianceAddress(PeopleDirectory people, PeopleDesk desk, TimeProvider clock)
{
    /// <summary>Whoever nobody is.</summary>
    public const string Nobody = "none";

    /// <summary>Every part.</summary>
    public static readonly IReadOnlyList<string> Parts = ["from", "to", "zone", "metric", "severity", "organisation", "service", "team", "agent", "channel", "outcome", "exception", "cause", "hour", "late", "lateAtMost"];
    /// <summary>The parts that say which clocks of a request count; those of whole requests do not know them.</summary>
    public static readonly IReadOnlyList<string> OfClocks = ["outcome", "exception", "cause", "hour", "late", "lateAtMost"];

    private static readonly LocalDate FirstDay = new(1970, 1, 1);

    /// <summary>Reads it.</summary>
    /// <param name="query">The parts, by name.</param>
    /// <param name="parts">Those that the caller applies.</param>
    /// <param name="usual">The period when the address names none, given the present date.</param>
    /// <param name="home">The zone whose days count, where neither the address nor the organisation says one.</param>
    /// <param name="more">Names that the caller reads itself.</param>
    /// <param name="cancellation">Gives up.</param>
    public async ValueTask<(ComplianceFilter Filter, IReadOnlyList<Refusal> Refusals)> ReadAsync(
        IQueryCollection query, IEnumerable<string> parts, Func<LocalDate, (LocalDate From, LocalDate To)> usual, DateTimeZone home, IReadOnlyCollection<string> more, CancellationToken cancellation)
    {
        var refusals = new List<Refusal>();
        string[] known = [.. parts, .. more];
        foreach (var (name, values) in query)
        {
            if (!known.Contains(name)) refusals.Add(new(name, $"There is no filter “{name}” here: use {string.Join(", ", known)}."));
            else if (values.Count > 1) refusals.Add(new(name, $"“{name}” is given more than once."));
        }

        string? Given(string name) => query[name] is [{ Length: > 0 } only] ? only : null;
        var organisation = await ReadOrganisationAsync(Given("organisation"), refusals, cancellation);
        var zone = Given("zone") switch
        {
            null => await people.OwnZoneAsync(organisation, cancellation) ?? home,
            { } name when DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) is { } found => found,
            var name => Refuse("zone", $"“{name}” is no time zone such as Europe/Berlin.", home),
        };
        var filter = new ComplianceFilter
        {
            Period = ReadPeriod(Given("from"), Given("to"), usual, zone, refusals),
            Metric = ReadWord<SlaMetric>("metric"),
            Severity = Given("severity") switch
            {
                null => null,
                "1" or "2" or "3" => (Severity)int.Parse(Given("severity")!, CultureInfo.InvariantCulture),
                var other => Refuse<Severity?>("severity", $"“{other}” is no severity: use 1, 2 or 3.", null),
            },
            OrganisationId = organisation,
            Service = Given("service") is { } service && service.Any(char.IsControl) ? Refuse<string?>("service", "A service's name has no control characters.", null) : Given("service"),
            AssigneeId = await ReadAgentAsync(Given("agent"), refusals, cancellation),
            Team = await ReadTeamAsync(Given("team"), refusals, cancellation),
            Channel = ReadWord<Channel>("channel"),
            Outcome = ReadWord<ComplianceOutcome>("outcome"),
            Exception = ReadWord<ExceptionState>("exception"),
            Cause = ReadWord<BreachCause>("cause"),
            Hour = Given("hour") switch
            {
                null => null,
                { } text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var hour) && hour < 168 => hour,
                var other => Refuse<int?>("hour", $"“{other}” is no hour of the week: 0, Monday from midnight, to 167.", null),
            },
            LateOver = ReadSeconds("late"),
            LateAtMost = ReadSeconds("lateAtMost"),
        };
        return (filter, refusals);

        T? ReadWord<T>(string name) where T : struct, Enum => Given(name) switch
        {
            null => null,
            { } word when Words.TryRead<T>(word, out var member) => member,
            var word => Refuse<T?>(name, $"“{word}” is none of {Words.All<T>()}.", null),
        };

        Duration? ReadSeconds(string name) => Given(name) switch
        {
            null => null,
            { } text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) => Duration.FromSeconds(seconds),
            var other => Refuse<Duration?>(name, $"“{other}” is no number of seconds.", null),
        };

        T Refuse<T>(string name, string message, T instead)
        {
            refusals.Add(new(name, message));
            return instead;
        }
    }

    /// <summary>The thirty days up to today.</summary>
    public static (LocalDate From, LocalDate To) ThirtyDays(LocalDate today) => (today.PlusDays(-29), today);

    /// <summary>The twelve months up to today, and whatever is promised for the year to come.</summary>
    public static (LocalDate From, LocalDate To) YearBeforeAndAfter(LocalDate today) => (today.With(DateAdjusters.StartOfMonth).PlusMonths(-11), today.PlusYears(1));

    private CompliancePeriod ReadPeriod(string? from, string? to, Func<LocalDate, (LocalDate From, LocalDate To)> usual, DateTimeZone zone, List<Refusal> refusals)
    {
        var (first, last) = usual(clock.Now().InZone(zone).Date);
        var otherwise = CompliancePeriod.Of(first, last, zone);
        var (start, end) = (Read("from", from, isEnd: false) ?? otherwise.Start, Read("to", to, isEnd: true) ?? otherwise.End);
        if (refusals.Any(r => r.Field is "from" or "to")) return otherwise;
        if (end <= start) refusals.Add(new("to", "The period ends before it begins."));
        else if (end - start > Duration.FromDays(366 * CompliancePeriod.MostYears)) refusals.Add(new("from", $"A period has at most {CompliancePeriod.MostYears} years."));
        else return new CompliancePeriod(start, end, zone);
        return otherwise;

        // A date is a whole day, the last one too; an instant is a border, which as the end is left out.
        Instant? Read(string name, string? text, bool isEnd)
        {
            if (text is null) return null;
            if (LocalDatePattern.Iso.Parse(text).TryGetValue(default, out var date) && date >= FirstDay && date.Year < 9000)
                return isEnd ? CompliancePeriod.Of(date, date, zone).End : CompliancePeriod.Of(date, date, zone).Start;
            if (SlaJson.TryReadInstant(text, out var instant) && instant.InUtc().Date >= FirstDay && instant.InUtc().Year < 9000) return instant;
            refusals.Add(new(name, $"“{text}” is no date such as 2026-11-22, nor an instant such as 2026-11-22T10:00:00Z."));
            return null;
        }
    }

    private async ValueTask<int?> ReadOrganisationAsync(string? text, List<Refusal> refusals, CancellationToken cancellation)
    {
        if (text is null) return null;
        if (text == Nobody) return 0;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && await people.OrganisationAsync(id, cancellation) is not null) return id;
        refusals.Add(new("organisation", $"There is no organisation “{text}”: use its id, or {Nobody}."));
        return null;
    }

    private async ValueTask<Team?> ReadTeamAsync(string? text, List<Refusal> refusals, CancellationToken cancellation)
    {
        if (text is null) return null;
        var teams = await people.TeamsAsync(cancellation);
        if (text == Team.Nowhere) return new Team(Team.Nowhere, [.. teams.SelectMany(team => team.Members).Order(StringComparer.Ordinal)]);
        if (teams.FirstOrDefault(team => team.Name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } found) return found;
        refusals.Add(new("team", $"There is no team “{text}”: use {string.Join(", ", teams.Select(team => team.Name).Append(Team.Nowhere))}."));
        return null;
    }

    private async ValueTask<string?> ReadAgentAsync(string? text, List<Refusal> refusals, CancellationToken cancellation)
    {
        switch (text)
        {
            case null: return null;
            case Nobody: return "";
        }

        if (await people.FindAsync(text, cancellation) is { } known) return known.Id;
        if (text.Contains('@') && await desk.FindByEmailAsync(text) is { } person) return person.Id;
        refusals.Add(new("agent", $"There is nobody “{text}”: use an id, an e-mail address or {Nobody}."));
        return null;
    }
}
