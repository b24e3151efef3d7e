using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Channels.Email;

/// <summary>Links with which whoever reads the copies of a ticket's mails ends them, without an account. The key in the link says which copies, and is no use for anything else.</summary>
public sealed class CopyLinks(IDataProtectionProvider protection, IOptions<PortalOptions> options)
{
    private readonly IDataProtector _keys = protection.CreateProtector("SupportPortal.Copies");

    /// <summary>The link that ends these copies; null where the portal does not know its own address.</summary>
    public string? StopLink(long ticketId, int copy) => options.Value.PublicUrl is { } url
        ? $"{url.TrimEnd('/')}/requests/{new TicketNumber(ticketId)}/copies/stop?key={KeyOf(ticketId, copy)}"
        : null;

    /// <summary>The key for these copies.</summary>
    public string KeyOf(long ticketId, int copy) => _keys.Protect(string.Create(CultureInfo.InvariantCulture, $"{ticketId}.{copy}"));

    /// <summary>The copies that a key is for; null when it is not one of this ticket's keys.</summary>
    public int? CopyOf(long ticketId, string? key)
    {
        try
        {
            var parts = key is { Length: > 0 and < 1000 } ? _keys.Unprotect(key).Split('.') : [];
            return parts is [var ticket, var copy] && ticket == ticketId.ToString(CultureInfo.InvariantCulture) ? int.Parse(copy, CultureInfo.InvariantCulture) : null;
        }
        catch (CryptographicException)
        {
            return null; // Made up, or cut short on its way.
        }
    }
}
