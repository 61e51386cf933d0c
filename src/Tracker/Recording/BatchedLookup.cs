namespace Tracker.Recording;

/// <summary>
/// Looks things up in the database for all who ask at a time, in one visit: who asks while a visit is under way shares the next one. So every answer is
/// from after it was asked for, and the cost does not grow with the number of those who ask.
/// </summary>
/// <param name="look">Finds what there is of some keys; what is missing from its answer, there is not.</param>
public sealed class BatchedLookup<TKey, TValue>(Func<IReadOnlyCollection<TKey>, Task<IReadOnlyDictionary<TKey, TValue>>> look)
    where TKey : notnull
    where TValue : class
{
    private readonly Lock _lock = new();
    private Visit? _next;
    private bool _isLooking;

    /// <summary>What there is of a key, by now; null where there is nothing.</summary>
    /// <param name="ct">Ends the wait of whoever asked, and no one else's.</param>
    public async Task<TValue?> FindAsync(TKey key, CancellationToken ct)
    {
        Visit visit;
        var begins = false;
        lock (_lock)
        {
            visit = _next ??= new Visit();
            visit.Keys.Add(key);
            if (!_isLooking) begins = _isLooking = true;
        }

        if (begins)
        {
            // The visits go on for others when this caller's request has ended: they carry nothing of it.
            using (ExecutionContext.SuppressFlow()) _ = Task.Run(LookAsync, CancellationToken.None);
        }

        return (await visit.Found.Task.WaitAsync(ct)).GetValueOrDefault(key);
    }

    private async Task LookAsync()
    {
        while (Next() is { } visit)
        {
            try
            {
                visit.Found.SetResult(await look(visit.Keys));
            }
            catch (Exception e)
            {
                // Told to each who waits; where all have gone, to nobody.
                visit.Found.SetException(e);
                _ = visit.Found.Task.Exception;
            }
        }
    }

    private Visit? Next()
    {
        lock (_lock)
        {
            var next = _next;
            _next = null;
            _isLooking = next is not null;
            return next;
        }
    }

    private sealed class Visit
    {
        public HashSet<TKey> Keys { get; } = [];

        public TaskCompletionSource<IReadOnlyDictionary<TKey, TValue>> Found { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
