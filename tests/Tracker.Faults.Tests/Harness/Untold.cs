using Npgsql;
using Tracker.Boards.Changes;
using Tracker.Recording;

namespace Tracker.Faults.Tests.Harness;

/// <summary>How long what is recorded on some agenda stays without anybody telling what it changed.</summary>
internal static class Untold
{
    /// <summary>The longest of it while something lasts.</summary>
    public static async Task<TimeSpan> LongestAsync(OwnPostgres postgres, IReadOnlyList<string> agendas, TimeSpan lasting)
    {
        var (until, longest, since) = (Clock.Now + lasting, TimeSpan.Zero, new Dictionary<(string Agenda, long Told), TimeSpan>());
        await using var connection = await postgres.OpenAsync();
        for (; Clock.Now < until; await Task.Delay(100))
        {
            var behind = await BehindAsync(connection, agendas);
            foreach (var (place, from) in behind.Select(x => (x, since.GetValueOrDefault(x, Clock.Now))).ToArray())
            {
                since[place] = from;
                if (Clock.Now - from > longest) longest = Clock.Now - from;
            }
        }

        return longest;
    }

    private static async Task<List<(string Agenda, long Told)>> BehindAsync(NpgsqlConnection connection, IReadOnlyList<string> agendas)
    {
        await using var look = new NpgsqlCommand($"""
            select l.agenda, p.position from {AgendaLine.TableName} l join {ChangeTables.Progress} p using (agenda)
            where l.agenda = any($1) and l.position > p.position
            """, connection)
        {
            Parameters = { new() { Value = agendas.ToArray() } },
        };
        var behind = new List<(string, long)>();
        await using var reader = await look.ExecuteReaderAsync();
        while (await reader.ReadAsync()) behind.Add((reader.GetString(0), reader.GetInt64(1)));
        return behind;
    }
}
