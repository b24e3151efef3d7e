using SupportPortal.Application.Sla;

namespace SupportPortal.Web.Api;

/// <summary>JSON as the contract spells it, for every answer.</summary>
internal static class ApiJson
{
    public static void AddApiJson(this IServiceCollection services) => services.ConfigureHttpJsonOptions(json =>
    {
        json.SerializerOptions.AddContract();
        json.SerializerOptions.TypeInfoResolverChain.Insert(0, TicketJson.Default);
    });
}
