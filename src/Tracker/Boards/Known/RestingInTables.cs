using System.Globalization;
using Npgsql;
using Tracker.Recording;

namespace Tracker.Boards.Known;

/// <summary>
/// Finds what may rest on a thing: what the tables know by their indexes, and whatever was recorded after what they hold. Nothing is
/// waited for, and nothing is missed: while the agenda's line is locked, all its events have their numbers and are committed.
/// </summary>
internal sealed class RestingInTables : IFindResting
{
    public async Task<IReadOnlyList<StreamKey>> FindAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, StreamKey thing, CancellationToken ct)
    {
        var named = thing.Kind switch
        {
            "activities" => "activity = $2",
            "commitments" => "commitment = $2",
            "sources" => "$2 = any(cites)",
            _ => throw new InvalidOperationException($"Nothing rests on {thing.Kind}."),
        };
        var found = new HashSet<StreamKey>();
        await using var batch = new NpgsqlBatch(connection, transaction);
        // How far the tables have come is read first: what they take in meanwhile is found twice, and never not at all.
        batch.Add($"select coalesce(max(last_seq_id), 0) from tracker.mt_event_progression where name = $1", KnownProjection.Shard);
        batch.Add($"""
            select name from {KnownTables.Evidence.Name}
            where agenda = $1 and {named} and known_to = {KnownTable.StillKnown.ToString(CultureInfo.InvariantCulture)}
            """, thing.Agenda, thing.Name);
        long applied;
        await using (var reader = await batch.ExecuteReaderAsync(ct))
        {
            await reader.ReadAsync(ct);
            applied = reader.GetInt64(0);
            await reader.NextResultAsync(ct);
            while (await reader.ReadAsync(ct)) found.Add(StreamKey.Of<Evidence.Evidence>(thing.Agenda, reader.GetString(0)));
        }

        // A statement of its own, so that it is planned for how few these are.
        await using var since = new NpgsqlCommand("select distinct stream_id from tracker.mt_events where seq_id > $1 and starts_with(stream_id, $2)", connection, transaction);
        since.Parameters.Add(new() { Value = applied });
        since.Parameters.Add(new() { Value = $"{thing.Agenda}/evidence/" });
        await using (var reader = await since.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct)) found.Add(StreamKey.Parse(reader.GetString(0)));
        return [.. found];
    }
}
