using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.Audit;
using SupportPortal.Application.Reminders;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.People;

/// <summary>Everything that the portal keeps about a person, for that person. Secrets and what others wrote are not in it.</summary>
public sealed class PersonalData(IDbContextFactory<PortalDb> databases, AuditLog audit, TimeProvider clock)
{
    private const int FlushAt = 64 * 1024;
    private static readonly JsonSerializerOptions Json = Options();

    /// <summary>Writes down that the data was asked for, then writes all of it as one JSON object.</summary>
    public async Task WriteAsync(Actor person, string? address, Stream to, CancellationToken cancellation)
    {
        await audit.WriteAsync(new Audited(AuditAct.PersonalDataDownloaded, person, "All of it, as JSON.") { PersonId = person.Id, Address = address }, cancellation);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var pipe = PipeWriter.Create(to, new(leaveOpen: true)); // The serializer flushes by itself, and a response is written asynchronously only.
        await using var json = new Utf8JsonWriter(pipe, new() { Indented = true, Encoder = Json.Encoder });
        var id = person.Id;
        json.WriteStartObject();
        json.WriteString("madeAt", clock.Now().Text());
        await OneAsync("account", db.Users.Where(u => u.Id == id).Select(u => new
        {
            u.Id,
            u.Name,
            u.Email,
            u.EmailConfirmed,
            u.Role,
            Organisation = db.Organisations.Where(o => o.Id == u.OrganisationId).Select(o => o.Name).FirstOrDefault(),
            u.SeesOrganisation,
            u.Team,
            u.PhoneNumber,
            u.TwoFactorEnabled,
            HasPassword = u.PasswordHash != null,
            u.AddedAt,
            u.SignedInAt,
        }));
        await ManyAsync("devices", db.Set<Device>().Where(d => d.PersonId == id).OrderBy(d => d.SignedInAt).Select(d => new { d.Agent, d.Address, d.SignedInAt, d.SeenAt, d.EndedAt }));
        await ManyAsync("apiTokens", db.ApiTokens.Where(t => t.OwnerId == id).OrderBy(t => t.Id).Select(t => new { t.Name, t.Scope, t.CreatedAt, t.ExpiresAt, t.RevokedAt, t.LastUsedAt }));
        await ManyAsync("passkeys", db.Set<IdentityUserPasskey<string>>().Where(p => p.UserId == id).Select(p => new { p.Data.Name, p.Data.CreatedAt }));
        await ManyAsync("signInsByOtherSystems", db.Set<IdentityUserLogin<string>>().Where(l => l.UserId == id).Select(l => new { l.LoginProvider, l.ProviderDisplayName }));
        await ManyAsync("reminderSettings", db.Set<ReminderReader>().Where(r => r.PersonId == id).Select(r => new { r.Mail }));
        await ManyAsync("savedViews", db.Set<SavedView>().Where(v => v.OwnerId == id).Select(v => new { v.Name, v.Query }));
        await ManyAsync("drafts", db.Set<DraftRow>().Where(d => d.OwnerId == id).Select(d => new { d.Key, d.Text, d.UpdatedAt }));
        await ManyAsync("files", db.Set<AttachmentRow>().Where(a => a.OwnerId == id).OrderBy(a => a.UploadedAt).Select(a => new { Request = a.TicketId, a.FileName, a.Bytes, a.UploadedAt }));
        await ManyAsync("watchedRequests", db.Set<WatcherRow>().Where(w => w.PersonId == id).OrderBy(w => w.TicketId).Select(w => new { Request = w.TicketId }));
        await ManyAsync("reportedRequests", db.Set<TicketRow>().Where(t => t.RequesterId == id).OrderBy(t => t.Id).Select(t => new { Request = t.Id, t.Subject, t.ReportedAt, t.Status }));
        await WriteActsAsync();

        // The address of an entry is that of whoever acted.
        await ManyAsync("auditLog", db.Set<AuditEntry>().Where(e => e.ActorId == id || e.PersonId == id).OrderBy(e => e.Id)
            .Select(e => new { e.At, e.Act, ByYou = e.ActorId == id, AboutYou = e.PersonId == id, e.Detail, Address = e.ActorId == id || e.ActorId == null ? e.Address : null }));
        json.WriteEndObject();
        await json.FlushAsync(cancellation);
        await pipe.CompleteAsync();

        async Task OneAsync<T>(string name, IQueryable<T> rows)
        {
            json.WritePropertyName(name);
            JsonSerializer.Serialize(json, await rows.SingleAsync(cancellation), Json);
        }

        async Task ManyAsync<T>(string name, IQueryable<T> rows)
        {
            json.WriteStartArray(name);
            await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellation)) await WriteAsync(row);
            json.WriteEndArray();
        }

        async Task WriteAsync<T>(T row)
        {
            JsonSerializer.Serialize(json, row, Json);
            if (pipe.UnflushedBytes > FlushAt) await pipe.FlushAsync(cancellation);
        }

        async Task WriteActsAsync()
        {
            json.WriteStartArray("whatYouDidAndWrote");
            var acts = from happened in db.Set<EventRow>().AsNoTracking()
                       where happened.ActorId == id
                       join text in db.Set<EventTextRow>().AsNoTracking() on new { happened.TicketId, happened.Version } equals new { text.TicketId, text.Version } into texts
                       from text in texts.DefaultIfEmpty()
                       orderby happened.Position
                       select new { Row = happened, Texts = text == null ? null : text.Texts };
            await foreach (var act in acts.AsAsyncEnumerable().WithCancellation(cancellation))
            {
                var happened = TicketStore.Stored(act.Row, act.Texts).Event;
                await WriteAsync(new { Request = new TicketNumber(act.Row.TicketId).ToString(), happened.At, act.Row.Type, Data = FactJson.ReadableData(happened.Fact) });
            }

            json.WriteEndArray();
        }
    }

    private static JsonSerializerOptions Options()
    {
        var options = new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
        options.AddContract();
        return options;
    }
}
