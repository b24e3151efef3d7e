using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using SupportPortal.Application.Audit;
using SupportPortal.Application.People.SingleSignOn;
using SupportPortal.Application.Storage;

namespace SupportPortal.Application.People;

/// <summary>Accounts as the portal wants them, without anything of the web: pages and command line build on it.</summary>
public static class PeopleServices
{
    public static IdentityBuilder AddPeople(this IServiceCollection services)
    {
        services.AddSingleton<AuditLog>();
        services.AddSingleton<ApiTokens>();
        services.AddSingleton<PeopleDirectory>();
        services.AddSingleton<PeopleDesk>();
        services.AddSingleton<PeopleQueries>();
        services.AddSingleton<PeopleAdministration>();
        services.AddSingleton<TokenAdministration>();
        services.AddSingleton<Registrations>();
        services.AddSingleton<AccountLinks>();
        services.AddSingleton<LetterWriter>();
        services.AddSingleton<PersonActs>();
        services.AddSingleton<SignIns>();
        services.AddSingleton<Devices>();
        services.AddSingleton<Confirmation>();
        services.AddSingleton<SecondFactors>();
        services.AddSingleton<Passkeys>();
        services.AddScoped<PeopleStore>();
        services.AddSingleton<OrganisationDesk>();
        services.AddSingleton<OrganisationQueries>();
        services.AddSingleton<MemberDesk>();
        services.AddSingleton<AccountLetters>();
        services.AddSingleton<AuditQueries>();
        services.AddSingleton<PortalState>();
        services.AddSingleton<FirstAdministrator>();
        services.AddSingleton<PersonalData>();
        services.AddSingleton<Erasure>();
        services.AddSingleton<SingleSignOnDesk>();
        services.Configure<DataProtectionTokenProviderOptions>(link => link.TokenLifespan = TimeSpan.FromDays(3));

        services.AddScoped<ILookupNormalizer, AddressNormalizer>(); // Before Identity, which adds its own where there is none.
        return services.AddIdentityCore<PortalUser>(identity =>
            {
                identity.User.RequireUniqueEmail = true;
                identity.User.AllowedUserNameCharacters = ""; // The user name is the e-mail address; PeopleDesk judges it.

                // Length is what protects; forced digits and signs only make passwords harder to remember (NIST SP 800-63B).
                identity.Password.RequiredLength = PasswordRule.Shortest;
                identity.Password.RequiredUniqueChars = 4;
                identity.Password.RequireDigit = false;
                identity.Password.RequireLowercase = false;
                identity.Password.RequireUppercase = false;
                identity.Password.RequireNonAlphanumeric = false;

                identity.Lockout.MaxFailedAccessAttempts = 6;
                identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
            })
            .AddUserStore<PeopleStore>()
            .AddPasswordValidator<PasswordRule>()
            .AddClaimsPrincipalFactory<ActorClaimsFactory>()
            .AddTokenProvider<DataProtectorTokenProvider<PortalUser>>(TokenOptions.DefaultProvider)
            .AddTokenProvider<AuthenticatorCodes>(TokenOptions.DefaultAuthenticatorProvider);
    }
}
