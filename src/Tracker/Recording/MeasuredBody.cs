using System.Security.Cryptography;

namespace Tracker.Recording;

/// <summary>A body on its way in: it ends where more would be too large, and its digest is taken while it passes.</summary>
internal sealed class MeasuredBody(Stream inner, long limit, IncrementalHash? digest) : Stream
{
    private long _length;

    /// <summary>Whether there was more than may be.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>Whether it did not come as its headers say: it ended too soon, or in chunks that are none.</summary>
    public bool IsBroken { get; private set; }

    public IncrementalHash? Digest => digest;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _length; set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (IsTooLarge || IsBroken) return 0;
        int read;
        try
        {
            read = await inner.ReadAsync(buffer, cancellationToken);
        }
        catch (BadHttpRequestException e)
        {
            // The client's fault, and no error of ours to log.
            (IsTooLarge, IsBroken) = (e.StatusCode == StatusCodes.Status413PayloadTooLarge, e.StatusCode != StatusCodes.Status413PayloadTooLarge);
            return 0;
        }

        _length += read;
        if (_length > limit)
        {
            IsTooLarge = true;
            return 0;
        }

        digest?.AppendData(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A body is read asynchronously.");

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) digest?.Dispose();
        base.Dispose(disposing);
    }
}
