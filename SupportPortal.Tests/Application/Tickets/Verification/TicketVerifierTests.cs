using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Application.Tickets.Verification;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Support;
using static SupportPortal.Tests.Application.Tickets.SomeDesk;

namespace SupportPortal.Tests.Application.Tickets.Verification;

public sealed class TicketVerifierTests(PrivatePostgres postgres)
{
    public static TheoryData<string, string> Tampering { get; } = new()
    {
        { "UPDATE \"Events\" SET \"Data\" = replace(\"Data\", '\"to\":1', '\"to\":2') WHERE \"Version\" = 2", "event 2 was changed: its hash is" },
        { "UPDATE \"Events\" SET \"ActorId\" = 'max' WHERE \"Version\" = 2", "event 2 was changed: its hash is" },
        { "UPDATE \"Events\" SET \"At\" = \"At\" - 1 WHERE \"Version\" = 3", "event 3 was changed: its hash is" },
        { "UPDATE \"Events\" SET \"Type\" = 'magic' WHERE \"Version\" = 3", "event 3 (magic) cannot be read" },
        { "UPDATE \"Events\" SET \"Data\" = '{{' WHERE \"Version\" = 3", "event 3 (staffReply) cannot be read" },
        { "UPDATE \"Events\" SET \"IsPublic\" = NOT \"IsPublic\" WHERE \"Version\" = 3", "event 3 is marked as internal and is not" },
        { "DELETE FROM \"Events\" WHERE \"Version\" = 2", "event 2 is missing" },
        { "DELETE FROM \"Events\" WHERE \"Version\" = 3", "row: Version is 3, and follows from the events as 2" },
        { "DELETE FROM \"Events\"", "has no events, though its number was given out" },
        { "UPDATE \"EventTexts\" SET \"Texts\" = replace(\"Texts\", 'Out.', 'In.') WHERE \"Version\" = 3", "event 3: the text of body is not the one that was sealed" },
        { "UPDATE \"EventTexts\" SET \"Version\" = 9 WHERE \"Version\" = 3", "texts of version 9 belong to no event" },
        { "UPDATE \"Tickets\" SET \"Subject\" = 'Nothing'", "row: Subject is “Nothing”, and follows from the events as “Printer on fire”" },
        { "UPDATE \"Tickets\" SET \"Severity\" = 3", "row: Severity is Normal, and follows from the events as Critical" },
        { "DELETE FROM \"Tickets\"", "its row is missing" },
        { "UPDATE \"Clocks\" SET \"DueAt\" = \"DueAt\" + 60000000 WHERE \"Ordinal\" = 0", "clock 1 (FirstResponse): DueAt is 2030-01-07T10:01:00Z, and follows from the events as 2030-01-07T10:00:00Z" },
        { "UPDATE \"Clocks\" SET \"DueSeverity\" = 3 WHERE \"Ordinal\" = 0", "clock 1 (FirstResponse): DueSeverity is Normal, and follows from the events as nothing" },
        { "UPDATE \"Clocks\" SET \"DueAssigneeId\" = 'max' WHERE \"Ordinal\" = 0", "clock 1 (FirstResponse): DueAssigneeId is “max”, and follows from the events as" },
        { "UPDATE \"Clocks\" SET \"Exception\" = 1 WHERE \"Ordinal\" = 0", "clock 1 (FirstResponse): Exception is Approved, and follows from the events as nothing" },
        { "DELETE FROM \"Clocks\" WHERE \"Ordinal\" = 0", "clock 1 (FirstResponse) is missing" },
        { "UPDATE \"Clocks\" SET \"Ordinal\" = 7 WHERE \"Ordinal\" = 0", "clock 8 (FirstResponse) is stored and follows from no event" },
        { "UPDATE \"Clocks\" SET \"TicketId\" = 777 WHERE \"Ordinal\" = 0", "is stored, though its number was never given out" },
    };

    [Theory]
    [MemberData(nameof(Tampering))]
    public async Task What_was_changed_past_the_store_is_found_and_named(string tampering, string difference)
    {
        await using var desk = await SomeDesk.MakeAsync(DatabaseProvider.Sqlite, postgres);
        await AnsweredAsync(desk);
        await desk.TamperAsync(tampering);
        Assert.Contains(await desk.DifferencesAsync(), line => line.StartsWith("SUP-", StringComparison.Ordinal) && line.Contains(difference, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Untouched_tickets_agree_and_a_change_is_one_line(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        await AnsweredAsync(desk);
        await desk.OpenAsync();
        Assert.Empty(await desk.DifferencesAsync());
        await desk.TamperAsync("UPDATE \"Tickets\" SET \"AssigneeId\" = 'max' WHERE \"Id\" = 10002");
        Assert.Equal(["SUP-10002: row: AssigneeId is “max”, and follows from the events as nothing"], await desk.DifferencesAsync());
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Erasing_texts_leaves_the_chain_whole(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        var answered = await AnsweredAsync(desk);
        await desk.TamperAsync("DELETE FROM \"EventTexts\" WHERE \"Version\" = 3");
        Assert.Empty(await desk.DifferencesAsync());

        var read = await desk.Desk.FindAsync(Ada, answered.Ticket.Id);
        Assert.Null(((StaffReplied)read!.Happened.Last().Fact).Body.Text);
        await desk.ReplyAsync(Ada, answered, "Still here.");
        Assert.Empty(await desk.DifferencesAsync());
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task It_reads_beside_writers_without_false_alarms(DatabaseProvider provider)
    {
        await using var desk = await SomeDesk.MakeAsync(provider, postgres);
        var opened = await desk.OpenAsync();
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                await desk.ReplyAsync(i % 2 == 0 ? Ada : Casey, opened, $"No. {i}");
                await desk.OpenAsync($"No. {i}");
            }
        });
        for (var i = 0; i < 5; i++) Assert.Empty(await desk.DifferencesAsync());
        await stop.CancelAsync();
        await writing;
    }

    private static async Task<TicketHistory> AnsweredAsync(SomeDesk desk)
    {
        var opened = await desk.OpenAsync();
        desk.Database.Clock.Advance(TimeSpan.FromMinutes(5));
        await desk.GradeAsync(Ada, opened, Severity.Critical);
        desk.Database.Clock.Advance(TimeSpan.FromMinutes(5));
        return await desk.ReplyAsync(Ada, opened, "Out.");
    }
}
