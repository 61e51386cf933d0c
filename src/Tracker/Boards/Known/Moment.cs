using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using Tracker.Recording;

namespace Tracker.Boards.Known;

/// <summary>What an answer rests on: an agenda's recordings up to one position, the last of which bears this instant.</summary>
public sealed record Moment(string Agenda, long Position, DateTimeOffset RecordedAt)
{
    /// <summary>How its texts read now. With others, the same moment reads otherwise.</summary>
    public TextVersion Texts { get; init; }
}

/// <summary>"As known at": a position, or an instant.</summary>
public sealed partial record KnownAt(long? Position, DateTimeOffset? Instant)
{
    /// <summary>Reads digits as a position and an RFC 3339 instant as an instant; null for anything else.</summary>
    public static KnownAt? Parse(string text)
    {
        // More digits than a position can have are those of one that has not been.
        if (text.Length > 0 && text.All(char.IsAsciiDigit)) return new(long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : long.MaxValue, null);
        // A plus in a query that was not escaped arrives as a space.
        text = text.Replace(' ', '+');
        return Rfc3339().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            ? new(null, instant.ToUniversalTime())
            : null;
    }

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,7})?([Zz]|[+-][0-9]{2}:[0-9]{2})\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Rfc3339();
}

/// <summary>Finds the position that an answer rests on.</summary>
public sealed class Moments(NpgsqlDataSource database, AgendaHeads heads, HeldAgendas held, ReadAccess readAccess, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The moment asked for, or why there is none. The same position or instant gives the same moment for ever: an instant newer
    /// than anything recorded is noted on the agenda's line, so that nothing is recorded at or before it afterwards.
    /// </summary>
    public async Task<(Moment? Moment, Refusal? Refusal)> ResolveAsync(string agenda, ReadAt read, CancellationToken ct)
    {
        var head = read.Head is { } seen && seen.Agenda == agenda ? seen : await heads.FindAsync(agenda, ct);
        if (head is null && read.KnownAt?.Instant is null) return (null, Refuse.NotFound("agenda", agenda));
        if (head is { IsNewer: true }) return (null, Refuse.NewerVersion(agenda));
        if (head is not null && read.AtLeast > head.Last) return (null, Beyond("atLeast", read.AtLeast.Value, head.Last));
        if (head is not null && IsLacking(head)) return (null, Behind(head.Last));
        var (moment, refusal) = read.KnownAt switch
        {
            { Position: { } position } => await AtPositionAsync(head!, position, ct),
            { Instant: { } instant } => Slug.IsValid(agenda) ? await AtInstantAsync(agenda, head, instant, ct) : (null, Refuse.NotFound("agenda", agenda)),
            _ => (LastOf(head!), null),
        };
        return (moment is null ? null : moment with { Texts = head?.Texts ?? default }, refusal);
    }

    /// <summary>Makes sure that the recordings of all agendas up to an instant are there and remain all; or says why they are not.</summary>
    public async Task<Refusal?> SettleAllAsync(DateTimeOffset instant, CancellationToken ct)
    {
        await using (var command = database.CreateCommand("select $1 > coalesce($2, clock_timestamp())"))
        {
            command.Parameters.Add(new() { Value = instant });
            command.Parameters.Add(new() { Value = clock.ForDatabase(), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz });
            if (await command.ExecuteScalarAsync(ct) is true) return InFuture("That instant has not come yet.");
        }

        if (!await readAccess.NobodyOpensAsync(ct)) return Refuse.Busy;
        var agendas = new List<string>();
        await using (var command = database.CreateCommand($"select agenda from {AgendaLine.TableName} order by agenda"))
        await using (var reader = await command.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct)) agendas.Add(reader.GetString(0));
        foreach (var agenda in agendas)
            if (await AtInstantAsync(agenda, await heads.FindAsync(agenda, ct), instant, ct) is (_, { Status: not 404, Code: not Refuse.NewerVersionCode } refusal)) return refusal;
        return null;
    }

    private async Task<(Moment?, Refusal?)> AtPositionAsync(AgendaHead head, long position, CancellationToken ct)
    {
        if (position == 0) return (null, NotYetRecorded(head.Agenda));
        if (position > head.Last) return (null, Beyond("knownAt", position, head.Last));
        if (head.Last == position) return (LastOf(head), null);
        return (HeldOf(head)?.MomentAt(position) ?? await RecordingAsync("position = $2", head.Agenda, position, ct), null);
    }

    private async Task<(Moment?, Refusal?)> AtInstantAsync(string agenda, AgendaHead? head, DateTimeOffset instant, CancellationToken ct)
    {
        const string AtOrBefore = "recorded_at <= $2 order by recorded_at desc limit 1";
        if (head is { IsNewer: true }) return (null, Refuse.NewerVersion(agenda));
        if (head?.InTables?.RecordedAt >= instant)
        {
            if (HeldOf(head)?.MomentAtOrBefore(instant) is { } known) return (known, null);
        }
        else
        {
            var settled = await SettleAsync(agenda, instant, ct);
            if (settled is { Exists: false })
            {
                if (!await readAccess.NobodyOpensAsync(ct)) return (null, Refuse.Busy);
                settled = await SettleAsync(agenda, instant, ct);
            }

            if (settled is not var (_, exists, future)) return (null, Refuse.Busy);
            if (!exists) return (null, Refuse.NotFound("agenda", agenda));
            if (future) return (null, InFuture("That instant has not come yet."));
            if (await heads.FindAsync(agenda, ct) is { } now && (now.IsNewer || IsLacking(now))) return (null, now.IsNewer ? Refuse.NewerVersion(agenda) : Behind(now.Last));
        }

        return await RecordingAsync(AtOrBefore, agenda, instant, ct) is { } found ? (found, null) : (null, NotYetRecorded(agenda));
    }

    /// <summary>Whether the tables lack a recording: they are being filled, and until then nothing is said of the agenda.</summary>
    private static bool IsLacking(AgendaHead head) => head.InTables?.Position != head.Last;

    private HeldAgenda? HeldOf(AgendaHead head) => LastOf(head) is { } last ? held.Find(last) : null;

    private static Moment? LastOf(AgendaHead head) => head.InTables is { } last ? new Moment(head.Agenda, last.Position, last.RecordedAt) { Texts = head.Texts } : null;

    /// <summary>
    /// Makes sure that nothing will be recorded at or before the instant: waits for a command that holds the line, then notes the
    /// instant on it. Returns the last position recorded by then; null where the command is still at work after some seconds.
    /// </summary>
    private async Task<(long Last, bool Exists, bool Future)?> SettleAsync(string agenda, DateTimeOffset instant, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        var now = clock.ForDatabase();
        batch.Add("select set_config('lock_timeout', $1, true)", string.Create(CultureInfo.InvariantCulture, $"{Patience.TotalMilliseconds}ms"));
        batch.Add($"update {AgendaLine.TableName} set answered_at = $2 where agenda = $1 and answered_at < $2 and recorded_at < $2 and $2 <= coalesce($3, clock_timestamp())",
            agenda, instant, now);
        // A later statement: it sees what the first one waited for.
        batch.Add($"select position, $2 > coalesce($3, clock_timestamp()) and recorded_at < $2 from {AgendaLine.TableName} where agenda = $1", agenda, instant, now);
        try
        {
            await using var reader = await batch.ExecuteReaderAsync(ct);
            await reader.NextResultAsync(ct);
            return await reader.ReadAsync(ct) ? (reader.GetInt64(0), true, reader.GetBoolean(1)) : (0, false, false);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return null;
        }
    }

    private async Task<Moment?> RecordingAsync(string where, string agenda, object value, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select position, recorded_at from {KnownTables.Recordings} where agenda = $1 and {where}");
        command.Parameters.Add(new() { Value = agenda });
        command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? new Moment(agenda, reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1)) : null;
    }

    /// <summary>The last position that was recorded, whether the tables hold it or not; null where there is no such agenda.</summary>
    public async Task<long?> LineAsync(string agenda, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select position from {AgendaLine.TableName} where agenda = $1");
        command.Parameters.Add(new() { Value = agenda });
        return (long?)await command.ExecuteScalarAsync(ct);
    }

    /// <summary>The last recording that took a text out of those before it; null where none did. What was made of an earlier one is not what would be made now.</summary>
    public async Task<long?> RedactedAsync(string agenda, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select redacted from {AgendaLine.TableName} where agenda = $1");
        command.Parameters.Add(new() { Value = agenda });
        return await command.ExecuteScalarAsync(ct) as long?;
    }

    /// <summary>What is asked for is on its way.</summary>
    public static Refusal Behind(long position) => Refuse.Behind(position);

    /// <summary>What is asked for has not been recorded, and may never be: a tracker restored from a backup has forgotten what came after it.</summary>
    /// <param name="asked">The position; the greatest there is where it was of more digits than one can have.</param>
    public static Refusal Beyond(string parameter, long asked, long last) => Refuse.As("in-future", parameter, string.Create(CultureInfo.InvariantCulture,
        $"'{parameter}' asks for {(asked == long.MaxValue ? "a position that none can have" : $"position {asked}")}: the agenda's last position is {last}."));

    private static Refusal InFuture(string detail) => Refuse.As("in-future", "knownAt", detail);

    private static Refusal NotYetRecorded(string agenda) => new(404, "not-yet-recorded", $"Nothing of the agenda '{agenda}' was recorded by then.");
}
