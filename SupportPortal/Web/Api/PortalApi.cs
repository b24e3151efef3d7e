using SupportPortal.Web.Compliance;
using SupportPortal.Web.People;

namespace SupportPortal.Web.Api;

/// <summary>The HTTP API: one file of endpoints per feature, mapped from here.</summary>
internal static class PortalApi
{
    /// <summary>The path that all calls of this version begin with.</summary>
    public const string Root = "/api/v1";

    public static void AddPortalApi(this IServiceCollection services)
    {
        services.AddApiJson();
        services.AddSingleton<ApiLimits>();
        services.AddApiReference();
        services.AddSingleton<TicketViews>();
        services.AddSingleton<TicketCall>();
        services.AddCompliance();
    }

    public static void MapPortalApi(this WebApplication app)
    {
        var api = app.MapGroup(Root).RequireAuthorization(TokenAuthentication.Policy).WithMetadata(new LimitedPerToken());
        var tickets = api.MapGroup("/tickets").WithTags("Tickets");
        tickets.MapTickets();
        tickets.MapTicketActs();
        tickets.MapAttachments();
        api.MapGroup("/sla").WithTags("SLA").MapSla();
        api.MapGroup("").WithTags("SLA").MapCompliance();
        app.MapApiReference();
    }
}
