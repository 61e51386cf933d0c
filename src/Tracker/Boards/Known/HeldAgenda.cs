using System.Collections.Concurrent;
using System.Collections.Immutable;
using Npgsql;
using Tracker.Agendas;
using Tracker.Boards.Timelines;
using Tracker.Proposals;
using Tracker.Recording;

namespace Tracker.Boards.Known;

/// <summary>
/// What boards are judged from, of one agenda, in memory: every row of the tables up to a position, as it was known from each recording on. History only
/// grows, so what is held stays right; what is newer is added to it. Several may read it while one adds: who reads at a position sees nothing that came after.
/// </summary>
internal sealed class HeldAgenda(string agenda, TextVersion texts) : IShareTexts
{
    // The columns before a row's own: its name, and since when it was known.
    private const int Own = 2;

    private readonly ConcurrentDictionary<string, Versions<Agenda>> _agenda = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Versions<CommitmentRow>> _commitments = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Versions<EvidenceRow>> _evidence = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Versions<ActivityRow>> _activities = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Versions<ProposalRow>> _proposals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<string>> _lists = new(StringComparer.Ordinal);
    // The instant of each recording, by its position less one. Longer than what is held: what lies beyond is being added.
    private volatile DateTimeOffset[] _recordedAt = new DateTimeOffset[16];
    private long _position;

    /// <summary>The last recording that is held whole.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>About how much memory it takes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Whether it holds all that was known at a moment, with the texts as they read now.</summary>
    public bool Holds(Moment moment) => texts == moment.Texts && RecordedAt(moment.Position) == moment.RecordedAt;

    /// <summary>Whether what it lacks for that can be added to it.</summary>
    public bool MayReach(Moment moment) => texts == moment.Texts && Position < moment.Position;

    /// <summary>The moment of a position; null where it is not held.</summary>
    public Moment? MomentAt(long position) => RecordedAt(position) is { } instant ? new Moment(agenda, position, instant) { Texts = texts } : null;

    /// <summary>The moment of the last recording at or before an instant; null where there is none.</summary>
    public Moment? MomentAtOrBefore(DateTimeOffset instant)
    {
        // What is held first, and then the array: one that is longer by now begins alike.
        var held = (int)Position;
        var index = Array.BinarySearch(_recordedAt, 0, held, instant);
        return MomentAt(index < 0 ? ~index : index + 1);
    }

    private DateTimeOffset? RecordedAt(long position) => position > 0 && position <= Position ? _recordedAt[position - 1] : null;

    /// <summary>The agenda itself as known at a position; null where it was not yet.</summary>
    public Agenda? AgendaAt(long position) => _agenda.TryGetValue(agenda, out var known) ? known.At(position) : null;

    /// <summary>The commitments as known at a position, in the order of their names; of those names alone, where any is given.</summary>
    public IEnumerable<(string Name, CommitmentRow Row)> CommitmentsAt(long position, string[] names)
    {
        var known = names.Length == 0 ? At(_commitments, position) : names.Distinct(StringComparer.Ordinal).SelectMany(x => At(_commitments, x, position));
        return known.OrderBy(x => x.Name, StringComparer.Ordinal);
    }

    /// <summary>The evidence as known at a position, with its activity, in no order.</summary>
    public IEnumerable<(string Id, EvidenceRow Row, ActivityRow Activity)> EvidenceAt(long position)
    {
        foreach (var (id, row) in At(_evidence, position))
            if (ActivityAt(row.Activity, position) is { } activity) yield return (id, row, activity);
    }

    /// <summary>An activity as known at a position; null where it was not yet.</summary>
    public ActivityRow? ActivityAt(string name, long position) => _activities.TryGetValue(name, out var known) ? known.At(position) : null;

    /// <summary>What a piece of evidence is about, as known at a position; null where it was not yet.</summary>
    public ActivityNamed? ActivityOf(string evidence, long position) =>
        _evidence.TryGetValue(evidence, out var known) && known.At(position) is { } row && ActivityAt(row.Activity, position) is { } activity ? new ActivityNamed(row.Activity, activity.Title) : null;

    /// <summary>The last days of the activities and the days searched through, as known at a position.</summary>
    public IEnumerable<DateOnly> RecordedDaysAt(long position) =>
        At(_activities, position).Where(x => !x.Row.IsWithdrawn).Select(x => x.Row.Latest).Concat(At(_commitments, position).SelectMany(x => x.Row.Searches));

    /// <summary>The proposals that waited at a position, the oldest first.</summary>
    public IEnumerable<(string Id, ProposalRow Row)> WaitingAt(long position) =>
        At(_proposals, position).Where(x => x.Row.IsWaiting).OrderBy(x => x.Row.ProposedAt).ThenBy(x => x.Name, StringComparer.Ordinal);

