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
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private const int MostTogether = 256;

    // How soon a line is tried again that somebody else holds.
    private static readonly TimeSpan[] Retries = [TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(25), TimeSpan.FromMilliseconds(50)];

    // Long commands on one agenda wait for each other here, where waiting costs no connection.
    private readonly PartitionedRateLimiter<string> _alone = PartitionedRateLimiter.Create<string, string>(agenda =>
        RateLimitPartition.GetConcurrencyLimiter(agenda, _ => new() { PermitLimit = 1, QueueLimit = MostWaiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst }),
        StringComparer.Ordinal);

    private readonly Lock _lock = new();
    private readonly List<Waiting> _waiting = [];
    private bool _isWriting;
    private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Records a command, or says why not. A refused command leaves nothing behind.</summary>
    /// <param name="ct">Whoever asked is gone: a command that still waits is not recorded. One that is being recorded is not stopped by it.</param>
    public async Task<(Answer? Answer, Refusal? Refusal)> RecordAsync(Attempt attempt, CancellationToken ct)
    {
        if (attempt.IsAlone)
        {
            using var turn = await _alone.AcquireAsync(attempt.Agenda, 1, ct);
            return turn.IsAcquired ? await transactions.RecordAloneAsync(attempt, ct) : (null, Refuse.LineBusy);
        }

        var waiting = new Waiting(attempt, ct);
        lock (_lock)
        {
            if (_waiting.Count >= MostWaiting) return (null, Refuse.LineBusy);
            _waiting.Add(waiting);
            _arrived.TrySetResult();
            if (!_isWriting)
            {
                _isWriting = true;
                // It writes for all: nothing of this request goes along.
                using (ExecutionContext.SuppressFlow()) _ = Task.Run(WriteAsync, CancellationToken.None);
            }
        }

        return await waiting.Recorded;
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

    /// <summary>The next commands to be committed together: none where all that wait do so for a line that somebody else holds; null where nobody waits. And what comes true when one more arrives.</summary>
    private (List<Waiting> Group, Task Arrived)? Next()
    {
        lock (_lock)
        {
            var now = Stopwatch.GetTimestamp();
            _waiting.RemoveAll(x => x.IsOver(now));
            if (_waiting.Count == 0)
            {
                _isWriting = false;
                return null;
            }

            var group = Choose(_waiting.Where(x => x.NotBefore <= now));
            foreach (var one in group) _waiting.Remove(one);
            if (_arrived.Task.IsCompleted) _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return (group, _arrived.Task);
        }
    }

    /// <summary>The first that go together: what looks at more than states is the only one of its agenda, and a key comes once.</summary>
    private static List<Waiting> Choose(IEnumerable<Waiting> waiting)
    {
        var (group, busy, single, keys) = (new List<Waiting>(), new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal), new HashSet<(string, string, string)>());
        foreach (var one in waiting)
        {
            var attempt = one.Attempt;
            if (group.Count == MostTogether) break;
            if (single.Contains(attempt.Agenda) || (attempt.LooksBeyondStates && busy.Contains(attempt.Agenda))) continue;
            if (attempt.Repeat is { } repeat && !keys.Add((repeat.By, repeat.Route, repeat.Key))) continue;
            if (attempt.LooksBeyondStates) single.Add(attempt.Agenda);
            busy.Add(attempt.Agenda);
            group.Add(one);
        }

        return group;
    }

    private async Task RecordAsync(List<Waiting> group)
    {
        try
        {
            Again(await transactions.RecordAsync(group));
        }
        catch (Exception e) when (group.Count > 1 && !DatabaseErrors.IsAway(e))
        {
            // One of them cannot be recorded: each by itself, so that it fails alone.
            foreach (var one in group.Where(x => !x.IsDone)) await RecordAsync([one]);
        }
        catch (Exception e)
        {
            foreach (var one in group) one.Fail(e);
        }
    }

    /// <summary>Has those wait on whose line somebody else holds.</summary>
    private void Again(IReadOnlyCollection<Waiting> left)
    {
        if (left.Count == 0) return;
        foreach (var one in left) one.NotBefore = Stopwatch.GetTimestamp() + (long)(Retries[Math.Min(one.Retries++, Retries.Length - 1)].TotalSeconds * Stopwatch.Frequency);
        lock (_lock) _waiting.InsertRange(0, left);
    }

    /// <summary>A command that waits to be recorded.</summary>
    public sealed class Waiting(Attempt attempt, CancellationToken gone)
    {
        private readonly TaskCompletionSource<(Answer?, Refusal?)> _recorded = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly long _since = Stopwatch.GetTimestamp();

        public Attempt Attempt { get; } = attempt;

        /// <summary>What became of it.</summary>
        public Task<(Answer? Answer, Refusal? Refusal)> Recorded => _recorded.Task;

        public bool IsDone => _recorded.Task.IsCompleted;

        /// <summary>How often it was passed over because somebody else held its line, and before when that is not tried again.</summary>
        internal int Retries { get; set; }

        internal long NotBefore { get; set; }

        public void Answer((Answer?, Refusal?) outcome) => _recorded.TrySetResult(outcome);

        public void Fail(Exception error) => _recorded.TrySetException(error);

        /// <summary>Ends the wait of one whose client is gone, or who waited too long.</summary>
        internal bool IsOver(long now)
        {
            if (gone.IsCancellationRequested) _recorded.TrySetCanceled(gone);
            else if (Stopwatch.GetElapsedTime(_since, now) > LongestWait) _recorded.TrySetResult((null, Refuse.LineBusy));
            return IsDone;
        }
    }
}
