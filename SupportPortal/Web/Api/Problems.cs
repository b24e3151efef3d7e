using SupportPortal.Domain;

namespace SupportPortal.Web.Api;

/// <summary>One thing that is wrong with a call: the field, and a sentence for whoever wrote the call.</summary>
internal sealed record FieldError(string Field, string Message);

/// <summary>What the API says when it does not do as asked: RFC 9457 problem details.</summary>
internal static class Problems
{
    /// <summary>No such thing, as far as this caller may know.</summary>
    public static IResult NotFound() => Tell(StatusCodes.Status404NotFound, "There is no such ticket, or it is not yours to see.");

    /// <summary>A header or body that cannot be read at all.</summary>
    public static IResult Unreadable(string detail) => Tell(StatusCodes.Status400BadRequest, detail);

    /// <summary>The body is larger than a JSON call's may be.</summary>
    public static IResult TooLarge() => Tell(StatusCodes.Status413PayloadTooLarge, $"A call's body has at most {JsonBody.Longest / 1024:N0} KiB. Send files to the ticket's attachments.");

    /// <summary>The body is not said to be JSON in UTF-8.</summary>
    public static IResult NotJson() => Tell(StatusCodes.Status415UnsupportedMediaType, "Send JSON in UTF-8, with the header Content-Type: application/json.");

    /// <summary>Readable, and refused field by field.</summary>
    public static IResult BadInput(params IEnumerable<Refusal> refusals)
    {
        FieldError[] errors = [.. refusals.Select(r => new FieldError(r.Field, r.Message))];
        return Tell(StatusCodes.Status422UnprocessableEntity, string.Join(' ', errors.Select(e => e.Message).Distinct()), ("errors", errors));
    }

    /// <summary>The idempotency key stands for another call.</summary>
    public static IResult KeyReused() => BadInput(new Refusal(CallHeaders.IdempotencyKey, "This key was used for another call. Use a new one."));

    /// <summary>Not this person's to do, though they may see the ticket.</summary>
    public static IResult NotAllowed(string detail) => Tell(StatusCodes.Status403Forbidden, detail);

    /// <summary>Not possible as the ticket stands, or not any more.</summary>
    /// <param name="version">The ticket's version now.</param>
    public static IResult Conflict(string detail, int version) => Tell(StatusCodes.Status409Conflict, detail, ("version", version));

    private static IResult Tell(int status, string detail, params (string Name, object? Value)[] more) =>
        Results.Problem(detail, statusCode: status, extensions: more.Select(m => KeyValuePair.Create(m.Name, m.Value)));
}
