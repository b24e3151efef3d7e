using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace SupportPortal.Application.Storage;

/// <summary>Reads the settings and refuses unusable ones, each in a sentence that begins with its key.</summary>
public sealed partial class PortalOptionsCheck(IConfiguration configuration, IHostEnvironment environment)
    : IConfigureOptions<PortalOptions>, IValidateOptions<PortalOptions>
{
    public void Configure(PortalOptions options)
    {
        options.Demo = environment.IsDevelopment();
        try
        {
            configuration.GetSection(PortalOptions.Section).Bind(options);

            // Each by itself: the binder passes over an entry of a dictionary that it cannot read.
            foreach (var provider in configuration.GetSection($"{PortalOptions.Section}:{nameof(PortalOptions.SingleSignOn)}").GetChildren())
                provider.Bind(options.SingleSignOn[provider.Key] = new());
        }
        catch (InvalidOperationException unreadable) // The binder names key, value and wanted type.
        {
            throw new OptionsValidationException(PortalOptions.Section, typeof(PortalOptions), [ReadableFrom(unreadable)]);
        }
    }

    private static string ReadableFrom(InvalidOperationException unreadable)
    {
        if (Unreadable().Match(unreadable.Message) is not { Success: true } found) return unreadable.Message;
        var wanted = found.Groups["type"].Value switch
        {
            "System.Boolean" => "use true or false.",
            "System.Int32" or "System.Int64" => "use a whole number.",
            "System.Decimal" => "use a number such as 0.995.",
            _ when found.Groups["key"].Value.EndsWith("Role", StringComparison.Ordinal) => "use Customer, Agent, Manager or Administrator.",
            _ when found.Groups["key"].Value.EndsWith(":Provider", StringComparison.Ordinal) => "use Sqlite or Postgres.",
            _ => "this cannot be read.",
        };
        return $"{found.Groups["key"].Value}: '{found.Groups["value"].Value}': {wanted}";
    }

    // The binder's own words for it, which begin with neither the key nor what to do.
    [GeneratedRegex("value '(?<value>.*)' at '(?<key>[^']+)' to type '(?<type>[^']+)'", RegexOptions.Singleline)]
    private static partial Regex Unreadable();

    public ValidateOptionsResult Validate(string? name, PortalOptions options)
    {
        List<string> problems = [.. DatabaseProblems(options.Database), .. AttachmentProblems(options.Attachments), .. options.Mail.Problems(), .. options.Brand.Problems(),
            .. options.SingleSignOn.SelectMany(provider => provider.Value.Problems(provider.Key))];
        if (DirectoryProblem(options) is { } unusable) problems.Add($"Portal:DataDirectory: {unusable}");
        if (options.PublicUrl is { } url && !IsWebAddress(url))
            problems.Add($"Portal:PublicUrl: '{url}' is not an absolute http or https address.");
        if (options.Api.RequestsPerMinute < 0) problems.Add("Portal:Api:RequestsPerMinute: must be zero, for no limit, or above.");
        if (options.Api.RefusedPerMinute < 0) problems.Add("Portal:Api:RefusedPerMinute: must be zero, for no limit, or above.");
        problems.AddRange(options.TrustedProxies.Where(proxy => PortalOptions.NetworkOf(proxy) is null).Select(proxy =>
            $"Portal:TrustedProxies: '{proxy}' is neither an address nor a network such as 10.0.0.0/8."));
        if (options.SignIn.TriesPerMinute < 0) problems.Add("Portal:SignIn:TriesPerMinute: must be zero, for no limit, or above.");
        if (options.Compliance.Goal is <= 0 or > 1) problems.Add("Portal:Compliance:Goal: must be a share above 0 and at most 1, such as 0.995.");
        if (options.Demo && !environment.IsDevelopment())
            problems.Add("Portal:Demo: demo people have known passwords and exist only in Development.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> DatabaseProblems(DatabaseOptions database)
    {
        if (!Enum.IsDefined(database.Provider)) yield return "Portal:Database:Provider: use Sqlite or Postgres.";
        if (database.Provider is DatabaseProvider.Postgres && string.IsNullOrWhiteSpace(database.ConnectionString))
            yield return "Portal:Database:ConnectionString: PostgreSQL needs one, such as Host=…;Database=…;Username=….";
        if (PortalDatabase.ConnectionStringProblem(database) is { } problem) yield return $"Portal:Database:ConnectionString: {problem}";
    }

    private static IEnumerable<string> AttachmentProblems(AttachmentOptions attachments)
    {
        if (attachments.MaxBytes <= 0) yield return "Portal:Attachments:MaxBytes: must be above zero.";
        if (attachments.MaxPerTicket <= 0) yield return "Portal:Attachments:MaxPerTicket: must be above zero.";
        foreach (var type in attachments.AllowedTypes ?? [])
        {
            if (type is not ['.', not '.', ..] || type.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0)
                yield return $"Portal:Attachments:AllowedTypes: '{type}' is not an extension such as .pdf.";
        }
    }

    private static bool IsWebAddress(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        && address is { Query: "", Fragment: "", UserInfo: "" };

    private static string? DirectoryProblem(PortalOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.DataDirectory)) return "must name a directory.";
        try
        {
            var directory = options.InDataDirectory();
            if (!Directory.Exists(directory)) Make(directory);
            using (File.Create(Path.Combine(directory, $".writable-{Guid.NewGuid():N}"), 1, FileOptions.DeleteOnClose))
                return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return $"cannot write there: {refused.Message}";
        }
    }

    // Keys, texts and attachments lie in it: nobody else's business.
    private static void Make(string directory)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(directory);
        else Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
