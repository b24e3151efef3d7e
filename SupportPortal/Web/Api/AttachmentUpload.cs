using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Web.Api;

/// <summary>What an API call that brings a file said: the file as it was taken in, or the answer to one that could not be.</summary>
internal sealed record AttachmentUpload(AttachmentRow? File, bool Internal, IResult? Refused)
{
    private const int LongestField = 16;
    private const int LongestBoundary = 100;

    /// <summary>Reads a multipart body section by section: the file goes straight to disk, however large it claims to be.</summary>
    public static async Task<AttachmentUpload> ReadAsync(HttpContext context, Attachments attachments, Actor actor, string draftKey)
    {
        if (BoundaryOf(context.Request.ContentType) is not { } boundary)
            return Refuse(Results.Problem("Send the file as multipart/form-data, in a part named \"file\".", statusCode: StatusCodes.Status415UnsupportedMediaType));

        AttachmentRow? file = null;
        var isInternal = false;
        var reader = new MultipartReader(boundary, context.Request.Body);
        try
        {
            while (await reader.ReadNextSectionAsync(context.RequestAborted) is { } section)
            {
                if (section.GetContentDispositionHeader() is not { } part) continue;
                if (!part.IsFileDisposition())
                {
                    if (part.Name.Value?.Trim('"') == "internal") isInternal = await ReadFieldAsync(section, context.RequestAborted) == "true";
                    continue;
                }

                if (file is not null)
                {
                    await attachments.RemoveAsync(actor, file.Id, CancellationToken.None);
                    return Refuse(Problems.BadInput(new Refusal("file", "Send one file a call.")));
                }

                var name = part.FileNameStar.HasValue ? part.FileNameStar.Value : HeaderUtilities.RemoveQuotes(part.FileName).Value;
                (file, var refused) = await attachments.TakeInAsync(actor, draftKey, name, section.Body, null, context.RequestAborted);
                if (refused is not null) return Refuse(AttachmentEndpoints.Tell(refused));
            }
        }
        catch (Exception malformed) when (malformed is IOException or InvalidDataException)
        {
            if (file is not null) await attachments.RemoveAsync(actor, file.Id, CancellationToken.None);
            return Refuse(Problems.Unreadable("The body is not complete multipart/form-data."));
        }

        return file is null ? Refuse(Problems.BadInput(new Refusal("file", "Send a file, in a part named \"file\"."))) : new(file, isInternal, null);
    }

    private static AttachmentUpload Refuse(IResult answer) => new(null, false, answer);

    private static string? BoundaryOf(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 and <= LongestBoundary } boundary ? boundary : null;

    private static async Task<string> ReadFieldAsync(MultipartSection section, CancellationToken cancellation)
    {
        var bytes = new byte[LongestField];
        var read = await section.Body.ReadAtLeastAsync(bytes, LongestField, throwOnEndOfStream: false, cancellation);
        return System.Text.Encoding.UTF8.GetString(bytes, 0, read).Trim();
    }
}
