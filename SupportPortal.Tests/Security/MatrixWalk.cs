using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Security;

/// <summary>What somebody was answered: the status, and everything in it that could tell them something.</summary>
internal sealed record MatrixAnswer(int Status, string? Type, string? Location, string Body);

/// <summary>Asks an endpoint as one of the callers would.</summary>
internal sealed partial class MatrixWalk(MatrixPortal portal, EndpointRow row, MatrixCaller caller)
{
    /// <summary>A ticket that does not exist.</summary>
    public const long None = 99_999_999;

    /// <summary>The call as it is meant.</summary>
    public async Task<MatrixAnswer> AskAsync(long ticket) => row.Verb == "FORM"
        ? await SendAsync(ticket, "POST", await FormAsync())
        : await SendAsync(ticket, Method, row.Content());

    /// <summary>The same call, misspelt: a body that cannot be read, and a version that is none.</summary>
    public Task<MatrixAnswer> AskBadlyAsync(long ticket) => SendAsync(ticket, Method, new StringContent("{", Encoding.UTF8, "text/plain"), ("If-Match", "latest"));

    /// <summary>A page posted to, as another site's form would.</summary>
    public Task<MatrixAnswer> PostToPageAsync(long ticket) => SendAsync(ticket, "POST", new FormUrlEncodedContent([new("_handler", "any")]));

    private HttpClient Client => row.IsApi ? caller.Api : caller.Pages;

    private string Method => row.Method ?? (row.Verb is "PAGE" or "ANY" ? "GET" : row.Verb);

    private async Task<MatrixAnswer> SendAsync(long ticket, string method, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var call = new HttpRequestMessage(new HttpMethod(method), new Uri(await PathAsync(ticket) + row.Query, UriKind.Relative)) { Content = content };
        foreach (var (name, value) in headers) call.Headers.TryAddWithoutValidation(name, value);
        if (row.WithPageToken) call.Headers.Add("RequestVerificationToken", await PageTokenAsync());
        using var answer = await Client.SendAsync(call);
        var body = await answer.Content.ReadAsStringAsync();
        return new((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, answer.Headers.Location?.OriginalString, $"{answer.Content.Headers.ContentDisposition}{body}");
    }

    /// <summary>The address, with what its "{name}"s stand for.</summary>
    public async Task<string> PathAsync(long ticket)
    {
        var path = Number().Replace(row.Path, new TicketNumber(ticket).ToString());
        if (row.Id is { } id) path = Identifier().Replace(path, await id(portal, caller));
        path = path.Replace("{documentName?}", "", StringComparison.Ordinal).Replace("{documentName}", "v1", StringComparison.Ordinal).Replace("{Key}", "none", StringComparison.Ordinal).Replace("{kind}.{format}", "figures.csv", StringComparison.Ordinal).Replace("{format}", "csv", StringComparison.Ordinal).Replace("{**path:file}", "none.css", StringComparison.Ordinal);
        return path.Contains('{', StringComparison.Ordinal) ? throw new InvalidOperationException($"\"{row.Endpoint}\" of EndpointTable.cs needs to say what its Id is.") : path;
    }

    private async Task<HttpContent> FormAsync()
    {
        var form = row.Id is null ? row.Form : row.Form.Replace("{id}", await row.Id(portal, caller), StringComparison.Ordinal);
        return new FormUrlEncodedContent([new("_handler", form), new("__RequestVerificationToken", await PageTokenAsync()), .. row.Fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]);
    }

    // Of any page that this caller gets: it is theirs, not the page's.
    private async Task<string> PageTokenAsync() =>
        Forms.TokenOf(await caller.Pages.GetStringAsync(new Uri(caller.IsKnown ? "/account" : "/account/login", UriKind.Relative)));

    /// <summary>The answer without what differs between any two of them: numbers of requests, one-time keys, the time.</summary>
    public static MatrixAnswer Plain(MatrixAnswer answer, long ticket)
    {
        var body = answer.Body.Replace(new TicketNumber(ticket).ToString(), "SUP", StringComparison.OrdinalIgnoreCase);
        body = Passing().Replace(body, "");
        if (answer.Type == "application/problem+json" && JsonNode.Parse(body) is JsonObject problem)
        {
            problem.Remove("traceId");
            body = problem.ToJsonString();
        }

        return answer with { Body = body, Location = answer.Location?.Replace(new TicketNumber(ticket).ToString(), "SUP", StringComparison.OrdinalIgnoreCase) };
    }

    [GeneratedRegex("\\{[Nn]umber\\}")]
    private static partial Regex Number();

    [GeneratedRegex("\\{[Ii]d(:int)?\\}")]
    private static partial Regex Identifier();

    [GeneratedRegex("<!--Blazor.*?-->|<input[^>]*__RequestVerificationToken[^>]*>|<persistent-component-state.*?</persistent-component-state>", RegexOptions.Singleline)]
    private static partial Regex Passing();
}
