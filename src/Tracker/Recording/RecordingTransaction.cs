using System.Collections.Immutable;
using JasperFx.Events;
using Marten;
using Npgsql;

namespace Tracker.Recording;

/// <summary>
/// One transaction that records commands: locks their agendas' lines, decides one after the other against what those before left, and appends what they say
/// with its position, its instant and its author, together with the answers that repeats will get. All of it, or nothing.
/// </summary>
internal sealed class RecordingTransaction(
    IDocumentStore store, NpgsqlConnection connection, NpgsqlTransaction transaction, TimeProvider clock, IFindResting resting, ITellReach reach, IEnterTables tables,
    KnownEvents knownEvents, IEnumerable<IRedactCopies> others) : IAsyncDisposable
{
    private readonly IDocumentSession _session = Session(store, transaction);
    private readonly Dictionary<string, Line> _lines = new(StringComparer.Ordinal);
    private readonly List<(RepeatKey Key, Answer Answer, DateTimeOffset At)> _answers = [];

    // What is appended next, and the states before it of the streams that go on.
    private readonly List<IEvent> _events = [];
    private readonly HashSet<StreamKey> _appended = [];
    private readonly Dictionary<StreamKey, object> _before = [];
    private LockedLines _locked = null!;

    /// <summary>One of the recordings that this makes; null where it makes none.</summary>
    public (string Agenda, long Position, DateTimeOffset At)? Recorded { get; private set; }

    /// <summary>Whether a line is begun by it.</summary>
    public bool Opens { get; private set; }

    /// <summary>Whether a command is just being decided: what goes wrong then is its own fault, and has left nothing.</summary>
    public bool IsDeciding { get; private set; }

    /// <summary>Locks the lines of the commands' agendas.</summary>
    /// <param name="waits">Whether to wait for whoever holds a line.</param>
    /// <param name="held">The states that this node holds, where they are of use.</param>
    public async Task<LockedLines> LockAsync(IReadOnlyCollection<Attempt> attempts, bool waits, HeldStates? held, CancellationToken ct)
    {
        string[] agendas = [.. attempts.Select(x => x.Agenda).Distinct(StringComparer.Ordinal)];
        Opens = attempts.Any(x => x.Opens);
        _locked = await new AgendaLine(connection, transaction, clock, tables.Recordings, knownEvents).LockAsync(agendas, Opens, waits, [.. attempts.Select(x => x.Repeat).OfType<RepeatKey>()], ct);
        foreach (var (agenda, head) in _locked.Heads) _lines.Add(agenda, new Line(agenda, head, held?.At(agenda, head) ?? new(head)));
        return _locked;
    }

    /// <summary>Reads at once what commands look at first, and what those rest on.</summary>
    public async Task LookAheadAsync(IReadOnlyCollection<Attempt> attempts, CancellationToken ct)
    {
        await ReadAsync(attempts.SelectMany(FirstReads), ct);
        await ReadAsync(attempts.Where(x => _lines.ContainsKey(x.Agenda)).SelectMany(attempt => _lines[attempt.Agenda].Find(attempt.Target) is IResting rests ? rests.Basis(attempt.Agenda) : []), ct);
    }

    /// <summary>Decides a command. What is refused leaves nothing; what is recorded is so once all is committed.</summary>
    /// <param name="ct">Stops it until it is decided.</param>
    public async Task<(Answer? Answer, Refusal? Refusal)> TakeAsync(Attempt attempt, CancellationToken ct)
    {
        if (attempt.Repeat is { } key && _locked.Kept.GetValueOrDefault((key.By, key.Route, key.Key)) is { } kept) return kept.For(key);
        if (!_lines.TryGetValue(attempt.Agenda, out var line)) return (null, Refuse.NotFound("agenda", attempt.Agenda));
        if (line.IsNewer) return (null, Refuse.NewerVersion(attempt.Agenda));
        if (!line.IsInTables) return (null, Refuse.BeingFilled);
        var (known, history) = await KnownAsync(attempt, line, ct);
        IsDeciding = true;
        var decision = attempt.Decide(known, LookUpAsync);
        if (!decision.IsCompleted && !attempt.IsAlone) throw new InvalidOperationException("A decision that takes time holds up all: the attempt is long.");
        var outcome = await decision;
        IsDeciding = false;
        return outcome is Refusal refusal ? (null, refusal) : (await RecordAsync(attempt, line, known, outcome, history), null);

        async Task<Known> LookUpAsync(IReadOnlyCollection<StreamKey> keys)
        {
            if (!attempt.IsAlone) throw new InvalidOperationException("What is decided in a group has looked at all it asks for: the attempt is long.");
            if (line.Position > 0) return known with { States = (await EventsAsync(keys, ct)).States };
            // Of an agenda without a recording there is nothing to look up. The database is told all the same that this goes on.
            await using var goesOn = new NpgsqlCommand("select", connection);
            await goesOn.ExecuteNonQueryAsync(ct);
            return known;
        }
    }

    private static IDocumentSession Session(IDocumentStore store, NpgsqlTransaction transaction)
    {
        var session = store.LightweightSession(Marten.Services.SessionOptions.ForTransaction(transaction, shouldAutoCommit: false));
        // Each event says what led to it, or nothing.
        (session.CorrelationId, session.CausationId) = (null, null);
        return session;
    }

    private static IEnumerable<StreamKey> FirstReads(Attempt attempt) => [.. attempt.Reads, attempt.Target, StreamKey.ForAgenda(attempt.Agenda)];

    /// <summary>What a decision looks at, as the commands before it left it.</summary>
    private async Task<(Known Known, IReadOnlyList<IEvent> History)> KnownAsync(Attempt attempt, Line line, CancellationToken ct)
    {
        var known = new Known(ImmutableDictionary<StreamKey, object>.Empty, attempt.Agenda, line.Now, attempt.Caller);
        var (states, positions) = (new Dictionary<StreamKey, object>(), new Dictionary<StreamKey, long>());
        await AddAsync(FirstReads(attempt));
        IReadOnlyList<IEvent> history = attempt.ReadsHistory && attempt.Target.IsValid ? await _session.Events.FetchStreamAsync(attempt.Target.ToString(), token: ct) : [];
        known = known with { States = states, Positions = positions, History = [.. history.Select(x => new PastEvent(x.Version, FoldedKinds.PositionOf(x), x.Data))] };
        await AddAsync([
            .. known.Find(attempt.Target) is IResting rests ? rests.Basis(attempt.Agenda) : [],
            .. attempt.ReadsThen?.Invoke(known) ?? [],
            .. attempt.ReadsRestingOn?.Invoke(known) is { } thing ? await resting.FindAsync(connection, transaction, thing, ct) : [],
        ]);
        return (known, history);

        async Task AddAsync(IEnumerable<StreamKey> wanted)
        {
            StreamKey[] keys = [.. wanted.Where(x => x.IsValid)];
            await ReadAsync(keys, ct);
            foreach (var key in keys)
            {
                if (line.Find(key) is not { } state) continue;
                states[key] = state;
                positions[key] = line.ChangedAt(key);
            }
        }
    }

    /// <summary>Makes a decision's events the next of their line.</summary>
    private async Task<Answer> RecordAsync(Attempt attempt, Line line, Known known, Decided outcome, IReadOnlyList<IEvent> history)
    {
        var target = outcome is Waits ? StreamKey.Of(attempt.Agenda, Waits.Kind, known.NewName()) : attempt.Target;
        ImmutableArray<StreamEvents> streams = outcome switch
        {
            Happened { Events: [] } => [],
            Waits it => [new StreamEvents(target, [it.Proposed], Starts: true)],
            Happened it => [new StreamEvents(attempt.Target, it.Events, !known.States.ContainsKey(attempt.Target))],
            HappenedOnMany it => it.Streams,
            _ => throw new InvalidOperationException($"A decision cannot be {outcome.GetType().Name}."),
        };
        var further = (outcome as HappenedOnMany)?.Further;
        var rewritten = (outcome as Happened)?.Rewritten;
        var isNothing = streams.IsEmpty && further is null;
        var position = isNothing ? line.Position : line.Position + 1;
        var before = rewritten is null ? known.Find(target) : FoldAgain(target, history, rewritten);
        var state = Fold(before, target, streams.Where(x => x.Key == target), position, line.Now, attempt.Caller.Principal!);
        var coveredThrough = attempt.TellsReach ? await reach.CoveredThroughAsync(connection, state!, attempt.Agenda, line.Position, known.Today, CancellationToken.None) : null;
        IsDeciding = true;
        var answer = attempt.Answer(new Recorded(position, outcome, target, state, known.BasisPositionOf(state), coveredThrough));
        IsDeciding = false;
        // A repeat is told the same, whatever is recorded in between. Of an agenda there is not, nothing is kept.
        if (attempt.Repeat is { } repeat && position > 0) _answers.Add((repeat, answer with { Position = position }, line.Now));
        if (!isNothing) await RecordAsync(attempt, line, (streams, further, rewritten), target, position);
        return answer;
    }

    private async Task RecordAsync(
        Attempt attempt, Line line, (ImmutableArray<StreamEvents> Streams, IAsyncEnumerable<StreamEvents>? Further, Rewritten? Rewritten) happened, StreamKey target, long position)
    {
        var (streams, further, rewritten) = happened;
        // A stream goes on in the order of recordings, and so do their numbers.
        if (streams.Any(x => _appended.Contains(x.Key))) await FlushAsync();
        if (rewritten is not null)
        {
            await RewriteAsync(attempt.Target, rewritten);
            line.Redacted = position;
        }

        if (streams.SelectMany(x => x.Events).OfType<ISetVisibility>().LastOrDefault(x => x.IsInternal is not null) is { IsInternal: { } isInternal }) line.IsInternal = isInternal;
        Recorded = (line.Agenda, position, line.Now);
        var stamping = new Stamping(_session, position, line.Now, attempt);
        if (further is null) Append(line, stamping, streams, rewritten is null ? null : target);
        else
        {
            await new ManyStreams(connection, stamping, tables).AppendAsync(streams, further);
            line.IsForgotten = true;
        }

        line.Advance(position);
    }

    private void Append(Line line, Stamping stamping, ImmutableArray<StreamEvents> streams, StreamKey? rewritten)
    {
        foreach (var stream in streams)
        {
            if (!stream.Starts && stream.Key != rewritten && line.Find(stream.Key) is { } before) _before.TryAdd(stream.Key, before);
            var events = stamping.Append(stream, isLast: stream == streams[^1]);
            _events.AddRange(events);
            _appended.Add(stream.Key);
            // What was rewritten, and what was not looked at, is read anew.
            if (stream.Key == rewritten || (!stream.Starts && line.Find(stream.Key) is null)) line.IsForgotten = true;
            else line.Change(stream.Key, Fold(line.Find(stream.Key), stream.Key, [stream], stamping.Position, stamping.At, stamping.By), stream.Events.All(x => x is INotRestedOn) ? null : stamping.Position);
        }
    }

    /// <summary>Writes what is to be appended, and enters it in the tables.</summary>
    private async Task FlushAsync()
    {
        if (_events.Count > 0) await tables.EnterAsync(_session, connection, _events, _before, CancellationToken.None);
        await _session.SaveChangesAsync();
        _events.Clear();
        _appended.Clear();
        _before.Clear();
    }

    /// <summary>Writes all that was decided; false where there is nothing to commit.</summary>
    public async Task<bool> SaveAsync()
    {
        var moved = _lines.Values.Where(x => x.Position > x.Held.Position).ToArray();
        if (moved.Length > 0)
            _session.QueueSqlCommand($"""
                update {AgendaLine.TableName} l set position = n.position, recorded_at = n.recorded_at, is_internal = coalesce(n.is_internal, l.is_internal), redacted = coalesce(n.redacted, l.redacted)
                from unnest(?::text[], ?::bigint[], ?::timestamptz[], ?::boolean[], ?::bigint[]) n(agenda, position, recorded_at, is_internal, redacted) where l.agenda = n.agenda
                """,
                moved.Select(x => x.Agenda).ToArray(), moved.Select(x => x.Position).ToArray(), moved.Select(x => x.LastAt).ToArray(), moved.Select(x => x.IsInternal).ToArray(), moved.Select(x => x.Redacted).ToArray());
        if (_answers.Count > 0)
        {
            T[] Each<T>(Func<(RepeatKey Key, Answer Answer, DateTimeOffset At), T> value) => [.. _answers.Select(value)];
            _session.QueueSqlCommand($"""
                insert into {AgendaLine.RepeatsTableName} (principal, route, key, digest, status, etag, location, position, body, recorded_at)
                select * from unnest(?::text[], ?::text[], ?::text[], ?::bytea[], ?::int[], ?::text[], ?::text[], ?::bigint[], ?::bytea[], ?::timestamptz[])
                """,
                Each(x => x.Key.By), Each(x => x.Key.Route), Each(x => x.Key.Key), Each(x => x.Key.Digest), Each(x => x.Answer.Status), Each(x => x.Answer.ETag), Each(x => x.Answer.Location),
                Each(x => x.Answer.Position!.Value), Each(x => x.Answer.Body), Each(x => x.At));
        }

        if (moved.Length == 0 && _answers.Count == 0) return false;
        await FlushAsync();
        return true;
    }

    public Task CommitAsync() => transaction.CommitAsync(CancellationToken.None);

    /// <summary>Has the states held that this read and left.</summary>
    public void Keep(HeldStates held)
    {
        foreach (var line in _lines.Values)
            if (line.IsForgotten || !line.IsInTables) held.Drop(line.Agenda);
            else held.Set(line.Agenda, line.Merge());
    }

    /// <summary>Has nothing held of the agendas that this looked at.</summary>
    public void Drop(HeldStates held)
    {
        foreach (var agenda in _lines.Keys) held.Drop(agenda);
    }

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }

    /// <summary>Writes events as they read without a text. Nothing else ever changes one.</summary>
    private async Task RewriteAsync(StreamKey thing, Rewritten rewritten)
    {
        await using (var batch = new NpgsqlBatch(connection))
        {
            foreach (var rewrite in rewritten.Events)
            {
                var @event = _session.Events.BuildEvent(rewrite.Data);
                batch.Add(MartenTables.Rewrite,
                    thing.ToString(), rewrite.Version, store.Options.Serializer().ToJson(rewrite.Data), @event.EventTypeName, @event.DotNetTypeName);
            }

            await batch.ExecuteNonQueryAsync();
        }

        foreach (var other in others) await other.RedactAsync(connection, thing, rewritten, CancellationToken.None);
    }

    /// <summary>Reads the states that are not held yet.</summary>
    private async Task ReadAsync(IEnumerable<StreamKey> wanted, CancellationToken ct)
    {
        StreamKey[] keys = [.. wanted.Where(x => x.IsValid && _lines.TryGetValue(x.Agenda, out var line) && !line.IsNewer && !line.Knows(x)).Distinct()];
        if (keys.Length == 0) return;
        var (states, positions) = await EventsAsync(keys, ct);
        foreach (var key in keys)
        {
            var held = _lines[key.Agenda].Held;
            held.States[key] = states.GetValueOrDefault(key);
            if (positions.TryGetValue(key, out var position)) held.ChangedAt[key] = position;
        }
    }

    private async Task<(Dictionary<StreamKey, object> States, Dictionary<StreamKey, long> ChangedAt)> EventsAsync(IEnumerable<StreamKey> streams, CancellationToken ct)
    {
        var keys = streams.Where(x => x.IsValid).Select(x => x.ToString()).Distinct().ToArray();
        if (keys.Length == 0) return ([], []);
        var events = await _session.Events.QueryAllRawEvents().Where(x => x.StreamKey!.IsOneOf(keys)).ToListAsync(ct);
        return (FoldedKinds.FoldAll(events), FoldedKinds.ChangedAt(events).ToDictionary(x => x.Key, x => x.Position));
    }

    /// <summary>The state of a stream, with some of its events as they read from now on.</summary>
    private static object FoldAgain(StreamKey key, IReadOnlyList<IEvent> history, Rewritten rewritten)
    {
        object? state = null;
        foreach (var @event in history)
            state = FoldedKinds.Fold(key.Kind, state, rewritten.Events.FirstOrDefault(x => x.Version == @event.Version)?.Data ?? @event.Data, FoldedKinds.StampOf(@event, key.Name));
        return state!;
    }

    private static object? Fold(object? state, StreamKey key, IEnumerable<StreamEvents> streams, long position, DateTimeOffset at, string by)
    {
        var version = FoldedKinds.VersionOf(key.Kind, state);
        foreach (var @event in streams.SelectMany(x => x.Events)) state = FoldedKinds.Fold(key.Kind, state, @event, new Stamp(key.Name, ++version, position, at, by));
        return state;
    }

    /// <summary>The line of an agenda, locked, and what its commands have left so far.</summary>
    private sealed class Line(string agenda, AgendaLine.Head head, HeldStates.OfAgenda held)
    {
        private readonly Dictionary<StreamKey, object?> _changed = [];
        private readonly Dictionary<StreamKey, long> _changedAt = [];

        public string Agenda => agenda;

        public long Position { get; private set; } = head.Position;

        /// <summary>The instant that the next recording bears.</summary>
        public DateTimeOffset Now { get; private set; } = head.Now;

        /// <summary>That of the last.</summary>
        public DateTimeOffset LastAt { get; private set; }

        /// <summary>As committed before.</summary>
        public HeldStates.OfAgenda Held => held;

        public bool? IsInternal { get; set; }

        public long? Redacted { get; set; }

        public bool IsInTables => head.IsInTables;

        /// <summary>Whether it holds an event that nobody here can read.</summary>
        public bool IsNewer => head.IsNewer;

        /// <summary>Whether what this leaves is to be read anew.</summary>
        public bool IsForgotten { get; set; }

        public bool Knows(StreamKey key) => _changed.ContainsKey(key) || held.States.ContainsKey(key);

        public object? Find(StreamKey key) => _changed.TryGetValue(key, out var changed) ? changed : held.States.GetValueOrDefault(key);

        public long ChangedAt(StreamKey key) => _changedAt.TryGetValue(key, out var changed) ? changed : held.ChangedAt.GetValueOrDefault(key);

        public void Change(StreamKey key, object? state, long? position)
        {
            _changed[key] = state;
            if (position is { } at) _changedAt[key] = at;
        }

        public void Advance(long position)
        {
            (Position, LastAt) = (position, Now);
            Now = Now.AddMicroseconds(1);
        }

        /// <summary>What was committed before, with what this changed.</summary>
        public HeldStates.OfAgenda Merge()
        {
            if (Position > held.Position) (held.Position, held.RecordedAt) = (Position, LastAt);
            foreach (var (key, state) in _changed) held.States[key] = state;
            foreach (var (key, position) in _changedAt) held.ChangedAt[key] = position;
            return held;
        }
    }
}
