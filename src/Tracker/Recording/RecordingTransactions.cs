using Marten;
using Npgsql;

namespace Tracker.Recording;

/// <summary>The connections that recordings are written over: they keep what they have prepared.</summary>
public sealed class RecordingConnections(NpgsqlDataSource database) : IAsyncDisposable, IDisposable
{
    /// <summary>What the database calls them, after the program's name.</summary>
    public const string Name = "recordings";

    /// <summary>How many there are at most.</summary>
    public const int Most = 16;

    /// <summary>How long a transaction that holds others up may do nothing: its node has stopped in the middle, and the database ends it.</summary>
    public const string LongestIdle = "10s";

    public NpgsqlDataSource Database => database;

    public void Dispose() => database.Dispose();

    public ValueTask DisposeAsync() => database.DisposeAsync();
}

/// <summary>Commits what the recorder gives it: one transaction for all that come together, and for what goes by itself.</summary>
public sealed class RecordingTransactions(
    IDocumentStore store, RecordingConnections connections, TimeProvider clock, IFindResting resting, ITellReach reach, IEnterTables tables, KnownEvents known,
    IEnumerable<IRedactCopies> others)
{
    // How long is looked whether a commit that broke off came about.
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(10);

    // For the groups: what goes by itself reads anew, and leaves what it read and made.
    private readonly HeldStates _held = new();

    /// <summary>Commits commands together, and answers each. Where it throws, nothing of any was recorded, and those that are not answered can be tried again.</summary>
    /// <returns>Those whose agenda's line another transaction holds: they were not looked at.</returns>
    public async Task<IReadOnlyCollection<Recorder.Waiting>> RecordAsync(IReadOnlyList<Recorder.Waiting> group)
    {
        await using var transaction = await BeginAsync(CancellationToken.None);
        var attempts = group.Select(x => x.Attempt).ToArray();
        var lines = await transaction.LockAsync(attempts, waits: false, _held, CancellationToken.None);
        var (answered, left) = (new List<(Recorder.Waiting Waiting, (Answer? Answer, Refusal? Refusal) Outcome)>(), new List<Recorder.Waiting>());
        await transaction.LookAheadAsync([.. attempts.Where(x => !lines.Left.Contains(x.Agenda))], CancellationToken.None);
        foreach (var one in group)
        {
            if (lines.Left.Contains(one.Attempt.Agenda)) left.Add(one);
            else
                try
                {
                    answered.Add((one, await transaction.TakeAsync(one.Attempt, CancellationToken.None)));
                }
                catch (Exception e) when (transaction.IsDeciding)
                {
                    // Its own fault: it left nothing with the others.
                    one.Fail(e);
                }
        }

        var refusal = await CommitAsync(transaction);
        // What is refused rests on what came before it in the group: it is told once that is committed.
        foreach (var (waiting, outcome) in answered) waiting.Answer(refusal is null ? outcome : (null, outcome.Refusal is null ? refusal : Refuse.LineBusy));
        return left;
    }

    /// <summary>Commits a command by itself, once it has its agenda's line.</summary>
    /// <param name="ct">Stops it until it is decided.</param>
    public async Task<(Answer? Answer, Refusal? Refusal)> RecordAloneAsync(Attempt attempt, CancellationToken ct)
    {
        await using var transaction = await BeginAsync(ct);
        try
        {
            await transaction.LockAsync([attempt], waits: true, held: null, ct);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.LockNotAvailable)
        {
            return (null, Refuse.LineBusy);
        }

        var outcome = await transaction.TakeAsync(attempt, ct);
        return await CommitAsync(transaction) is { } refusal && outcome.Refusal is null ? (null, refusal) : outcome;
    }

    private async Task<RecordingTransaction> BeginAsync(CancellationToken ct)
    {
        var connection = await connections.Database.OpenConnectionAsync(ct);
        return new RecordingTransaction(store, connection, await connection.BeginTransactionAsync(ct), clock, resting, reach, tables, known, others);
    }

    /// <summary>Commits, and has the states held that came of it; says so where it cannot be known whether it came about.</summary>
    private async Task<Refusal?> CommitAsync(RecordingTransaction transaction)
    {
        try
        {
            if (!await transaction.SaveAsync())
            {
                transaction.Keep(_held);
                return null;
            }
        }
        catch
        {
            transaction.Drop(_held);
            throw;
        }

        try
        {
            await transaction.CommitAsync();
        }
        catch (Exception e)
        {
            transaction.Drop(_held);
            return await CameAboutAsync(transaction) switch
            {
                true => null,
                false => throw new NpgsqlException("The transaction was not committed.", e),
                null => Refuse.OutcomeUnknown,
            };
        }

        transaction.Keep(_held);
        return null;
    }

    /// <summary>Whether a commit that broke off came about, looked up over another connection; null where that cannot be known.</summary>
    private async Task<bool?> CameAboutAsync(RecordingTransaction transaction)
    {
        // Where nothing was recorded but an answer kept, nothing was changed.
        if (transaction.Recorded is not var (agenda, position, at)) return false;
        using var patience = new CancellationTokenSource(LongestLook);
        while (!patience.IsCancellationRequested)
        {
            try
            {
                await using var connection = await connections.Database.OpenConnectionAsync(patience.Token);
                await using var look = await connection.BeginTransactionAsync(patience.Token);
                // Once the line can be locked, or begun, whoever held it has ended.
                await new AgendaLine(connection, look, clock, tables.Recordings, known).LockAsync([agenda], transaction.Opens, waits: true, [], patience.Token);
                return await tables.HoldAsync(connection, agenda, position, at, patience.Token);
            }
            catch (Exception)
            {
                // The database is still away, or is not yet what it was: whatever it says, what came about is not known by that.
                await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(200), patience.Token));
            }
        }

        return null;
    }
}
