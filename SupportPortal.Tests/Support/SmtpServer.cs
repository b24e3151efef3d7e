using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using MimeKit;

namespace SupportPortal.Tests.Support;

/// <summary>A mail server on loopback: holds a real SMTP conversation and keeps what it is given.</summary>
public sealed class SmtpServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<MimeMessage> _mails = Channel.CreateUnbounded<MimeMessage>();
    private readonly Task _accepting;

    public SmtpServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>While set, every message is turned away with this answer.</summary>
    public string? Refusal { get; set; }

    public int Refused { get; private set; }

    /// <summary>The next mail to arrive.</summary>
    public async Task<MimeMessage> NextAsync() => await _mails.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    /// <summary>What has arrived and was not asked for yet.</summary>
    public int Waiting => _mails.Reader.Count;

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = TalkAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
            await using var writer = new StreamWriter(client.GetStream(), Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 test ESMTP");
            while (await reader.ReadLineAsync() is { } line)
            {
                var answer = line.Split(' ')[0].ToUpperInvariant() switch
                {
                    "EHLO" or "HELO" or "RSET" or "NOOP" or "MAIL" or "RCPT" => "250 OK",
                    "DATA" when Refusal is { } refusal => Refuse(refusal),
                    "DATA" => "354 Go on",
                    "QUIT" => "221 Bye",
                    _ => "502 Unknown",
                };
                await writer.WriteLineAsync(answer);
                if (answer.StartsWith("221", StringComparison.Ordinal)) return;
                if (answer.StartsWith("354", StringComparison.Ordinal))
                {
                    _mails.Writer.TryWrite(await ReadAsync(reader));
                    await writer.WriteLineAsync("250 Kept");
                }
            }
        }
    }

    private string Refuse(string refusal)
    {
        Refused++;
        return refusal;
    }

    private static async Task<MimeMessage> ReadAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line && line != ".") text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        using var stream = new MemoryStream(Encoding.Latin1.GetBytes(text.ToString()));
        return await MimeMessage.LoadAsync(stream);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }
}
