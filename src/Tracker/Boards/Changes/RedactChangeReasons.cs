using Npgsql;
using Tracker.Recording;

namespace Tracker.Boards.Changes;

/// <summary>Takes what was redacted out of the change log. Of what a change says, only the reason is kept in it.</summary>
internal sealed class RedactChangeReasons : IRedactCopies
{
    public async Task RedactAsync(NpgsqlConnection connection, StreamKey thing, Rewritten rewritten, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        // Whoever is telling has read the events as they were: what they tell is waited for, and mended.
        batch.Add($"insert into {ChangeTables.Progress} (agenda, position) values ($1, 0) on conflict do nothing", thing.Agenda);
        batch.Add($"select from {ChangeTables.Progress} where agenda = $1 for update", thing.Agenda);
        batch.Add($"update {ChangeTables.Changes} set reason = $4 where agenda = $1 and position = any($2) and reason = any($3)",
            thing.Agenda, rewritten.Events.Select(x => x.Position).ToArray(), rewritten.Texts.ToArray(), rewritten.Mark);
        await batch.ExecuteNonQueryAsync(ct);
    }
}
