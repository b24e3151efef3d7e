using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using NodaTime;
using Scalar.AspNetCore;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Api;

/// <summary>The API's reference: the document for programs, the page for people.</summary>
internal static class ApiReference
{
    private const string Token = "token";

    public static void AddApiReference(this IServiceCollection services) => services.AddOpenApi(document =>
    {
        document.ShouldInclude = call => call.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
        document.AddDocumentTransformer((api, _, _) =>
        {
            api.Info = new OpenApiInfo
            {
                Title = "Support Portal",
                Version = "v1",
                Description = "Tickets, their clocks and the promises behind them. Make a token at /account/tokens and send it as `Authorization: Bearer …`; one whose scope is read opens the GET calls only. "
                    + "Instants are ISO 8601 in UTC. Errors are problem details (RFC 9457); a 422 lists what is wrong in `errors`.",
            };
            api.Servers = [];
            api.Components ??= new OpenApiComponents();
            api.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            api.Components.SecuritySchemes[Token] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A token of /account/tokens." };
            api.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Token, api)] = [] }];
            return Task.CompletedTask;
        });
        document.AddOperationTransformer((operation, context, _) =>
        {
            operation.RequestBody?.Content?.Remove(EndpointWords.AnyType);
            if (!context.Description.ActionDescriptor.EndpointMetadata.OfType<ActsMetadata>().Any()) return Task.CompletedTask;
            operation.Parameters ??= [];
            operation.Parameters.Add(Header(CallHeaders.IdempotencyKey, "1 to 255 characters of your own. The same key and body give the same answer and no second effect; a refused call keeps nothing and may be sent again under its key."));
            if (operation.Parameters.Any(p => p.Name == "number"))
                operation.Parameters.Add(Header("If-Match", "The version that you saw, as ETag gave it (\"3\"): act only on that one, else 409."));
            return Task.CompletedTask;
        });
        document.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type == typeof(Instant) || context.JsonTypeInfo.Type == typeof(Instant?)) (schema.Type, schema.Format) = (JsonSchemaType.String, "date-time");
            if (context.JsonTypeInfo.Type == typeof(Severity) || context.JsonTypeInfo.Type == typeof(Severity?)) (schema.Type, schema.Enum) = (JsonSchemaType.Integer, [1, 2, 3]);
            return Task.CompletedTask;
        });
    });

    public static void MapApiReference(this WebApplication app)
    {
        app.MapOpenApi().AllowAnonymous();
        app.MapScalarApiReference("/api/docs", page => page
            .WithTitle("Support Portal API")
            .WithOpenApiRoutePattern("/openapi/{documentName}.json")
            .DisableDefaultFonts()
            .HideDeveloperTools()
            .DisableAgent()
            .DisableMcp()
            .DisableTelemetry()
            .WithNonce()).AllowAnonymous();
    }

    private static OpenApiParameter Header(string name, string description) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
