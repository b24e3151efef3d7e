using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Net.Http.Headers;

namespace SupportPortal.Web.People;

/// <summary>
/// Counts what one network address does in a minute. An IPv6 network counts as one address, as whoever has one address of it has them
/// all. Not ASP.NET's limiter, which looks for idle ones ten times a second (budget B7).
/// </summary>
internal sealed class AddressCounter(TimeProvider clock)
{
    private const int MostRemembered = 100_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<IPAddress, (long Since, int Tries)> _tries = [];

    /// <summary>Counts a try. When it is one too many, the answer becomes a 429 with Retry-After, and this says how many seconds to wait.</summary>
    /// <param name="context">Whose try it is.</param>
    /// <param name="most">The most tries in a minute; 0 for no limit.</param>
    public int? Refuse(HttpContext context, int most)
    {
        if (most == 0) return null;
        if (_tries.Count >= MostRemembered) _tries.Clear();
        var now = clock.GetTimestamp();
        var (since, tries) = _tries.AddOrUpdate(NetworkOf(context.Connection.RemoteIpAddress ?? IPAddress.None), _ => (now, 1),
            (_, known) => clock.GetElapsedTime(known.Since, now) < Window ? (known.Since, known.Tries + 1) : (now, 1));
        if (tries <= most) return null;

        var wait = Math.Max(1, (int)Math.Ceiling((Window - clock.GetElapsedTime(since, now)).TotalSeconds));
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers[HeaderNames.RetryAfter] = wait.ToString(CultureInfo.InvariantCulture);
        return wait;
    }

    private static IPAddress NetworkOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily is not AddressFamily.InterNetworkV6) return address;
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes);
    }
}
