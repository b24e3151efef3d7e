using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.JSInterop;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Security;

/// <summary>Something that can be asked of the portal from outside, as the table names it.</summary>
/// <param name="Name">"GET /path", "PAGE /path", "FORM /path name", "HUB Method" or "SCRIPT Type.Method".</param>
/// <param name="Rules">The policies that it asks for itself; null when it lets everyone in.</param>
internal sealed record FoundEndpoint(string Name, IReadOnlyList<string>? Rules)
{
    /// <summary>Under which heading of the table it most likely belongs.</summary>
    public string Heading => this switch
    {
        { Name: var name } when name.StartsWith("HUB", StringComparison.Ordinal) || name.StartsWith("SCRIPT", StringComparison.Ordinal) => "Circuit",
        { Rules: null } => nameof(Audience.Everyone),
        { Rules: var rules } when Enum.GetValues<Audience>().FirstOrDefault(a => rules.Contains(a.ToString())) is var named and not Audience.Everyone => named.ToString(),
        { Name: var name } when name.Contains("{number}", StringComparison.OrdinalIgnoreCase) => nameof(Audience.WhoSeesTheTicket),
        _ => nameof(Audience.SignedIn),
    };
}

/// <summary>Everything that the running portal answers to, counted anew at each run.</summary>
internal static partial class EndpointCensus
{
    /// <summary>All static files together: they are everyone's.</summary>
    public const string Files = "GET (static files)";

    public static IReadOnlyList<FoundEndpoint> Take(PortalServer portal) =>
        [.. Endpoints(portal).Concat(Forms()).Concat(HubMethods()).Concat(ScriptMethods()).DistinctBy(found => found.Name).OrderBy(found => found.Name, StringComparer.Ordinal)];

    /// <summary>The addresses of all static files.</summary>
    public static IReadOnlyList<string> FilePaths(PortalServer portal) =>
        [.. Routes(portal).Where(IsFile).Select(endpoint => $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}").Distinct()];

    private static IEnumerable<RouteEndpoint> Routes(PortalServer portal) => portal.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private static bool IsFile(Microsoft.AspNetCore.Http.Endpoint endpoint) => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null;

    private static IEnumerable<FoundEndpoint> Endpoints(PortalServer portal)
    {
        foreach (var endpoint in Routes(portal))
        {
            var path = $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}";
            var rules = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null ? null
                : endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>() is { Count: > 0 } asked ? (IReadOnlyList<string>)[.. asked.Select(rule => rule.Policy).OfType<string>()]
                : null;
            if (IsFile(endpoint)) yield return new(Files, null);
            else if (endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null) yield return new($"PAGE {path}", rules);
            else if (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods)
                foreach (var method in methods) yield return new($"{method} {path}", rules);
            else yield return new($"ANY {path}", rules);
        }
    }

    // A form is found in the sources: which of them a page shows depends on who asks and when.
    private static IEnumerable<FoundEndpoint> Forms() =>
        from file in new DirectoryInfo(Path.Combine(Repository(), "SupportPortal", "Web")).EnumerateFiles("*.razor", SearchOption.AllDirectories)
        let markup = File.ReadAllText(file.FullName)
        from Match form in FormName().Matches(markup)
        let page = PageRoute().Match(markup) is { Success: true } route ? route.Groups[1].Value : $"({file.Name})"
        select new FoundEndpoint($"FORM {page} {Expression().Replace(form.Groups[1].Value, "{id}")}", markup.Contains("[AllowAnonymous]", StringComparison.Ordinal) ? null : []);

    private static IEnumerable<FoundEndpoint> HubMethods() =>
        from method in typeof(CircuitOptions).Assembly.GetType("Microsoft.AspNetCore.Components.Server.ComponentHub", throwOnError: true)!
            .GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
        where method.GetBaseDefinition() == method
        select new FoundEndpoint($"HUB {method.Name}", null);

    // Of our own types all, as a page may hand one of them to the browser; of other libraries those that need no object.
    private static IEnumerable<FoundEndpoint> ScriptMethods() =>
        from assembly in Assemblies()
        let isOurs = assembly.GetName().Name!.StartsWith("SupportPortal.", StringComparison.Ordinal)
        from type in assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | (isOurs ? BindingFlags.Instance : 0) | BindingFlags.DeclaredOnly)
        where method.IsDefined(typeof(JSInvokableAttribute))
        select new FoundEndpoint($"SCRIPT {type.FullName}.{method.Name}", null);

    private static IEnumerable<Assembly> Assemblies()
    {
        var (known, waiting) = (new Dictionary<string, Assembly>(), new Stack<Assembly>([typeof(Program).Assembly]));
        while (waiting.TryPop(out var assembly))
        {
            if (!known.TryAdd(assembly.FullName!, assembly)) continue;
            foreach (var name in assembly.GetReferencedAssemblies())
            {
                if (!known.ContainsKey(name.FullName)) waiting.Push(Assembly.Load(name));
            }
        }

        return known.Values.Where(assembly => assembly.GetReferencedAssemblies().Any(name => name.Name == "Microsoft.JSInterop"));
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SupportPortal.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }

    [GeneratedRegex("@formname=\"(?:@\\(\\$\")?([^\"]+)")]
    private static partial Regex FormName();

    [GeneratedRegex("@page \"([^\"]+)\"")]
    private static partial Regex PageRoute();

    [GeneratedRegex("\\{[^}]*\\}")]
    private static partial Regex Expression();
}
