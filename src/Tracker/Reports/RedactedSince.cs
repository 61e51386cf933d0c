using System.Collections.Immutable;
using System.Text.Json;
using Npgsql;
using Tracker.Boards.Known;
using Tracker.Recording;

namespace Tracker.Reports;

/// <summary>A text that was taken out of the record after a report rested on it.</summary>
/// <param name="Subject">The thing that said it, by its kind and name: <c>activities/talks</c>.</param>
/// <param name="Member">Where it stood.</param>
/// <param name="Reason">Why it was taken out.</param>
/// <param name="At">When that was recorded.</param>
/// <param name="Position">The recording that took it out.</param>
public sealed record RedactedSince(string Subject, string Member, string Reason, DateTimeOffset At, long Position)
{
    /// <summary>The texts taken out after a report's position whose marks stand in the report as it is made now, oldest first.</summary>
    public static async Task<ImmutableArray<RedactedSince>> ReadAsync(NpgsqlDataSource database, string agenda, long position, byte[] canonicalJson, CancellationToken ct)
    {
        await using var command = database.CreateCommand(string.Join("\nunion all ", KnownTables.All.Select(x => $"""
            select '{x.Kind}', name, body ->> 'redactions' from {x.Name}
            where agenda = $1 and known_to = {KnownTable.StillKnown.ToString(System.Globalization.CultureInfo.InvariantCulture)} and body -> 'redactions' is not null
            """)));
        command.Parameters.Add(new() { Value = agenda });
        var since = new List<RedactedSince>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var key = StreamKey.Of(agenda, reader.GetString(0), reader.GetString(1));
            since.AddRange(JsonSerializer.Deserialize<Redaction[]>(reader.GetString(2), WireJson.Options)!.Where(x => x.Position > position && Holds(canonicalJson, x))
                .Select(x => new RedactedSince(key.ToString()[(agenda.Length + 1)..], x.Member, x.Reason, x.At, x.Position)));
        }

        return [.. since.OrderBy(x => x.Position).ThenBy(x => x.Subject, StringComparer.Ordinal)];
    }

    private static bool Holds(byte[] json, Redaction redaction) => json.AsSpan().IndexOf(WireJson.Bytes(Redaction.Mark(redaction.Reason)).AsSpan()[1..^1]) >= 0;
}
