using System.Text.Json.Nodes;
using Npgsql;
using Tracker.Api.Tests.Contract;

namespace Tracker.Api.Tests.Stored;

/// <summary>
/// What was recorded on an agenda, as the store keeps it: a line for each event. What lies in <c>us-china-bali.jsonl</c> was
/// recorded by the program of its time, from the
/// seeds and what may be done to them, every kind of event among it; it never changes.
/// </summary>
internal static class StoredHistory
{
    public static string Agenda => "us-china-bali";

    public static string Path => TheContract.Repository("tests", "Tracker.Api.Tests", "Stored", $"{Agenda}.jsonl");

    public static IEnumerable<JsonNode> Events => File.ReadLines(Path).Select(x => JsonNode.Parse(x)!);

    /// <summary>The events of an agenda, as lines.</summary>
    public static async Task<string[]> LinesAsync(string connectionString)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var command = database.CreateCommand("""
            select jsonb_build_object('seq', e.seq_id, 'id', e.id, 'stream', e.stream_id, 'of', s.type, 'version', e.version, 'type', e.type, 'at', e.timestamp, 'by', e.user_name,
                'headers', e.headers, 'data', e.data)::text
            from tracker.mt_events e join tracker.mt_streams s on s.id = e.stream_id where starts_with(e.stream_id, $1) order by e.seq_id
            """);
        command.Parameters.Add(new() { Value = $"{Agenda}/" });
        var lines = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) lines.Add(reader.GetString(0));
        return [.. lines];
    }

    /// <summary>Puts the history into a database of which nobody makes use yet.</summary>
    /// <returns>Its last position.</returns>
    public static async Task<long> StoreAsync(string connectionString)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        var lines = await File.ReadAllLinesAsync(Path);
        await using var command = database.CreateCommand("""
            with stored as (select e.* from unnest($1::jsonb[]) l(line), jsonb_to_record(l.line)
                e(seq bigint, id uuid, stream text, "of" text, version bigint, type text, at timestamptz, by text, headers jsonb, data jsonb)),
            streams as (insert into tracker.mt_streams (id, type, version, timestamp, tenant_id)
                select stream, max("of"), max(version), max(at), '*DEFAULT*' from stored group by stream),
            events as (insert into tracker.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, user_name, headers, is_archived)
                select seq, id, stream, version, data, type, at, '*DEFAULT*', by, headers, false from stored),
            line as (insert into tracker.agenda_line (agenda, position, recorded_at, answered_at)
                select $2, max((headers ->> 'position')::bigint), max(at), '-infinity' from stored returning position)
            select position, setval('tracker.mt_events_sequence', (select max(seq) from stored)) from line
            """);
        command.Parameters.Add(new() { Value = lines });
        command.Parameters.Add(new() { Value = Agenda });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
