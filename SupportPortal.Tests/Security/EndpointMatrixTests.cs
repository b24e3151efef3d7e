using System.Globalization;
using System.Net;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Tests.Security;

/// <summary>Every endpoint, asked by everybody: <see cref="EndpointTable"/> says what each is answered.</summary>
public sealed class EndpointMatrixTests(MatrixPortal portal) : IClassFixture<MatrixPortal>
{
    public static TheoryData<string> Walked => Lines(row => true);

    public static TheoryData<string> Acts => Lines(row => row is { IsApi: true, IsRead: false });

    [Fact]
    public void Every_endpoint_has_a_line_in_the_table_and_every_line_an_endpoint()
    {
        var found = EndpointCensus.Take(portal.Server);
        var lines = EndpointTable.Rows.Select(row => row.Endpoint).ToHashSet();
        var without = found.Where(endpoint => !lines.Contains(endpoint.Name)).GroupBy(endpoint => endpoint.Heading)
            .Select(under => $"Under {under.Key}:\n{string.Concat(under.Select(endpoint => $"    new(\"{endpoint.Name}\"),\n"))}").ToList();
        Assert.True(without.Count == 0, $"Who may use these? Add a line for each to EndpointTable.cs, under the heading of those whom it is for. The likely ones:\n{string.Concat(without)}");
        var gone = lines.Except(found.Select(endpoint => endpoint.Name)).ToList();
        Assert.True(gone.Count == 0, $"Nothing answers to these lines of EndpointTable.cs any more; remove them:\n{string.Join("\n", gone)}");
    }

    [Theory]
    [MemberData(nameof(Walked))]
    public async Task Everybody_gets_what_the_table_says(string line)
    {
        var row = Row(line);
        var wrong = new List<string>();
        foreach (var caller in portal.Callers)
        {
            var (walk, ticket, expected) = (new MatrixWalk(portal, row, caller), await TicketAsync(row), row.ExpectedFor(caller));
            var answer = await walk.AskAsync(ticket);
            if (answer.Status != expected) wrong.Add($"{caller}: {answer.Status} and not {expected}");
            if (expected == 302 && !caller.IsKnown && answer.Location?.Contains("/account/login", StringComparison.Ordinal) is not true) wrong.Add($"{caller}: sent to {answer.Location}");
            if (expected == 401 && answer.Type != "application/problem+json") wrong.Add($"{caller}: 401 as {answer.Type}");
            if (expected == 404 && row.IsOfTicket && Plain(answer, ticket) != Plain(await walk.AskAsync(MatrixWalk.None), MatrixWalk.None)) wrong.Add($"{caller}: told apart from a ticket that does not exist");
            if (row.Verb == "PAGE" && await walk.PostToPageAsync(ticket) is var posted && posted.Status != row.ExpectedOfPost(caller)) wrong.Add($"{caller}: {posted.Status} to a post");
            wrong.AddRange(Leaks(row, caller, answer).Select(word => $"{caller}: reads {word}"));
            if (IsToldToWhoSees(row, caller) && !MatrixPortal.Secrets.Any(word => answer.Body.Contains(word, StringComparison.Ordinal))) wrong.Add($"{caller}: reads nothing of the ticket");
        }

        Assert.True(wrong.Count == 0, $"{row}\n{string.Join("\n", wrong)}");
    }

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task Who_may_not_is_answered_alike_whatever_they_send(string line)
    {
        var row = Row(line);
        var wrong = new List<string>();
        foreach (var caller in portal.Callers.Where(caller => row.ExpectedFor(caller) is 401 or 403 or 404))
        {
            var standsInTheBody = row.Json is { } body && (body.Contains("internal", StringComparison.Ordinal) || body.Contains("copy@", StringComparison.Ordinal)); // That it is internal, or for somebody else.
            if (standsInTheBody && row.ExpectedFor(caller) == 403 && !caller.ReadsOnly) continue;
            var (walk, ticket) = (new MatrixWalk(portal, row, caller), await TicketAsync(row));
            var (well, badly) = (Plain(await walk.AskAsync(ticket), ticket), Plain(await walk.AskBadlyAsync(ticket), ticket));
            if (well != badly) wrong.Add($"{caller}: {badly.Status} {badly.Body}");
        }

        Assert.True(wrong.Count == 0, $"{row}\n{string.Join("\n", wrong)}");
    }

    [Fact]
    public async Task Static_files_are_everyones()
    {
        var wrong = new List<string>();
        foreach (var path in EndpointCensus.FilePaths(portal.Server))
        {
            using var answer = await portal["visitor"].Pages.GetAsync(new Uri(path, UriKind.Relative));
            if (!answer.IsSuccessStatusCode) wrong.Add($"{path}: {(int)answer.StatusCode}");
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    /// <summary>Two identifiers in one address: each alone would be right.</summary>
    [Theory]
    [InlineData("/requests/{0}/attachments/{1}", false)]
    [InlineData("/api/v1/tickets/{0}/attachments/{1}", true)]
    public async Task A_file_is_not_read_through_another_ticket(string path, bool isApi)
    {
        var (stranger, file) = (portal["stranger"], await portal.FileOfAsync(portal.TicketId));
        var address = string.Format(CultureInfo.InvariantCulture, path, new TicketNumber(portal.OwnTicketOfStranger), file);
        using var answer = await (isApi ? stranger.Api : stranger.Pages).GetAsync(new Uri(address, UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("requester", 404)]
    [InlineData("stranger", 404)]
    [InlineData("agent", 200)]
    public async Task An_internal_file_is_for_staff(string who, int status)
    {
        var address = $"/api/v1/tickets/{new TicketNumber(portal.TicketId)}/attachments/{await portal.FileOfAsync(portal.TicketId, isInternal: true)}";
        using var answer = await portal[who].Api.GetAsync(new Uri(address, UriKind.Relative));
        Assert.Equal(status, (int)answer.StatusCode);
    }

    // Several lines may be of one endpoint: the number tells them apart.
    private static TheoryData<string> Lines(Func<EndpointRow, bool> those) =>
        [.. EndpointTable.Rows.Index().Where(line => line.Item.IsWalked && those(line.Item)).Select(line => $"{line.Item} #{line.Index}")];

    private static EndpointRow Row(string line) => EndpointTable.Rows[int.Parse(line.Split('#')[^1], CultureInfo.InvariantCulture)];

    // What is acted on is changed by it: everybody gets one of their own.
    private async Task<long> TicketAsync(EndpointRow row) => row.IsOfTicket && !row.IsRead ? await portal.ReportAsync(row.Before) : portal.TicketId;

    private static MatrixAnswer Plain(MatrixAnswer answer, long ticket) => MatrixWalk.Plain(answer, ticket);

    private static IEnumerable<string> Leaks(EndpointRow row, MatrixCaller caller, MatrixAnswer answer) =>
        (caller.SeesTicket ? [] : MatrixPortal.Secrets).Concat(caller.Role >= Role.Agent ? [] : MatrixPortal.Internals)
            .Where(word => !row.Query.Contains(word, StringComparison.Ordinal) && answer.Body.Contains(word, StringComparison.Ordinal));

    private static bool IsToldToWhoSees(EndpointRow row, MatrixCaller caller) =>
        caller.SeesTicket && row is { IsRead: true, For: Audience.WhoSeesTheTicket };
}
