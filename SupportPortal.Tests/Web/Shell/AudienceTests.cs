using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using SupportPortal.Web.Startup;

namespace SupportPortal.Tests.Web.Shell;

/// <summary>Who may open which page. A page is for whoever is signed in unless it says otherwise; this is what they say.</summary>
public sealed class AudienceTests
{
    private static readonly string[] _forEveryone = ["/", "/account/erased", "/account/forgot-password", "/account/login", "/account/recovery-code", "/account/register", "/account/register/confirm", "/account/set-password", "/account/set-up", "/account/sso/{Key}", "/account/two-factor-code", "/error", "/not-found", "/requests/{Number}/copies/stop", "/severity"];

    // Within an area, and for others than the rest of it: all staff may read who is on call, and managers move requests.
    private static readonly string[] _otherwise = ["/admin/on-call", "/admin/policy/moves"];

    [Fact]
    public void Only_these_pages_are_for_everyone() =>
        Assert.Equal(_forEveryone, Pages().Where(page => page.Component.IsDefined(typeof(AllowAnonymousAttribute))).Select(page => page.Route));

    [Theory]
    [InlineData("/desk", Policies.Staff)]
    [InlineData("/compliance", Policies.Managers)]
    [InlineData("/admin", Policies.Administrators)]
    [InlineData("/admin/on-call", Policies.Staff)]
    [InlineData("/admin/policy/moves", Policies.Managers)]
    public void Areas_are_for_those_they_are_made_for(string area, string policy) =>
        Assert.All(Pages().Where(page => page.Route == area || (page.Route.StartsWith(area + "/", StringComparison.Ordinal) && !_otherwise.Contains(page.Route))),
            page => Assert.Contains(policy, page.Component.GetCustomAttributes<AuthorizeAttribute>().Select(rule => rule.Policy)));

    [Fact]
    public void Every_page_asks_for_a_sign_in_unless_it_says_otherwise() =>
        Assert.All(Pages(), page => Assert.NotEmpty(page.Component.GetCustomAttributes<AuthorizeAttribute>()));

    private static IEnumerable<(string Route, Type Component)> Pages() =>
        from component in typeof(Program).Assembly.GetTypes()
        from route in component.GetCustomAttributes<RouteAttribute>()
        orderby route.Template
        select (route.Template, component);
}
