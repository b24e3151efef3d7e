using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using SupportPortal.Application.People;

namespace SupportPortal.Web.People;

/// <summary>The download of a person's own data: a form's POST, as it asks for the password.</summary>
internal static class PersonalDataDownload
{
    /// <summary>Where the form goes.</summary>
    public const string Path = "/account/data/download";

    /// <summary>The part of the page's address that says why there was no download.</summary>
    public const string Refused = "refused";

    private const string Missing = "missing", Wrong = "wrong", TooLongAgo = "late", TooMany = "tries";

    public static void MapPersonalData(this IEndpointRouteBuilder app) =>
        app.MapPost(Path, DownloadAsync).RequireAuthorization().ExcludeFromDescription();

    /// <summary>The sentence for a word of the address; null for none, and for one that is not ours.</summary>
    public static string? SentenceOf(string? refused) => refused switch
    {
        Missing => "Enter your present password.",
        Wrong => "That is not your present password. After several wrong tries an account waits five minutes.",
        TooLongAgo => "You signed in more than ten minutes ago. Sign out, sign in again, and come back at once.",
        TooMany => "There were too many tries from your network. Wait a minute.",
        _ => null,
    };

    private static async Task<IResult> DownloadAsync(
        HttpContext context, [FromForm] string? present, Confirmation confirmation, PersonalData data, SignInLimits limits)
    {
        var actor = context.User.RequireActor();
        if (string.IsNullOrEmpty(present) && await confirmation.AsksForPasswordAsync(actor.Id)) return Back(Missing);
        if (limits.Refuse(context) is not null) return Back(TooMany);
        if (await confirmation.RefuseAsync(actor.Id, present, context.ToClient(), context.RequestAborted) is not null)
            return Back(await confirmation.AsksForPasswordAsync(actor.Id) ? Wrong : TooLongAgo);
        context.Response.Headers[HeaderNames.CacheControl] = "private, no-store";
        return Results.Stream(
            stream => data.WriteAsync(actor, context.Connection.RemoteIpAddress?.ToString(), stream, context.RequestAborted), "application/json", "your-data.json");
    }

    private static IResult Back(string why) => Results.LocalRedirect($"/account/data?{Refused}={why}");
}
