using Microsoft.AspNetCore.Mvc;
using SupportPortal.Application.Compliance;
using SupportPortal.Application.People;
using SupportPortal.Application.Reports;
using SupportPortal.Application.Sla;
using SupportPortal.Domain;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.People;
using SupportPortal.Web.Api;
using SupportPortal.Web.People;
using SupportPortal.Web.Startup;

namespace SupportPortal.Web.Compliance.Reports;

/// <summary>Any view of compliance as a file: its address with another path.</summary>
internal sealed class ReportEndpoints(ComplianceAddress addresses, ReportDesk desk, PeopleDirectory people)
{
    /// <summary>So many characters may a policy have that is tried, and its calendars.</summary>
    public const int MostTrial = 60_000;

    /// <summary>For the links on pages.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/compliance/reports/{kind}.{format}", (HttpContext context, string kind, string format, ReportEndpoints reports) => reports.AnswerAsync(context, kind, format))
            .RequireAuthorization(Policies.Managers).ExcludeFromDescription();

        // A commitment is too long for an address.
        app.MapPost("/compliance/reports/whatIf.{format}", (HttpContext context, string format, [FromForm] string policy, [FromForm] string calendars, ReportEndpoints reports) => reports.AnswerTrialAsync(context, format, policy, calendars))
            .RequireAuthorization(Policies.Managers).ExcludeFromDescription();
    }

    /// <summary>For programs.</summary>
    public static void MapApi(RouteGroupBuilder api) =>
        api.MapGet("/compliance/reports/{kind}.{format}", (HttpContext context, string kind, string format, ReportEndpoints reports) => reports.AnswerAsync(context, kind, format))
            .WithName("readReport").WithSummary("Have a report made: figures, clocks, requests, organisation or risk, as pdf, xlsx, csv or json")
            .WithDescription("The parameters are those of the call compliance; of requests: which, kind, stars, age, as on the page; of figures: unit; of risk: zone only. Each report is registered, carries the chain heads of the tickets it counts and ends with a digest; the verb verify holds it against the store.")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream").ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private async Task<IResult> AnswerAsync(HttpContext context, string kind, string format)
    {
        var (actor, stop) = (context.User.RequireActor(), context.RequestAborted);
        if (!actor.MayManage()) return Problems.NotAllowed("Reports are for managers.");
        var refusals = new List<Refusal>();
        if (!Words.TryRead<ReportKind>(kind, out var what)) refusals.Add(new("kind", $"“{kind}” is none of {Words.All<ReportKind>()}."));
        if (!Words.TryRead<ReportFormat>(format, out var how)) refusals.Add(new("format", $"“{format}” is none of {Words.All<ReportFormat>()}."));
        if (refusals.Count > 0) return Problems.BadInput(refusals);
        if (what == ReportKind.WhatIf) return Problems.BadInput(new Refusal("kind", "What if is had on its page: a commitment is too long for an address."));
        var scope = await ScopeAsync(context.Request.Query, what, actor, refusals, stop);
        return refusals.Count > 0 ? Problems.BadInput(refusals) : await AnswerAsync(context, scope, how);
    }

    private async Task<IResult> AnswerTrialAsync(HttpContext context, string format, string policy, string calendars)
    {
        var (actor, stop) = (context.User.RequireActor(), context.RequestAborted);
        var refusals = new List<Refusal>();
        if (!Words.TryRead<ReportFormat>(format, out var how)) refusals.Add(new("format", $"“{format}” is none of {Words.All<ReportFormat>()}."));
        var (filter, read) = await addresses.ReadAsync(context.Request.Query, ["from", "to", "zone"], ComplianceAddress.ThirtyDays, await people.ZoneAsync(actor.OrganisationId, stop), [], stop);
        refusals.AddRange(read);
        if (policy.Length > MostTrial || calendars.Length > MostTrial) return Problems.BadInput(new Refusal("policy", $"A policy and its calendars have at most {MostTrial:N0} characters each."));
        var (trial, refused) = SlaTrial.Read(policy, calendars, filter.Period.End);
        refusals.AddRange(refused);
        return refusals.Count > 0 ? Problems.BadInput(refusals) : await AnswerAsync(context, new ReportScope(ReportKind.WhatIf, filter, Trial: trial), how);
    }

    private async Task<IResult> AnswerAsync(HttpContext context, ReportScope scope, ReportFormat format)
    {
        var stop = context.RequestAborted;
        var (file, refused) = await desk.MakeAsync(context.User.RequireActor(), scope, format, cancellation: stop);
        if (file is null) return Problems.BadInput(refused!);
        context.Response.Headers.CacheControl = "private, no-store";
        return Results.Stream(body => file.WriteAsync(body, stop), file.MediaType, file.FileName);
    }

    private async Task<ReportScope> ScopeAsync(IQueryCollection query, ReportKind kind, Actor actor, List<Refusal> refusals, CancellationToken stop)
    {
        var (parts, own) = kind switch
        {
            ReportKind.Clocks => (ComplianceAddress.Parts, Array.Empty<string>()),
            ReportKind.Requests => (RequestAddress.OfFilter, RequestAddress.Parts),
            ReportKind.Risk => (["zone"], []),
            ReportKind.Organisation => (["from", "to", "zone", "organisation"], []), // All of it, and nothing of who works on it.
            _ => (ComplianceAddress.Parts.Except(ComplianceAddress.OfClocks), ["unit"]),
        };
        var (filter, read) = await addresses.ReadAsync(query, parts, ComplianceAddress.ThirtyDays, await people.ZoneAsync(actor.OrganisationId, stop), own, stop);
        refusals.AddRange(read);
        if (query["unit"] is [{ Length: > 0 } asked] && !Words.TryRead<PeriodUnit>(asked, out _)) refusals.Add(new("unit", $"“{asked}” is none of {Words.All<PeriodUnit>()}."));
        var unit = ComplianceWords.Unit(query["unit"], filter.Period);
        return new ReportScope(kind, filter, unit, kind == ReportKind.Requests ? RequestAddress.Read(name => query[name] is [{ Length: > 0 } only] ? only : null, refusals) : null);
    }
}
