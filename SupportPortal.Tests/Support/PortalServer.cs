using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SupportPortal.Application.Channels.Email;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.People;

namespace SupportPortal.Tests.Support;

/// <summary>
/// The whole portal on a data directory of its own: in memory, or on Kestrel at a free loopback port after
/// <see cref="StartOnKestrel"/>. A clock given here is the server's clock (start it in the future, as browsers drop stale cookies).
/// </summary>
public sealed class PortalServer(TimeProvider? clock = null, string environment = "Testing") : WebApplicationFactory<Program>
{
    /// <summary>Everybody's password.</summary>
    public const string Password = "correct horse battery";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("portal-");
    private readonly Dictionary<string, string?> _settings = [];
    private int _people;
    private bool _onKestrel;

    /// <summary>Where this portal keeps its data.</summary>
    public string DataDirectory => _directory.FullName;

    public PortalServer With(string key, string? value)
    {
        _settings[key] = value;
        return this;
    }

    /// <summary>Serves from this database; SQLite needs nothing.</summary>
    public async Task<PortalServer> OnAsync(DatabaseProvider provider, PrivatePostgres postgres) => provider is DatabaseProvider.Sqlite
        ? this
        : With("Portal:Database:Provider", "Postgres").With("Portal:Database:ConnectionString", await postgres.MigratedDatabaseAsync());

    public Uri StartOnKestrel()
    {
        UseKestrel(0);
        StartServer();
        _onKestrel = true;
        return ClientOptions.BaseAddress;
    }

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Adds a person with <see cref="Password"/>.</summary>
    public async Task<PortalUser> AddPersonAsync(Role role, string? email = null, string? name = null, string? organisation = null, string? team = null)
    {
        email ??= $"{role}{Interlocked.Increment(ref _people)}@test.example".ToLowerInvariant();
        var (added, refused) = await Get<PeopleDesk>().AddAsync(new NewPerson(email, role, name, organisation, Password) { Team = team });
        return added ?? throw new InvalidOperationException(refused!.Message);
    }

    /// <summary>Waits until no mail is owed to anybody. Says what is in the way when that takes too long.</summary>
    public async Task MailIsSentAsync()
    {
        await using var db = await Get<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var owed = db.Set<OutgoingMail>().AsNoTracking().Where(mail => mail.NextAttemptAt != null);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await owed.AnyAsync())
        {
            if (patience.IsCancellationRequested) Assert.Fail($"Mail is still owed: {string.Join("; ", await owed.Select(mail => $"attempts {mail.Attempts}, next {mail.NextAttemptAt}, {mail.Failure}").ToListAsync())}");
            await Task.Yield();
        }
    }

    /// <summary>A client that carries a new API token of this person.</summary>
    public async Task<HttpClient> TokenClientAsync(PortalUser owner)
    {
        var (made, refused) = await Get<ApiTokens>().MakeAsync(owner.Id, "test", null, CancellationToken.None);
        var client = CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made?.Secret ?? throw new InvalidOperationException(refused!.Message));
        return client;
    }

    /// <summary>A client in which this person has signed in through the page. It follows no redirects.</summary>
    public async Task<HttpClient> SignedInClientAsync(string email, string password = Password)
    {
        var client = PlainClient();
        using var answer = await client.PostFormAsync("/account/login", "sign-in", ("Form.Email", email), ("Form.Password", password));
        Assert.Equal(System.Net.HttpStatusCode.Found, answer.StatusCode);
        return client;
    }

    /// <summary>A visitor's client. It follows no redirects; the factory's own does on Kestrel, whatever it is asked for.</summary>
    public HttpClient PlainClient() => _onKestrel
        ? new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CheckCertificateRevocationList = true }) { BaseAddress = ClientOptions.BaseAddress }
        : CreateClient(new() { AllowAutoRedirect = false });

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(environment);
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        builder.UseSetting("Portal:DataDirectory", _directory.FullName);
        foreach (var (key, value) in _settings) builder.UseSetting(key, value);
        builder.ConfigureTestServices(services =>
        {
            services.HashPasswordsQuickly();
            if (clock is not null) services.Replace(ServiceDescriptor.Singleton(clock));
        });
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _directory.Delete(recursive: true);
    }
}
