using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using JasperFx.Events;
using Marten;
using Npgsql;
using Tracker.Recording;

namespace Tracker.Boards.Known;

/// <summary>
/// Writes the tables of what was known when, from the events and nothing else, in the transaction that appends them: a pure fold, which the same events
/// make again. It trusts the tables only where they continue where the events begin.
/// </summary>
/// <param name="tables">The tables it keeps: those of the record, and those of whatever else is known when.</param>
public sealed class KnownTablesWriter(IReadOnlyList<KnownTable> tables) : IEnterTables
{
    /// <summary>The PostgreSQL channel on which each recording is told, as <c>agenda:position</c>.</summary>
    public const string Channel = "tracker_known";

    /// <inheritdoc/>
    public string Recordings => KnownTables.Recordings;

    /// <inheritdoc/>
    public async Task<bool> HoldAsync(NpgsqlConnection connection, string agenda, long position, DateTimeOffset recordedAt, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select exists (select from {KnownTables.Recordings} where agenda = $1 and position = $2 and recorded_at = $3)", connection)
        { Parameters = { new() { Value = agenda }, new() { Value = position }, new() { Value = recordedAt } } };
        return await command.ExecuteScalarAsync(ct) is true;
    }

    /// <inheritdoc/>
    public async Task AnalyzeAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var analyze = new NpgsqlCommand($"analyze {string.Join(", ", KnownTables.All.Select(x => x.Name))}", connection) { CommandTimeout = 0 };
        await analyze.ExecuteNonQueryAsync(ct);
    }

    /// <inheritdoc/>
    public async Task EnterAsync(IDocumentSession session, NpgsqlConnection connection, IReadOnlyList<IEvent> events, IReadOnlyDictionary<StreamKey, object> before, CancellationToken ct)
    {
        var ours = events.Where(x => x.Headers?.ContainsKey(Recorder.PositionHeader) == true).Select(x => (Key: StreamKey.Parse(x.StreamKey!), Event: x)).ToList();
        foreach (var table in tables)
        {
            var things = ours.Where(x => x.Key.Kind == table.Kind).ToList();
            if (things.Count > 0) await ApplyAsync(session, connection, table, things, before, ct);
        }

        TellRecordings(session, ours);
    }

    /// <summary>Empties the tables of one agenda, in a transaction that fills them again.</summary>
    internal async Task ClearAsync(NpgsqlConnection connection, string agenda, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var name in tables.Select(x => x.Name).Append(KnownTables.Recordings)) batch.Add($"delete from {name} where agenda = $1", agenda);
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Makes sure that the tables hold each recording of an agenda up to a position.</summary>
    /// <exception cref="InvalidOperationException">They lack one.</exception>
    internal static async Task CheckAsync(NpgsqlConnection connection, string agenda, long position, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select count(*) from {KnownTables.Recordings} where agenda = $1 and position <= $2", connection) { Parameters = { new() { Value = agenda }, new() { Value = position } } };
        if (await command.ExecuteScalarAsync(ct) is var held && (long)held! != position)
            throw new InvalidOperationException($"Of the {position} recordings of '{agenda}', the events gave {held}.");
    }

    /// <summary>The last recording of an agenda that the tables hold; 0 before the first.</summary>
    internal static async Task<long> LastAsync(NpgsqlConnection connection, string agenda, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select coalesce(max(position), 0) from {KnownTables.Recordings} where agenda = $1", connection) { Parameters = { new() { Value = agenda } } };
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task ApplyAsync(
        IDocumentOperations operations, NpgsqlConnection connection, KnownTable table, List<(StreamKey Key, IEvent Event)> events, IReadOnlyDictionary<StreamKey, object> before,
        CancellationToken ct)
    {
        events = await WithAllOfRedactedAsync(operations, table, events, ct);
        // What begins in this very batch is nowhere to be looked up.
        var heads = await HeadsAsync(connection, table, [.. events.DistinctBy(x => x.Key).Where(x => x.Event.Version != 1 && !before.ContainsKey(x.Key)).Select(x => x.Key)], ct);
        var closed = new Dictionary<StreamKey, long>();
        var rows = new List<Row>();
        var open = new Dictionary<StreamKey, int>();
        foreach (var (key, @event) in events)
        {
            var position = FoldedKinds.PositionOf(@event);
            if (!heads.TryGetValue(key, out var head) && @event.Version != 1 && before.TryGetValue(key, out var held)) head = new Head(held, From: 0);
            var version = FoldedKinds.VersionOf(table.Kind, head?.State);
            if (@event.Version == 0) @event.Version = version + 1;
            if (version != @event.Version - 1)
                throw new InvalidOperationException($"{table.Name} has {key} at version {version}, and the next event is version {@event.Version}.");
            var state = FoldedKinds.Fold(table.Kind, head?.State, @event.Data, FoldedKinds.StampOf(@event, key.Name));
            if (open.TryGetValue(key, out var at))
            {
                if (rows[at].From == position)
                {
                    // The same recording touched it before: there is no moment at which only the first was known.
                    rows[at] = rows[at] with { State = state };
                    heads[key] = new Head(state, position);
                    continue;
                }

                rows[at] = rows[at] with { To = position };
            }
            else if (head is not null)
            {
                closed[key] = position;
            }

            open[key] = rows.Count;
            rows.Add(new Row(key, position, KnownTable.StillKnown, state));
            heads[key] = new Head(state, position);
        }

        if (closed.Count > 0)
        {
            // A recording that reaches over two batches opens and closes at one position: that row was never seen.
            operations.QueueSqlCommand($"""
                update {table.Name} t set known_to = c.position
                from unnest(?::text[], ?::text[], ?::bigint[]) c(agenda, name, position)
                where t.agenda = c.agenda and t.name = c.name and t.known_to = {KnownTable.StillKnown.ToString(CultureInfo.InvariantCulture)}
                """, closed.Keys.Select(x => x.Agenda).ToArray(), closed.Keys.Select(x => x.Name).ToArray(), closed.Values.ToArray());
            operations.QueueSqlCommand($"delete from {table.Name} t using unnest(?::text[], ?::text[]) c(agenda, name) where t.agenda = c.agenda and t.name = c.name and t.known_from = t.known_to",
                closed.Keys.Select(x => x.Agenda).ToArray(), closed.Keys.Select(x => x.Name).ToArray());
        }

        operations.QueueSqlCommand($"insert into {table.Name} select * from jsonb_populate_recordset(null::{table.Name}, ?::jsonb)", Json(table, rows));
        if (table.Channel is { } channel)
            foreach (var agenda in open.Keys.Select(x => x.Agenda).Distinct(StringComparer.Ordinal)) operations.QueueSqlCommand("select pg_notify(?, ?)", channel, agenda);
    }

    /// <summary>
    /// Of a thing that a text was taken out of all events, instead of the next: its rows are made again, for they may have been made of what its events said before.
    /// </summary>
    private static async Task<List<(StreamKey Key, IEvent Event)>> WithAllOfRedactedAsync(
        IDocumentOperations operations, KnownTable table, List<(StreamKey Key, IEvent Event)> events, CancellationToken ct)
    {
        var redacted = events.Where(x => x.Event.Data is TextRedacted).Select(x => x.Key).ToHashSet();
        if (redacted.Count == 0) return events;
        var all = events.Where(x => !redacted.Contains(x.Key)).ToList();
        foreach (var key in redacted)
        {
            var next = events.Where(x => x.Key == key).Select(x => x.Event).ToList();
            // Version 0 is the next that there will be.
            var before = next[0].Version == 1 ? [] : (await operations.Events.FetchStreamAsync(key.ToString(), token: ct)).Where(x => next[0].Version == 0 || x.Version < next[0].Version);
            all.AddRange(before.Concat(next).Select(x => (key, x)));
        }

        operations.QueueSqlCommand($"delete from {table.Name} t using unnest(?::text[], ?::text[]) c(agenda, name) where t.agenda = c.agenda and t.name = c.name",
            redacted.Select(x => x.Agenda).ToArray(), redacted.Select(x => x.Name).ToArray());
        return all;
    }

    private static async Task<Dictionary<StreamKey, Head>> HeadsAsync(NpgsqlConnection connection, KnownTable table, StreamKey[] keys, CancellationToken ct)
    {
        if (keys.Length == 0) return [];
        // One by one through the index, for a plan made while the tables fill would rather read them whole.
        await using var command = new NpgsqlCommand($"""
            select k.agenda, k.name, t.version, t.body, t.known_from
            from unnest($1::text[], $2::text[]) k(agenda, name), lateral (
                select version, body, known_from, known_to from {table.Name} where agenda = k.agenda and name = k.name order by known_from desc limit 1) t
            where t.known_to = {KnownTable.StillKnown.ToString(CultureInfo.InvariantCulture)}
            """, connection);
        command.Parameters.Add(new() { Value = keys.Select(x => x.Agenda).ToArray() });
        command.Parameters.Add(new() { Value = keys.Select(x => x.Name).ToArray() });
        var heads = new Dictionary<StreamKey, Head>();
        var byName = keys.ToDictionary(x => (x.Agenda, x.Name));
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            heads.Add(byName[(reader.GetString(0), reader.GetString(1))], new Head(table.Read(reader.GetString(3), reader.GetInt64(2)), reader.GetInt64(4)));
        return heads;
    }

    private static void TellRecordings(IDocumentOperations operations, List<(StreamKey Key, IEvent Event)> events)
    {
        var last = events.Where(x => x.Event.Headers!.ContainsKey(Recorder.LastHeader)).ToList();
        if (last.Count == 0) return;
        operations.QueueSqlCommand(
            $"insert into {KnownTables.Recordings} (agenda, position, recorded_at, principal) select * from unnest(?::text[], ?::bigint[], ?::timestamptz[], ?::text[])",
            last.Select(x => x.Key.Agenda).ToArray(), last.Select(x => FoldedKinds.PositionOf(x.Event)).ToArray(),
            last.Select(x => x.Event.Timestamp.ToUniversalTime()).ToArray(), last.Select(x => x.Event.UserName ?? "").ToArray());
        foreach (var agenda in last.GroupBy(x => x.Key.Agenda, StringComparer.Ordinal))
            operations.QueueSqlCommand("select pg_notify(?, ?)", Channel,
                string.Create(CultureInfo.InvariantCulture, $"{agenda.Key}:{agenda.Max(x => FoldedKinds.PositionOf(x.Event))}"));
    }

    private static string Json(KnownTable table, List<Row> rows)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var row in rows)
            {
                json.WriteStartObject();
                json.WriteString("agenda", row.Key.Agenda);
                json.WriteString("name", row.Key.Name);
                json.WriteNumber("known_from", row.From);
                json.WriteNumber("known_to", row.To);
                json.WriteNumber("version", FoldedKinds.VersionOf(table.Kind, row.State));
                table.Write(json, row.State);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private sealed record Row(StreamKey Key, long From, long To, object State);

    private sealed record Head(object State, long From);
}
