using System.Collections.Concurrent;
using System.Globalization;
using Tracker.Recording;

namespace Tracker.Boards.Changes;

/// <summary>The live streams that are open on this node: only so many for each key, or each address without one, and only so many in all.</summary>
public sealed class LiveStreams(IConfiguration configuration)
{
    /// <summary>How many streams one key, or one address without a key, may have open on a node.</summary>
    public const string Setting = "Tracker:Limits:Streams";

    /// <summary>How many streams all together may have open on a node.</summary>
    public const string AllSetting = "Tracker:Limits:StreamsInAll";

    private readonly int _each = Number(configuration, Setting, 200);
    private readonly int _all = Number(configuration, AllSetting, 2_000);

    private readonly ConcurrentDictionary<string, int> _open = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>How many are open.</summary>
    public int Open => Volatile.Read(ref _count);

    /// <summary>That there is no place for one more.</summary>
    public Refusal NoPlace => Refuse.TooMany(
        string.Create(CultureInfo.InvariantCulture, $"Too many streams are open: at most {_each} for each key, or each address without one, and {_all} in all."), 15);

    /// <summary>Takes a place for one more stream; null where there is none left for the asker, or for anybody.</summary>
    public IDisposable? TryOpen(string asker)
    {
        var place = new Place(this, asker);
        if (_open.AddOrUpdate(asker, 1, (_, open) => open + 1) <= _each & Interlocked.Increment(ref _count) <= _all) return place;
        place.Dispose();
        return null;
    }

    private void Leave(string asker)
    {
        Interlocked.Decrement(ref _count);
        if (_open.AddOrUpdate(asker, 0, (_, open) => open - 1) == 0) _open.TryRemove(KeyValuePair.Create(asker, 0));
    }

    private static int Number(IConfiguration configuration, string setting, int otherwise) => configuration.GetValue(setting, otherwise) is var value and (> 0 and <= 100_000)
        ? value
        : throw new InvalidOperationException($"{setting} must be a number from 1 to 100000.");

    private sealed class Place(LiveStreams streams, string asker) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0) streams.Leave(asker);
        }
    }
}
