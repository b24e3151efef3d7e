using MailKit.Security;
using MimeKit;

namespace SupportPortal.Application.Channels.Email;

/// <summary>The settings under <c>Portal:Mail</c>. Without a host no mail goes out.</summary>
public sealed class MailOptions
{
    /// <summary>The SMTP server.</summary>
    public string Host { get; set; } = "";

    public int Port { get; set; } = 587;

    public string? UserName { get; set; }

    public string? Password { get; set; }

    /// <summary>The sender, such as <c>Support &lt;support@example.com&gt;</c>.</summary>
    public string From { get; set; } = "";

    /// <summary><c>Auto</c>, <c>None</c>, <c>StartTls</c> or <c>SslOnConnect</c>.</summary>
    public SecureSocketOptions Security { get; set; } = SecureSocketOptions.Auto;

    /// <summary>Whether mail goes out.</summary>
    public bool IsOn => !string.IsNullOrWhiteSpace(Host);

    /// <summary>What is unusable, each sentence beginning with its key.</summary>
    public IEnumerable<string> Problems()
    {
        if (!IsOn) yield break;
        if (Port is < 1 or > 65535) yield return $"Portal:Mail:Port: {Port} is not a port.";
        if (!MailboxAddress.TryParse(From, out var from) || from.Domain.Length == 0) yield return $"Portal:Mail:From: '{From}' is not a mail address.";
    }
}
