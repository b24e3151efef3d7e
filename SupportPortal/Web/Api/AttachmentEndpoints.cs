using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using SupportPortal.Application.People;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Api;

/// <summary>A file of a ticket, as the API tells of it.</summary>
internal sealed record AttachmentView(string Id, string FileName, string ContentType, long Bytes, string Sha256)
{
    public static AttachmentView Of(AttachmentAdded file) => new(file.AttachmentId, file.FileName.Text ?? "(erased)", file.ContentType, file.Bytes, file.Sha256);
}

/// <summary>Files in and out, for programs by token and for pages by cookie. Whatever is served is to be saved, never shown as part of the portal.</summary>
internal static class AttachmentEndpoints
{
    // A file that a browser shows all the same can load nothing and run nothing.
    private const string PolicyOfFiles = "default-src 'none'; sandbox; frame-ancestors 'none'";

    /// <summary>The calls of the API.</summary>
    public static void MapAttachments(this RouteGroupBuilder tickets)
    {
        tickets.MapPost("/{number}/attachments", AddAsync)
            .WithName("addAttachment").WithSummary("Add a file: multipart/form-data with the part \"file\"; staff may add internal=true")
            .Produces<AttachmentView>(StatusCodes.Status201Created).DisableAntiforgery().WithMetadata(ActsMetadata.It);
        tickets.MapGet("/{number}/attachments/{id}", ReadAsync)
            .WithName("readAttachment").WithSummary("Read a file's bytes").Produces<byte[]>(contentType: "application/octet-stream");
    }

    /// <summary>What pages use: a file goes up when it is chosen, and comes down from its request.</summary>
    public static void MapPageAttachments(this IEndpointRouteBuilder app)
    {
        app.MapPost("/attachments", TakeInAsync).RequireAuthorization().ExcludeFromDescription();
        app.MapGet("/requests/{number}/attachments/{id}", ReadAsync).RequireAuthorization().ExcludeFromDescription();
    }

    /// <summary>Why a file was not taken, as a problem.</summary>
    public static IResult Tell(UploadRefusal refused) => Results.Problem(refused.Message, statusCode: refused.Problem switch
    {
        UploadProblem.TooLarge => StatusCodes.Status413PayloadTooLarge,
        UploadProblem.WrongKind => StatusCodes.Status415UnsupportedMediaType,
        _ => StatusCodes.Status422UnprocessableEntity,
    });

    private static async Task<IResult> AddAsync(HttpContext context, string number, Attachments attachments, TicketDesk desk, TicketCall call)
    {
        var actor = context.User.RequireActor();
        if (!TicketNumber.TryParse(number, out var ticket) || await desk.FindAsync(actor, ticket.Id, context.RequestAborted) is null) return Problems.NotFound();
        var (seen, malformed) = CallHeaders.ReadSeenVersion(context.Request);
        if (malformed is not null) return malformed;

        CountBytesOurselves(context);
        var upload = await AttachmentUpload.ReadAsync(context, attachments, actor, $"api:{ticket.Id}");
        if (upload is not { File: { } file }) return upload.Refused!;

        var added = false;
        try
        {
            var (key, unusable) = CallHeaders.ReadKey(context.Request, actor, Digest(context.Request, file, upload.Internal));
            if (unusable is not null) return unusable;
            var answer = await desk.ActAsync(actor, ticket.Id, (current, _) => Decide(attachments, actor, current, file, upload.Internal), seen, key, context.RequestAborted);
            if (answer is not DeskAnswer.Done done) return await call.RefuseAsync(answer, actor, ticket.Id, context);

            added = !done.Replayed;
            var view = AttachmentView.Of(done.History.Happened.Select(e => e.Fact).OfType<AttachmentAdded>().Last());
            CallHeaders.TellVersion(context.Response, done.History.Ticket.Version);
            return Results.Created($"{PortalApi.Root}/tickets/{ticket}/attachments/{view.Id}", view);
        }
        finally
        {
            if (!added) await attachments.RemoveAsync(actor, file.Id, CancellationToken.None);
        }
    }

    private static Decision Decide(Attachments attachments, Actor actor, Ticket ticket, AttachmentRow file, bool isInternal) =>
        isInternal && !actor.MayWorkOnTickets()
            ? Decision.NotAllowed("Only support staff can add internal files.")
            : attachments.With(ticket, Decision.Of(), [file], isInternal);

    private static async Task<IResult> TakeInAsync(HttpContext context, string draft, string name, Attachments attachments, IAntiforgery antiforgery)
    {
        // The token comes in a header: looked for in a form, it would read the whole body into memory.
        if (!context.Request.Headers.ContainsKey("RequestVerificationToken") || !await antiforgery.IsRequestValidAsync(context))
            return Results.Problem("This page is too old to take files. Reload it; what you typed is kept.", statusCode: StatusCodes.Status400BadRequest);
        if (!DraftRow.IsKey(draft)) return Results.Problem("There is no such draft.", statusCode: StatusCodes.Status422UnprocessableEntity);

        CountBytesOurselves(context);
        var (stored, refused) = await attachments.TakeInAsync(
            context.User.RequireActor(), draft, name, context.Request.Body, context.Request.ContentLength, context.RequestAborted);
        return stored is null ? Tell(refused!) : Results.Json(new { stored.Id, stored.FileName, stored.Bytes }, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> ReadAsync(HttpContext context, string number, string id, Attachments attachments)
    {
        if (!TicketNumber.TryParse(number, out var ticket)
            || await attachments.OpenAsync(context.User.RequireActor(), ticket.Id, id, context.RequestAborted) is not var (file, bytes))
            return context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) ? Problems.NotFound() : Results.NotFound();

        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = PolicyOfFiles;
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "private, no-store";
        return Results.Stream(bytes, file.ContentType, file.FileName.Text ?? "attachment", enableRangeProcessing: true);
    }

    // The server's own limit answers in the middle of the upload, without a sentence; ours is told and keeps no more than it may.
    private static void CountBytesOurselves(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
    }

    private static string Digest(HttpRequest request, AttachmentRow file, bool isInternal) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}\n{file.FileName}\n{file.Sha256}\n{isInternal}")));
}
