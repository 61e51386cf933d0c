using System.Globalization;
using Npgsql;
using Tracker.Recording;

namespace Tracker.Boards.Known;

/// <summary>Finds what rests on a thing by the tables' indexes. While the agenda's line is locked, the tables hold all there is.</summary>
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
        await using var command = new NpgsqlCommand($"""
            select name from {KnownTables.Evidence.Name}
            where agenda = $1 and {named} and known_to = {KnownTable.StillKnown.ToString(CultureInfo.InvariantCulture)}
            """, connection, transaction) { Parameters = { new() { Value = thing.Agenda }, new() { Value = thing.Name } } };
        var found = new List<StreamKey>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) found.Add(StreamKey.Of<Evidence.Evidence>(thing.Agenda, reader.GetString(0)));
        return found;
    }
}
