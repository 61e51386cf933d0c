using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Threading.RateLimiting;
using JasperFx.Events;
using Marten;
using Npgsql;

namespace Tracker.Recording;

/// <summary>
/// The one place that writes: locks the agenda's line, loads what the decision looks at, asks it, and appends what it says with its
/// position, its instant and its author, together with the answer that a repeat will get. All of it, or nothing.
/// </summary>
public sealed class Recorder(IDocumentStore store, NpgsqlDataSource database, TimeProvider clock, IFindResting resting, ITellReach reach, IEnterTables tables, IEnumerable<IRedactCopies> others)
{
    /// <summary>The header of an event that names its recording.</summary>
    public const string PositionHeader = "position";

    /// <summary>The header of a recording's last event.</summary>
    public const string LastHeader = "last";

    private static readonly Refusal KeyReused = Refuse.As("key-reused", "This Idempotency-Key came before with another request.");

    // A node's commands on one agenda wait for each other here, where waiting costs no connection.
    private readonly PartitionedRateLimiter<string> _lanes = PartitionedRateLimiter.Create<string, string>(agenda =>
        RateLimitPartition.GetConcurrencyLimiter(agenda, _ => new() { PermitLimit = 1, QueueLimit = int.MaxValue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst }),
        StringComparer.Ordinal);

    /// <summary>Records a command, or says why not. A refused command leaves nothing behind.</summary>
    public async Task<(Answer? Answer, Refusal? Refusal)> RecordAsync(Attempt attempt, CancellationToken ct)
    {
        using var lane = await _lanes.AcquireAsync(attempt.Agenda, 1, ct);
        return await RecordInLaneAsync(attempt, ct);
    }

    /// <summary>The answer that a command under this key got before, or that it was another command; null where none came, as far as is known without the lock.</summary>
    public async Task<IResult?> RepeatedAsync(RepeatKey repeat, CancellationToken ct) => await AgendaLine.RepeatedAsync(database, repeat, ct) switch
    {
        ({ } answer, _) => answer,
        (_, true) => KeyReused.Answered(),
        _ => null,
    };

