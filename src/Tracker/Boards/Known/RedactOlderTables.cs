using System.Text.RegularExpressions;
using Npgsql;
using Tracker.Recording;

namespace Tracker.Boards.Known;

/// <summary>
/// Takes a thing of which a text was redacted out of tables of other versions: those of before, which nobody makes any more, and those that another
/// version of the program keeps, which makes the thing's rows again when it comes to the redaction.
/// </summary>
internal sealed partial class RedactOlderTables : IRedactCopies
{
    public async Task RedactAsync(NpgsqlConnection connection, StreamKey thing, Rewritten rewritten, CancellationToken ct)
    {
        var tables = new List<string>();
        await using (var find = new NpgsqlCommand("select schemaname || '.' || tablename from pg_tables where schemaname = 'tracker' and tablename ~ '_known_[0-9]+$'", connection))
        await using (var reader = await find.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct)) tables.Add(reader.GetString(0));
        await using var batch = new NpgsqlBatch(connection);
        foreach (var table in tables.Where(x => Named().Match(x) is { Success: true } name && name.Groups["version"].Value != CurrentVersion && ThingOf(thing.Kind) == name.Groups["thing"].Value))
            batch.Add($"delete from {table} where agenda = $1 and name = $2", thing.Agenda, thing.Name);
        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(ct);
    }

    private static string CurrentVersion { get; } = KnownTable.TablesVersion.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string ThingOf(string kind) => kind switch { "activities" => "activity", "agenda" or "evidence" => kind, _ => kind.TrimEnd('s') };

    [GeneratedRegex("^tracker\\.(?<thing>[a-z]+)_known_(?<version>[0-9]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Named();
}
