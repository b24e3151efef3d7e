using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SupportPortal.Bench.Wire;

/// <summary>
/// One kept-alive HTTP/1.1 connection to loopback, bare: the client shares two cores with the server, and every microsecond
/// it spends is taken from what is measured.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1 << 20);

    public static async Task<HttpConnection> OpenAsync(int port)
    {
        var connection = new HttpConnection();
        await connection._socket.ConnectAsync(IPAddress.Loopback, port);
        return connection;
    }

    /// <summary>A request as bytes, made once and sent often.</summary>
    public static byte[] Request(string method, string path, string? authorization = null, string? cookie = null, string? json = null)
    {
        var text = new StringBuilder($"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        if (authorization is not null) text.Append(CultureInfo.InvariantCulture, $"Authorization: {authorization}\r\n");
        if (cookie is not null) text.Append(CultureInfo.InvariantCulture, $"Cookie: {cookie}\r\n");
        if (json is not null) text.Append(CultureInfo.InvariantCulture, $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n");
        return Encoding.UTF8.GetBytes(text.Append("\r\n").Append(json).ToString());
    }

    /// <summary>Sends and reads the whole answer; gives its status.</summary>
    public async ValueTask<int> SendAsync(byte[] request)
    {
        await _socket.SendAsync(request);
        var (length, headers) = (0, -1);
        while (headers < 0)
        {
            length += await ReceiveAsync(length);
            headers = _buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
        }

        var head = Encoding.ASCII.GetString(_buffer, 0, headers);
        var body = headers + 4;
        if (head.Contains("chunked", StringComparison.OrdinalIgnoreCase))
        {
            while (!_buffer.AsSpan(body, length - body).EndsWith("0\r\n\r\n"u8)) length += await ReceiveAsync(length);
        }
        else
        {
            var end = body + ContentLength(head);
            while (length < end) length += await ReceiveAsync(length);
        }

        return int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);
    }

    private async ValueTask<int> ReceiveAsync(int at)
    {
        if (at == _buffer.Length) throw new InvalidOperationException("An answer is larger than the bench expects.");
        var count = await _socket.ReceiveAsync(_buffer.AsMemory(at));
        return count > 0 ? count : throw new IOException("The portal closed the connection.");
    }

    private static int ContentLength(string head)
    {
        const string Name = "content-length:";
        var at = head.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        if (at < 0) return 0;
        var line = head.AsSpan(at + Name.Length);
        var end = line.IndexOf('\r');
        return int.Parse(end < 0 ? line : line[..end], NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _socket.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }
}
