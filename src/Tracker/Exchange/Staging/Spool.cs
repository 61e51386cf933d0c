using System.Buffers.Binary;

namespace Tracker.Exchange.Staging;

/// <summary>Items put aside in their order: in memory while they are few, else in a file that nobody else can open and that goes with the process.</summary>
public sealed class Spool : IDisposable
{
    private const int InMemory = 1024 * 1024;
    private const int BufferSize = 64 * 1024;

    private Stream _items = new MemoryStream();

    public int Count { get; private set; }

    /// <summary>Puts an item aside.</summary>
    /// <param name="place">The line or row it stands in; 0 where its index says it.</param>
    public void Add(int place, ReadOnlySpan<byte> json)
    {
        if (_items is MemoryStream memory && memory.Length + json.Length > InMemory) _items = MovedToFile(memory);
        Span<byte> head = stackalloc byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(head, place);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], json.Length);
        _items.Write(head);
        _items.Write(json);
        Count++;
    }

    /// <summary>The items in their order; one reader at a time, and none while more are added.</summary>
    public IEnumerable<StagedItem> Read()
    {
        _items.Flush();
        _items.Position = 0;
        var head = new byte[8];
        for (var index = 0; index < Count; index++)
        {
            _items.ReadExactly(head);
            var json = new byte[BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(4))];
            _items.ReadExactly(json);
            yield return new StagedItem(index, BinaryPrimitives.ReadInt32LittleEndian(head), json);
        }
    }

    public void Dispose() => _items.Dispose();

    private static FileStream MovedToFile(MemoryStream memory)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            BufferSize = BufferSize,
            Options = FileOptions.DeleteOnClose | FileOptions.SequentialScan,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var path = Path.Combine(Path.GetTempPath(), "tracker-" + Path.GetRandomFileName());
        var file = new FileStream(path, options);
        // Where a file may lose its name while it is open, nothing is left of it even when the process is killed.
        if (!OperatingSystem.IsWindows()) File.Delete(path);
        memory.WriteTo(file);
        memory.Dispose();
        return file;
    }
}

/// <summary>One item of a list of a bundle.</summary>
/// <param name="Index">Its place in its list, from 0.</param>
/// <param name="Place">The line or row of the file it stands in, from 1; 0 where the index says it.</param>
public sealed record StagedItem(int Index, int Place, ReadOnlyMemory<byte> Json);
