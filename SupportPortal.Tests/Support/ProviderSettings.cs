namespace SupportPortal.Tests.Support;

internal static class ProviderSettings
{
    /// <summary>The portal lets people in by this provider's word, as "Acme ID": its groups give roles of the staff too, its company the organisation.</summary>
    public static PortalServer WithProvider(this PortalServer portal, IdentityProvider provider, string key = "acme", bool staff = true)
    {
        var at = $"Portal:SingleSignOn:{key}:";
        portal.With(at + "Name", "Acme ID").With(at + "Authority", provider.Authority.ToString())
            .With(at + "ClientId", IdentityProvider.ClientId).With(at + "ClientSecret", IdentityProvider.ClientSecret)
            .With(at + "AddsPeople", "true").With(at + "RoleClaim", "groups").With(at + "Roles:Customer:0", "customers")
            .With(at + "OrganisationClaim", "company").With(at + "Organisations:Acme Ltd:0", "acme");
        return staff ? portal.With(at + "Roles:Agent:0", "agents").With(at + "Roles:Administrator:0", "administrators") : portal;
    }
}