    /// <summary>Adds what was recorded after what it holds; false where that would be more than it may hold, and it is of no use any more.</summary>
    /// <param name="connection">Sees all of the tables through the moment.</param>
    /// <param name="moment">How far to go.</param>
    /// <param name="most">The most bytes it may take.</param>
    /// <param name="time">How long it may take.</param>
    /// <exception cref="NotInTablesYetException">The tables do not hold the moment, or the database now holds another history than before.</exception>
    public async Task<bool> AddAsync(NpgsqlConnection connection, Moment moment, long most, ReadTimeout time)
    {
        var from = Position;
        // What a few recordings brought is found by their positions; of many, all rows are read, and those that are held are passed over.
        var added = moment.Position - from <= 64 ? Enumerable.Range(1, (int)(moment.Position - from)).Select(x => from + x).ToArray() : [];
        var which = $"agenda = $1 and known_from > $2 and known_from <= $3{(added.Length > 0 ? " and known_from = any($4)" : "")}";
        object[] values = added.Length > 0 ? [agenda, from, moment.Position, added] : [agenda, from, moment.Position];
        await using var batch = new NpgsqlBatch(connection);
        time.Limit(batch);
        batch.Add($"select position, recorded_at from {KnownTables.Recordings} where agenda = $1 and position >= $2 and position <= $3 order by position", agenda, from, moment.Position);
        batch.Add($"select name, known_from, body, version from {KnownTables.Agendas.Name} where {which}", values);
        batch.Add($"select name, known_from, {CommitmentRow.Columns} from {KnownTables.Commitments.Name} where {which}", values);
        batch.Add($"select name, known_from, {ActivityRow.Columns} from {KnownTables.Activities.Name} where {which}", values);
        batch.Add($"select name, known_from, {EvidenceRow.Columns} from {KnownTables.Evidence.Name} where {which}", values);
        batch.Add($"select name, known_from, change, activity, commitment, state, proposed_at from {KnownTables.Proposals.Name} where {which}", values);

        await using var reader = await batch.ExecuteReaderAsync();
        await reader.NextResultAsync();
        var recordedAt = _recordedAt;
        if (recordedAt.Length < moment.Position) Array.Resize(ref recordedAt, (int)moment.Position * 2);
        var last = from;
        while (await reader.ReadAsync())
        {
            var (position, instant) = (reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1));
            // The last that is held is read again: where it is another, the database was replaced by an earlier copy and went on from there.
            if (position == from ? recordedAt[from - 1] != instant : position != ++last) throw new NotInTablesYetException(agenda);
            recordedAt[position - 1] = instant;
        }

        if (last != moment.Position || recordedAt[last - 1] != moment.RecordedAt) throw new NotInTablesYetException(agenda);

        var waiting = Words.Text(ProposalState.Waiting);
        return await TakeAsync(_agenda, x => KnownTables.Agendas.ReadBody(x.GetString(2), x.GetInt64(3)), x => 2 * x.GetString(2).Length)
            && await TakeAsync(_commitments, x => CommitmentRow.Read(x, Own, this), x => 400 + (2 * x.GetString(3).Length))
            && await TakeAsync(_activities, x => ActivityRow.Read(x, Own), x => 160 + (2 * x.GetString(2).Length))
            && await TakeAsync(_evidence, x => EvidenceRow.Read(x, Own, this), _ => 240)
            && await TakeAsync(_proposals, ReadProposal, _ => 200)
            && Publish();

        async Task<bool> TakeAsync<T>(ConcurrentDictionary<string, Versions<T>> table, Func<NpgsqlDataReader, T> read, Func<NpgsqlDataReader, int> bytes) where T : class
        {
            await reader.NextResultAsync();
            while (await reader.ReadAsync())
            {
                var (name, since, thing) = (reader.GetString(0), reader.GetInt64(1), read(reader));
                var before = table.GetValueOrDefault(name);
                var with = before is null ? new Versions<T>([(since, thing)]) : before.With(since, thing);
                // A row that was read before, when the last attempt to read them all broke off.
                if (ReferenceEquals(with, before)) continue;
                table[name] = with;
                if ((Bytes += bytes(reader)) > most) return false;
            }

            return true;
        }

        bool Publish()
        {
            Bytes += 32 * (moment.Position - from);
            _recordedAt = recordedAt;
            Volatile.Write(ref _position, moment.Position);
            return true;
        }

        ProposalRow ReadProposal(NpgsqlDataReader x) => new(
            Words.Parse<ProposedChange>(x.GetString(2)), x.IsDBNull(3) ? null : x.GetString(3), x.IsDBNull(4) ? null : x.GetString(4),
            x.GetString(5) == waiting, x.GetFieldValue<DateTimeOffset>(6));
    }

    private static IEnumerable<(string Name, T Row)> At<T>(ConcurrentDictionary<string, Versions<T>> table, long position) where T : class
    {
        foreach (var (name, known) in table)
            if (known.At(position) is { } row) yield return (name, row);
    }

    private static IEnumerable<(string Name, T Row)> At<T>(ConcurrentDictionary<string, Versions<T>> table, string name, long position) where T : class
    {
        if (table.TryGetValue(name, out var known) && known.At(position) is { } row) yield return (name, row);
    }

    /// <inheritdoc/>
    public string OneOf(string text)
    {
        if (_texts.TryGetValue(text, out var one)) return one;
        _texts.Add(text, text);
        return text;
    }

    /// <inheritdoc/>
    public ImmutableArray<string> OneOf(string[] texts)
    {
        var key = string.Join('\n', texts);
        if (_lists.TryGetValue(key, out var one)) return one;
        return _lists[key] = [.. texts.Select(OneOf)];
    }
}

/// <summary>What one thing was known as, from each recording that changed it on.</summary>
internal sealed record Versions<T>(ImmutableArray<(long From, T Thing)> All) where T : class
{
    /// <summary>As known at a position; null where it was not known yet.</summary>
    public T? At(long position)
    {
        for (var i = All.Length - 1; i >= 0; i--)
            if (All[i].From <= position) return All[i].Thing;
        return null;
    }

    public Versions<T> With(long from, T thing)
    {
        var index = All.Length;
        while (index > 0 && All[index - 1].From > from) index--;
        return index > 0 && All[index - 1].From == from ? this : new(All.Insert(index, (from, thing)));
    }
}

/// <summary>A change that may wait for a second person.</summary>
internal sealed record ProposalRow(ProposedChange Change, string? Activity, string? Commitment, bool IsWaiting, DateTimeOffset ProposedAt);
