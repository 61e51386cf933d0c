namespace Tracker.Boards.Changes;

/// <summary>
/// Reads something that goes on, once for all on this node who follow it: it looks again with each announcement, and every two seconds without one.
/// It ends with the last who follows.
/// </summary>
/// <param name="look">Reads what is there now, given what was found last; null where that is not known.</param>
/// <param name="differs">Whether what was found says something else to those who follow than what was found before.</param>
/// <param name="announced">Completes with the next announcement.</param>
public sealed class SharedReader<T>(Func<T?, CancellationToken, Task<T>> look, Func<T, T, bool> differs, Func<Task> announced, TimeProvider clock) where T : class
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);

    // An announcement may be lost with the connection that it comes over.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private Action? _end;
    private CancellationToken _reading;
    private int _followers;
    private State _state = new();

    /// <summary>How many follow.</summary>
    public int Followers => Volatile.Read(ref _followers);

    /// <summary>Follows until it is disposed.</summary>
    public IDisposable Follow()
    {
        lock (_lock)
        {
            _followers++;
            if (_end is not null) return new Following(this);
            var reading = new CancellationTokenSource();
            var ct = reading.Token;
            (_state, _reading, _end) = (new State(), ct, End);
            // It is nobody's request, and outlives the one that it began with.
            using (ExecutionContext.SuppressFlow()) _ = Task.Run(() => ReadAsync(ct), CancellationToken.None);
            return new Following(this);

            void End()
            {
                reading.Cancel();
                reading.Dispose();
            }
        }
    }

    /// <summary>
    /// What was found last, and what completes when something else is, or when a heartbeat has passed. Where it could not be read, whoever asks gets the
    /// error of that.
    /// </summary>
    public async Task<(T Found, Task Next)> LatestAsync(CancellationToken ct)
    {
        var state = Volatile.Read(ref _state);
        if (state.Found is null)
        {
            await state.Next.Task.WaitAsync(ct);
            state = Volatile.Read(ref _state);
        }

        return (await state.Found!, state.Next.Task);
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        T? found = null;
        for (var said = clock.GetTimestamp(); !ct.IsCancellationRequested;)
        {
            // Taken before looking, so that what is told in between is not missed.
            var word = announced();
            var wait = LookAgain;
            try
            {
                var now = await look(found, ct);
                if (found is null || differs(found, now) || clock.GetElapsedTime(said) >= Listener.Heartbeat)
                {
                    Say(Task.FromResult(now));
                    said = clock.GetTimestamp();
                }

                found = now;
            }
            catch (Exception e)
            {
                Say(Task.FromException<T>(e));
                (found, word, wait) = (null, Task.Delay(Timeout.Infinite, ct), TryAgain);
            }

            using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
            await Task.WhenAny(word, Task.Delay(wait, clock, over.Token));
            await over.CancelAsync();
        }

        void Say(Task<T> what)
        {
            lock (_lock)
                // Others may have begun to follow anew, with a reader of their own.
                if (_reading == ct)
                    Interlocked.Exchange(ref _state, new State { Found = what }).Next.TrySetResult();
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (--_followers > 0) return;
            _end!();
            (_end, _reading) = (null, CancellationToken.None);
        }
    }

    private sealed class State
    {
        /// <summary>What was found; null before anything was looked for.</summary>
        public Task<T>? Found { get; init; }

        public TaskCompletionSource Next { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Following(SharedReader<T> reader) : IDisposable
    {
        private SharedReader<T>? _reader = reader;

        public void Dispose() => Interlocked.Exchange(ref _reader, null)?.Leave();
    }
}
