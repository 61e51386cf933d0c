using System.Text.Json.Nodes;
using Npgsql;
using Tracker.Boards.Changes;
using Tracker.Recording;

namespace Tracker.Delivery;

/// <summary>
/// Takes what was redacted out of what webhooks are to be sent or were, and out of what they answered. A mail holds nothing of the record until it is sent; it is made then.
/// </summary>
internal sealed class RedactDeliveries : IRedactCopies
{
    public async Task RedactAsync(NpgsqlConnection connection, StreamKey thing, Rewritten rewritten, CancellationToken ct)
    {
        string[] escaped = [.. rewritten.Texts.Select(Escaped)];
        var found = new List<(Guid Id, string Body)>();
        await using (var find = new NpgsqlBatch(connection))
        {
            // Whoever passes news on has read it as it was: what they put is waited for, and whoever comes after reads it anew.
            find.Add($"insert into {DeliveryTables.Progress} (agenda, position, n) values ($1, 0, {int.MaxValue}) on conflict do nothing", thing.Agenda);
            find.Add($"select from {DeliveryTables.Progress} where agenda = $1 for update", thing.Agenda);
            find.Add($"""
                select d.id, d.body from {DeliveryTables.Deliveries} d left join {ChangeTables.Changes} c on c.agenda = d.agenda and d.key = c.position || '.' || c.n
                where d.agenda = $1 and d.channel = '{Channels.Webhook}' and exists (select from unnest($2::text[]) t where position(t in d.body) > 0)
                    and ($3 = 'agenda' or $4 in (c.commitment, c.subject) or $4 = any(c.evidence))
                """, thing.Agenda, escaped, thing.Kind, thing.Name);
            await using var reader = await find.ExecuteReaderAsync(ct);
            await reader.NextResultAsync(ct);
            while (await reader.ReadAsync(ct)) found.Add((reader.GetGuid(0), reader.GetString(1)));
        }

        await using var batch = new NpgsqlBatch(connection);
        foreach (var (id, body) in found)
        {
            batch.Add($"update {DeliveryTables.Deliveries} set body = $2, last_error = null where id = $1", id, Told(body, rewritten));
            foreach (var text in rewritten.Texts)
                batch.Add($"update {DeliveryTables.Attempts} set response = replace(replace(response, $2, $4), $3, $4), error = replace(error, $2, $4) where delivery = $1", id, text, Escaped(text), rewritten.Mark);
        }

        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The same news with the mark: in its sentence, and in what a correction changed.</summary>
    private static string Told(string body, Rewritten rewritten)
    {
        var news = JsonNode.Parse(body)!;
        if (news["data"] is not JsonObject data) return body;
        if (data["text"] is { } sentence) data["text"] = rewritten.Texts.OrderByDescending(x => x.Length).Aggregate(sentence.GetValue<string>(), (x, text) => x.Replace(text, rewritten.Mark, StringComparison.Ordinal));
        foreach (var changed in data["changed"] as JsonArray ?? [])
            foreach (var side in (string[])["was", "now"])
            {
                var member = changed!["member"]!.GetValue<string>();
                var said = new JsonObject { [member] = changed[side]?.DeepClone() };
                if (rewritten.Blank(said)) changed[side] = said[member]!.DeepClone();
            }

        return System.Text.Encoding.UTF8.GetString(WireJson.Bytes(news));
    }

    /// <summary>The text as it stands within JSON.</summary>
    private static string Escaped(string text) => System.Text.Encoding.UTF8.GetString(WireJson.Bytes(text))[1..^1];
}
