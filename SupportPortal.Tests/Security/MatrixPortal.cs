using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Security;

/// <summary>
/// A portal with a request of Wilhelmina's at Northwind, and everybody who might ask for it: colleagues who may see it and who may not, a
/// stranger of Contoso, staff of each role, and those whose cookie or token does not hold.
/// </summary>
public sealed class MatrixPortal : IAsyncLifetime
{
    /// <summary>Words that nobody reads who does not see the request: its texts, its file's name, its requester.</summary>
    public static readonly IReadOnlyList<string> Secrets = ["Heliotrope", "quokka", "narwhal", "Wilhelmina"];

    /// <summary>Words that only staff read.</summary>
    public static readonly IReadOnlyList<string> Internals = ["axolotl", "platypus"];

    private readonly FakeTimeProvider _clock = new(TestDatabase.Monday);
    private PortalUser _requester = null!, _agent = null!, _stranger = null!, _watcher = null!;
    private bool _onKestrel;

    public PortalServer Server { get; private set; } = null!;

    /// <summary>Where it serves browsers.</summary>
    public Uri Address { get; private set; } = null!;

    public IReadOnlyList<MatrixCaller> Callers { get; private set; } = [];

    /// <summary>The request that is read; what is acted on is another of its kind.</summary>
    public long TicketId { get; private set; }

    /// <summary>Whose request it is.</summary>
    public string RequesterId => _requester.Id;

    /// <summary>One of the stranger's.</summary>
    public long OwnTicketOfStranger { get; private set; }

    public MatrixCaller this[string caller] => Callers.Single(c => c.Name == caller);

    /// <summary>The same, for real browsers.</summary>
    public static async Task<MatrixPortal> OnKestrelAsync()
    {
        var portal = new MatrixPortal { _onKestrel = true };
        await portal.InitializeAsync();
        return portal;
    }

    public async ValueTask InitializeAsync()
    {
        Server = new PortalServer(_clock).With("Portal:SignIn:TriesPerMinute", "0").With("Portal:Api:RefusedPerMinute", "0");
        if (_onKestrel) Address = Server.StartOnKestrel();
        _requester = await Server.AddPersonAsync(Role.Customer, name: "Wilhelmina", organisation: "Northwind Traders");
        _agent = await Server.AddPersonAsync(Role.Agent, name: "Ada Agent");
        var narrow = await Server.AddPersonAsync(Role.Customer, name: "Ned Narrow", organisation: "Northwind Traders");
        await ChangeAsync(narrow, person => person.SeesOrganisation = false);
        await ChangeAsync(_requester, person => person.SeesOrganisation = false);
        _stranger = await Server.AddPersonAsync(Role.Customer, name: "Stan Stranger", organisation: "Contoso");
        _watcher = await Server.AddPersonAsync(Role.Customer, name: "Wanda Watcher", organisation: "Contoso");
        var administrator = await Server.AddPersonAsync(Role.Administrator);
        var gone = await Server.AddPersonAsync(Role.Manager, name: "Mo Gone");

        var visitor = new MatrixCaller("visitor", null, false, Server.PlainClient(), Server.CreateClient());
        Callers =
        [
            visitor,
            await CallerAsync("requester", _requester, true),
            await CallerAsync("colleague who sees all of the organisation", await Server.AddPersonAsync(Role.Customer, organisation: "Northwind Traders"), true),
            await CallerAsync("colleague who sees only own", narrow, false),
            await CallerAsync("stranger", _stranger, false),
            await CallerAsync("stranger who watches", _watcher, true) with { OnlyWatches = true },
            await CallerAsync("agent", _agent, true),
            await CallerAsync("agent with a token to read", _agent, true, TokenScope.Read) with { ReadsOnly = true },
            await CallerAsync("manager", await Server.AddPersonAsync(Role.Manager), true),
            await CallerAsync("administrator", administrator, true),
            await CallerAsync("deactivated manager", gone, false) with { Role = null },
            visitor with { Name = "administrator's expired token", Api = ByToken(await MakeTokenAsync(administrator, _clock.Now() + Duration.FromSeconds(10))) },
            visitor with { Name = "administrator's revoked token", Api = ByToken(await MakeRevokedTokenAsync(administrator)) },
            visitor with { Name = "administrator's tampered cookie and token", Pages = ByCookie(Tampered(await CookieAsync(administrator))), Api = ByToken(Tampered(await MakeTokenAsync(administrator))) },
            visitor with { Name = "administrator's cookie at the API, and token at pages", Pages = ByToken(await MakeTokenAsync(administrator)), Api = ByCookie(await CookieAsync(administrator)) },
        ];

        await ChangeAsync(gone, person => (person.DeactivatedAt, person.SecurityStamp) = (_clock.Now(), Guid.NewGuid().ToString()));
        _clock.Advance(TimeSpan.FromSeconds(61)); // Cookies and tokens are asked about anew.
        TicketId = await ReportAsync(TicketStatus.New);
        OwnTicketOfStranger = await ReportOfStrangerAsync("Of Contoso");
    }

