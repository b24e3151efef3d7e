using System.Diagnostics;
using SupportPortal.Bench.Host;
using SupportPortal.Bench.Wire;

namespace SupportPortal.Bench.Load;

/// <summary>
/// An hour at a busy desk, in less: 600 requests reported, 1,200 replies, 6,000 reads of queue and tickets, 60 boards opened, of
/// which 20 are open at a time.
/// </summary>
internal static class DeskHour
{
    private const int Beats = 600;
    private const int BeatsABoard = 10;
    private const int BoardsAtATime = 20;

    public static async Task PassAsync(Portal portal, TimeSpan length)
    {
        var (staff, customer) = ($"Bearer {portal.StaffToken}", $"Bearer {portal.CustomerToken}");
        using var connection = await HttpConnection.OpenAsync(portal.Port);
        var boards = new Queue<Circuit>();
        var start = Stopwatch.GetTimestamp();
        for (var beat = 0; beat < Beats; beat++)
        {
            var wait = length * beat / Beats - Stopwatch.GetElapsedTime(start);
            if (wait > TimeSpan.Zero) await Task.Delay(wait);
            await SendAsync(HttpConnection.Request("POST", "/api/v1/tickets", customer, json: $$"""{"subject":"Report {{beat}} stays empty","description":"It shows no rows since this morning."}"""));
            for (var i = 0; i < 2; i++)
                await SendAsync(HttpConnection.Request("POST", $"/api/v1/tickets/{Portal.TicketNumber(2 * beat + i)}/replies", staff, json: $$"""{"body":"We are at it, step {{beat}}."}"""));
            for (var i = 0; i < 5; i++)
            {
                await SendAsync(HttpConnection.Request("GET", "/api/v1/tickets?limit=50", staff));
                await SendAsync(HttpConnection.Request("GET", $"/api/v1/tickets/{Portal.TicketNumber(7 * beat + i)}", staff));
            }

            if (beat % BeatsABoard > 0) continue;
            boards.Enqueue(await Boards.OpenAsync(portal));
            if (boards.Count > BoardsAtATime) await boards.Dequeue().DisposeAsync();
        }

        foreach (var board in boards) await board.DisposeAsync();

        async Task SendAsync(byte[] request)
        {
            var status = await connection.SendAsync(request);
            if (status is not (200 or 201)) throw new InvalidOperationException($"The portal answered {status}.");
        }
    }
}
