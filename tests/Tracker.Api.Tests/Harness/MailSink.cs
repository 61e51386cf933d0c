using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MimeKit;

namespace Tracker.Api.Tests.Harness;

/// <summary>An SMTP server that keeps what it is sent. It can be told to refuse someone, to be slow, and to hang up when it has the message.</summary>
public sealed class MailSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly Task _accepting;

    public MailSink()
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

    /// <summary>When the conversation is encrypted.</summary>
    public Encrypts Encrypts { get; init; }

    /// <summary>Who it says it is, where it encrypts.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Whom it takes mail of, where it asks.</summary>
    public (string User, string Password)? Login { get; init; }

    /// <summary>The commands it heard.</summary>
    public ConcurrentQueue<string> Said { get; } = new();

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
        Stream stream = client.GetStream();
        try
        {
            if (Encrypts is Encrypts.FromTheFirstByte) stream = await EncryptedAsync(stream);
            var reader = new StreamReader(stream, Encoding.Latin1);
            var to = "";
            await SayAsync("220 sink");
            while (await reader.ReadLineAsync(_over.Token) is { } line)
            {
                Said.Enqueue(line);
                switch (line.Split(' ', ':')[0].ToUpperInvariant())
                {
                    case "EHLO":
                        await SayAsync($"250-sink\r\n250-PIPELINING\r\n{(Encrypts is Encrypts.WhenAsked && stream is not SslStream ? "250-STARTTLS\r\n" : "")}{(Login is null ? "" : "250-AUTH PLAIN\r\n")}250 8BITMIME");
                        break;
                    case "STARTTLS":
                        await SayAsync("220 go on");
                        stream = await EncryptedAsync(stream);
                        reader = new StreamReader(stream, Encoding.Latin1);
                        break;
                    case "AUTH":
                        var known = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{Login?.User}\0{Login?.Password}"));
                        await SayAsync(line == $"AUTH PLAIN {known}" ? "235 welcome" : "535 5.7.8 who are you");
                        break;
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
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or AuthenticationException)
        {
        }
        finally
        {
            await stream.DisposeAsync();
        }
    }

    private async Task<SslStream> EncryptedAsync(Stream plain)
    {
        var encrypted = new SslStream(plain);
        await encrypted.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate }, _over.Token);
        return encrypted;
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        await _accepting;
        _over.Dispose();
    }
}

/// <summary>When a conversation with a server is encrypted.</summary>
public enum Encrypts
{
    Never,
    WhenAsked,
    FromTheFirstByte,
}
