using Microsoft.AspNetCore.Mvc;

namespace SupportPortal.Web.Api;

/// <summary>What the API's reference says of an endpoint.</summary>
internal static class EndpointWords
{
    /// <summary>What stands beside the true type of a body, for routing alone.</summary>
    public const string AnyType = "*/*";

    private const string Problem = "application/problem+json";

    /// <summary>A call that reads.</summary>
    public static RouteHandlerBuilder Describe<TAnswer>(this RouteHandlerBuilder endpoint, string name, string summary) => endpoint
        .WithName(name).WithSummary(summary).Produces<TAnswer>().Refusals(404, 422);

    /// <summary>A call that acts: a JSON body, and whatever can come of it.</summary>
    public static RouteHandlerBuilder Describe<TBody, TAnswer>(this RouteHandlerBuilder endpoint, string name, string summary, int status = StatusCodes.Status200OK) where TBody : notnull => endpoint
        .WithName(name).WithSummary(summary).Takes<TBody>().Produces<TAnswer>(status).Refusals(400, 403, 404, 409, 413, 415, 422)
        .WithMetadata(ActsMetadata.It);

    /// <summary>
    /// Names the body for the reference. Routing may not judge its type: it would pass a wrong one on to the endpoint that answers
    /// "no such call", and the call's own answer is 415.
    /// </summary>
    public static RouteHandlerBuilder Takes<TBody>(this RouteHandlerBuilder endpoint) where TBody : notnull =>
        endpoint.Accepts<TBody>(isOptional: true, "application/json", AnyType);

    private static RouteHandlerBuilder Refusals(this RouteHandlerBuilder endpoint, params IEnumerable<int> statuses)
    {
        foreach (var status in statuses.Append(401).Append(429)) endpoint.Produces<ProblemDetails>(status, Problem);
        return endpoint;
    }
}

/// <summary>Marks calls that act, which take an idempotency key and a seen version.</summary>
internal sealed class ActsMetadata
{
    public static readonly ActsMetadata It = new();
}