    private async Task<(Answer?, Refusal?)> RecordInLaneAsync(Attempt attempt, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var line = new AgendaLine(connection, transaction, clock);
        var (head, repeated, keyReused) = await line.LockAsync(attempt.Agenda, attempt.Opens, attempt.Repeat, ct);
        if (repeated is not null) return (repeated, null);
        if (keyReused) return (null, KeyReused);
        if (head is null) return (null, Refuse.NotFound("agenda", attempt.Agenda));
        // Tables that lack a recording are not asked, and not written over: they are filled from the events first, by themselves.
        if (!await tables.HoldAsync(connection, attempt.Agenda, head.Position, ct)) return (null, Refuse.BeingFilled);

        await using var session = store.LightweightSession(Marten.Services.SessionOptions.ForTransaction(transaction, shouldAutoCommit: false));
        var positions = new Dictionary<StreamKey, long>();
        var states = await LoadAsync(session, [.. attempt.Reads, attempt.Target, StreamKey.ForAgenda(attempt.Agenda)], positions, ct);
        IReadOnlyList<IEvent> history = attempt.ReadsHistory && attempt.Target.IsValid ? await session.Events.FetchStreamAsync(attempt.Target.ToString(), token: ct) : [];
        var known = new Known(states, attempt.Agenda, head.Now, attempt.Caller) { Positions = positions, History = [.. history.Select(x => new PastEvent(x.Version, FoldedKinds.PositionOf(x), x.Data))] };
        StreamKey[] ledTo =
        [
            .. known.Find(attempt.Target) is IResting rests ? rests.Basis(attempt.Agenda) : [],
            .. attempt.ReadsThen?.Invoke(known) ?? [],
            .. attempt.ReadsRestingOn?.Invoke(known) is { } thing ? await resting.FindAsync(connection, transaction, thing, ct) : [],
        ];
        if (ledTo.Length > 0)
        {
            foreach (var (key, found) in await LoadAsync(session, ledTo, positions, ct)) states[key] = found;
            known = known with { States = states };
        }

        // Of an agenda without a recording there is nothing to look up.
        var outcome = await attempt.Decide(known, async keys => head.Position == 0 ? known : known with { States = await LoadAsync(session, keys, positions, ct) });
        if (outcome is Refusal refusal) return (null, refusal);

        var target = outcome is Waits ? StreamKey.Of(attempt.Agenda, Waits.Kind, known.NewName()) : attempt.Target;
        ImmutableArray<StreamEvents> streams = outcome switch
        {
            Happened { Events: [] } => [],
            Waits it => [new StreamEvents(target, [it.Proposed], Starts: true)],
            Happened it => [new StreamEvents(attempt.Target, it.Events, !states.ContainsKey(attempt.Target))],
            HappenedOnMany it => it.Streams,
            _ => throw new InvalidOperationException($"A decision cannot be {outcome.GetType().Name}."),
        };
        var further = (outcome as HappenedOnMany)?.Further;
        var rewritten = (outcome as Happened)?.Rewritten;
        if (rewritten is not null) states[attempt.Target] = FoldAgain(attempt.Target, history, rewritten);
        var isNothing = streams.IsEmpty && further is null;
        var position = isNothing ? head.Position : head.Position + 1;
        var state = Fold(states.GetValueOrDefault(target), target, streams, position, head.Now, attempt.Caller.Principal!);
        var coveredThrough = attempt.TellsReach ? await reach.CoveredThroughAsync(connection, state!, attempt.Agenda, head.Position, known.Today, ct) : null;
        var answer = attempt.Answer(new Recorded(position, outcome, target, state, known.BasisPositionOf(state), coveredThrough));
        if (isNothing)
        {
            // A repeat is told the same, whatever is recorded in between. Of an agenda there is not, nothing is kept.
            if (attempt.Repeat is null || head.Position == 0) return (answer, null);
            await line.KeepAsync(attempt.Repeat, answer, head.Now, ct);
            await transaction.CommitAsync(ct);
            return (answer, null);
        }

        session.LastModifiedBy = attempt.Caller.Principal;
        session.CorrelationId = attempt.Correlation;
        session.CausationId = attempt.Causation;
        session.QueueSqlCommand($"update {AgendaLine.TableName} set position = ?, recorded_at = ? where agenda = ?", position, head.Now, attempt.Agenda);
        if (streams.SelectMany(x => x.Events).OfType<ISetVisibility>().LastOrDefault(x => x.IsInternal is not null) is { IsInternal: { } isInternal })
            session.QueueSqlCommand($"update {AgendaLine.TableName} set is_internal = ? where agenda = ?", isInternal, attempt.Agenda);
        if (attempt.Repeat is { } repeat)
            session.QueueSqlCommand(
                AgendaLine.Keep("?, ?, ?, ?, ?, ?, nullif(?, ''), ?, ?, ?"),
                repeat.By, repeat.Route, repeat.Key, repeat.Digest, answer.Status, answer.ETag, answer.Location ?? "", position, answer.Body, head.Now);
        if (rewritten is not null)
        {
            await RewriteAsync(session, connection, attempt.Target, rewritten, ct);
            session.QueueSqlCommand($"update {AgendaLine.TableName} set redacted = ? where agenda = ?", position, attempt.Agenda);
        }

        var stamping = new Stamping(session, position, head.Now, attempt.Caller.Principal!);
        if (further is null) await AppendAsync(connection, stamping, streams, ct);
        else await new ManyStreams(store, connection, stamping, tables).AppendAsync(streams, further, attempt, ct);
        await transaction.CommitAsync(ct);
        return (answer, null);
    }

    private async Task AppendAsync(NpgsqlConnection connection, Stamping stamping, ImmutableArray<StreamEvents> streams, CancellationToken ct)
    {
        var (session, all) = (stamping.Session, new List<IEvent>());
        foreach (var stream in streams)
        {
            var events = stamping.Stamp(stream, isLast: stream == streams[^1]);
            if (stream.Starts) session.Events.StartStream(FoldedKinds.TypeOf(stream.Key.Kind), stream.Key.ToString(), events);
            else session.Events.Append(stream.Key.ToString(), events);
            all.AddRange(events);
        }

        await tables.EnterAsync(session, connection, all, ct);
        await session.SaveChangesAsync(ct);
    }

    /// <summary>
    /// The one statement that changes events. The store's own way of overwriting keeps the stored name, and so cannot write what was read from a
    /// retired shape: it is written in the shape of now.
    /// </summary>
    private async Task RewriteAsync(IDocumentSession session, NpgsqlConnection connection, StreamKey thing, Rewritten rewritten, CancellationToken ct)
    {
        await using (var batch = new NpgsqlBatch(connection))
        {
            foreach (var rewrite in rewritten.Events)
            {
                var @event = session.Events.BuildEvent(rewrite.Data);
                batch.Add("update tracker.mt_events set data = $3::jsonb, type = $4, mt_dotnet_type = $5 where stream_id = $1 and version = $2",
                    thing.ToString(), rewrite.Version, store.Options.Serializer().ToJson(rewrite.Data), @event.EventTypeName, @event.DotNetTypeName);
            }

            await batch.ExecuteNonQueryAsync(ct);
        }

        foreach (var other in others) await other.RedactAsync(connection, thing, rewritten, ct);
    }

