using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using SupportPortal.Tests.Support;
using SupportPortal.Web.People;

namespace SupportPortal.Tests.Web.Security;

/// <summary>No other site's form acts here.</summary>
public sealed class FormTests
{
    // They look for the token themselves, one in a header so that the body is not read first: EndpointMatrixTests posts to them without.
    private static readonly string[] _byThemselves = ["/attachments", "/account/passkey-options/show"];

    [Fact]
    public async Task Everything_that_takes_a_post_by_cookie_wants_the_forms_token()
    {
        await using var portal = new PortalServer();
        using var client = portal.CreateClient();
        var posts = portal.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(TakesPosts).ToList();
        Assert.Contains(posts, post => post.RoutePattern.RawText == "/account/login");

        var unguarded = posts.Where(post => !IsByToken(post) && post.Metadata.GetMetadata<IAntiforgeryMetadata>() is not { RequiresValidation: true })
            .Select(post => post.RoutePattern.RawText).Where(path => !path!.TrimStart('/').StartsWith("_blazor", StringComparison.Ordinal)).Distinct();
        Assert.Equal(_byThemselves, unguarded);
    }

    private static bool TakesPosts(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is { HttpMethods: { Count: > 0 } methods } && methods.Any(method => method is "POST" or "PUT" or "PATCH" or "DELETE");

    private static bool IsByToken(RouteEndpoint endpoint) => endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(rule => rule.Policy == TokenAuthentication.Policy);
}
