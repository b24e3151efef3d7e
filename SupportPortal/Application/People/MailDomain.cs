using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SupportPortal.Application.People;

/// <summary>The part of a mail address behind the @, as it is kept and compared: lower case, international names in their ASCII form.</summary>
public static class MailDomain
{
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    // Under these anybody registers a name of their own: the ones that a company's domain is most likely cut down to.
    private static readonly HashSet<string> Suffixes =
    [
        "ac.uk", "co.uk", "gov.uk", "ltd.uk", "me.uk", "net.uk", "org.uk", "plc.uk", "ac.jp", "co.jp", "ne.jp", "or.jp", "com.au", "net.au", "org.au", "co.nz", "org.nz",
        "co.za", "com.br", "com.ar", "com.mx", "com.co", "com.tr", "com.cn", "com.hk", "com.sg", "com.my", "com.tw", "co.in", "co.il", "co.kr", "co.id", "com.pl", "co.at", "or.at", "com.ua",
    ];

    private static readonly HashSet<string> Public =
    [
        "gmail.com", "googlemail.com", "outlook.com", "outlook.de", "outlook.fr", "hotmail.com", "hotmail.co.uk", "hotmail.fr", "live.com", "msn.com", "yahoo.com", "yahoo.co.uk", "yahoo.co.jp", "yahoo.de", "yahoo.fr",
        "ymail.com", "icloud.com", "me.com", "mac.com", "aol.com", "proton.me", "protonmail.com", "pm.me", "gmx.com", "gmx.net", "gmx.de", "gmx.at", "gmx.ch", "web.de", "t-online.de", "freenet.de", "mail.com", "mail.ru",
        "yandex.com", "yandex.ru", "qq.com", "163.com", "126.com", "sina.com", "naver.com", "zoho.com", "fastmail.com", "hey.com", "tutanota.com", "tuta.com", "posteo.de", "mailbox.org", "orange.fr", "free.fr", "laposte.net",
        "wanadoo.fr", "libero.it", "virgilio.it", "bluewin.ch", "seznam.cz", "wp.pl", "o2.pl", "onet.pl", "comcast.net", "verizon.net", "att.net", "btinternet.com", "rediffmail.com", "uol.com.br", "mailinator.com",
    ];

    /// <summary>Reads a domain as somebody wrote it; says what is wrong with it when it is none.</summary>
    public static bool TryRead(string? text, [NotNullWhen(true)] out string? domain, out string problem)
    {
        domain = null;
        var written = (text ?? "").Trim().TrimEnd('.');
        problem = "Enter a domain, such as example.com.";
        if (written.Length == 0) return false;
        problem = "Leave out what stands before the @, and the @ itself.";
        if (written.Contains('@', StringComparison.Ordinal)) return false;
        problem = "This is not a domain. Write it as it stands behind the @ in an address, such as example.com.";
        if (Ascii(written) is not { Length: <= 253 } ascii || ascii.Split('.').Any(label => label.Length is 0 or > 63) || ascii.Split('.')[^1].All(char.IsAsciiDigit)) return false;
        problem = $"“{ascii}” is not one organisation's: anybody registers names under it.";
        if (!ascii.Contains('.', StringComparison.Ordinal) || Suffixes.Contains(ascii)) return false;
        (domain, problem) = (ascii, "");
        return true;
    }

    /// <summary>The domain of an address, as it is kept; null when it has none.</summary>
    public static string? Of(string address) => address.Split('@') is [_, var written] && TryRead(written, out var domain, out _) ? domain : null;

    /// <summary>Whether anybody in the world can have an address there.</summary>
    public static bool IsPublic(string domain) => Public.Contains(domain);

    private static string? Ascii(string written)
    {
        try
        {
            return Idn.GetAscii(written).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null; // An empty part, one that is too long, or a sign that no domain has.
        }
    }
}
