using System.Text.Json.Nodes;
using Npgsql;

namespace Tracker.Recording;

/// <summary>Takes what was redacted out of the answers that are kept for repeats: a repeat is told what the first would be told now.</summary>
internal sealed class RedactKeptAnswers : IRedactCopies
{
    public async Task RedactAsync(NpgsqlConnection connection, StreamKey thing, Rewritten rewritten, CancellationToken ct)
    {
        // All of an agenda is below its own address; these are the commands on itself.
        string[] under = thing.Kind == "agenda" ? [$"{thing.Address}/corrections", $"{thing.Address}/milestones", $"{thing.Address}/coverage"] : [thing.Address];
        // What is answered to who accepts or rejects a proposal says the thing whole that it would change.
        var proposals = $"/api/v1/agendas/{thing.Agenda}/{Waits.Kind}/";
        // $4: where a proposal itself is redacted, what is answered about it is below its own address. Where a thing is, any proposal of the agenda may have been about it.
        var kept = new List<(string By, string Route, string Key, string Tag, byte[] Body)>();
        await using (var find = new NpgsqlCommand($"""
            select principal, route, key, etag, body from {AgendaLine.RepeatsTableName}
            where location = $1 or exists (select from unnest($2::text[]) a where starts_with(location || '/', a || '/') or starts_with(route || '/', 'POST ' || a || '/'))
                or (starts_with(route, 'POST ' || $3) and $4)
            """, connection))
        {
            find.Parameters.Add(new() { Value = thing.Address });
            find.Parameters.Add(new() { Value = under });
            find.Parameters.Add(new() { Value = proposals });
            find.Parameters.Add(new() { Value = thing.Kind != Waits.Kind });
            await using var reader = await find.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) kept.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetFieldValue<byte[]>(4)));
        }

        await using var batch = new NpgsqlBatch(connection);
        foreach (var answer in kept)
        {
            var said = JsonNode.Parse(answer.Body);
            if (thing.Kind != Waits.Kind && answer.Route.StartsWith($"POST {proposals}", StringComparison.Ordinal) && (string?)(said?["activity"] ?? said?["commitment"]) != thing.Name) continue;
            if (!rewritten.Blank(said)) continue;
            var body = WireJson.Bytes(said);
            batch.Add($"update {AgendaLine.RepeatsTableName} set body = $4, etag = $5 where principal = $1 and route = $2 and key = $3",
                answer.By, answer.Route, answer.Key, body, Answer.TagWith(answer.Tag, body));
        }

        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(ct);
    }
}
