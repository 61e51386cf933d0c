using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Tracker.Exchange.Staging;

/// <summary>
/// UTF-8 as text, without its byte order mark. What is no UTF-8 becomes U+0000 in its place, which no text may hold: so whoever reads on can tell where it
/// was, and takes no character of a text for it.
/// </summary>
internal sealed class Utf8Reader(Stream body) : TextReader
{
    private readonly byte[] _bytes = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _hasBegun;
    private bool _hasEnded;
    private char? _second;

    public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            if (_hasBegun && Take(buffer.Span) is > 0 and var taken) return taken;
            if (_hasEnded) return 0;
            await FillAsync(cancellationToken);
        }

        return 0;
    }

    public override Task<int> ReadAsync(char[] buffer, int index, int count) => ReadAsync(buffer.AsMemory(index, count)).AsTask();

    public override async ValueTask<int> ReadBlockAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
    {
        var length = 0;
        while (await ReadAsync(buffer[length..], cancellationToken) is > 0 and var read) length += read;
        return length;
    }

    public override int Read(char[] buffer, int index, int count) => throw new NotSupportedException("A body is read asynchronously.");

    private async Task FillAsync(CancellationToken ct)
    {
        _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
        (_start, _end) = (0, _end - _start);
        var mark = Encoding.UTF8.Preamble.Length;
        var read = await body.ReadAtLeastAsync(_bytes.AsMemory(_end), _hasBegun ? 1 : mark, throwOnEndOfStream: false, ct);
        _end += read;
        _hasEnded = read == 0;
        if (!_hasBegun && _bytes.AsSpan(0, _end).StartsWith(Encoding.UTF8.Preamble)) _start = mark;
        _hasBegun = true;
    }

    /// <summary>The characters of what was read, as many as there is room for; none where more must be read first.</summary>
    private int Take(Span<char> text)
    {
        if (_second is { } second)
        {
            (text[0], _second) = (second, null);
            return 1;
        }

        var status = Utf8.ToUtf16(_bytes.AsSpan(_start, _end - _start), text, out var read, out var written, replaceInvalidSequences: false, isFinalBlock: _hasEnded);
        _start += read;
        if (written > 0 || status is OperationStatus.Done or OperationStatus.NeedMoreData) return written;
        Rune.DecodeFromUtf8(_bytes.AsSpan(_start, _end - _start), out var rune, out var length);
        _start += length;
        if (status is OperationStatus.InvalidData)
        {
            text[0] = '\0';
            return 1;
        }

        // Of a pair there is room for the first half only.
        Span<char> pair = stackalloc char[2];
        rune.EncodeToUtf16(pair);
        (text[0], _second) = (pair[0], pair[1]);
        return 1;
    }
}
