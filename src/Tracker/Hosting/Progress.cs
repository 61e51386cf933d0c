using System.Diagnostics;
using System.Globalization;

namespace Tracker.Hosting;

/// <summary>
/// Tells a person at a terminal how far long work has come, on one line of standard error that is gone when the work is done. Where nobody
/// looks, because standard error goes into a file or another program, it says nothing.
/// </summary>
internal sealed class Progress : IDisposable
{
    private static readonly TimeSpan NotWorthWords = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Each = TimeSpan.FromMilliseconds(250);

    private readonly Stopwatch _since = Stopwatch.StartNew();
    private readonly Lock _line = new();
    private readonly Timer? _timer;
    private string _what;
    private bool _said, _over;

    private Progress(string what)
    {
        _what = what;
        if (!Console.IsErrorRedirected) _timer = new Timer(_ => Say(), null, NotWorthWords, Each);
    }

    public static Progress Of(string what) => new(what);

    /// <summary>What is done now.</summary>
    public void Tell(string what) => Volatile.Write(ref _what, what);

    /// <summary>What is done now, and how much of it is.</summary>
    public void Tell(string what, int done, int of) => Tell(string.Create(CultureInfo.InvariantCulture, $"{what} {done:N0} of {of:N0}"));

    /// <summary>A stream that tells how much was written to it.</summary>
    public Stream Counting(Stream to, string what) => new Counted(to, bytes => Tell(string.Create(CultureInfo.InvariantCulture, $"{what} {bytes / 1024.0 / 1024.0:N1} MB")));

    public void Dispose()
    {
        _timer?.Dispose();
        lock (_line)
        {
            _over = true;
            if (_said) Console.Error.Write("\r\e[K");
        }
    }

    private void Say()
    {
        lock (_line)
        {
            if (_over) return;
            _said = true;
            Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{Volatile.Read(ref _what)} · {_since.Elapsed.TotalSeconds:N0} s\e[K"));
        }
    }

    private sealed class Counted(Stream to, Action<long> tell) : Stream
    {
        private long _bytes;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            to.Write(buffer);
            tell(_bytes += buffer.Length);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await to.WriteAsync(buffer, cancellationToken);
            tell(_bytes += buffer.Length);
        }

        public override void Flush() => to.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => to.FlushAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
