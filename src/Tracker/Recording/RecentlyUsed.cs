using System.Diagnostics.CodeAnalysis;

namespace Tracker.Recording;

/// <summary>Keeps what was used last, as much of it as fits into so many bytes: what was not used for longest goes first.</summary>
/// <param name="most">The most bytes that all values may take together.</param>
public sealed class RecentlyUsed<TKey, TValue>(long most)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value, long Bytes)>> _kept = [];
    // The one used last is the first.
    private readonly LinkedList<(TKey Key, TValue Value, long Bytes)> _order = new();
    private long _bytes;

    /// <summary>How many bytes the kept values take.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock) return _bytes;
        }
    }

    /// <summary>The value of a key, which is used by that.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_lock)
        {
            if (!_kept.TryGetValue(key, out var node))
            {
                value = default;
                return false;
            }

            _order.Remove(node);
            _order.AddFirst(node);
            value = node.Value.Value;
            return true;
        }
    }

    /// <summary>Keeps a value in place of the one before. One that is larger than all may be is not kept.</summary>
    public void Set(TKey key, TValue value, long bytes)
    {
        lock (_lock)
        {
            if (_kept.Remove(key, out var before)) Forget(before);
            if (bytes > most) return;
            _kept.Add(key, _order.AddFirst((key, value, bytes)));
            _bytes += bytes;
            while (_bytes > most)
            {
                var last = _order.Last!;
                _kept.Remove(last.Value.Key);
                Forget(last);
            }
        }
    }

    /// <summary>Keeps nothing of a key any more.</summary>
    public void Remove(TKey key)
    {
        lock (_lock)
            if (_kept.Remove(key, out var node)) Forget(node);
    }

    private void Forget(LinkedListNode<(TKey Key, TValue Value, long Bytes)> node)
    {
        _order.Remove(node);
        _bytes -= node.Value.Bytes;
    }
}
