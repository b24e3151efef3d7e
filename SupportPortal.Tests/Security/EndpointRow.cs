using System.Globalization;
using System.Text;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Tests.Security;

/// <summary>Who gets what they ask for at an endpoint. Everybody else gets what <see cref="EndpointRow.ExpectedFor"/> says.</summary>
public enum Audience
{
    /// <summary>Visitors too.</summary>
    Everyone,

    /// <summary>Whoever is signed in; at the API, with a token.</summary>
    SignedIn,

    /// <summary>Whoever sees the ticket. For others it does not exist.</summary>
    WhoSeesTheTicket,

    /// <summary>Of those who see the ticket, staff.</summary>
    SupportOfTheTicket,

    /// <summary>Of those who see the ticket, managers and administrators.</summary>
    ManagersOfTheTicket,

    /// <summary>Of those who see the ticket, its customers.</summary>
    CustomersOfTheTicket,

    /// <summary>Of those who see the ticket, staff and its customers: not somebody from elsewhere who only watches it.</summary>
    SidesOfTheTicket,

    /// <summary>Agents, managers and administrators.</summary>
    Staff,

    /// <summary>Managers and administrators.</summary>
    Managers,

    /// <summary>Administrators.</summary>
    Administrators,

    /// <summary>Nobody by itself: a method of a circuit, which the circuit tests walks.</summary>
    Circuit,
}

/// <summary>One line of <see cref="EndpointTable"/>.</summary>
/// <param name="Endpoint">Its name, as <see cref="EndpointCensus"/> finds it.</param>
/// <param name="Ok">What those get whom it is for.</param>
internal sealed record EndpointRow(string Endpoint, int Ok = 200)
{
    private static readonly CompositeFormat _file = CompositeFormat.Parse("--file\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{0}\"\r\n\r\nHello\r\n--file--\r\n");

    public Audience For { get; init; }

    /// <summary>What whoever is signed in gets, where that is not <see cref="Ok"/>.</summary>
    public int? OkSignedIn { get; init; }

    /// <summary>What staff get, where that is not <see cref="Ok"/>.</summary>
    public int? OkStaff { get; init; }

    /// <summary>How it is asked, where its name does not say.</summary>
    public string? Method { get; init; }

    /// <summary>Whether the call shows its page's antiforgery token, as the pages' scripts do.</summary>
    public bool WithPageToken { get; init; }

    /// <summary>What is asked for, beside the path: "?q=…".</summary>
    public string Query { get; init; } = "";

    /// <summary>The body of a call.</summary>
    public string? Json { get; init; }

    /// <summary>Whether the body is a file.</summary>
    public bool SendsFile { get; init; }

    /// <summary>How the ticket stands before the call.</summary>
    public TicketStatus Before { get; init; } = TicketStatus.New;

    /// <summary>What a form's fields say.</summary>
    public IReadOnlyList<(string Name, string Value)> Fields { get; init; } = [];

    /// <summary>What stands for "{name}" in the path, where <see cref="MatrixPortal"/> does not know it.</summary>
    public Func<MatrixPortal, MatrixCaller, Task<string>>? Id { get; init; }

    public string Verb => Endpoint.Split(' ')[0];

    /// <summary>The path with its "{name}"s.</summary>
    public string Path => Endpoint.Split(' ')[1];

    /// <summary>A form's name.</summary>
    public string Form => Endpoint.Split(' ')[2];

    public bool IsApi => Path.StartsWith("/api/v", StringComparison.Ordinal);

    /// <summary>Whether it can be asked for by an address of its own.</summary>
    public bool IsWalked => For is not Audience.Circuit && Endpoint != EndpointCensus.Files;

    public bool IsRead => Verb is "GET" or "HEAD" or "PAGE";

    public bool IsOfTicket => Path.Contains("{number}", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The status that this caller is answered. Not signed in: 401 at the API, else the way to the sign-in page. A role too small: 403.
    /// A ticket that they do not see: 404, before anything else is judged.
    /// </summary>
    public int ExpectedFor(MatrixCaller caller)
    {
        if (For is Audience.Everyone) return caller.IsKnown ? OkSignedIn ?? Ok : Ok;
        if (!caller.IsKnown) return IsApi ? 401 : 302;
        if (IsApi && !IsRead && caller.ReadsOnly) return 403;
        return For switch
        {
            Audience.WhoSeesTheTicket or Audience.SupportOfTheTicket or Audience.ManagersOfTheTicket or Audience.CustomersOfTheTicket or Audience.SidesOfTheTicket when !caller.SeesTicket => 404,
            Audience.SupportOfTheTicket or Audience.Staff => From(Role.Agent),
            Audience.Managers or Audience.ManagersOfTheTicket => From(Role.Manager),
            Audience.Administrators => From(Role.Administrator),
            Audience.CustomersOfTheTicket => caller is { Role: Role.Customer, OnlyWatches: false } ? Ok : 403,
            Audience.SidesOfTheTicket => caller.OnlyWatches ? 403 : Ok,
            _ => caller.Role >= Role.Agent ? OkStaff ?? Ok : Ok,
        };

        int From(Role least) => caller.Role >= least ? Ok : 403;
    }

    /// <summary>What a page answers to a post without its antiforgery token: whose page it is stands first.</summary>
    public int ExpectedOfPost(MatrixCaller caller) => For is not Audience.Everyone && ExpectedFor(caller) is var refused and (302 or 403) ? refused : 400;

    /// <summary>A call's body.</summary>
    public HttpContent? Content()
    {
        if (Json is not null) return new StringContent(Json, Encoding.UTF8, "application/json");
        if (!SendsFile) return null;
        var content = new StringContent(string.Format(CultureInfo.InvariantCulture, _file, "hello.txt"));
        content.Headers.ContentType = new("multipart/form-data") { Parameters = { new("boundary", "file") } };
        return content;
    }

    public override string ToString() => Endpoint + Query;
}

/// <summary>Somebody who asks.</summary>
/// <param name="Name">Who, for the failure's message.</param>
/// <param name="Role">Their role; null for nobody in particular.</param>
/// <param name="SeesTicket">Whether the ticket is theirs to see.</param>
/// <param name="Pages">Their browser.</param>
/// <param name="Api">Their program.</param>
public sealed record MatrixCaller(string Name, Role? Role, bool SeesTicket, HttpClient Pages, HttpClient Api)
{
    /// <summary>Whether their cookie and token hold.</summary>
    public bool IsKnown => Role is not null;

    /// <summary>Whether their token is one to read with.</summary>
    public bool ReadsOnly { get; init; }

    /// <summary>Whether they see the ticket only because somebody let them watch it.</summary>
    public bool OnlyWatches { get; init; }

    /// <summary>Whose account it is.</summary>
    public string? PersonId { get; init; }

    public string? Email { get; init; }

    public override string ToString() => Name;
}
