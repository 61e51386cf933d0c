using Npgsql;
using Weasel.Postgresql.Tables;

namespace Tracker.Recording;

/// <summary>
/// An agenda has one line of history. A command locks the agenda's row, decides, and raises the position: so positions have no gaps
/// and come in the order of commits, instants never run backwards, and rules that span streams are exact.
/// </summary>
/// <param name="recordings">The table of the recordings that the tables hold.</param>
/// <param name="known">The events that may have been recorded on it, for all that this program knows.</param>
public sealed class AgendaLine(NpgsqlConnection connection, NpgsqlTransaction transaction, TimeProvider clock, string recordings, KnownEvents known)
{
    public const string TableName = "tracker.agenda_line";
    /// <summary>The lock that whoever opens an agenda shares until it is committed.</summary>
    public const string Opening = "hashtextextended('tracker: opening', 0)";

    // Past it, whoever waits for a line is told that it is busy, and who waits for something else in a group gives up.
    private const int LongestWaitSeconds = 10;

    public const string RepeatsTableName = "tracker.repeated_command";

    /// <summary>The line's table, and that of the answers kept for repeats.</summary>
    public static IEnumerable<Table> Tables()
    {
        var line = new OnlyAdding(TableName);
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
    /// Locks the lines of agendas until the transaction ends, and tells the instant a recording of each would now bear: the clock's, but
    /// strictly later than the one before and than any instant already answered for. With them come the answers that were kept for repeats.
    /// </summary>
    /// <param name="agendas">In whichever order; they are locked in that of their names.</param>
    /// <param name="opens">Whether they are opened by this: where there is no line of an agenda, one is begun.</param>
    /// <param name="waits">Whether to wait for whoever holds a line; else that agenda is not among those locked.</param>
    public async Task<LockedLines> LockAsync(string[] agendas, bool opens, bool waits, IReadOnlyCollection<RepeatKey> repeats, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.Add($"set local lock_timeout = '{LongestWaitSeconds}s'");
        var ahead = 0;
        if (opens)
        {
            foreach (var repeat in repeats)
            {
                // Two commands under one key can only meet outside a common line when each opens an agenda of its own.
                batch.Add("select from pg_advisory_xact_lock(hashtextextended($1, 0))", $"{repeat.By}\n{repeat.Route}\n{repeat.Key}");
            }

            // Seen to be opened before it takes its instant, and before anybody sees the agenda.
            batch.Add($"""
                with opened as (insert into {TableName} (agenda, position, recorded_at, answered_at) select unnest($1), 0, '-infinity', '-infinity' on conflict do nothing returning 1)
                select pg_advisory_xact_lock_shared({Opening}) from opened
                """, (object)agendas);
            ahead = repeats.Count + 1;
        }

        batch.Add($"select agenda from {TableName} where agenda = any($1) order by agenda for update{(waits ? "" : " skip locked")}", (object)agendas);
        if (waits) batch.Add("set local lock_timeout = 0");
        // Later statements: they see what was committed while the lock was waited for.
        batch.Add($"""
            select agenda, position, greatest(coalesce($2, clock_timestamp()), recorded_at + interval '1 microsecond', answered_at + interval '1 microsecond'),
                nullif(recorded_at, '-infinity'), coalesce(rebuilt, 0), position = coalesce((select r.position from {recordings} r where r.agenda = l.agenda order by r.position desc limit 1), 0),
                {known.HoldsOthers("l.agenda")}
            from {TableName} l where agenda = any($1)
            """, agendas, clock.ForDatabase());
        if (repeats.Count > 0)
            batch.Add($"""
                select r.principal, r.route, r.key, r.digest, r.status, r.etag, r.location, r.position, r.body
                from unnest($1, $2, $3) k(principal, route, key) join {RepeatsTableName} r on r.principal = k.principal and r.route = k.route and r.key = k.key
                """, repeats.Select(x => x.By).ToArray(), repeats.Select(x => x.Route).ToArray(), repeats.Select(x => x.Key).ToArray());

        await using var reader = await batch.ExecuteReaderAsync(ct);
        for (; ahead > 0; ahead--) await reader.NextResultAsync(ct);
        var held = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct)) held.Add(reader.GetString(0));
        await reader.NextResultAsync(ct);
        var (heads, left) = (new Dictionary<string, Head>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        while (await reader.ReadAsync(ct))
        {
            if (held.Contains(reader.GetString(0))) heads.Add(reader.GetString(0), new Head(reader.GetInt64(1), reader.GetFieldValue<DateTimeOffset>(2), reader.IsDBNull(3) ? null : reader.GetFieldValue<DateTimeOffset>(3), reader.GetInt64(4), reader.GetBoolean(5), reader.GetBoolean(6)));
            else left.Add(reader.GetString(0));
        }

        var kept = new Dictionary<(string, string, string), RepeatAnswer>();
        if (repeats.Count > 0 && await reader.NextResultAsync(ct))
            while (await reader.ReadAsync(ct)) kept.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)), ReadKept(reader, 3));
        return new LockedLines(heads, left, kept);
    }

    /// <summary>What was answered to a command under this key; looked up without the line's lock.</summary>
    public static async Task<RepeatAnswer?> KeptAsync(NpgsqlDataSource database, RepeatKey repeat, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add($"select digest, status, etag, location, position, body from {RepeatsTableName} where principal = $1 and route = $2 and key = $3", repeat.By, repeat.Route, repeat.Key);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? ReadKept(reader, 0) : null;
    }

    private static RepeatAnswer ReadKept(NpgsqlDataReader reader, int at) => new(
        reader.GetFieldValue<byte[]>(at),
        new Answer(reader.GetInt32(at + 1), reader.GetString(at + 2), reader.IsDBNull(at + 3) ? null : reader.GetString(at + 3), reader.GetInt64(at + 4), reader.GetFieldValue<byte[]>(at + 5)));

    /// <summary>Where a line is.</summary>
    /// <param name="Position">Its last position.</param>
    /// <param name="Now">The instant that the next recording would bear.</param>
    /// <param name="RecordedAt">The instant of the last; null before the first.</param>
    /// <param name="Rebuilt">How often the agenda's tables were made again.</param>
    /// <param name="IsInTables">Whether the tables hold all of it. Tables that lack a recording are not asked, and not written over: they are filled from the events first, by themselves.</param>
    /// <param name="IsNewer">Whether it holds an event that this program does not know: it is a newer one's to record to.</param>
    public sealed record Head(long Position, DateTimeOffset Now, DateTimeOffset? RecordedAt, long Rebuilt, bool IsInTables, bool IsNewer);
}

/// <summary>What a transaction holds of the agendas' lines.</summary>
/// <param name="Heads">Those locked.</param>
/// <param name="Left">Those there are that another transaction holds.</param>
/// <param name="Kept">Answers kept for repeats, by principal, route and key.</param>
public sealed record LockedLines(
    IReadOnlyDictionary<string, AgendaLine.Head> Heads, IReadOnlySet<string> Left, IReadOnlyDictionary<(string By, string Route, string Key), RepeatAnswer> Kept);

/// <summary>An answer that is kept for a repeat, with the digest of the request that it was given to.</summary>
public sealed record RepeatAnswer(byte[] Digest, Answer Answer)
{
    private static readonly Refusal KeyReused = Refuse.As("key-reused", "This Idempotency-Key came before with another request.");

    /// <summary>What a command under that key is told: the same, or that the key came with another request.</summary>
    public (Answer? Answer, Refusal? Refusal) For(RepeatKey repeat) => Digest.AsSpan().SequenceEqual(repeat.Digest) ? (Answer, null) : (null, KeyReused);
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
