using Microsoft.Extensions.Options;
using SupportPortal.Application.Storage;

namespace SupportPortal.Application.People;

/// <summary>Addresses of the portal for what is read outside of it.</summary>
public sealed class AccountLinks(PeopleDesk people, IOptions<PortalOptions> options)
{
    /// <summary>The portal's own address, without a slash at its end.</summary>
    public string Portal => (options.Value.PublicUrl ?? "http://localhost:5000").TrimEnd('/');

    /// <summary>Where people sign in.</summary>
    public string SignIn => $"{Portal}/account/login";

    /// <summary>A new link for the person to set a password: void once used or after three days.</summary>
    public async Task<string> ToSetPasswordAsync(PortalUser person) =>
        $"{Portal}/account/set-password?person={Uri.EscapeDataString(person.Id)}&key={Uri.EscapeDataString(await people.OfferPasswordAsync(person))}";

    /// <summary>A link for somebody who looks at the portal under this address: where the portal's own is not set, theirs works.</summary>
    public string SeenFrom(string link, string address) =>
        options.Value.PublicUrl is null ? link.Replace(Portal, address.TrimEnd('/'), StringComparison.Ordinal) : link;

    /// <summary>Where a registration is finished.</summary>
    public string ToRegister(string key) => $"{Portal}/account/register/confirm?key={Uri.EscapeDataString(key)}";
}
