using System.Net;
using Microsoft.Extensions.Time.Testing;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Web.People;

public sealed class AccountTests
{
    private const string NewPassword = "another horse and battery";
    private static readonly Uri Page = new("/account", UriKind.Relative);

    [Fact]
    public async Task Another_password_keeps_this_browser_signed_in_and_no_other()
    {
        var clock = new FakeTimeProvider(TestDatabase.Monday);
        await using var server = new PortalServer(clock);
        var person = await server.AddPersonAsync(Role.Customer);
        using var here = await server.SignedInClientAsync(person.Email!);
        using var elsewhere = await server.SignedInClientAsync(person.Email!);

        using var changed = await here.PostFormAsync("/account", "password", ("Form.Present", PortalServer.Password), ("Form.Password", NewPassword), ("Form.Again", NewPassword));
        Assert.Contains("Your password is changed", await changed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Found), (await StatusAsync(here), await StatusAsync(elsewhere)));
        using var again = await server.SignedInClientAsync(person.Email!, NewPassword);
    }

    [Theory]
    [InlineData("wrong", NewPassword, NewPassword, "That is not your present password.")]
    [InlineData(PortalServer.Password, NewPassword, "something else", "The two new passwords differ.")]
    [InlineData(PortalServer.Password, "short", "short", "at least 12 characters")]
    [InlineData("", NewPassword, NewPassword, "Enter your present password and a new one.")]
    public async Task A_password_that_cannot_be_changed_stays_as_it_is(string present, string password, string again, string why)
    {
        await using var server = new PortalServer();
        var person = await server.AddPersonAsync(Role.Customer);
        using var here = await server.SignedInClientAsync(person.Email!);
        using var refused = await here.PostFormAsync("/account", "password", ("Form.Present", present), ("Form.Password", password), ("Form.Again", again));
        Assert.Contains(why, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var still = await server.SignedInClientAsync(person.Email!);
    }

    [Fact]
    public async Task Whoever_signs_out_everywhere_else_stays_signed_in_here()
    {
        var clock = new FakeTimeProvider(TestDatabase.Monday);
        await using var server = new PortalServer(clock);
        var (person, other) = (await server.AddPersonAsync(Role.Agent), await server.AddPersonAsync(Role.Agent));
        using var here = await server.SignedInClientAsync(person.Email!);
        using var elsewhere = await server.SignedInClientAsync(person.Email!);
        using var others = await server.SignedInClientAsync(other.Email!);

        using var done = await here.PostFormAsync("/account/devices", "sign-out-elsewhere");
        Assert.Contains("signed out within a minute", await here.GetStringAsync(new Uri(done.Headers.Location!.ToString(), UriKind.RelativeOrAbsolute)), StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Found, HttpStatusCode.OK), (await StatusAsync(here), await StatusAsync(elsewhere), await StatusAsync(others)));
    }

    [Fact]
    public async Task A_visitor_is_asked_to_sign_in()
    {
        await using var server = new PortalServer();
        using var client = server.CreateClient(new() { AllowAutoRedirect = false });
        Assert.Equal(HttpStatusCode.Found, await StatusAsync(client));
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var answer = await client.GetAsync(Page);
        return answer.StatusCode;
    }
}
