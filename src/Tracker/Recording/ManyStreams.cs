using System.Collections.Immutable;
using JasperFx.Events;
using Marten;
using Npgsql;
using NpgsqlTypes;

namespace Tracker.Recording;

/// <summary>
/// Appends more streams than fit in memory, as part of one recording: page by page they enter the tables and are put aside, and are appended by one last
/// statement.
/// </summary>
internal sealed class ManyStreams(IDocumentStore store, NpgsqlConnection connection, Stamping stamping, IEnterTables tables)
{
    private const int PageSize = 1_000;
    private const string Aside = "pg_temp.put_aside";

    private readonly IDocumentSession _session = stamping.Session;
    private readonly List<(StreamEvents Stream, IEvent[] Events)> _page = [];
    private int _events, _number;

    public async Task AppendAsync(ImmutableArray<StreamEvents> first, IAsyncEnumerable<StreamEvents> further, Attempt attempt, CancellationToken ct)
    {
        await using (var create = new NpgsqlCommand("""
            create temporary table put_aside (number int, stream varchar, kind varchar, starts boolean, ids uuid[], names varchar[], types varchar[], bodies jsonb[], headers jsonb[])
            on commit drop
            """, connection))
            await create.ExecuteNonQueryAsync(ct);
        // One behind, because the last of a recording is marked.
        StreamEvents? waiting = null;
        foreach (var stream in first) await NextAsync(stream);
        await foreach (var stream in further.WithCancellation(ct)) await NextAsync(stream);

        Take(waiting ?? throw new InvalidOperationException("A decision that tells of further streams tells of at least one."), isLast: true);
        await PutAsideAsync(ct);
        // What the recording does beside its events: the agenda's line, the answer to a repeat.
        await _session.SaveChangesAsync(ct);

        if (_number > PageSize) await tables.AnalyzeAsync(connection, ct);
        // A plan made while the tables are small would read them whole for each stream, and nothing tells that they grow meanwhile.
        await using (var byIndex = new NpgsqlBatch(connection) { BatchCommands = { new("discard plans"), new("set local enable_seqscan = off") } })
            await byIndex.ExecuteNonQueryAsync(ct);

        // The store's own function, called once for each.
        await using var append = new NpgsqlCommand($"""
            select count(tracker.mt_quick_append_events(
                stream, kind, '*DEFAULT*', ids, names, types, bodies, array_fill(null::bytea, array[cardinality(ids)]),
                array_fill($1::varchar, array[cardinality(ids)]), array_fill($2::varchar, array[cardinality(ids)]), headers,
                array_fill($3::varchar, array[cardinality(ids)]), array_fill($4::timestamptz, array[cardinality(ids)]), case when starts then 0 end))
            from (select * from {Aside} order by number) in_order
            """, connection) { CommandTimeout = 0 };
        foreach (var value in (object[])[(object?)attempt.Causation ?? DBNull.Value, (object?)attempt.Correlation ?? DBNull.Value, stamping.By, stamping.At]) append.Parameters.Add(new() { Value = value });
        await append.ExecuteScalarAsync(ct);

        async ValueTask NextAsync(StreamEvents stream)
        {
            if (waiting is not null) Take(waiting, isLast: false);
            waiting = stream;
            if (_events >= PageSize) await PutAsideAsync(ct);
        }

        void Take(StreamEvents stream, bool isLast)
        {
            var built = stamping.Stamp(stream, isLast);
            _page.Add((stream, built));
            _events += built.Length;
        }
    }

    private async Task PutAsideAsync(CancellationToken ct)
    {
        var serializer = store.Options.Serializer();
        await using (var copy = await connection.BeginBinaryImportAsync($"copy {Aside} from stdin (format binary)", ct))
        {
            foreach (var (stream, events) in _page)
            {
                await copy.StartRowAsync(ct);
                await copy.WriteAsync(++_number, NpgsqlDbType.Integer, ct);
                await copy.WriteAsync(stream.Key.ToString(), NpgsqlDbType.Varchar, ct);
                await copy.WriteAsync(AliasOf(stream.Key.Kind), NpgsqlDbType.Varchar, ct);
                await copy.WriteAsync(stream.Starts, NpgsqlDbType.Boolean, ct);
                await copy.WriteAsync(Array.ConvertAll(events, x => x.Id), NpgsqlDbType.Array | NpgsqlDbType.Uuid, ct);
                await copy.WriteAsync(Array.ConvertAll(events, x => x.EventTypeName), NpgsqlDbType.Array | NpgsqlDbType.Varchar, ct);
                await copy.WriteAsync(Array.ConvertAll(events, x => x.DotNetTypeName), NpgsqlDbType.Array | NpgsqlDbType.Varchar, ct);
                await copy.WriteAsync(Array.ConvertAll(events, x => serializer.ToJson(x.Data)), NpgsqlDbType.Array | NpgsqlDbType.Jsonb, ct);
                await copy.WriteAsync(Array.ConvertAll(events, x => serializer.ToJson(x.Headers!)), NpgsqlDbType.Array | NpgsqlDbType.Jsonb, ct);
            }

            await copy.CompleteAsync(ct);
        }

        await tables.EnterAsync(_session, connection, [.. _page.SelectMany(x => x.Events)], ct);
        await _session.SaveChangesAsync(ct);

        _page.Clear();
        _events = 0;
    }

    /// <summary>What the store calls a kind of stream.</summary>
    private string AliasOf(string kind) => ((Marten.Events.EventGraph)store.Options.Events).AggregateAliasFor(FoldedKinds.TypeOf(kind));
}
