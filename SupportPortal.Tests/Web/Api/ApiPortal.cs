using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;

[assembly: AssemblyFixture(typeof(SupportPortal.Tests.Web.Api.ApiPortal))]

namespace SupportPortal.Tests.Web.Api;

/// <summary>One portal for all tests of the API, its clock standing still; each test makes its own tickets and people.</summary>
public sealed class ApiPortal : IAsyncDisposable
{
    private readonly Lazy<PortalServer> _server = new(() => new PortalServer(new FakeTimeProvider(TestDatabase.Monday)));
    private int _organisations;

    public PortalServer Server => _server.Value;

    /// <summary>A customer of an organisation that nobody else is of.</summary>
    public Task<Caller> CustomerAsync() => CustomerAsync($"Company {Interlocked.Increment(ref _organisations)}");

    public Task<Caller> CustomerAsync(string organisation) => CallerAsync(Role.Customer, organisation);

    public Task<Caller> AgentAsync() => CallerAsync(Role.Agent);

    /// <summary>Staff.</summary>
    public Task<Caller> CallerAsync(Role role) => CallerAsync(role, null);

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated) await _server.Value.DisposeAsync();
    }

    private async Task<Caller> CallerAsync(Role role, string? organisation)
    {
        var person = await Server.AddPersonAsync(role, $"{Guid.NewGuid():N}@test.example", $"Some {role}", organisation);
        return new Caller(await Server.TokenClientAsync(person), person.Id, person.Email!, person.OrganisationId);
    }
}

/// <summary>What a call was answered.</summary>
public sealed record Answer(HttpStatusCode Status, JsonElement Json, HttpResponseHeaders Headers, string? ContentType)
{
    /// <summary>A text or number of the answer, as text.</summary>
    public string? this[string field] => Json.GetProperty(field).ToString();

    public string Number => this["number"]!;

    /// <summary>The refusals: "field: sentence".</summary>
    public IReadOnlyList<string> Errors => [.. Json.GetProperty("errors").EnumerateArray().Select(e => $"{e.GetProperty("field")}: {e.GetProperty("message")}")];
}

/// <summary>Somebody with a token.</summary>
public sealed record Caller(HttpClient Http, string Id, string Email, int? OrganisationId)
{
    private const string Tickets = "/api/v1/tickets";

    public Task<Answer> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, Path(path)));

    /// <summary>Posts JSON; headers are "Name: value".</summary>
    public Task<Answer> PostAsync(string path, string json, params string[] headers)
    {
        var call = new HttpRequestMessage(HttpMethod.Post, Path(path)) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        foreach (var header in headers)
        {
            var (name, value) = header.Split(": ", 2) is [var n, var v] ? (n, v) : throw new ArgumentException(header);
            call.Headers.TryAddWithoutValidation(name, value);
        }

        return SendAsync(call);
    }

    /// <summary>A new ticket's number.</summary>
    public async Task<string> OpenAsync(string subject = "Printer on fire") =>
        (await PostAsync("", $$"""{"subject": {{JsonSerializer.Serialize(subject)}}, "description": "It burns."}""")).Number;

    public async Task<Answer> SendAsync(HttpRequestMessage call)
    {
        using (call)
        {
            using var answer = await Http.SendAsync(call);
            var text = await answer.Content.ReadAsStringAsync();
            var json = text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
            return new Answer(answer.StatusCode, json, answer.Headers, answer.Content.Headers.ContentType?.MediaType);
        }
    }

    /// <summary>Paths beginning with a slash are the portal's, others those of tickets.</summary>
    private static Uri Path(string path) => new(path.StartsWith('/') ? path : path.Length == 0 || path[0] == '?' ? Tickets + path : $"{Tickets}/{path}", UriKind.Relative);
}
