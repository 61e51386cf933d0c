using System.Text.Json.Nodes;
using Npgsql;
using Tracker.Recording;

namespace Tracker.Proposals;

/// <summary>
/// Takes what was redacted from an activity or a commitment out of the proposals that would change it or did: each says the thing whole. It reaches what they
/// began with, and their rows in the tables of every version.
/// </summary>
internal sealed class RedactProposals : IRedactCopies
{
    public async Task RedactAsync(NpgsqlConnection connection, StreamKey thing, Rewritten rewritten, CancellationToken ct)
    {
        if (thing.Kind is not ("activities" or "commitments")) return;
        var member = thing.Kind is "activities" ? "activity" : "commitment";
        await using var batch = new NpgsqlBatch(connection);

        // No other stream names what it is about so.
        await foreach (var (at, said) in FoundAsync(connection, MartenTables.Naming(member), thing, ct))
            if (rewritten.Blank(said))
                batch.Add(MartenTables.RewriteData, at[0], at[1], Text(said));

        foreach (var table in await TablesAsync(connection, ct))
            await foreach (var (at, said) in FoundAsync(connection, $"select name, known_from::text, body::text from {table} where agenda = split_part($1, '/', 1) and {member} = $2", thing, ct))
                if (rewritten.Blank(said))
                    batch.Add($"update {table} set body = $4::jsonb, reason = $4::jsonb->>'reason' where agenda = $1 and name = $2 and known_from = $3::bigint", thing.Agenda, at[0], at[1], Text(said));

        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>What says something of the thing: by what it is found again, and what it says.</summary>
    private static async IAsyncEnumerable<(string[] At, JsonNode Said)> FoundAsync(
        NpgsqlConnection connection, string sql, StreamKey thing, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await using var find = new NpgsqlCommand(sql, connection);
        find.Parameters.Add(new() { Value = $"{thing.Agenda}/{Waits.Kind}/" });
        find.Parameters.Add(new() { Value = thing.Name });
        await using var reader = await find.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) yield return ([reader.GetString(0), reader.GetString(1)], JsonNode.Parse(reader.GetString(2))!);
    }

    private static async Task<List<string>> TablesAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var tables = new List<string>();
        await using var find = new NpgsqlCommand("select schemaname || '.' || tablename from pg_tables where schemaname = 'tracker' and tablename ~ '^proposal_known_[0-9]+$'", connection);
        await using var reader = await find.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) tables.Add(reader.GetString(0));
        return tables;
    }

    private static string Text(JsonNode said) => System.Text.Encoding.UTF8.GetString(WireJson.Bytes(said));
}
