namespace SupportPortal.Web.People;

/// <summary>What a browser says it is (<c>User-Agent</c>), in words. A hint for people: any program can say anything.</summary>
internal static class BrowserWords
{
    // In this order: most browsers claim to be others too.
    private static readonly (string Sign, string Name)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("FxiOS/", "Firefox"), ("Firefox/", "Firefox"),
        ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl"),
    ];

    private static readonly (string Sign, string Name)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
    ];

    /// <summary>"Firefox on Windows".</summary>
    public static string Say(string agent) => (Find(Browsers, agent), System(agent)) switch
    {
        ({ } browser, { } system) => $"{browser} on {system}",
        ({ } browser, null) => browser,
        (null, { } system) => $"A browser on {system}",
        _ => "A browser that does not say what it is",
    };

    /// <summary>The system alone; null when it is not said.</summary>
    public static string? System(string agent) => Find(Systems, agent);

    private static string? Find((string Sign, string Name)[] known, string agent) =>
        Array.Find(known, k => agent.Contains(k.Sign, StringComparison.Ordinal)).Name;
}
