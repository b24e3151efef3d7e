using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SupportPortal.Bench.Wire;

/// <summary>A real circuit without a browser: opens a page, starts its circuit, acknowledges every render, says good-bye.</summary>
internal sealed partial class Circuit : IAsyncDisposable
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseCookies = false });
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(15); // As browsers do: after 30 s of silence the server hangs up.

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _leaving = new();
    private readonly TaskCompletionSource _shown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Uri _address;
    private readonly string _cookie;
    private Task _reading = Task.CompletedTask;
    private Task _pinging = Task.CompletedTask;
    private string? _id;
    private long _received;

    private Circuit(Uri address, string cookie) => (_address, _cookie) = (address, cookie);

    /// <summary>Called with each render's bytes and the instant at which they were there.</summary>
    public Action<ReadOnlySpan<byte>, long>? Rendered { get; set; }

    /// <summary>Messages other than pings that came since it was shown.</summary>
    public int Messages { get; set; }

    /// <summary>Bytes of payload that came over the socket, pings left out.</summary>
    public long Received => Volatile.Read(ref _received);

    /// <summary>Whether the portal still holds it.</summary>
    public bool IsOpen => !_reading.IsCompleted;

    /// <summary>Opens a page and waits until its first render that holds <paramref name="mark"/>.</summary>
    public static async Task<Circuit> OpenAsync(Uri address, string path, string cookie, string mark)
    {
        var circuit = new Circuit(address, cookie);
        using var shown = await circuit.CallAsync(HttpMethod.Get, path);
        var page = await shown.Content.ReadAsStringAsync();
        var state = StateComment().Match(page).Groups["state"].Value;
        using var negotiated = await circuit.CallAsync(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        var token = (await negotiated.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("connectionToken").GetString();

        circuit._socket.Options.SetRequestHeader("Cookie", cookie);
        await circuit._socket.ConnectAsync(new Uri($"ws://127.0.0.1:{address.Port}/_blazor?id={token}"), CancellationToken.None);
        await circuit.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"));
        circuit._reading = Task.Run(() => circuit.ReadAsync(Encoding.UTF8.GetBytes(mark)));
        circuit._pinging = circuit.PingAsync();
        await circuit.SendAsync(BlazorPack.Invocation("0", "StartCircuit", address.ToString(), new Uri(address, path).ToString(), "[]", state));
        var markers = ComponentComment().Matches(page).Select(m => m.Groups["marker"].Value);
        var operations = string.Join(",", markers.Select((marker, i) => $$"""{"type":"add","ssrComponentId":{{i + 1}},"marker":{{marker}}}"""));
        await circuit.SendAsync(BlazorPack.Invocation(null, "UpdateRootComponents", $$"""{"batchId":1,"operations":[{{operations}}]}""", state));
        await circuit._shown.Task.WaitAsync(TimeSpan.FromSeconds(60));
        circuit.Messages = 0;
        return circuit;
    }

    private async Task PingAsync()
    {
        using var ticks = new PeriodicTimer(PingEvery);
        try
        {
            while (await ticks.WaitForNextTickAsync(_leaving.Token)) await SendAsync(BlazorPack.Ping);
        }
        catch (OperationCanceledException)
        {
            // The bench leaves.
        }
        catch (WebSocketException)
        {
            // The portal has gone; the reader tells.
        }
    }

    private async Task ReadAsync(byte[] mark)
    {
        var (buffer, length, shaken) = (new byte[16 * 1024], 0, false);
        try
        {
            while (true)
            {
                if (length == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
                var got = await _socket.ReceiveAsync(buffer.AsMemory(length), _leaving.Token);
                if (got.MessageType == WebSocketMessageType.Close) break;
                length += got.Count;
                var at = 0;
                if (!shaken)
                {
                    at = Array.IndexOf(buffer, (byte)0x1E, 0, length) + 1;
                    shaken = at > 0;
                    if (!shaken) continue;
                }

                while (Take(buffer.AsSpan(at, length - at), mark) is var (used, answer) && used > 0)
                {
                    at += used;
                    if (answer is not null) await SendAsync(answer);
                }

                Buffer.BlockCopy(buffer, at, buffer, 0, length - at);
                length -= at;
            }

            _shown.TrySetException(new IOException("The circuit was closed."));
        }
        catch (OperationCanceledException)
        {
            // The bench leaves.
        }
        catch (WebSocketException broken)
        {
            _shown.TrySetException(broken);
        }
    }

    /// <summary>Takes one message: how many bytes it had, and what to answer.</summary>
    private (int Used, byte[]? Answer) Take(ReadOnlySpan<byte> data, byte[] mark)
    {
        var used = BlazorPack.TryFrame(data, out var message);
        if (used == 0) return (0, null);
        if (_id is null && BlazorPack.ReadAnswer(message) is { } started) _id = started;
        if (BlazorPack.ReadInvocation(message) is not var (target, first)) return (used, null);
        Messages++;
        Volatile.Write(ref _received, _received + used);
        switch (target)
        {
            case "JS.RenderBatch":
                Rendered?.Invoke(message, Stopwatch.GetTimestamp());
                if (!_shown.Task.IsCompleted && message.IndexOf(mark) >= 0) _shown.TrySetResult();
                return (used, BlazorPack.Invocation(null, "OnRenderCompleted", first, null));
            case "JS.BeginInvokeJS":
                return (used, BlazorPack.Invocation(null, "EndInvokeJSFromDotNet", first, true, $"[{first},true,null]"));
            case "JS.Error":
                _shown.TrySetException(new InvalidOperationException("The circuit failed; the portal's log says why."));
                return (used, null);
            default:
                return (used, null);
        }
    }

    private async Task SendAsync(byte[] message)
    {
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Binary, true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task<HttpResponseMessage> CallAsync(HttpMethod method, string path, HttpContent? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(_address, path)) { Content = body, Headers = { { "Cookie", _cookie } } };
        return (await Http.SendAsync(request)).EnsureSuccessStatusCode();
    }

    /// <summary>Closes it as a page that is left does, so that the portal does not wait for its return.</summary>
    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _reading;
        await _pinging;
        if (_id is not null && _shown.Task.IsCompletedSuccessfully)
        {
            using var goodBye = new MultipartFormDataContent { { new StringContent(_id), "circuitId" } };
            using var gone = await CallAsync(HttpMethod.Post, "/_blazor/disconnect", goodBye);
        }

        _socket.Dispose();
        _sending.Dispose();
        _leaving.Dispose();
    }

    [GeneratedRegex("<!--Blazor-Server-Component-State:(?<state>[^-]*)-->")]
    private static partial Regex StateComment();

    [GeneratedRegex("<!--Blazor:(?<marker>\\{\"type\":\"server\".*?\\})-->")]
    private static partial Regex ComponentComment();
}
