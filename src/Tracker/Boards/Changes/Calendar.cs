using Npgsql;
using Tracker.Agendas;
using Tracker.Recording;

namespace Tracker.Boards.Changes;

/// <summary>
/// Records the days on which the calendar alone changes what was told of an agenda. Which day comes next was noted when each commitment
/// was last judged, so that a year without anything costs a look.
/// </summary>
public sealed class Calendar(NpgsqlDataSource database, Recorder recorder, ChangeReader changes, KnownEvents known)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Records each day that is due, in order, for every agenda; false where something keeps some from being recorded yet.</summary>
    /// <param name="today">The last day that can be due.</param>
    /// <param name="by">Whose the recordings are: the service's own.</param>
    public async Task<bool> ReachAsync(DateOnly today, Caller by, CancellationToken ct)
    {
        var all = true;
        foreach (var (agenda, position) in await OpenAsync(today, ct)) all &= await ReachAsync(agenda, position, today, by, ct);
        return all;
    }

    private async Task<bool> ReachAsync(string agenda, long position, DateOnly today, Caller by, CancellationToken ct)
    {
        // What is half told says nothing of what comes next.
        if (!await changes.ReachedAsync(agenda, position, Patience, ct)) return false;
        DateOnly? last = null;
        while (await NextAsync(agenda, today, ct) is { } day)
        {
            // The database's clock has not come to it, though ours has.
            if (day == last) return false;
            var attempt = new Attempt(agenda, Opens: false, by, [], (known, _) => ValueTask.FromResult(ReachDay.Decide(day, known.The<Agenda>(agenda), known.Today)),
                StreamKey.ForAgenda(agenda), recorded => new Answer(200, "", null, recorded.Position, []));
            var (answer, _) = await recorder.RecordAsync(attempt, ct);
            if (answer is null || !await changes.ReachedAsync(agenda, answer.Position!.Value, Patience, ct)) return false;
            last = day;
        }

        return true;
    }

    /// <summary>The agendas with a day that is due, or with recordings that are not told yet; each with its last position. Those
    /// that are left to newer programs are not among them.</summary>
    private async Task<List<(string Agenda, long Position)>> OpenAsync(DateOnly today, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"""
            select l.agenda, l.position from {AgendaLine.TableName} l left join {ChangeTables.Progress} p on p.agenda = l.agenda
            where (l.position > coalesce(p.position, 0) or exists (select from {ChangeTables.Told} t where t.agenda = l.agenda and t.next_on <= $1)
                or exists (select from {ChangeTables.Coverage} c where c.agenda = l.agenda and c.next_on <= $1)) and not {known.HoldsOthers("l.agenda")}
            order by l.agenda
            """);
        command.Parameters.Add(new() { Value = today });
        var open = new List<(string, long)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) open.Add((reader.GetString(0), reader.GetInt64(1)));
        return open;
    }

    private async Task<DateOnly?> NextAsync(string agenda, DateOnly today, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"""
            select min(next_on) from (
                select next_on from {ChangeTables.Told} where agenda = $1 union all select next_on from {ChangeTables.Coverage} where agenda = $1) n
            where next_on <= $2
            """);
        command.Parameters.Add(new() { Value = agenda });
        command.Parameters.Add(new() { Value = today });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) && !reader.IsDBNull(0) ? reader.GetFieldValue<DateOnly>(0) : null;
    }
}
