using System.Globalization;
using Microsoft.Net.Http.Headers;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Web.Api;

/// <summary>The headers of a call that change what it does, and those of its answer.</summary>
internal static class CallHeaders
{
    public const string IdempotencyKey = "Idempotency-Key";
    private const int LongestKey = 255;

    /// <summary>The call's idempotency key, if it has one; and the answer to one that cannot be used.</summary>
    public static (IdempotencyKey? Key, IResult? Refused) ReadKey(HttpRequest request, Actor actor, string digest)
    {
        if (!request.Headers.TryGetValue(IdempotencyKey, out var values)) return (null, null);
        var key = values.ToString();
        return key.Length is 0 or > LongestKey || key.Any(char.IsControl)
            ? (null, Problems.BadInput(new Refusal(IdempotencyKey, $"A key has 1 to {LongestKey} characters.")))
            : (new IdempotencyKey(actor.Id, key, digest), null);
    }

    /// <summary>The version that the caller saw, if it says so: <c>If-Match: "3"</c>, or <c>*</c> for any.</summary>
    public static (int? Version, IResult? Refused) ReadSeenVersion(HttpRequest request)
    {
        var header = request.Headers.IfMatch.ToString();
        if (header is "" or "*") return (null, null);
        return header is ['"', .. var digits, '"'] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? (version, null)
            : (null, Problems.Unreadable("If-Match names one version, in quotation marks, as ETag gave it: If-Match: \"3\"."));
    }

    /// <summary>Says which version the answer shows.</summary>
    public static void TellVersion(HttpResponse response, int version) => response.Headers[HeaderNames.ETag] = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
}
