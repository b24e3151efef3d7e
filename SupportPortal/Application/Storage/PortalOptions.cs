using System.Net;
using SupportPortal.Application.Channels.Email;
using SupportPortal.Application.People.SingleSignOn;
using SupportPortal.Application.Reports;

namespace SupportPortal.Application.Storage;

/// <summary>The settings under <c>Portal</c>. Checked by <see cref="PortalOptionsCheck"/> before anything starts.</summary>
public sealed class PortalOptions
{
    public const string Section = "Portal";

    /// <summary>SQLite file and attachments. Relative paths follow the working directory.</summary>
    public string DataDirectory { get; set; } = "data";

    public DatabaseOptions Database { get; set; } = new();

    /// <summary>Where people reach the portal, for links in mails and feeds; from the request when not set.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>Demo people and requests on the first start. True in Development, and possible nowhere else.</summary>
    public bool Demo { get; set; }

    public AttachmentOptions Attachments { get; set; } = new();

    public ApiOptions Api { get; set; } = new();

    public SignInOptions SignIn { get; set; } = new();

    /// <summary>Addresses or networks of the proxies that are believed about where a request came from; none when not set.</summary>
    public string[] TrustedProxies { get; set; } = [];

    /// <summary>Mail to requesters.</summary>
    public MailOptions Mail { get; set; } = new();

    public ComplianceOptions Compliance { get; set; } = new();

    public BrandOptions Brand { get; set; } = new();

    /// <summary>Identity providers by their keys.</summary>
    public Dictionary<string, IdentityProviderOptions> SingleSignOn { get; set; } = [];

    /// <summary>The network that an address, or a network such as <c>10.0.0.0/8</c>, stands for; null when it is neither.</summary>
    public static IPNetwork? NetworkOf(string proxy) =>
        IPAddress.TryParse(proxy, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : IPNetwork.TryParse(proxy, out var network) ? network
        : null;

    /// <summary>A path inside the data directory, absolute.</summary>
    public string InDataDirectory(params ReadOnlySpan<string> parts) => Path.Combine([Path.GetFullPath(DataDirectory), .. parts]);
}

public sealed class ComplianceOptions
{
    /// <summary>The share of promises that is to be kept at least, above 0 up to 1; the figures of compliance are held against it.</summary>
    public decimal Goal { get; set; } = 0.995m;
}

public enum DatabaseProvider
{
    Sqlite,
    Postgres,
}

public sealed class DatabaseOptions
{
    public DatabaseProvider Provider { get; set; }

    /// <summary>Needed for PostgreSQL; on SQLite the file lies in the data directory when not set.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Whether serving brings the database to this version first, as the verb <c>migrate</c> does.</summary>
    public bool MigrateOnStart { get; set; } = true;
}

public sealed class AttachmentOptions
{
    private static readonly string[] Usual =
    [
        ".txt", ".log", ".md", ".csv", ".json", ".xml", ".yaml", ".yml", ".pdf", ".png", ".jpg", ".jpeg", ".gif", ".webp",
        ".zip", ".gz", ".docx", ".xlsx", ".pptx", ".eml", ".har", ".pcap", ".mp4", ".webm",
    ];

    /// <summary>The most bytes one file may have.</summary>
    public long MaxBytes { get; set; } = 25 * 1024 * 1024;

    /// <summary>The most files one request may gather.</summary>
    public int MaxPerTicket { get; set; } = 50;

    /// <summary>File name extensions with their dot; the usual ones when not set.</summary>
    public string[]? AllowedTypes { get; set; }

    /// <summary>The extensions in force.</summary>
    public IReadOnlyList<string> Extensions => AllowedTypes is { Length: > 0 } ? AllowedTypes : Usual;
}

public sealed class ApiOptions
{
    /// <summary>The most calls one token may make in a minute; 0 for no limit.</summary>
    public int RequestsPerMinute { get; set; } = 600_000;

    /// <summary>The most calls without a valid token from one network address in a minute; 0 for no limit.</summary>
    public int RefusedPerMinute { get; set; } = 300;
}

public sealed class SignInOptions
{
    /// <summary>How often one network address may try to sign in, or ask for a link to do so, in a minute; 0 for no limit.</summary>
    public int TriesPerMinute { get; set; } = 20;
}
