using System.Net;
using System.Net.Http.Headers;
using System.Text;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Web.Api;

public sealed class RefusalTests(ApiPortal portal)
{
    [Theory]
    [InlineData(null)]
    [InlineData("Bearer")]
    [InlineData("Bearer nonsense")]
    [InlineData("Bearer spt_z1yKu8M3LAtsaliYn7Ix1C4oLwhnB2LSffo--jVMOJk")]
    [InlineData("Basic YTpi")]
    public async Task Without_a_good_token_nothing_is_answered(string? authorization)
    {
        using var client = portal.Server.CreateClient();
        using var call = new HttpRequestMessage(HttpMethod.Get, "/api/v1/tickets");
        if (authorization is not null) call.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var answer = await client.SendAsync(call);
        Assert.Equal((HttpStatusCode.Unauthorized, "application/problem+json", "Bearer"),
            (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, answer.Headers.WwwAuthenticate.ToString()));
    }

    [Fact]
    public async Task Another_organisations_ticket_does_not_exist_whatever_is_asked_of_it()
    {
        var (owner, stranger) = (await portal.CustomerAsync(), await portal.CustomerAsync());
        var number = await owner.OpenAsync();
        Answer[] answers =
        [
            await stranger.GetAsync(number),
            await stranger.GetAsync($"{number}/events"),
            await stranger.PostAsync($"{number}/replies", """{"body": "Hello?"}"""),
            await stranger.PostAsync($"{number}/severity", """{"severity": 1, "reason": "x"}"""),
            await stranger.PostAsync($"{number}/replies", """{"body": "Hello?"}""", "If-Match: \"7\""),
            await stranger.GetAsync("SUP-99999999"),
            await stranger.GetAsync("no-number"),
            await stranger.GetAsync("/api/v1/nothing"),
        ];
        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (answer.Status, answer.ContentType)));
    }

    [Theory]
    [InlineData("DELETE", "/api/v1/tickets/SUP-10001", "GET, HEAD")]
    [InlineData("PUT", "/api/v1/tickets", "GET, HEAD, POST")]
    public async Task A_call_with_another_method_is_told_which_it_takes(string method, string path, string allowed)
    {
        var customer = await portal.CustomerAsync();
        using var answer = await customer.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        Assert.Equal((HttpStatusCode.MethodNotAllowed, allowed, "application/problem+json"),
            (answer.StatusCode, string.Join(", ", answer.Content.Headers.Allow.Order()), answer.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF_8_are_not_JSON()
    {
        using var call = new HttpRequestMessage(HttpMethod.Post, "/api/v1/tickets")
        {
            Content = new ByteArrayContent([.. """{"description": "x", "subject": "Caf"""u8, 0xE9, (byte)'"', (byte)'}']) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        var answer = await (await portal.CustomerAsync()).SendAsync(call);
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.Status, answer.ContentType));
    }

    [Theory]
    [InlineData("severity", """{"severity": 1, "reason": "Now!"}""")]
    [InlineData("replies", """{"body": "psst", "internal": true}""")]
    [InlineData("assignee", """{"assignee": "whoever"}""")]
    [InlineData("work", "{}")]
    [InlineData("waiting", "{}")]
    [InlineData("workaround", """{"description": "x"}""")]
    [InlineData("patch", """{"description": "x"}""")]
    [InlineData("resolution", """{"kind": "fix", "summary": "x"}""")]
    public async Task What_is_staffs_to_do_is_forbidden_to_the_customer_on_their_own_ticket(string act, string body)
    {
        var customer = await portal.CustomerAsync();
        var answer = await customer.PostAsync($"{await customer.OpenAsync()}/{act}", body);
        Assert.Equal((HttpStatusCode.Forbidden, "application/problem+json"), (answer.Status, answer.ContentType));
    }

    [Theory]
    [InlineData("acceptance", """{"accepted": true}""")]
    [InlineData("reopening", """{"reason": "Again."}""")]
    [InlineData("rating", """{"stars": 5}""")]
    public async Task What_is_not_possible_as_the_ticket_stands_is_a_conflict_that_names_its_version(string act, string body)
    {
        var customer = await portal.CustomerAsync();
        var answer = await customer.PostAsync($"{await customer.OpenAsync()}/{act}", body);
        Assert.Equal((HttpStatusCode.Conflict, "application/problem+json", "1"), (answer.Status, answer.ContentType, answer["version"]));
    }

    [Theory]
    [InlineData("3")]
    [InlineData("W/\"3\"")]
    [InlineData("\"x\"")]
    [InlineData("\"1\", \"2\"")]
    public async Task A_version_that_cannot_be_read_is_a_bad_call(string header)
    {
        var customer = await portal.CustomerAsync();
        var answer = await customer.PostAsync($"{await customer.OpenAsync()}/replies", """{"body": "x"}""", $"If-Match: {header}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("subject=x")]
    [InlineData("""{"subject": "x",}""")]
    public async Task What_is_no_JSON_is_a_bad_call_and_says_nothing_of_parsers(string body)
    {
        var answer = await (await portal.CustomerAsync()).PostAsync("", body);
        Assert.Equal((HttpStatusCode.BadRequest, "The body is not JSON."), (answer.Status, answer["detail"]));
    }

    public static TheoryData<string, string, string[]> Unfit { get; } = new()
    {
        { "", "[]", [": The body is a JSON object."] },
        { "", "{}", ["subject: Say in a few words what is wrong.", "description: Describe what happens and what you expected."] },
        {
            "", """{"subject": 4, "description": true, "impact": "huge", "workaround": 1, "tags": ["a", 2]}""",
            [
                "subject: This is a text.", "description: This is a text.", "impact: This is one of productionStopped, dataLoss, majorFeatureDegraded, partialOrMinor.",
                "workaround: This is one of none, shortTerm, suitable.", "tags[1]: This is a text.",
            ]
        },
        { "", """{"subject": "a\u0000b", "description": "\ud800"}""", ["subject: This has a character that is no text.", "description: This has a character that is no text."] },
        { "", """{"subject": "x", "description": "y", "\ud800": 1}""", [": This has a character that is no text."] },
        { "severity", """{"severity": 4, "reason": "x"}""", ["severity: The severity is 1, 2 or 3."] },
        { "severity", """{"severity": "1", "reason": "x"}""", ["severity: The severity is 1, 2 or 3."] },
        { "severity", "{}", ["severity: The severity is 1, 2 or 3."] },
        { "severity", """{"severity": 1}""", ["reason: Give the reason; the customer reads it."] },
        { "severity", """{"severity": 1, "reason": "x", "impactSince": "yesterday"}""", ["impactSince: Write an instant such as 2026-11-22T10:00:00Z."] },
        { "severity", """{"severity": 1, "reason": "x", "impactSince": "2031-01-01T00:00:00Z"}""", ["impactSince: The impact cannot begin in the future."] },
        { "severity", """{"severity": 1, "reason": "x", "impactSince": "2020-01-01T00:00:00Z"}""", ["impactSince: The impact cannot begin before the request was reported."] },
        { "severity", """{"severity": 1, "reason": "x", "impactSince": "9999-12-31T23:59:59-10:00"}""", ["impactSince: Write an instant such as 2026-11-22T10:00:00Z."] },
        { "replies", """{"body": "   "}""", ["body: Write a reply."] },
        { "replies", """{"body": "x", "internal": "yes"}""", ["internal: This is true or false."] },
        { "assignee", "{}", ["assignee: Name a member of staff by id or e-mail address, or say null for nobody."] },
        { "assignee", """{"assignee": "nobody@test.example"}""", ["assignee: There is no member of staff “nobody@test.example”."] },
        { "resolution", """{"summary": "x"}""", ["kind: Say one of fix, workaround, restoration, agreed."] },
        { "resolution", """{"kind": "magic", "summary": "x"}""", ["kind: This is one of fix, workaround, restoration, agreed."] },
    };

    [Theory]
    [MemberData(nameof(Unfit))]
    public async Task What_is_readable_and_unfit_is_refused_field_by_field_in_sentences(string act, string body, string[] errors)
    {
        var (customer, agent) = (await portal.CustomerAsync(), await portal.AgentAsync());
        var answer = act.Length == 0 ? await customer.PostAsync("", body) : await agent.PostAsync($"{await customer.OpenAsync()}/{act}", body);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "application/problem+json"), (answer.Status, answer.ContentType));
        Assert.Equal(errors, answer.Errors);
    }

    [Fact]
    public async Task A_subject_of_201_characters_is_too_long()
    {
        var answer = await (await portal.CustomerAsync()).PostAsync("", $$"""{"subject": "{{new string('x', 201)}}", "description": "y"}""");
        Assert.Equal(["subject: This is 201 characters long; at most 200 fit."], answer.Errors);
    }

    [Fact]
    public async Task A_customer_is_no_assignee()
    {
        var (customer, agent) = (await portal.CustomerAsync(), await portal.AgentAsync());
        var answer = await agent.PostAsync($"{await customer.OpenAsync()}/assignee", $$"""{"assignee": "{{customer.Email}}"}""");
        Assert.Equal([$"assignee: There is no member of staff “{customer.Email}”."], answer.Errors);
    }

    [Theory]
    [InlineData("text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json; charset=utf-16", HttpStatusCode.UnsupportedMediaType)]
    [InlineData(null, HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json; charset=UTF-8", HttpStatusCode.Created)]
    [InlineData("application/vnd.portal+json", HttpStatusCode.Created)]
    public async Task A_body_must_say_that_it_is_JSON(string? type, HttpStatusCode expected)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes("""{"subject": "x", "description": "y"}"""));
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        var customer = await portal.CustomerAsync();
        Assert.Equal(expected, (await customer.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/v1/tickets") { Content = content })).Status);
    }

    [Theory]
    [InlineData(1024 * 1024, false, HttpStatusCode.Created)]
    [InlineData(1024 * 1024, true, HttpStatusCode.Created)]
    [InlineData((1024 * 1024) + 1, false, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData((1024 * 1024) + 1, true, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(10 * 1024 * 1024, false, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(10 * 1024 * 1024, true, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_body_of_more_than_a_mebibyte_is_too_large_whether_it_says_so_or_not(int bytes, bool chunked, HttpStatusCode expected)
    {
        await using var kestrel = new PortalServer(); // The server in memory has no flow control to get wrong.
        var address = kestrel.StartOnKestrel();
        var person = await kestrel.AddPersonAsync(Role.Customer);
        using var client = await kestrel.TokenClientAsync(person);
        var json = """{"subject": "x", "description": "y"}""";
        using var call = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "/api/v1/tickets"))
        {
            Content = new StringContent(json + new string(' ', bytes - json.Length), Encoding.UTF8, "application/json"),
        };
        call.Headers.TransferEncodingChunked = chunked;
        call.Headers.ExpectContinue = true; // So that a refusal is read before the body is sent.
        using var answer = await client.SendAsync(call);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(100_000)]
    public async Task A_body_too_deep_to_be_read_is_refused(int depth)
    {
        var customer = await portal.CustomerAsync();
        var body = $$"""{"subject": "x", "description": {{new string('[', depth)}}{{new string(']', depth)}}}""";
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.BadRequest, (await customer.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/v1/tickets") { Content = content })).Status);
    }
}
