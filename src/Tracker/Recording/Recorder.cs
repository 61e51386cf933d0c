using System.Diagnostics;
using System.Threading.RateLimiting;
using Npgsql;

namespace Tracker.Recording;

/// <summary>
/// The one place that writes. The commands of a node wait here, holding no connection; whoever finds nobody writing takes all that wait and commits them
/// together, whichever agendas they are of, and goes on until none is left.
/// </summary>
/// <remarks>
/// What opens an agenda, and an import, goes by itself on a connection of its own: it may take long, and holds its own agenda's line alone. What another
/// node or an import holds the line of goes on waiting, and does not hold up the rest.
/// </remarks>
public sealed class Recorder(RecordingTransactions transactions, NpgsqlDataSource database)
{
    /// <summary>The header of an event that names its recording.</summary>
    public const string PositionHeader = "position";

    /// <summary>The header of a recording's last event.</summary>
    public const string LastHeader = "last";

    // Past these a command is told that the line is busy.
    private const int MostWaiting = 5_000;
    private const int MostWaitingOnOne = 1_000;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private const int MostTogether = 256;

    // How soon a line is tried again that somebody else holds.
    private static readonly TimeSpan[] Retries = [TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(25), TimeSpan.FromMilliseconds(50)];

    // What goes alone waits for its agenda's turn here, where waiting costs no connection, and leaves some to whoever writes the groups.
    private readonly PartitionedRateLimiter<string> _alone = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<string, string>(agenda => OneAfterTheOther(agenda, 1), StringComparer.Ordinal),
        PartitionedRateLimiter.Create<string, string>(_ => OneAfterTheOther("", RecordingConnections.Most - 4), StringComparer.Ordinal));

    private readonly Lock _lock = new();
    private readonly List<Waiting> _waiting = [];
    private readonly Dictionary<string, int> _waitingOn = new(StringComparer.Ordinal);

    // The agendas whose line somebody else held when it was tried last: how often, and before when it is not tried again.
    private readonly Dictionary<string, (int Times, long Until)> _elsewhere = new(StringComparer.Ordinal);
    private bool _isWriting;
    private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Records a command, or says why not. A refused command leaves nothing behind.</summary>
    /// <param name="ct">Whoever asked is gone: a command that still waits is not recorded. One that is being recorded is not stopped by it.</param>
    public Task<(Answer? Answer, Refusal? Refusal)> RecordAsync(Attempt attempt, CancellationToken ct) => attempt.IsAlone ? RecordAloneAsync(attempt, ct) : RecordTogetherAsync(attempt, ct);

    private async Task<(Answer?, Refusal?)> RecordAloneAsync(Attempt attempt, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(LongestWait);
        RateLimitLease turn;
        try
        {
            turn = await _alone.AcquireAsync(attempt.Agenda, 1, patience.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (null, Refuse.LineBusy);
        }

        using (turn) return turn.IsAcquired ? await transactions.RecordAloneAsync(attempt, ct) : (null, Refuse.LineBusy);
    }

    private async Task<(Answer?, Refusal?)> RecordTogetherAsync(Attempt attempt, CancellationToken ct)
    {
        var waiting = new Waiting(attempt);
        lock (_lock)
        {
            if (_waiting.Count >= MostWaiting || _waitingOn.GetValueOrDefault(attempt.Agenda) >= MostWaitingOnOne) return (null, Refuse.LineBusy);
            Add(_waiting.Count, waiting);
            _arrived.TrySetResult();
            if (!_isWriting)
            {
                _isWriting = true;
                // It writes for all: nothing of this request goes along.
                using (ExecutionContext.SuppressFlow()) _ = Task.Run(WriteAsync, CancellationToken.None);
            }
        }

        try
        {
            return await waiting.Recorded.WaitAsync(LongestWait, ct);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            bool waits;
            lock (_lock)
            {
                waiting.HasGivenUp = true;
                if (waits = _waiting.Contains(waiting)) Remove(waiting);
            }

            // What is being recorded is told what came of it, however long that takes.
            if (!waits) return await waiting.Recorded;
            if (e is TimeoutException) return (null, Refuse.LineBusy);
            throw;
        }
    }

    /// <summary>The answer that a command under this key got before, or that it was another command; null where none came, as far as is known without the lock.</summary>
    public async Task<IResult?> RepeatedAsync(RepeatKey repeat, CancellationToken ct) => (await AgendaLine.KeptAsync(database, repeat, ct))?.For(repeat) switch
    {
        ({ } answer, _) => answer,
        (_, { } refusal) => refusal.Answered(),
        _ => null,
    };

    private async Task WriteAsync()
    {
        while (Next() is var (group, arrived))
        {
            if (group.Count == 0) await Task.WhenAny(arrived, Task.Delay(Retries[0]));
            else await RecordAsync(group);
        }
    }

    /// <summary>
    /// The next commands to be committed together, with a task that completes when another arrives: none where all that wait do so for a line that somebody
    /// else holds; null where nobody waits.
    /// </summary>
    private (List<Waiting> Group, Task Arrived)? Next()
    {
        lock (_lock)
        {
            if (_waiting.Count == 0)
            {
                _isWriting = false;
                return null;
            }

            var group = Choose();
            foreach (var one in group) Remove(one);
            if (_arrived.Task.IsCompleted) _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return (group, _arrived.Task);
        }
    }

    /// <summary>
    /// The first that go together. What looks at more than states is the only one of its agenda, as is the one that tries a line that somebody else held; and
    /// a key comes once.
    /// </summary>
    private List<Waiting> Choose()
    {
        var (group, now) = (new List<Waiting>(), Stopwatch.GetTimestamp());
        var (taken, single, keys) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal), new HashSet<(string, string, string)>());
        foreach (var one in _waiting)
        {
            var attempt = one.Attempt;
            if (group.Count == MostTogether) break;
            var wasElsewhere = _elsewhere.TryGetValue(attempt.Agenda, out var elsewhere);
            if (single.Contains(attempt.Agenda) || elsewhere.Until > now) continue;
            var isSingle = attempt.LooksBeyondStates || wasElsewhere;
            if (isSingle && taken.Contains(attempt.Agenda)) continue;
            if (attempt.Repeat is { } repeat && !keys.Add((repeat.By, repeat.Route, repeat.Key))) continue;
            if (isSingle) single.Add(attempt.Agenda);
            taken.Add(attempt.Agenda);
            group.Add(one);
        }

        return group;
    }

    private async Task RecordAsync(List<Waiting> group)
    {
        try
        {
            PutBack(group, await transactions.RecordAsync(group));
            return;
        }
        catch (Exception e) when (group.Count == 1)
        {
            group[0].Fail(e);
            return;
        }
        catch
        {
            // One of them cannot be recorded, or nothing can be: each by itself, so that it fails alone.
        }

        Exception? away = null;
        foreach (var one in group.Where(x => !x.Recorded.IsCompleted))
        {
            if (away is null) await RecordAsync([one]);
            else one.Fail(away);
            if (one.Recorded.Exception?.InnerException is { } error && DatabaseErrors.IsAway(error)) away = error;
        }
    }

    /// <summary>Has those wait on whose line somebody else holds.</summary>
    private void PutBack(List<Waiting> group, IReadOnlyCollection<Waiting> left)
    {
        lock (_lock)
        {
            var elsewhere = left.Select(x => x.Attempt.Agenda).ToHashSet(StringComparer.Ordinal);
            foreach (var agenda in group.Select(x => x.Attempt.Agenda).Where(x => !elsewhere.Contains(x))) _elsewhere.Remove(agenda);
            foreach (var agenda in elsewhere)
            {
                var times = _elsewhere.GetValueOrDefault(agenda).Times;
                _elsewhere[agenda] = (times + 1, Stopwatch.GetTimestamp() + (long)(Retries[Math.Min(times, Retries.Length - 1)].TotalSeconds * Stopwatch.Frequency));
            }

            var at = 0;
            foreach (var one in left)
                if (one.HasGivenUp) one.Answer((null, Refuse.LineBusy));
                else Add(at++, one);
        }
    }

    private void Add(int at, Waiting one)
    {
        _waiting.Insert(at, one);
        _waitingOn[one.Attempt.Agenda] = _waitingOn.GetValueOrDefault(one.Attempt.Agenda) + 1;
    }

    private void Remove(Waiting one)
    {
        var agenda = one.Attempt.Agenda;
        _waiting.Remove(one);
        if (_waitingOn[agenda] > 1) _waitingOn[agenda]--;
        else _waitingOn.Remove(agenda);
    }

    private static RateLimitPartition<string> OneAfterTheOther(string key, int together) => RateLimitPartition.GetConcurrencyLimiter(
        key, _ => new() { PermitLimit = together, QueueLimit = MostWaiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });

    /// <summary>A command that waits to be recorded.</summary>
    public sealed class Waiting(Attempt attempt)
    {
        private readonly TaskCompletionSource<(Answer?, Refusal?)> _recorded = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Attempt Attempt { get; } = attempt;

        /// <summary>Whether it waited too long, or its client is gone: it is not tried again.</summary>
        internal bool HasGivenUp { get; set; }

        /// <summary>What became of it.</summary>
        public Task<(Answer? Answer, Refusal? Refusal)> Recorded => _recorded.Task;

        public void Answer((Answer?, Refusal?) outcome) => _recorded.TrySetResult(outcome);

        public void Fail(Exception error) => _recorded.TrySetException(error);
    }
}
