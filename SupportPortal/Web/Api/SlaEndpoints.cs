using SupportPortal.Application.Sla;

namespace SupportPortal.Web.Api;

/// <summary>What is promised.</summary>
internal static class SlaEndpoints
{
    public static void MapSla(this RouteGroupBuilder sla) =>
        sla.MapGet("/policy", (PolicyStore policies) => TypedResults.Json(PolicyView.Of(policies.Current)))
            .Describe<PolicyView>("readPolicy", "Read the policy in force");
}
