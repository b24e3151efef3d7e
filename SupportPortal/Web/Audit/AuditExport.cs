using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CsvHelper;
using NodaTime.Text;
using SupportPortal.Application.Audit;
using SupportPortal.Application.People;
using SupportPortal.Application.Reports.Formats;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Web.Startup;

namespace SupportPortal.Web.Audit;

/// <summary>The audit log as a file, as much of it as the filter leaves: written while it is read, so that its length costs no memory.</summary>
internal sealed class AuditExport(AuditQueries log, AuditLog audit, PeopleQueries people, PeopleDirectory directory, TimeProvider clock)
{
    private const int AtOnce = 500;
    private const int LinesAtOnce = 16;

    /// <summary>The export is asked for by a link on the log's page.</summary>
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/admin/audit/export", (HttpContext context, [AsParameters] Asked asked, AuditExport export) => export.AnswerAsync(context, asked))
            .RequireAuthorization(Policies.Administrators).ExcludeFromDescription();

    private async Task<IResult> AnswerAsync(HttpContext context, Asked asked)
    {
        var (me, stop) = (context.User.RequireActor(), context.RequestAborted);
        if (asked.Format is not ("csv" or "json")) return Results.Problem("The format is csv or json.", statusCode: StatusCodes.Status422UnprocessableEntity);
        var view = new AuditView { Act = asked.Act, Person = asked.Person, Organisation = asked.Organisation, From = asked.From, Until = asked.Until, Text = asked.Q };
        var (filter, problem) = await view.ReadAsync(people, me, stop);
        if (filter is null) return Results.Problem(problem, statusCode: StatusCodes.Status422UnprocessableEntity);

        var isAll = filter == new AuditFilter();
        await audit.WriteAsync(new Audited(AuditAct.Exported, me, $"The audit log as {asked.Format.ToUpperInvariant()}, {(isAll ? "all of it" : "narrowed by a filter")}.")
        {
            PersonId = filter.PersonId,
            Address = context.Connection.RemoteIpAddress?.ToString(),
        }, stop);

        context.Response.Headers.CacheControl = "private, no-store";
        var name = $"audit-{clock.GetUtcNow().UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}.{asked.Format}";
        return asked.Format == "csv"
            ? Results.Stream(body => WriteCsvAsync(body, me, filter, stop), "text/csv; charset=utf-8", name)
            : Results.Stream(body => WriteJsonAsync(body, me, filter, stop), "application/json", name);
    }

    private async Task WriteCsvAsync(Stream body, Actor me, AuditFilter filter, CancellationToken stop)
    {
        await using var csv = CsvWriter.Create(body, SafeCsv.Options, leaveOpen: true);
        await csv.WriteRecordAsync(["at", "act", "actorId", "actor", "personId", "person", "organisation", "detail", "address"], stop);
        var lines = 0;
        await foreach (var line in LinesAsync(me, filter, stop))
        {
            await csv.WriteRecordAsync([line.At, line.Act, line.ActorId!, line.Actor, line.PersonId!, line.Person!, line.Organisation!, line.Detail, line.Address!], stop);
            if (++lines % LinesAtOnce == 0) await csv.FlushAsync(stop); // Before its buffer is full, which it would write without waiting.
        }
    }

    private Task WriteJsonAsync(Stream body, Actor me, AuditFilter filter, CancellationToken stop) =>
        JsonSerializer.SerializeAsync(body, LinesAsync(me, filter, stop), JsonSerializerOptions.Web, stop); // An array, written as it is read.

    private async IAsyncEnumerable<Line> LinesAsync(Actor me, AuditFilter filter, [EnumeratorCancellation] CancellationToken stop)
    {
        ListCursor? after = null;
        do
        {
            var page = await log.ListAsync(me, filter, after, AtOnce, stop);
            var names = await AuditNames.ReadAsync(directory, page.Items, stop);
            foreach (var entry in page.Items) yield return Line.Of(entry, names);
            after = page.Next;
        }
        while (after is not null);
    }

    /// <summary>The address's words, as the page has them.</summary>
    internal sealed record Asked(string? Format, string? Act, string? Person, string? Organisation, string? From, string? Until, string? Q);

    private sealed record Line(string At, string Act, string? ActorId, string Actor, string? PersonId, string? Person, string? Organisation, string Detail, string? Address)
    {
        public static Line Of(AuditEntry entry, AuditNames names) => new(
            InstantPattern.ExtendedIso.Format(entry.At), entry.Act.ToString(), entry.ActorId, names.ActorOf(entry), entry.PersonId,
            entry.PersonId is { } person ? names.Of(person) : null, entry.OrganisationId is { } organisation ? names.Of(organisation) : null, entry.Detail, entry.Address);
    }
}
