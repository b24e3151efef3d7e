using Microsoft.Extensions.Configuration;
using SupportPortal.Application.People.SingleSignOn;

namespace SupportPortal.Tests.Application.People;

/// <summary>An identity provider's settings: what is unusable is named.</summary>
public sealed class IdentityProviderOptionsTests
{
    [Theory]
    [InlineData("Authority", "http://login.example", "Portal:SingleSignOn:acme:Authority: 'http://login.example' must begin with https")]
    [InlineData("Authority", "login", "Portal:SingleSignOn:acme:Authority: 'login' is not an address")]
    [InlineData("Authority", "https://login.example/?tenant=1", "Portal:SingleSignOn:acme:Authority")]
    [InlineData("Name", " ", "Portal:SingleSignOn:acme:Name")]
    [InlineData("ClientId", "", "Portal:SingleSignOn:acme:ClientId")]
    [InlineData("Scopes:0", "email", "Portal:SingleSignOn:acme:Scopes")]
    [InlineData("RoleClaim", "groups", "Portal:SingleSignOn:acme:Roles")]
    [InlineData("Roles:Agent:0", "agents", "Portal:SingleSignOn:acme:RoleClaim")]
    [InlineData("DefaultRole", "Administrator", "Portal:SingleSignOn:acme:DefaultRole")]
    [InlineData("Organisations:Acme:0", "a", "Portal:SingleSignOn:acme:OrganisationClaim")]
    [InlineData("Domains:0", "acme", "Portal:SingleSignOn:acme:Domains")]
    public void An_unusable_setting_is_named(string key, string value, string named) =>
        Assert.StartsWith(named, Assert.Single(Read((key, value)).Problems("acme")), StringComparison.Ordinal);

    [Fact]
    public void A_role_that_does_not_exist_and_a_key_that_is_no_key_are_named()
    {
        Assert.StartsWith("Portal:SingleSignOn:acme:Roles:Boss", Assert.Single(Read(("RoleClaim", "groups"), ("Roles:Boss:0", "b")).Problems("acme")), StringComparison.Ordinal);
        Assert.StartsWith("Portal:SingleSignOn:Acme ID: a provider's key", Assert.Single(Read().Problems("Acme ID")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://login.example/tenant/v2.0")]
    [InlineData("http://127.0.0.1:5001")]
    [InlineData("http://localhost:5001")]
    public void Https_is_for_everywhere_and_http_for_this_machine(string authority) => Assert.Empty(Read(("Authority", authority)).Problems("acme"));

    private static IdentityProviderOptions Read(params (string Key, string Value)[] settings)
    {
        Dictionary<string, string?> all = new() { ["Name"] = "Acme ID", ["Authority"] = "https://login.example", ["ClientId"] = "portal" };
        foreach (var (key, value) in settings) all[key] = value;
        return new ConfigurationBuilder().AddInMemoryCollection(all).Build().Get<IdentityProviderOptions>()!;
    }
}
