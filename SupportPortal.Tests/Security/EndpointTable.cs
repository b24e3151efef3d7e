using SupportPortal.Domain.Tickets;
using static SupportPortal.Tests.Security.Audience;

namespace SupportPortal.Tests.Security;

/// <summary>
/// Who gets what, for everything that the portal answers to: one line an endpoint, under the heading of those whom it is for. What everybody
/// else gets follows from the heading (<see cref="EndpointRow.ExpectedFor"/>). An endpoint without a line fails the test, which says what to
/// write. A second line of an endpoint asks it for something else. Rights are judged before the body: whoever may not do something is
/// answered alike whatever they send.
/// </summary>
internal static class EndpointTable
{
    public static IReadOnlyList<EndpointRow> Rows { get; } =
    [
        .. Those(Everyone, [
            new(EndpointCensus.Files),
            new("PAGE /"),
            new("PAGE /severity"),
            new("PAGE /error"),
            new("PAGE /not-found"),
            new("PAGE /account/login") { OkSignedIn = 302 },
            new("PAGE /account/forgot-password"),
            new("PAGE /account/set-password"),
            new("PAGE /account/set-up"),
            new("PAGE /account/erased"),
            new("PAGE /account/two-factor-code", 302), // Without a first step, the way to it.
            new("PAGE /account/recovery-code", 302),
            new("PAGE /account/register"),
            new("PAGE /account/register/confirm"),
            new("PAGE /account/sso/{Key}", 404), // There is no such identity provider.
            new("PAGE /requests/{Number}/copies/stop"), // For the address that the link's key names.
            new("FORM /account/login sign-in"),
            new("FORM /account/login passkey"),
            new("FORM /account/two-factor-code second-step"),
            new("FORM /account/recovery-code second-step"),
            new("FORM /account/register register"),
            new("FORM /account/register/confirm register-confirm"), // Without a mailed key it says so.
            new("FORM /account/sso/{Key} @FormName", 400),
            new("FORM /requests/{Number}/copies/stop stop-copies", 400),
            new("POST /account/passkey-options/show", 400), // Without the page's antiforgery token.
            new("FORM /account/forgot-password forgot-password"),
            new("FORM /account/set-password set-password"),
            new("FORM /account/set-up set-up", 400), // Without the console's key there is no form.
            new("POST /account/logout", 400), // Without the page's antiforgery token.
            new("ANY /health/live"),
            new("ANY /health/ready"),
            new("GET /api/docs/{documentName?}"),
            new("GET /api/docs/favicon.svg"),
            new("GET /api/docs/scalar.js"),
            new("GET /api/docs/scalar.aspnetcore.js"),
            new("GET /openapi/{documentName}.json"),
            new("GET /_framework/opaque-redirect", 400), // Without a protected address.
            new("GET /{**path:file}", 404), // A static file that there is not.
            new("HEAD /{**path:file}", 404),
            new("ANY /_blazor", 400), // A connection that was not negotiated. What a circuit shows is CircuitAccessTests'.
            new("ANY /_blazor/negotiate") { Method = "POST" },
            new("ANY /_blazor/disconnect/", 400) { Method = "POST" }, // Names no circuit.
            new("ANY /_blazor/initializers/"),
        ]),

        .. Those(SignedIn, [
            new("PAGE /account"),
            new("PAGE /account/tokens"),
            new("PAGE /account/data"),
            new("PAGE /requests") { Query = "?show=all" },
            new("PAGE /requests") { Query = "?show=all&q=eliotro" },
            new("PAGE /requests/new"),
            new("FORM /account password"),
            new("PAGE /account/two-factor"),
            new("PAGE /account/passkeys"),
            new("PAGE /account/devices"),
            new("FORM /account/two-factor on"),
            new("FORM /account/two-factor change", 400), // Who has no second step has no such form.
            new("FORM /account/passkeys add"),
            new("FORM /account/passkeys rename-{id}", 400), // Nobody's here.
            new("FORM /account/passkeys remove-{id}", 400),
            new("FORM /account/devices end-{id}", 400),
            new("FORM /account/devices sign-out-elsewhere", 302),
            new("POST /account/passkey-options/make", 400), // Without the page's antiforgery token.
            new("FORM /account/tokens make"),
            new("FORM /account/tokens revoke-{id}", 302) { Id = (portal, caller) => portal.SpareTokenAsync(caller) },
            new("FORM /account/data erase") { OkStaff = 400 }, // Customers' own, and without the address typed nothing is erased. Staff have no such form.
            new("POST /account/data/download", 400), // Without the page's antiforgery token.
            new("POST /attachments", 201) { Query = "?draft=new-request&name=hello.txt", Json = "{}", WithPageToken = true },
            new("POST /attachments", 400) { Query = "?draft=new-request&name=hello.txt", Json = "{}" },
            new("GET /api/v1/tickets/"),
            new("GET /api/v1/tickets/") { Query = "?q=eliotro" },
            new("GET /api/v1/tickets/") { Query = "?organisation=1" },
            new("POST /api/v1/tickets/", 201) { Json = """{"subject": "Mine", "description": "Own."}""" },
            new("GET /api/v1/sla/policy"),
            new("POST /api/v1/sla/preview", 422) { Json = "{}" }, // Any history that is complete; it reads nothing of the portal's.
        ]),

        .. Those(WhoSeesTheTicket, [
            new("PAGE /requests/{Number}"),
            new("GET /requests/{number}/attachments/{id}") { Id = (portal, _) => portal.FileOfAsync(portal.TicketId) },
            new("GET /api/v1/tickets/{number}"),
            new("GET /api/v1/tickets/{number}/events"),
            new("GET /api/v1/tickets/{number}/attachments/{id}") { Id = (portal, _) => portal.FileOfAsync(portal.TicketId) },
            new("POST /api/v1/tickets/{number}/replies") { Json = """{"body": "Hello."}""" },
            new("POST /api/v1/tickets/{number}/watchers/removal") { Json = "{}" },
            new("POST /api/v1/tickets/{number}/attachments", 201) { SendsFile = true },
        ]),

        .. Those(SidesOfTheTicket, [
            new("POST /api/v1/tickets/{number}/status-requests") { Json = "{}" },
            new("POST /api/v1/tickets/{number}/reopening") { Json = """{"reason": "It is back."}""", Before = TicketStatus.Resolved },
            new("POST /api/v1/tickets/{number}/watchers") { Json = """{"email": "copy@elsewhere.example"}""" },
        ]),

        .. Those(CustomersOfTheTicket, [
            new("POST /api/v1/tickets/{number}/acceptance") { Json = """{"accepted": true}""", Before = TicketStatus.Resolved },
            new("POST /api/v1/tickets/{number}/rating") { Json = """{"stars": 5}""", Before = TicketStatus.Resolved },
        ]),

        .. Those(SupportOfTheTicket, [
            new("POST /api/v1/tickets/{number}/replies") { Json = """{"body": "Between us.", "internal": true}""" },
            new("POST /api/v1/tickets/{number}/severity") { Json = """{"severity": 1, "reason": "Nothing works."}""" },
            new("POST /api/v1/tickets/{number}/assignee") { Json = """{"assignee": null}""" },
            new("POST /api/v1/tickets/{number}/work") { Json = "{}" },
            new("POST /api/v1/tickets/{number}/waiting") { Json = "{}" },
            new("POST /api/v1/tickets/{number}/workaround") { Json = """{"description": "Restart it."}""" },
            new("POST /api/v1/tickets/{number}/patch") { Json = """{"description": "Version 2."}""" },
            new("POST /api/v1/tickets/{number}/resolution") { Json = """{"kind": "fix", "summary": "Mended."}""" },
        ]),

        .. Those(ManagersOfTheTicket, [
            new("POST /api/v1/tickets/{number}/exceptions", 422) { Json = """{"metric": "firstResponse", "startedAt": "2030-01-01T00:00:00Z", "reason": "Flood."}""" }, // No clock started then.
            new("POST /api/v1/tickets/{number}/exceptions/approval", 409) { Json = """{"version": 1}""" }, // The report is no proposal.
            new("POST /api/v1/tickets/{number}/exceptions/withdrawal", 409) { Json = """{"version": 1}""" },
        ]),

        .. Those(Staff, [
            new("PAGE /desk"),
            new("PAGE /desk/queue"),
            new("PAGE /desk/reminders"),
            new("PAGE /desk/tickets/{Number}"),
            new("PAGE /admin/on-call"), // Managers write it; OnCallStore asks.
        ]),

        .. Those(Managers, [
            new("PAGE /admin/policy/moves"),
            new("GET /api/v1/compliance"),
            new("PAGE /compliance"),
            new("PAGE /compliance/clocks"),
            new("PAGE /compliance/what-if"),
            new("PAGE /compliance/exceptions"),
            new("PAGE /compliance/reports"),
            new("GET /compliance/reports/{kind}.{format}"),
            new("POST /compliance/reports/whatIf.{format}", 400), // Without the page's antiforgery token.
            new("GET /api/v1/compliance/reports/{kind}.{format}"),
            new("PAGE /compliance/risk"),
            new("PAGE /compliance/requests") { Query = "?which=open" },
        ]),

        .. Those(Administrators, [
            new("PAGE /admin"),
            new("PAGE /admin/people"),
            new("PAGE /admin/people/invite"),
            new("PAGE /admin/people/{id}") { Id = (portal, _) => Task.FromResult(portal.RequesterId) },
            new("PAGE /admin/organisations"),
            new("PAGE /admin/organisations/{Id:int}") { Id = (_, _) => Task.FromResult("1") },
            new("PAGE /admin/services"),
            new("PAGE /admin/policy"),
            new("PAGE /admin/calendars"),
            new("PAGE /admin/tokens"),
            new("PAGE /admin/audit"),
            new("GET /admin/audit/export") { Query = "?format=csv" },
            new("PAGE /admin/people/{Id}/erase") { Id = (portal, _) => Task.FromResult(portal.RequesterId) },
        ]),

        // What a browser calls on its own circuit, which holds what its page was given. CircuitAccessTests walks the pages in a circuit.
        .. Those(Circuit, [
            new("HUB StartCircuit"),
            new("HUB ConnectCircuit"),
            new("HUB PauseCircuit"),
            new("HUB ResumeCircuit"),
            new("HUB UpdateRootComponents"),
            new("HUB OnLocationChanged"),
            new("HUB OnLocationChanging"),
            new("HUB OnRenderCompleted"),
            new("HUB BeginInvokeDotNetFromJS"),
            new("HUB EndInvokeJSFromDotNet"),
            new("HUB ReceiveByteArray"),
            new("HUB ReceiveJSDataChunk"),
            new("HUB SendDotNetStreamToJS"),
        ]),

    ];

    private static IEnumerable<EndpointRow> Those(Audience audience, EndpointRow[] rows) => rows.Select(row => row with { For = audience });
}
