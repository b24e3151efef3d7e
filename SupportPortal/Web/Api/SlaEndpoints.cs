using SupportPortal.Application.Sla;

namespace SupportPortal.Web.Api;

/// <summary>What is promised, and what the promises come to on any history.</summary>
internal static class SlaEndpoints
{
    public static void MapSla(this RouteGroupBuilder sla)
    {
        sla.MapGet("/policy", (PolicyStore policies) => TypedResults.Json(PolicyView.Of(policies.Current)))
            .Describe<PolicyView>("readPolicy", "Read the policy in force");
        sla.MapPost("/preview", PreviewAsync)
            .Describe<PreviewAnswer>("previewClocks", "Fold any history, under any policy, and see its clocks").Takes<PreviewRequest>();
    }

    private static async Task<IResult> PreviewAsync(HttpContext context, PolicyStore policies)
    {
        var heard = await JsonBody.ReadValueAsync<PreviewRequest>(context);
        if (heard.Refused is { } unread) return unread;
        var (answer, refusals) = SlaPreview.Fold(heard.Value!, policies.Current, policies.Catalogue.Calendars);
        return answer is null ? Problems.BadInput(refusals) : TypedResults.Json(answer);
    }
}
