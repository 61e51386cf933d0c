using Npgsql;
using Weasel.Postgresql.Tables;

namespace Tracker.Recording;

/// <summary>
/// An agenda has one line of history. A command locks the agenda's row, decides, and raises the position: so positions have no gaps
/// and come in the order of commits, instants never run backwards, and rules that span streams are exact.
/// </summary>
public sealed class AgendaLine(NpgsqlConnection connection, NpgsqlTransaction transaction, TimeProvider clock)
{
    public const string TableName = "tracker.agenda_line";
    /// <summary>The lock that whoever opens an agenda shares until it is committed.</summary>
    public const string Opening = "hashtextextended('tracker: opening', 0)";

    public const string RepeatsTableName = "tracker.repeated_command";

    /// <summary>The line's table, and that of the answers kept for repeats.</summary>
    public static IEnumerable<Table> Tables()
    {
        var line = new Table(TableName);
        line.AddColumn<string>("agenda").AsPrimaryKey();
        line.AddColumn("position", "bigint").NotNull();
        line.AddColumn("recorded_at", "timestamptz").NotNull();
        // The latest instant a reader has been answered for; nothing is ever recorded at or before it.
        line.AddColumn("answered_at", "timestamptz").NotNull();
        // As the agenda's own events say it; null in what was recorded before they could: it is public.
        line.AddColumn("is_internal", "boolean");
        // The last recording that took a text out of those before it; null where none did.
        line.AddColumn("redacted", "bigint");
        // How often the agenda's tables were made again; null where they never were.
        line.AddColumn("rebuilt", "bigint");
        yield return line;

        var repeats = new Table(RepeatsTableName);
        repeats.AddColumn<string>("principal").AsPrimaryKey();
        repeats.AddColumn<string>("route").AsPrimaryKey();
        repeats.AddColumn<string>("key").AsPrimaryKey();
        repeats.AddColumn("digest", "bytea").NotNull();
        repeats.AddColumn("status", "int").NotNull();
        repeats.AddColumn<string>("etag").NotNull();
        repeats.AddColumn<string>("location");
        repeats.AddColumn("position", "bigint").NotNull();
        repeats.AddColumn("body", "bytea").NotNull();
        repeats.AddColumn("recorded_at", "timestamptz").NotNull();
        repeats.Indexes.Add(new IndexDefinition("ix_repeated_command_recorded_at") { Columns = ["recorded_at"] });
        yield return repeats;
    }

    /// <summary>
    /// Locks the agenda's line until the transaction ends, and tells the instant a recording would now bear: the clock's, but
    /// strictly later than the one before and than any instant already answered for. Null where there is no such agenda.
    /// </summary>
    public async Task<(Head? Head, Answer? Repeated, bool KeyReused)> LockAsync(string agenda, bool opens, RepeatKey? repeat, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        // Two commands under one key can only meet outside a common line when each opens an agenda of its own.
        if (opens && repeat is not null)
            batch.Add("select from pg_advisory_xact_lock(hashtextextended($1, 0))", $"{repeat.By}\n{repeat.Route}\n{repeat.Key}");
        if (opens)
            // Seen to be opened before it takes its instant, and before anybody sees the agenda.
            batch.Add($"""
                with opened as (insert into {TableName} (agenda, position, recorded_at, answered_at) values ($1, 0, '-infinity', '-infinity') on conflict do nothing returning 1)
                select pg_advisory_xact_lock_shared({Opening}) from opened
                """, agenda);
        batch.Add($"select position from {TableName} where agenda = $1 for update", agenda);
        // A later statement: it sees what was committed while this one waited for the lock.
        batch.Add($"""
            select greatest(coalesce($2, clock_timestamp()), recorded_at + interval '1 microsecond', answered_at + interval '1 microsecond')
            from {TableName} where agenda = $1
            """, agenda, clock.ForDatabase());
        if (repeat is not null) batch.Add(Repeated, repeat.By, repeat.Route, repeat.Key);

        await using var reader = await batch.ExecuteReaderAsync(ct);
        if (opens && repeat is not null) await reader.NextResultAsync(ct);
        if (opens) await reader.NextResultAsync(ct);
        Head? head = null;
        if (await reader.ReadAsync(ct)) head = new Head(reader.GetInt64(0), default);
        await reader.NextResultAsync(ct);
        if (await reader.ReadAsync(ct)) head = head! with { Now = reader.GetFieldValue<DateTimeOffset>(0) };
        if (repeat is null) return (head, null, false);
        await reader.NextResultAsync(ct);
        var (answer, isReused) = await ReadAnswerAsync(reader, repeat, ct);
        return (head, answer, isReused);
    }

    /// <summary>The answer kept for a repeat, or that its key came with another request; looked up without the line's lock.</summary>
    public static async Task<(Answer? Repeated, bool KeyReused)> RepeatedAsync(NpgsqlDataSource database, RepeatKey repeat, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(Repeated, repeat.By, repeat.Route, repeat.Key);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        return await ReadAnswerAsync(reader, repeat, ct);
    }

    private const string Repeated = $"select digest, status, etag, location, position, body from {RepeatsTableName} where principal = $1 and route = $2 and key = $3";

    private static async Task<(Answer? Answer, bool IsReused)> ReadAnswerAsync(NpgsqlDataReader reader, RepeatKey repeat, CancellationToken ct)
    {
        if (!await reader.ReadAsync(ct)) return (null, false);
        if (!reader.GetFieldValue<byte[]>(0).AsSpan().SequenceEqual(repeat.Digest)) return (null, true);
        return (new Answer(reader.GetInt32(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3), reader.GetInt64(4), reader.GetFieldValue<byte[]>(5)), false);
    }

    /// <summary>Keeps the answer of a command that recorded nothing; that of one that did is kept with its events.</summary>
    public async Task KeepAsync(RepeatKey repeat, Answer answer, DateTimeOffset at, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.Add(Keep("$1, $2, $3, $4, $5, $6, nullif($7, ''), $8, $9, $10"),
            repeat.By, repeat.Route, repeat.Key, repeat.Digest, answer.Status, answer.ETag, answer.Location ?? "", answer.Position, answer.Body, at);
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The statement that keeps an answer for repeats.</summary>
    public static string Keep(string values) =>
        $"insert into {RepeatsTableName} (principal, route, key, digest, status, etag, location, position, body, recorded_at) values ({values})";

    /// <summary>The line's last position, and the instant the next recording would bear.</summary>
    public sealed record Head(long Position, DateTimeOffset Now);
}

internal static class Batches
{
    /// <summary>Now, as a statement takes it: null for the database's own clock, because the nodes' differ, unless a test hands in its own.</summary>
    public static object ForDatabase(this TimeProvider clock) => ReferenceEquals(clock, TimeProvider.System) ? DBNull.Value : clock.GetUtcNow();

    /// <summary>Adds a statement with its positional parameters.</summary>
    public static void Add(this NpgsqlBatch batch, string sql, params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(value is DBNull
                ? new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz }
                : new NpgsqlParameter { Value = value ?? DBNull.Value });
        batch.BatchCommands.Add(command);
    }
}
