using SupportPortal.Application.People;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.Sla;

namespace SupportPortal.Web.Api;

/// <summary>What is promised, and what the promises come to on any history.</summary>
internal static class SlaEndpoints
{
    public static void MapSla(this RouteGroupBuilder sla)
    {
        sla.MapGet("/policy", async (HttpContext context, PolicyStore policies, PeopleDirectory people) => TypedResults.Json(PolicyView.Of(await CurrentAsync(context, policies, people))))
            .Describe<PolicyView>("readPolicy", "Read the policy in force");
        sla.MapPost("/preview", PreviewAsync)
            .Describe<PreviewAnswer>("previewClocks", "Fold any history, under any policy, and see its clocks").Takes<PreviewRequest>().WithMetadata(ActsMetadata.It);
    }

    /// <summary>The policy of the caller's organisation.</summary>
    private static async Task<SlaPolicy> CurrentAsync(HttpContext context, PolicyStore policies, PeopleDirectory people) => await policies.CurrentAsync(
        await people.PlanAsync(context.User.RequireActor().OrganisationId, context.RequestAborted) ?? SlaPolicy.StandardPlan, context.RequestAborted);

    private static async Task<IResult> PreviewAsync(HttpContext context, PolicyStore policies, PeopleDirectory people, IdempotencyKeys keys)
    {
        var heard = await JsonBody.ReadValueAsync<PreviewRequest>(context);
        if (heard.Refused is { } unread) return unread;
        var (key, unusable) = CallHeaders.ReadKey(context.Request, context.User.RequireActor(), heard.Digest);
        if (unusable is not null) return unusable;
        var (answer, refusals) = SlaPreview.Fold(heard.Value!, await CurrentAsync(context, policies, people), policies.Catalogue.Calendars);
        if (answer is null) return Problems.BadInput(refusals);
        if (key is not null && !await keys.TakeAsync(key, context.RequestAborted)) return Problems.KeyReused(); // Now only: what is refused keeps no key.
        return TypedResults.Json(answer);
    }
}
