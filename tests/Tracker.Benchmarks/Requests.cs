using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Tracker.Benchmarks;

/// <summary>The bytes of HTTP/1.1 requests, made before they are sent.</summary>
internal static class Requests
{
    public static byte[] Get(string path, params string[] headers) => Encoding.UTF8.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n{Lines(headers)}\r\n");

    public static byte[] Post(string path, string json, params string[] headers) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n{Lines(headers)}\r\n{json}"));

    private static string Lines(string[] headers) => string.Concat(headers.Select(x => x + "\r\n"));
}

/// <summary>What came back: the status, the head as text, and how many bytes head and body had on the wire.</summary>
internal readonly record struct Answer(int Status, string Head, long Bytes, string Refusal)
{
    /// <summary>The value of a header; empty where it is missing.</summary>
    public string Header(string name)
    {
        var at = Head.IndexOf($"\r\n{name}:", StringComparison.OrdinalIgnoreCase);
        if (at < 0) return "";
        var from = at + name.Length + 3;
        return Head[from..Head.IndexOf("\r\n", from, StringComparison.Ordinal)].Trim();
    }
}

/// <summary>
/// One keep-alive connection that sends requests as they are and reads answers past. It costs a fraction of what <see cref="HttpClient"/> does,
/// so that on few cores little is taken from what is measured.
/// </summary>
internal sealed class Connection : IDisposable
{
    private const int KeptOfRefusal = 400;
    private readonly NetworkStream _stream;
    private readonly byte[] _buffer = new byte[128 * 1024];
    private readonly StringBuilder _refusal = new();
    private int _from, _to;
    private long _bytes;

    private Connection(NetworkStream stream) => _stream = stream;

    public static async Task<Connection> OpenAsync(Uri address, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address.Host, address.Port, ct);
            return new Connection(new NetworkStream(socket, ownsSocket: true));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <exception cref="IOException">The server broke off.</exception>
    public async ValueTask<Answer> AskAsync(ReadOnlyMemory<byte> request, CancellationToken ct)
    {
        (_bytes, _) = (0, _refusal.Clear());
        await _stream.WriteAsync(request, ct);
        var head = await ReadThroughAsync("\r\n\r\n", ct);
        var answer = new Answer(int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture), head, 0, "");
        if (answer.Header("Content-Length") is { Length: > 0 } length && answer.Status != 304)
            await SkipAsync(long.Parse(length, CultureInfo.InvariantCulture), answer.Status, ct);
        else if (answer.Header("Transfer-Encoding") == "chunked")
            await SkipChunksAsync(answer.Status, ct);
        return answer with { Bytes = _bytes, Refusal = _refusal.ToString() };
    }

    public void Dispose() => _stream.Dispose();

    private async Task SkipChunksAsync(int status, CancellationToken ct)
    {
        while (true)
        {
            var size = long.Parse((await ReadThroughAsync("\r\n", ct)).AsSpan().TrimEnd(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            await SkipAsync(size, status, ct);
            await ReadThroughAsync("\r\n", ct);
            if (size == 0) return;
        }
    }

    private async ValueTask SkipAsync(long count, int status, CancellationToken ct)
    {
        while (count > 0)
        {
            if (_from == _to) await FillAsync(ct);
            var part = (int)Math.Min(count, _to - _from);
            if (status >= 400 && _refusal.Length < KeptOfRefusal) _refusal.Append(Encoding.UTF8.GetString(_buffer, _from, Math.Min(part, KeptOfRefusal)));
            (_from, _bytes, count) = (_from + part, _bytes + part, count - part);
        }
    }

    private async ValueTask<string> ReadThroughAsync(string end, CancellationToken ct)
    {
        while (true)
        {
            var at = _buffer.AsSpan(_from, _to - _from).IndexOf(end.Length == 4 ? "\r\n\r\n"u8 : "\r\n"u8);
            if (at >= 0)
            {
                var text = Encoding.Latin1.GetString(_buffer, _from, at + end.Length);
                (_from, _bytes) = (_from + text.Length, _bytes + text.Length);
                return text;
            }

            await FillAsync(ct);
        }
    }

    private async ValueTask FillAsync(CancellationToken ct)
    {
        if (_from > 0)
        {
            _buffer.AsSpan(_from, _to - _from).CopyTo(_buffer);
            (_from, _to) = (0, _to - _from);
        }

        var read = await _stream.ReadAsync(_buffer.AsMemory(_to), ct);
        if (read == 0) throw new IOException("The server closed the connection.");
        _to += read;
    }
}
