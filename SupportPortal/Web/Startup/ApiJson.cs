using System.Text.Json;
using System.Text.Json.Serialization;

namespace SupportPortal.Web.Startup;

/// <summary>JSON as the API speaks it: camelCase names, enums as camelCase words.</summary>
internal static class ApiJson
{
    public static void AddApiJson(this IServiceCollection services) =>
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase)));
}
