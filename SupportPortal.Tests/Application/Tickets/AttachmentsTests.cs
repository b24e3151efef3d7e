using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Application.Tickets;

public sealed class AttachmentsTests(PrivatePostgres postgres)
{
    private const string Draft = "new-request";
    private static readonly Actor Casey = new("casey", Role.Customer, 1);
    private static readonly Actor Robin = new("robin", Role.Customer, 2);

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_file_of_a_draft_becomes_part_of_the_request_and_is_read_by_those_who_see_it(DatabaseProvider provider)
    {
        await using var database = await OpenAsync(provider);
        var attachments = database.Get<Attachments>();
        var (stored, _) = await TakeInAsync(attachments, "notes.txt", "hello");
        Assert.Equal(["notes.txt"], (await attachments.OfDraftAsync(Casey, Draft)).Select(f => f.FileName));

        var ticket = await SubmitAsync(database, [stored!]);

        Assert.Empty(await attachments.OfDraftAsync(Casey, Draft));
        var (file, bytes) = (await attachments.OpenAsync(Casey, ticket.Id, stored!.Id))!.Value;
        await using (bytes)
        {
            Assert.Equal(
                ("notes.txt", "text/plain", 5L, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", "hello"),
                (file.FileName.Text, file.ContentType, file.Bytes, file.Sha256, await new StreamReader(bytes).ReadToEndAsync()));
        }

        Assert.Null(await attachments.OpenAsync(Robin, ticket.Id, stored.Id));
        Assert.Null(await attachments.OpenAsync(Casey, ticket.Id, new string('0', 32)));
    }

    [Fact]
    public async Task What_is_sent_can_no_longer_be_removed_and_nobody_removes_what_is_not_theirs()
    {
        await using var database = await OpenAsync(DatabaseProvider.Sqlite);
        var attachments = database.Get<Attachments>();
        var sent = (await TakeInAsync(attachments, "sent.txt", "sent")).Stored!;
        var ticket = await SubmitAsync(database, [sent]);
        var unsent = (await TakeInAsync(attachments, "unsent.txt", "unsent")).Stored!;

        await attachments.RemoveAsync(Casey, sent.Id);
        await attachments.RemoveAsync(Robin, unsent.Id);
        await using (var bytes = (await attachments.OpenAsync(Casey, ticket.Id, sent.Id))!.Value.Bytes) Assert.Equal(4, bytes.Length);
        Assert.Equal(["unsent.txt"], (await attachments.OfDraftAsync(Casey, Draft)).Select(f => f.FileName));

        await attachments.RemoveDraftAsync(Casey, Draft);
        Assert.Equal([sent.Id], FilesOnDisk(database));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_file_that_is_gone_or_sent_already_is_refused_and_nothing_is_written(DatabaseProvider provider)
    {
        await using var database = await OpenAsync(provider);
        var (attachments, desk) = (database.Get<Attachments>(), database.Get<TicketDesk>());
        var sent = (await TakeInAsync(attachments, "sent.txt", "sent")).Stored!;
        var ticket = await SubmitAsync(database, [sent]);
        var removed = (await TakeInAsync(attachments, "removed.txt", "removed")).Stored!;
        await attachments.RemoveAsync(Casey, removed.Id);
        var robins = (await attachments.TakeInAsync(Robin, Draft, "robin.txt", Bytes("robin"), null)).Stored!;

        foreach (var file in new[] { sent, removed, robins })
        {
            var refused = Assert.IsType<DeskAnswer.Refused>(await desk.ActAsync(Casey, ticket.Id, (t, _) => attachments.With(t, t.Reply(Casey, TicketDesk.Seal("See.")), [file])));
            Assert.Equal("attachments", Assert.Single(refused.Refusals).Field);
            var opened = await desk.OpenAsync(Casey, new IncomingRequest("Again", "With a file.", Channel.Portal) { Attachments = [file.ToFact()] });
            Assert.Equal("attachments", Assert.Single(Assert.IsType<DeskAnswer.Refused>(opened).Refusals).Field);
        }

        Assert.Equal(ticket.Version, (await desk.FindAsync(Casey, ticket.Id))!.Ticket.Version);
    }

    [Fact]
    public async Task A_draft_is_forgotten_with_the_sending_and_kept_when_that_is_refused()
    {
        await using var database = await OpenAsync(DatabaseProvider.Sqlite);
        var (drafts, desk) = (database.Get<Drafts>(), database.Get<TicketDesk>());
        var ticket = await SubmitAsync(database, []);
        await drafts.SaveAsync(Casey, "reply:1", "Half a sentence");
        var key = new IdempotencyKey(Casey.Id, "page:1", "hash", "reply:1");

        await desk.ActAsync(Casey, ticket.Id, (t, _) => t.Reply(Casey, TicketDesk.Seal("")), key: key);
        Assert.NotNull(await drafts.ReadAsync(Casey, "reply:1"));
        await desk.ActAsync(Casey, ticket.Id, (t, _) => t.Reply(Casey, TicketDesk.Seal("A whole sentence.")), key: key);
        Assert.Null(await drafts.ReadAsync(Casey, "reply:1"));
    }

    [Fact]
    public async Task Files_for_staff_do_not_count_against_the_customer()
    {
        await using var database = await OpenAsync(DatabaseProvider.Sqlite);
        var (attachments, agent) = (database.Get<Attachments>(), new Actor("ada", Role.Agent));
        var ticket = await SubmitAsync(database, [(await TakeInAsync(attachments, "one.txt", "one")).Stored!]);
        var (file, _) = await attachments.TakeInAsync(agent, "note:1", "trace.log", Bytes("secret"), null);
        var noted = Assert.IsType<DeskAnswer.Done>(await database.Get<TicketDesk>().ActAsync(agent, ticket.Id, (t, _) =>
            attachments.With(t, Ticket.AddNote(agent, TicketDesk.Seal("look")), [file!], isInternal: true)));
        Assert.Equal((1, 1), (noted.History.Ticket.Attachments, noted.History.Ticket.InternalAttachments));

        var many = Enumerable.Repeat(file!, attachments.Rules.MaxPerTicket).ToList();
        var refused = attachments.With(noted.History.Ticket, noted.History.Ticket.Reply(Casey, TicketDesk.Seal("See.")), many).Refusals;
        Assert.Equal($"A request holds at most {attachments.Rules.MaxPerTicket} files; this one has 1.", Assert.Single(refused).Message);
    }

    [Fact]
    public async Task An_internal_file_is_for_staff()
    {
        await using var database = await OpenAsync(DatabaseProvider.Sqlite);
        var (attachments, agent) = (database.Get<Attachments>(), new Actor("ada", Role.Agent));
        var ticket = await SubmitAsync(database, []);
        var (file, _) = await attachments.TakeInAsync(agent, "note:1", "trace.log", Bytes("secret"), null);
        await database.Get<TicketDesk>().ActAsync(agent, ticket.Id, (t, _) =>
            attachments.With(t, Ticket.AddNote(agent, TicketDesk.Seal("look")), [file!], isInternal: true));

        Assert.Null(await attachments.OpenAsync(Casey, ticket.Id, file!.Id));
        Assert.Equal("trace.log", await NameOfAsync(attachments, agent, ticket.Id, file.Id));
    }

    [Fact]
    public async Task Unfit_files_are_refused_with_a_sentence_and_leave_no_bytes_behind()
    {
        await using var database = await OpenAsync(DatabaseProvider.Sqlite, rules => (rules.MaxBytes, rules.MaxPerTicket) = (10, 2));
        var attachments = database.Get<Attachments>();

        Assert.Equal(new UploadRefusal(UploadProblem.Unusable, "“empty.txt” is empty."), (await TakeInAsync(attachments, "empty.txt", "")).Refused);
        Assert.Equal(
            new UploadRefusal(UploadProblem.TooLarge, "“long.txt” is too large: a file may have at most 10 bytes."),
            (await TakeInAsync(attachments, "long.txt", "eleven char")).Refused);
        Assert.Equal(UploadProblem.TooLarge, (await attachments.TakeInAsync(Casey, Draft, "long.txt", Bytes(""), 11)).Refused?.Problem);
        Assert.Equal(UploadProblem.WrongKind, (await TakeInAsync(attachments, "setup.exe", "MZ")).Refused?.Problem);
        Assert.Equal(UploadProblem.WrongKind, (await TakeInAsync(attachments, "cat.png", "MZ")).Refused?.Problem);
        Assert.Empty(FilesOnDisk(database));

        Assert.Null((await TakeInAsync(attachments, "1.txt", "1")).Refused);
        Assert.Null((await TakeInAsync(attachments, "2.txt", "2")).Refused);
        Assert.Equal(new UploadRefusal(UploadProblem.Unusable, "At most 2 files fit. Remove one first."), (await TakeInAsync(attachments, "3.txt", "3")).Refused);
    }

    [Fact]
    public async Task Files_are_counted_by_draft_and_all_drafts_of_a_person_have_an_end_too()
    {
        await using var database = await OpenAsync(DatabaseProvider.Sqlite, rules => rules.MaxPerTicket = 1);
        var attachments = database.Get<Attachments>();
        for (var draft = 1; draft <= Attachments.FullDrafts; draft++)
            Assert.Null((await attachments.TakeInAsync(Casey, $"reply:{draft}", "1.txt", Bytes("1"), null)).Refused);

        Assert.Equal(
            new UploadRefusal(UploadProblem.Unusable, "At most 1 files fit. Remove one first."),
            (await attachments.TakeInAsync(Casey, "reply:1", "2.txt", Bytes("2"), null)).Refused);
        Assert.Equal(
            new UploadRefusal(UploadProblem.Unusable, "Your drafts hold 4 files that are not sent, and no more fit. Send one of them first, or remove its files."),
            (await TakeInAsync(attachments, "3.txt", "3")).Refused);
        Assert.Null((await attachments.TakeInAsync(Robin, Draft, "4.txt", Bytes("4"), null)).Refused);

        await attachments.RemoveDraftAsync(Casey, "reply:1");
        Assert.Null((await TakeInAsync(attachments, "3.txt", "3")).Refused);
    }

    [Fact]
    public async Task A_reply_with_more_files_than_fit_is_refused_at_its_attachments()
    {
        await using var database = await OpenAsync(DatabaseProvider.Sqlite, rules => rules.MaxPerTicket = 1);
        var attachments = database.Get<Attachments>();
        var ticket = await SubmitAsync(database, [(await TakeInAsync(attachments, "1.txt", "1")).Stored!]);
        var (second, _) = await attachments.TakeInAsync(Casey, "reply", "2.txt", Bytes("2"), null);

        var answer = await database.Get<TicketDesk>().ActAsync(Casey, ticket.Id, (t, _) => attachments.With(t, t.Reply(Casey, TicketDesk.Seal("more")), [second!]));

        var refused = Assert.Single(Assert.IsType<DeskAnswer.Refused>(answer).Refusals);
        Assert.Equal(("attachments", "A request holds at most 1 files; this one has 1."), (refused.Field, refused.Message));
    }

    [Fact]
    public async Task The_sweep_removes_files_of_no_draft_after_a_day_and_nothing_else()
    {
        await using var database = await OpenAsync(DatabaseProvider.Sqlite);
        var attachments = database.Get<Attachments>();
        var sent = (await TakeInAsync(attachments, "sent.txt", "1")).Stored!;
        await SubmitAsync(database, [sent]);
        var (orphan, _) = await attachments.TakeInAsync(Casey, "closed", "orphan.txt", Bytes("2"), null);
        var (drafted, _) = await attachments.TakeInAsync(Casey, "reply:10001", "drafted.txt", Bytes("3"), null);
        await database.Get<Drafts>().SaveAsync(Casey, "reply:10001", "not sent yet");
        database.Clock.Advance(TimeSpan.FromHours(25));
        var (fresh, _) = await attachments.TakeInAsync(Casey, "closed", "fresh.txt", Bytes("4"), null);

        Assert.Equal(1, await database.Get<AttachmentSweep>().SweepAsync(CancellationToken.None));

        Assert.Equal(new[] { sent.Id, drafted!.Id, fresh!.Id }.Order(), FilesOnDisk(database));
        await using var db = await database.OpenAsync();
        Assert.False(await db.Set<AttachmentRow>().AnyAsync(a => a.Id == orphan!.Id));
    }

    private static Task<(AttachmentRow? Stored, UploadRefusal? Refused)> TakeInAsync(Attachments attachments, string name, string text) =>
        attachments.TakeInAsync(Casey, Draft, name, Bytes(text), null);

    private static async Task<string?> NameOfAsync(Attachments attachments, Actor actor, long ticketId, string id)
    {
        if (await attachments.OpenAsync(actor, ticketId, id) is not var (file, bytes)) return null;
        await bytes.DisposeAsync();
        return file.FileName.Text;
    }

    private static async Task<Ticket> SubmitAsync(TestDatabase database, IReadOnlyList<AttachmentRow> files)
    {
        var request = new IncomingRequest("It broke", "Quite.", Channel.Portal) { Attachments = [.. files.Select(f => f.ToFact())] };
        return Assert.IsType<DeskAnswer.Done>(await database.Get<TicketDesk>().OpenAsync(Casey, request)).History.Ticket;
    }

    private static MemoryStream Bytes(string text) => new(System.Text.Encoding.UTF8.GetBytes(text));

    private static string[] FilesOnDisk(TestDatabase database)
    {
        var folder = database.Get<IOptions<PortalOptions>>().Value.InDataDirectory("attachments");
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetFileName(f)!).Order()] : [];
    }

    private async Task<TestDatabase> OpenAsync(DatabaseProvider provider, Action<AttachmentOptions>? rules = null)
    {
        var database = await TestDatabase.MakeAsync(provider, postgres, services =>
        {
            services.AddTickets();
            services.PostConfigure<PortalOptions>(portal => rules?.Invoke(portal.Attachments));
        });
        await database.Get<PolicyStore>().LoadAsync();
        return database;
    }
}
