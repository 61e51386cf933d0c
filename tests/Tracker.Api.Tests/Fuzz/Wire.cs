using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tracker.Api.Tests.Fuzz;

/// <summary>Speaks HTTP/1.1 byte by byte, and so lets out what no well-behaved client would.</summary>
internal sealed class Wire(Uri address) : IDisposable
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private Socket? _socket;
    private int _from, _to;

    /// <summary>Sends bytes, and hears the answer; null where the server hangs up without one.</summary>
    /// <param name="head">Whether an answer has no body, whatever its headers say.</param>
    /// <param name="last">Nothing follows on this connection, not even the rest of what was announced.</param>
    public async Task<Heard?> AskAsync(ReadOnlyMemory<byte> request, bool head, bool last, CancellationToken ct)
    {
        var reused = _socket is not null;
        try
        {
            return await TryAsync(request, head, last, ct);
        }
        catch (Exception e) when (e is IOException or SocketException or EndOfStreamException)
        {
            Close();
            // A kept connection may have ended before this request came to it.
            if (reused && !last) return await AskAsync(request, head, last, ct);
            return null;
        }
        catch (OperationCanceledException)
        {
            Close();
            throw;
        }
        finally
        {
            if (last) Close();
        }
    }

    public void Dispose() => Close();

    private async Task<Heard> TryAsync(ReadOnlyMemory<byte> request, bool head, bool last, CancellationToken ct)
    {
        if (_socket is null)
        {
            (_from, _to) = (0, 0);
            _socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await _socket.ConnectAsync(address.Host, address.Port, ct);
        }

        // The server may answer, and stop listening, before it has heard all.
        var writing = WriteAsync(_socket, request, last, ct);
        var heard = await HearAsync(head, ct);
        await writing;
        if (heard.Closes) Close();
        return heard;
    }

    private static async Task WriteAsync(Socket socket, ReadOnlyMemory<byte> request, bool last, CancellationToken ct)
    {
        try
        {
            while (request.Length > 0) request = request[await socket.SendAsync(request, ct)..];
            if (last) socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task<Heard> HearAsync(bool head, CancellationToken ct)
    {
        while (true)
        {
            var status = int.Parse((await LineAsync(ct)).Split(' ')[1], CultureInfo.InvariantCulture);
            var headers = new List<(string Name, string Value)>();
            while (await LineAsync(ct) is { Length: > 0 } line)
                headers.Add((line[..line.IndexOf(':', StringComparison.Ordinal)], line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()));
            if (status < 200) continue;
            var heard = new Heard(status, headers);
            if (heard["Content-Type"]?.StartsWith("text/event-stream", StringComparison.Ordinal) == true)
            {
                // It does not end by itself: having heard that it began, hang up.
                heard.Closes = true;
                return heard;
            }

            heard.Body = Plain(heard["Content-Encoding"], head || status is 204 or 304 ? [] : await BodyAsync(heard, ct));
            return heard;
        }
    }

    private async Task<byte[]> BodyAsync(Heard heard, CancellationToken ct)
    {
        if (heard["Transfer-Encoding"] == "chunked")
        {
            using var body = new MemoryStream();
            while (int.Parse((await LineAsync(ct)).Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and var size)
            {
                body.Write(await BytesAsync(size, ct));
                await LineAsync(ct);
            }

            while ((await LineAsync(ct)).Length > 0) { }
            return body.ToArray();
        }

        return heard["Content-Length"] is { } length ? await BytesAsync(int.Parse(length, CultureInfo.InvariantCulture), ct) : [];
    }

    private static byte[] Plain(string? encoding, byte[] body)
    {
        if (body.Length == 0 || encoding is null) return body;
        using var packed = new MemoryStream(body);
        using Stream unpacking = encoding == "br" ? new BrotliStream(packed, CompressionMode.Decompress) : new GZipStream(packed, CompressionMode.Decompress);
        using var plain = new MemoryStream();
        unpacking.CopyTo(plain);
        return plain.ToArray();
    }

    private async Task<string> LineAsync(CancellationToken ct)
    {
        using var line = new MemoryStream();
        while (true)
        {
            if (_from == _to) await FillAsync(ct);
            var next = _buffer[_from++];
            if (next == '\n') return Encoding.Latin1.GetString(line.ToArray()).TrimEnd('\r');
            line.WriteByte(next);
        }
    }

    private async Task<byte[]> BytesAsync(int count, CancellationToken ct)
    {
        var bytes = new byte[count];
        for (var at = 0; at < count;)
        {
            if (_from == _to) await FillAsync(ct);
            var some = Math.Min(count - at, _to - _from);
            _buffer.AsSpan(_from, some).CopyTo(bytes.AsSpan(at));
            (at, _from) = (at + some, _from + some);
        }

        return bytes;
    }

    private async Task FillAsync(CancellationToken ct)
    {
        (_from, _to) = (0, await _socket!.ReceiveAsync(_buffer, ct));
        if (_to == 0) throw new EndOfStreamException();
    }

    private void Close()
    {
        _socket?.Dispose();
        _socket = null;
    }
}

/// <summary>An answer as it came over the wire.</summary>
internal sealed class Heard(int status, IReadOnlyList<(string Name, string Value)> headers)
{
    private bool? _closes;

    public int Status { get; } = status;

    public byte[] Body { get; set; } = [];

    public string Text => Encoding.UTF8.GetString(Body);

    public bool Closes
    {
        get => _closes ?? string.Equals(this["Connection"], "close", StringComparison.OrdinalIgnoreCase);
        set => _closes = value;
    }

    public string? this[string name] => headers.FirstOrDefault(x => x.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    public HttpResponseMessage AsMessage()
    {
        var message = new HttpResponseMessage((HttpStatusCode)Status) { Content = new ByteArrayContent(Body) };
        foreach (var (name, value) in headers)
            if (!message.Headers.TryAddWithoutValidation(name, value)) message.Content.Headers.TryAddWithoutValidation(name, value);
        return message;
    }
}
