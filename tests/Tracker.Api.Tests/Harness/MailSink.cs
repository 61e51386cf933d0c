using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace Tracker.Api.Tests.Harness;

/// <summary>An SMTP server that keeps what it is sent. It can be told to refuse someone, to be slow, and to hang up when it has the message.</summary>
public sealed class MailSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly Task _accepting;

    private MailSink()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public static MailSink Start() => new();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What is answered to a recipient other than that all is well: <c>550 no such user</c>.</summary>
    public ConcurrentDictionary<string, string> Refusals { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whom the connection is cut off for, once their message is there.</summary>
    public ConcurrentDictionary<string, bool> HangsUpOn { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whom it never answers.</summary>
    public ConcurrentDictionary<string, TaskCompletionSource> SilentFor { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every message that was handed over whole, whether it was acknowledged or not.</summary>
    public ConcurrentQueue<(string To, MimeMessage Message)> Got { get; } = new();

    public IEnumerable<MimeMessage> For(string address) => Got.Where(x => x.To.Equals(address, StringComparison.OrdinalIgnoreCase)).Select(x => x.Message);

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = TalkAsync(await _listener.AcceptTcpClientAsync(_over.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.Latin1);
            var to = "";
            await SayAsync("220 sink");
            while (await reader.ReadLineAsync(_over.Token) is { } line)
            {
                switch (line.Split(' ', ':')[0].ToUpperInvariant())
                {
                    case "EHLO": await SayAsync("250-sink\r\n250-PIPELINING\r\n250 8BITMIME"); break;
                    case "RCPT":
                        to = line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
                        if (SilentFor.TryGetValue(to, out var until)) await until.Task.WaitAsync(_over.Token);
                        await SayAsync(Refusals.GetValueOrDefault(to, "250 ok"));
                        break;
                    case "DATA":
                        await SayAsync("354 go on");
                        var text = new StringBuilder();
                        while (await reader.ReadLineAsync(_over.Token) is { } part && part != ".") text.Append(part is ['.', ..] ? part[1..] : part).Append("\r\n");
                        Got.Enqueue((to, await MimeMessage.LoadAsync(new MemoryStream(Encoding.Latin1.GetBytes(text.ToString())))));
                        if (HangsUpOn.ContainsKey(to)) return;
                        await SayAsync("250 taken");
                        break;
                    case "QUIT": await SayAsync("221 bye"); return;
                    default: await SayAsync("250 ok"); break;
                }
            }

            async Task SayAsync(string answer) => await stream.WriteAsync(Encoding.ASCII.GetBytes(answer + "\r\n"), _over.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        await _accepting;
        _over.Dispose();
    }
}
