using System.Collections.Concurrent;

namespace Tracker.Boards.Changes;

/// <summary>The live streams that are open on this node: only so many for each key, or each address without one.</summary>
public sealed class LiveStreams(IConfiguration configuration)
{
    /// <summary>How many streams one key, or one address without a key, may have open on a node.</summary>
    public const string Setting = "Tracker:Limits:Streams";

    private readonly int _each = configuration.GetValue(Setting, 50) is var value and (> 0 and <= 100_000)
        ? value
        : throw new InvalidOperationException($"{Setting} must be a number from 1 to 100000.");

    private readonly ConcurrentDictionary<string, int> _open = new(StringComparer.Ordinal);

    /// <summary>How many are open.</summary>
    public int Open => _open.Values.Sum();

    /// <summary>Takes a place for one more stream; null where there is none left for the asker.</summary>
    public IDisposable? TryOpen(string asker)
    {
        if (_open.AddOrUpdate(asker, 1, (_, open) => open + 1) <= _each) return new Place(this, asker);
        Leave(asker);
        return null;
    }

    private void Leave(string asker)
    {
        if (_open.AddOrUpdate(asker, 0, (_, open) => open - 1) == 0) _open.TryRemove(KeyValuePair.Create(asker, 0));
    }

    private sealed class Place(LiveStreams streams, string asker) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0) streams.Leave(asker);
        }
    }
}
