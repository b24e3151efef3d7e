using System.Globalization;
using NodaTime;
using NodaTime.Text;
using SupportPortal.Application.Audit;
using SupportPortal.Application.People;
using SupportPortal.Domain.People;

namespace SupportPortal.Web.Audit;

/// <summary>What the address of the audit log asks for, and back: it can be kept, sent to a colleague, and exported.</summary>
public sealed record AuditView
{
    // A day later has to be an instant too.
    private static readonly LocalDate FirstDay = new(1970, 1, 1);
    private static readonly LocalDate LastDay = new(9998, 12, 31);

    public string? Act { get; init; }

    /// <summary>A person's id or e-mail address.</summary>
    public string? Person { get; init; }

    public string? Organisation { get; init; }

    /// <summary>The first day, in UTC, as <c>2030-01-07</c>.</summary>
    public string? From { get; init; }

    /// <summary>The last day, in UTC.</summary>
    public string? Until { get; init; }

    public string? Text { get; init; }

    public string? After { get; init; }

    /// <summary>Its address.</summary>
    public string Address => "admin/audit" + Query();

    /// <summary>Where the same is exported.</summary>
    public string ExportAddress(string format) => "/admin/audit/export" + (this with { After = null }).Query(("format", format));

    /// <summary>The filter it stands for; or what in it cannot be followed, in a sentence.</summary>
    public async Task<(AuditFilter? Filter, string? Problem)> ReadAsync(PeopleQueries people, Actor reader, CancellationToken cancellation)
    {
        AuditAct? act = null;
        if (!string.IsNullOrWhiteSpace(Act) && (act = AuditWords.Find(Act.Trim())) is null) return (null, $"'{Act}' is nothing that the log tells of.");
        if (!TryRead(From, out var from)) return (null, $"'{From}' is not a date such as 2030-01-07.");
        if (!TryRead(Until, out var until)) return (null, $"'{Until}' is not a date such as 2030-01-07.");
        if (until < from) return (null, "The period ends before it begins.");
        string? person = null;
        if (!string.IsNullOrWhiteSpace(Person) && (person = await people.FindIdAsync(reader, Person, cancellation)) is null) return (null, $"There is nobody with the id or e-mail address '{Person}'.");
        return (new AuditFilter
        {
            Act = act,
            PersonId = person,
            Organisation = Organisation,
            From = from?.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant(),
            Before = until?.PlusDays(1).AtStartOfDayInZone(DateTimeZone.Utc).ToInstant(),
            Text = Text,
        }, null);
    }

    private static bool TryRead(string? text, out LocalDate? date)
    {
        date = null;
        if (string.IsNullOrWhiteSpace(text)) return true;
        if (LocalDatePattern.Iso.Parse(text.Trim()) is not { Success: true, Value: var read } || read < FirstDay || read > LastDay) return false;
        date = read;
        return true;
    }

    private string Query(params ReadOnlySpan<(string Name, string? Value)> more)
    {
        List<(string Name, string? Value)> parts =
            [("act", Act), ("person", Person), ("organisation", Organisation), ("from", From), ("until", Until), ("q", Text), ("after", After), .. more];
        return QueryString.Create(parts.Where(part => !string.IsNullOrWhiteSpace(part.Value)).Select(part => KeyValuePair.Create(part.Name, part.Value))).ToString();
    }
}
