using Npgsql;
using Tracker.Api.Tests.Harness;
using Tracker.Boards.Changes;
using Tracker.Recording;

namespace Tracker.Faults.Tests.Harness;

/// <summary>The lines of agendas, and who has them locked.</summary>
internal static class Lines
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Holds a recording of a node that has the line of some agenda, over the node's wire: others may have had all that it tried.</summary>
    /// <param name="ofChanges">Instead of that, whoever writes the changes of some agenda.</param>
    public static async Task CatchAsync(OwnPostgres postgres, DatabaseWire wire, IReadOnlyList<string> agendas, bool ofChanges = false)
    {
        await using var connection = await postgres.OpenAsync();
        for (var until = Clock.Now + Patience; Clock.Now < until; wire.LetGo())
        {
            await wire.Catch(ofChanges).WaitAsync(Patience);
            // What others lock they let go of in between.
            var held = agendas.ToHashSet(StringComparer.Ordinal);
            for (var looks = 0; looks < 5; looks++)
            {
                held.ExceptWith(await FreeAsync(connection, agendas, ofChanges ? ChangeTables.Progress : AgendaLine.TableName));
                await Task.Delay(50);
            }

            if (held.Count > 0) return;
        }

        throw new TimeoutException("Nobody was caught who had a line.");
    }

    private static async Task<List<string>> FreeAsync(NpgsqlConnection connection, IReadOnlyList<string> agendas, string table)
    {
        await using var look = new NpgsqlCommand($"select agenda from {table} where agenda = any($1) for update skip locked", connection)
        {
            Parameters = { new() { Value = agendas.ToArray() } },
        };
        var free = new List<string>();
        await using var reader = await look.ExecuteReaderAsync();
        while (await reader.ReadAsync()) free.Add(reader.GetString(0));
        return free;
    }
}