    /// <summary>The state of a stream, with some of its events as they read from now on.</summary>
    private static object FoldAgain(StreamKey key, IReadOnlyList<IEvent> history, Rewritten rewritten)
    {
        object? state = null;
        foreach (var @event in history)
            state = FoldedKinds.Fold(key.Kind, state, rewritten.Events.FirstOrDefault(x => x.Version == @event.Version)?.Data ?? @event.Data, FoldedKinds.StampOf(@event, key.Name));
        return state!;
    }

    private static async Task<Dictionary<StreamKey, object>> LoadAsync(
        IQuerySession session, IEnumerable<StreamKey> streams, Dictionary<StreamKey, long> positions, CancellationToken ct)
    {
        var keys = streams.Where(x => x.IsValid).Select(x => x.ToString()).Distinct().ToArray();
        if (keys.Length == 0) return [];
        var events = await session.Events.QueryAllRawEvents().Where(x => x.StreamKey!.IsOneOf(keys)).ToListAsync(ct);
        foreach (var (key, position) in FoldedKinds.ChangedAt(events)) positions[key] = position;
        return FoldedKinds.FoldAll(events);
    }

    private static object? Fold(object? state, StreamKey target, ImmutableArray<StreamEvents> streams, long position, DateTimeOffset at, string by)
    {
        var version = FoldedKinds.VersionOf(target.Kind, state);
        foreach (var @event in streams.Where(x => x.Key == target).SelectMany(x => x.Events))
            state = FoldedKinds.Fold(target.Kind, state, @event, new Stamp(target.Name, ++version, position, at, by));
        return state;
    }
}

/// <summary>The kinds of streams there are, and how each folds.</summary>
public static class FoldedKinds
{
    private static readonly Dictionary<string, Kind> Kinds = FindKinds();

    public static IEnumerable<string> Names => Kinds.Keys;

    /// <summary>The state type of a kind of stream.</summary>
    public static Type TypeOf(string kind) => Kinds[kind].State;

    public static object Fold(string kind, object? state, object @event, Stamp stamp) => Kinds[kind].Next(state, @event, stamp);

    public static long VersionOf(string kind, object? state) => state is null ? 0 : Kinds[kind].Version(state);

    /// <summary>The states of the streams that the events, in any order across streams, belong to.</summary>
    public static Dictionary<StreamKey, object> FoldAll(IEnumerable<IEvent> events)
    {
        var states = new Dictionary<StreamKey, object>();
        foreach (var @event in events.OrderBy(x => x.Version))
        {
            var key = StreamKey.Parse(@event.StreamKey!);
            states[key] = Fold(key.Kind, states.GetValueOrDefault(key), @event.Data, StampOf(@event, key.Name));
        }

        return states;
    }

    public static Stamp StampOf(IEvent @event, string name) =>
        new(name, @event.Version, PositionOf(@event), @event.Timestamp, @event.UserName ?? "");

    public static long PositionOf(IEvent @event) =>
        Convert.ToInt64(@event.GetHeader(Recorder.PositionHeader)?.ToString(), CultureInfo.InvariantCulture);

    /// <summary>By which recording each of the streams was changed last, in anything that others rest on.</summary>
    public static IEnumerable<(StreamKey Key, long Position)> ChangedAt(IEnumerable<IEvent> events) =>
        events.Where(x => x.Data is not INotRestedOn).GroupBy(x => x.StreamKey!, StringComparer.Ordinal).Select(x => (StreamKey.Parse(x.Key), x.Max(PositionOf)));

    private static Dictionary<string, Kind> FindKinds()
    {
        var kinds = new Dictionary<string, Kind>(StringComparer.Ordinal);
        foreach (var type in typeof(FoldedKinds).Assembly.GetTypes())
            if (type is { IsClass: true } && Array.Exists(type.GetInterfaces(), x => x.IsGenericType && x.GetGenericTypeDefinition() == typeof(IFolded<>) && x.GenericTypeArguments[0] == type))
            {
                var kind = (Kind)typeof(Kind).GetMethod(nameof(Kind.Of), BindingFlags.Public | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, null)!;
                kinds.Add(kind.Name, kind);
            }

        return kinds;
    }

    private sealed record Kind(string Name, Type State, Func<object?, object, Stamp, object> Next, Func<object, long> Version)
    {
        public static Kind Of<T>() where T : class, IFolded<T> =>
            new(T.Kind, typeof(T), (state, @event, stamp) => T.Fold((T?)state, @event, stamp), state => ((T)state).Version);
    }
}
