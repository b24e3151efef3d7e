using SupportPortal.Web.Api;
using SupportPortal.Web.Startup;

var builder = PortalHost.CreateBuilder(args);

builder.Services.AddPages();
builder.Services.AddSignIn();
builder.Services.AddApiJson();
builder.Services.AddFailureAnswers();
builder.Services.AddHealthChecks();

var app = builder.Build();

app.UseQuickStop();
app.UseSecurityHeaders();
app.UseFailurePages();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();

app.MapStaticAssets();
app.MapHealth();
app.MapPortalApi();
app.MapPages();

await app.RunAsync();
