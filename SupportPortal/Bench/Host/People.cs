using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using SupportPortal.Application.People;
using SupportPortal.Domain.People;

namespace SupportPortal.Bench.Host;

/// <summary>Who the bench is to the portal: an agent, a customer, and some to give tickets to.</summary>
internal static partial class People
{
    public const string Agent = "agent@bench.example";
    public const string Customer = "customer@bench.example";

    /// <summary>How many agents look at the boards.</summary>
    public const int Agents = 50;

    /// <summary>As many people to assign to, so that each change puts a name on the boards that is not there yet.</summary>
    public const int Markers = 24;

    private const string Password = "Correct-Horse-42";
    private const string Tokens = "bench-tokens";

    /// <summary>One agent after another; the first is <see cref="Agent"/>.</summary>
    public static string AgentEmail(int index) => index == 0 ? Agent : $"agent{index}@bench.example";

    public static string MarkerEmail(int marker) => $"marker{marker}@bench.example";

    public static string MarkerName(int marker) => string.Create(CultureInfo.InvariantCulture, $"Zq{marker:00} Marker");

    /// <summary>Makes them, and keeps the tokens of agent and customer beside the store.</summary>
    public static async Task AddAsync(Floors floors, DirectoryInfo data)
    {
        var desk = floors.Of<PeopleDesk>();
        string[] tokens =
        [
            await AddAsync(floors, new NewPerson(Agent, Role.Agent, "Bench Agent", null, Password)),
            await AddAsync(floors, new NewPerson(Customer, Role.Customer, "Bench Customer", "Bench", Password)),
        ];
        for (var i = 1; i < Agents; i++) await desk.AddAsync(new NewPerson(AgentEmail(i), Role.Agent, $"Bench Agent {i}", null, Password));
        for (var i = 0; i < Markers; i++) await desk.AddAsync(new NewPerson(MarkerEmail(i), Role.Agent, MarkerName(i)));
        await File.WriteAllLinesAsync(Path.Combine(data.FullName, Tokens), tokens);
    }

    /// <summary>The tokens of agent and customer.</summary>
    public static (string Staff, string Customer) ReadTokens(DirectoryInfo data) =>
        File.ReadAllLines(Path.Combine(data.FullName, Tokens)) is [var staff, var customer] ? (staff, customer) : throw new InvalidDataException("The store was not made by the bench.");

    /// <summary>Signs in as a browser does; answers the cookies.</summary>
    public static async Task<string> SignInAsync(Uri address, string email)
    {
        var cookies = new CookieContainer();
        using var handler = new HttpClientHandler { CookieContainer = cookies };
        using var http = new HttpClient(handler) { BaseAddress = address };
        var page = (await http.GetStringAsync(new Uri("/account/login", UriKind.Relative))).Split("</form>")[0]; // The first form asks for the password, the next for a passkey.
        var fields = HiddenField().Matches(page).ToDictionary(m => m.Groups["name"].Value, m => WebUtility.HtmlDecode(m.Groups["value"].Value));
        foreach (Match input in NamedInput().Matches(page))
        {
            var name = input.Groups["name"].Value;
            if (name.EndsWith("Email", StringComparison.Ordinal)) fields[name] = email;
            if (name.EndsWith("Password", StringComparison.Ordinal)) fields[name] = Password;
        }

        using var form = new FormUrlEncodedContent(fields);
        using var answer = await http.PostAsync(new Uri("/account/login", UriKind.Relative), form);
        var all = cookies.GetCookies(address);
        if (all.All(c => !c.Name.Contains("Identity", StringComparison.Ordinal))) throw new InvalidOperationException($"{email} could not sign in.");
        return string.Join("; ", all.Select(c => $"{c.Name}={c.Value}"));
    }

    private static async Task<string> AddAsync(Floors floors, NewPerson person)
    {
        var (added, refused) = await floors.Of<PeopleDesk>().AddAsync(person);
        if (added is null) throw new InvalidOperationException(refused?.Message);
        var (made, _) = await floors.Of<ApiTokens>().MakeAsync(added.Id, "bench", null, CancellationToken.None);
        return made!.Secret;
    }

    [GeneratedRegex("""<input[^>]*type="hidden"[^>]*name="(?<name>[^"]+)"[^>]*value="(?<value>[^"]*)""")]
    private static partial Regex HiddenField();

    [GeneratedRegex("""<input[^>]*name="(?<name>[^"]+)""")]
    private static partial Regex NamedInput();
}
