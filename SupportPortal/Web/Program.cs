using SupportPortal.Application.Live;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Web.Api;
using SupportPortal.Web.Audit;
using SupportPortal.Web.Commands;
using SupportPortal.Web.Compliance.Reports;
using SupportPortal.Web.People;
using SupportPortal.Web.Startup;

return await StartRefusal.OrOneLineAsync(() => CommandLine.IsCommand(args) ? CommandLine.RunAsync(args) : ServeAsync(args));

static async Task<int> ServeAsync(string[] args)
{
    var builder = PortalHost.CreateBuilder(args);

    builder.Services.AddFoundation();
    builder.Services.AddLiveTickets();
    builder.Services.AddPages();
    builder.Services.AddSignIn();
    builder.Services.AddAccounts();
    builder.Services.AddPortalApi();
    builder.Services.AddFailureAnswers();
    builder.Services.AddHostedService<RestingMemory>();
    builder.Services.AddHealthChecks().AddCheck<DatabaseHealth>("database", tags: [Health.Ready]).AddCheck<OpenTicketsHealth>("open tickets", tags: [Health.Ready]);

    var app = builder.Build();
    var prepared = Task.Run(app.PrepareAsync); // On another processor: the database's model and its first queries take as long as the routes.

    app.UseTrustedProxies();
    app.UseQuickStop();
    app.UseSecurityHeaders();
    app.UseFailurePages();
    app.UseAuthentication();
    app.UseAuthorization();
    app.UseApiLimits();
    app.UseAntiforgery();

    app.MapStaticAssets();
    app.MapHealth();
    app.MapAccounts();
    AuditExport.Map(app);
    ReportEndpoints.Map(app);
    app.MapPersonalData();
    app.MapPortalApi();
    app.MapPageAttachments();
    app.MapPages();
    foreach (var routes in ((IEndpointRouteBuilder)app).DataSources) _ = routes.Endpoints;

    await prepared;
    await app.RunAsync();
    return 0;
}
