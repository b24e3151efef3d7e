using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using SupportPortal.Application.Sla;
using SupportPortal.Domain;

namespace SupportPortal.Web.Api;

/// <summary>What a call's body said: its value and digest, or the answer to a body that could not be read.</summary>
internal readonly record struct Heard<T>(T? Value, string Digest, IResult? Refused);

/// <summary>Reads a call's body: bounded, without reflection, and with everything that is wrong in it told at once.</summary>
internal static class JsonBody
{
    /// <summary>The most bytes the body of a JSON call may have.</summary>
    public const int Longest = 1024 * 1024;

    /// <summary>Reads the body field by field.</summary>
    /// <param name="context">The call.</param>
    /// <param name="read">Takes the fields, which gather the refusals.</param>
    /// <param name="mayBeEmpty">For calls that have nothing to say: no body stands for <c>{}</c>.</param>
    public static ValueTask<Heard<T>> ReadAsync<T>(HttpContext context, Func<JsonFields, T> read, bool mayBeEmpty = false) => ReadAsync(
        context,
        json =>
        {
            var fields = new JsonFields(json);
            return (read(fields), fields.Refusals);
        },
        mayBeEmpty);

    /// <summary>Reads the body as one value of the contract, where it is too deep to be taken field by field.</summary>
    public static ValueTask<Heard<T>> ReadValueAsync<T>(HttpContext context) => ReadAsync<T>(context, json =>
    {
        try
        {
            return (json.Deserialize<T>(SlaJson.Options)!, []);
        }
        catch (JsonException wrong)
        {
            return (default!, [SlaJson.RefusalOf(wrong) ?? new Refusal("", "The body has the wrong form.")]);
        }
    });

    private static async ValueTask<Heard<T>> ReadAsync<T>(HttpContext context, Func<JsonElement, (T Value, IReadOnlyList<Refusal> Refusals)> read, bool mayBeEmpty = false)
    {
        if (context.Request.ContentLength > Longest) return new(default, "", Problems.TooLarge());
        var pipe = context.Request.BodyReader;
        while (true)
        {
            var part = await pipe.ReadAsync(context.RequestAborted);
            if (part.Buffer.Length > Longest)
            {
                pipe.AdvanceTo(part.Buffer.End);
                return new(default, "", Problems.TooLarge());
            }

            if (!part.IsCompleted)
            {
                pipe.AdvanceTo(part.Buffer.Start, part.Buffer.End);
                continue;
            }

            var heard = Hear(context.Request, part.Buffer, read, mayBeEmpty);
            pipe.AdvanceTo(part.Buffer.End);
            return heard;
        }
    }

    private static Heard<T> Hear<T>(
        HttpRequest request, ReadOnlySequence<byte> body, Func<JsonElement, (T Value, IReadOnlyList<Refusal> Refusals)> read, bool mayBeEmpty)
    {
        var isEmpty = body.IsEmpty;
        if (!(isEmpty && mayBeEmpty) && !IsJson(request.ContentType)) return new(default, "", Problems.NotJson());
        if (!IsUtf8(body)) return new(default, "", Problems.Unreadable("The body is not UTF-8."));
        try
        {
            using var json = isEmpty && mayBeEmpty ? JsonDocument.Parse("{}") : JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return new(default, "", Problems.BadInput(new Refusal("", "The body is a JSON object.")));
            var (value, refusals) = read(json.RootElement);
            return refusals.Count > 0 ? new(default, "", Problems.BadInput(refusals)) : new(value, Digest(request, body), null);
        }
        catch (JsonException)
        {
            return new(default, "", Problems.Unreadable("The body is not JSON."));
        }
    }

    private static bool IsUtf8(ReadOnlySequence<byte> body) => Utf8.IsValid(body.IsSingleSegment ? body.FirstSpan : body.ToArray());

    private static bool IsJson(string? contentType) =>
        System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType!.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.MediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase))
        && (type.CharSet is null || type.CharSet.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    /// <summary>What makes two calls with one idempotency key the same call; asked for only when there is a key.</summary>
    private static string Digest(HttpRequest request, ReadOnlySequence<byte> body)
    {
        if (!request.Headers.ContainsKey(CallHeaders.IdempotencyKey)) return "";
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}\n"));
        foreach (var part in body) hash.AppendData(part.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