    /// <summary>Another request like the first.</summary>
    public async Task<long> ReportAsync(TicketStatus standing)
    {
        var (desk, files) = (Server.Get<TicketDesk>(), Server.Get<Attachments>());
        var file = await FileAsync(_requester, "narwhal.txt");
        var id = Done(await desk.OpenAsync(_requester.ToActor(), new IncomingRequest("Heliotrope", "The quokka is out.", Channel.Portal) { Attachments = [file.ToFact(false)] }));
        var note = await FileAsync(_agent, "platypus.txt");
        Done(await desk.ActAsync(_agent.ToActor(), id, (ticket, _) => files.With(ticket, Ticket.AddNote(_agent.ToActor(), TicketDesk.Seal("An axolotl did it.")), [note], isInternal: true)));
        Done(await desk.ActAsync(_agent.ToActor(), id, (ticket, _) => ticket.AddFollower(_agent.ToActor(), _watcher.ToActor(), TicketDesk.Seal(_watcher.Email!))));
        if (standing == TicketStatus.Resolved)
            Done(await desk.ActAsync(_agent.ToActor(), id, (ticket, _) => ticket.Resolve(_agent.ToActor(), ResolutionKind.Fix, TicketDesk.Seal("It is in again."))));
        return id;
    }

    /// <summary>Another request of the stranger's.</summary>
    public async Task<long> ReportOfStrangerAsync(string subject) =>
        Done(await Server.Get<TicketDesk>().OpenAsync(_stranger.ToActor(), new IncomingRequest(subject, "Nothing.", Channel.Portal)));

    /// <summary>The id of a file of the request that its customers see, or that only staff do.</summary>
    public async Task<string> FileOfAsync(long ticket, bool isInternal = false) =>
        (await Server.Get<TicketDesk>().FindAsync(_agent.ToActor(), ticket))!.Happened.Select(e => e.Fact).OfType<AttachmentAdded>().First(f => f.Internal == isInternal).AttachmentId;

    /// <summary>A token of the caller's that does nothing else.</summary>
    public async Task<string> SpareTokenAsync(MatrixCaller caller)
    {
        if (caller.PersonId is not { } owner) return "1";
        var (made, _) = await Server.Get<ApiTokens>().MakeAsync(owner, "spare", null, CancellationToken.None);
        return made!.Kept.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync() => await Server.DisposeAsync();

    private async Task<AttachmentRow> FileAsync(PortalUser owner, string name)
    {
        using var bytes = new MemoryStream("hello"u8.ToArray());
        var (stored, refused) = await Server.Get<Attachments>().TakeInAsync(owner.ToActor(), "matrix", name, bytes, null);
        return stored ?? throw new InvalidOperationException(refused!.Message);
    }

    private async Task<MatrixCaller> CallerAsync(string name, PortalUser person, bool seesTicket, TokenScope scope = TokenScope.All) =>
        new(name, person.Role, seesTicket, _onKestrel ? Server.CreateClient() : await Server.SignedInClientAsync(person.Email!), ByToken(await MakeTokenAsync(person, scope: scope))) { PersonId = person.Id, Email = person.Email };

    private async Task ChangeAsync(PortalUser person, Action<PortalUser> change)
    {
        await using var db = await Server.Get<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        change(await db.Users.SingleAsync(u => u.Id == person.Id));
        await db.SaveChangesAsync();
        change(person);
    }

    private async Task<string> MakeTokenAsync(PortalUser owner, Instant? expires = null, TokenScope scope = TokenScope.All) =>
        (await Server.Get<ApiTokens>().MakeAsync(null, owner.Id, "matrix", expires, scope, CancellationToken.None)).Made!.Secret;

    private async Task<string> MakeRevokedTokenAsync(PortalUser owner)
    {
        var (made, _) = await Server.Get<ApiTokens>().MakeAsync(owner.Id, "matrix", null, CancellationToken.None);
        await Server.Get<ApiTokens>().RevokeAsync(owner.Id, made!.Kept.Id, CancellationToken.None);
        return made.Secret;
    }

    private async Task<string> CookieAsync(PortalUser person)
    {
        if (_onKestrel) return ""; // Browsers sign in by themselves, and a client there follows redirects.
        using var client = Server.PlainClient();
        using var answer = await client.PostFormAsync("/account/login", "sign-in", ("Form.Email", person.Email!), ("Form.Password", PortalServer.Password));
        return answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.Contains("Identity.Application", StringComparison.Ordinal)).Split(';')[0];
    }

    private HttpClient ByCookie(string cookie)
    {
        if (_onKestrel) return Server.CreateClient();
        var cookies = new CookieContainer();
        cookies.SetCookies(Server.ClientOptions.BaseAddress, cookie);
        return Server.CreateDefaultClient(new CookieContainerHandler(cookies));
    }

    private HttpClient ByToken(string token)
    {
        var client = Server.PlainClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static string Tampered(string secret) => secret.Length == 0 ? secret : $"{secret[..^10]}{(secret[^10] == 'A' ? 'B' : 'A')}{secret[^9..]}";

    private static long Done(DeskAnswer answer) => Assert.IsType<DeskAnswer.Done>(answer).History.Ticket.Id;
}
