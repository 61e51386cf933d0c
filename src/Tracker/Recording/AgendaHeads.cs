using Npgsql;

namespace Tracker.Recording;

/// <summary>How far an agenda's history reached when the database was asked.</summary>
/// <param name="Agenda">The agenda's slug.</param>
/// <param name="Last">The position of its last recording.</param>
/// <param name="IsInternal">Whether those alone read it who have a role on it.</param>
/// <param name="Texts">How what was recorded reads now.</param>
/// <param name="InTables">The last recording that the tables hold whole; null before the first.</param>
/// <param name="IsNewer">Whether it holds an event that this program does not know.</param>
public sealed record AgendaHead(string Agenda, long Last, bool IsInternal, TextVersion Texts, RecordingHead? InTables, bool IsNewer);

/// <summary>How what was recorded reads: otherwise after a text was taken out of it, or where the tables were made again.</summary>
/// <param name="Redacted">The last recording that took a text out of those before it; 0 where none did.</param>
/// <param name="Rebuilt">How often the tables of the agenda were made again.</param>
public readonly record struct TextVersion(long Redacted, long Rebuilt);

/// <summary>A recording, by its position and its instant.</summary>
public sealed record RecordingHead(long Position, DateTimeOffset RecordedAt);

/// <summary>Asks how far agendas reach, once for all who ask at a time. Nothing of it is kept: each answer is from after the question.</summary>
/// <param name="database">Where the agendas are.</param>
/// <param name="recordings">The table of the recordings that the tables hold.</param>
public sealed class AgendaHeads(NpgsqlDataSource database, string recordings, KnownEvents known)
{
    // Whoever reads waits for it: a database that answers nothing holds nobody for longer, once a connection is had.
    private const int PatienceSeconds = 5;

    private readonly BatchedLookup<string, AgendaHead> _lookup = new(agendas => LookAsync(database, recordings, known, agendas));

    /// <summary>How far an agenda reaches by now; null where there is none.</summary>
    public Task<AgendaHead?> FindAsync(string agenda, CancellationToken ct) =>
        Slug.IsValid(agenda) ? _lookup.FindAsync(agenda, ct) : Task.FromResult<AgendaHead?>(null);

    private static async Task<IReadOnlyDictionary<string, AgendaHead>> LookAsync(NpgsqlDataSource database, string recordings, KnownEvents known, IReadOnlyCollection<string> agendas)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var command = new NpgsqlCommand($"""
            select l.agenda, l.position, l.is_internal is true, coalesce(l.redacted, 0), coalesce(l.rebuilt, 0), r.position, r.recorded_at, {known.HoldsOthers("l.agenda")}
            from {AgendaLine.TableName} l
            left join lateral (select position, recorded_at from {recordings} where agenda = l.agenda order by position desc limit 1) r on true
            where l.agenda = any($1) and l.position > 0
            """, connection) { CommandTimeout = PatienceSeconds, Parameters = { new() { Value = agendas.ToArray() } } };
        var heads = new Dictionary<string, AgendaHead>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            heads.Add(reader.GetString(0), new AgendaHead(reader.GetString(0), reader.GetInt64(1), reader.GetBoolean(2), new TextVersion(reader.GetInt64(3), reader.GetInt64(4)),
                reader.IsDBNull(5) ? null : new RecordingHead(reader.GetInt64(5), reader.GetFieldValue<DateTimeOffset>(6)), reader.GetBoolean(7)));
        return heads;
    }
}
