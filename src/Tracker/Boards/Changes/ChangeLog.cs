using System.Collections.Immutable;
using System.Text.Json;
using Marten;
using Npgsql;
using Tracker.Agendas;
using Tracker.Boards.Known;
using Tracker.Recording;
using Tracker.Status;

namespace Tracker.Boards.Changes;

/// <summary>
/// Tells what each recording changed: goes through an agenda's recordings in their order, judges the commitments each touches at its
/// day, and keeps what differs from what was told last. A fold of the record: run again from nothing, it tells the same. What is to be delivered of it is put
/// into the outbox in the same transaction.
/// </summary>
/// <remarks>
/// Every node follows; whoever locks the agenda's row tells, and the others find it told. What is told and how far is one
/// transaction, so that a node that dies in between has told nothing, and the next goes on at once.
/// </remarks>
public sealed class ChangeLog(
    NpgsqlDataSource database, ChangeLogConnections connections, IDocumentStore store, HeldAgendas heldAgendas, IEnqueueDeliveries deliveries, KnownEvents known, Announcements announcements,
    ILogger<ChangeLog> log)
    : AgendaFollower(database, announcements, log)
{
    private const int AtOnce = 32;

    protected override string Follows => KnownTablesWriter.Channel;

    protected override (string What, string Done) InWords => ("The changes", "told");

    protected override string Behind => $"""
        select l.agenda from {AgendaLine.TableName} l left join {ChangeTables.Progress} p on p.agenda = l.agenda left join {deliveries.Progress} d on d.agenda = l.agenda
        where l.position > least(coalesce(p.position, 0), coalesce(d.position, 0)) and not {known.HoldsOthers("l.agenda")}
        """;

    /// <summary>Tells the next recordings of an agenda, those that the tables hold whole; false where there are no more.</summary>
    protected override async Task<bool> StepAsync(string agenda, CancellationToken ct)
    {
        if (await BehindAsync(agenda, ct) is not { } last) return false;
        // Read before the lock, so that no connection is held while another is waited for.
        var held = await heldAgendas.FindWhereRoomAsync(last, ct);
        await using var connection = await connections.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var (recordings, coverage) = await NextAsync(connection, last, ct);
        if (recordings.Count > 0)
            foreach (var (recording, touched) in recordings.Zip(await Touched.ByAsync(connection, store, recordings, ct)))
                coverage = await TellAsync(connection, recording, touched, coverage, held, ct);
        await using var write = new NpgsqlBatch(connection);
        // Where nothing is to be told any more, there may be what another version told, and did not come to deliver.
        await deliveries.EnqueueAsync(connection, write, recordings.Count > 0 ? recordings[^1] : last, ct);
        if (recordings.Count > 0)
        {
            write.Add($"update {ChangeTables.Progress} set position = $2 where agenda = $1", agenda, recordings[^1].Position);
            write.Add("select pg_notify($1, $2)", ChangeTables.Channel, Announcements.Text(agenda, recordings[^1].Position));
        }

        if (write.BatchCommands.Count > 0) await write.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return recordings.Count == AtOnce;
    }

    /// <summary>
    /// The last recording that the tables hold, where there is anything for this program to tell: looked at without a lock, for mostly another node was there
    /// first. Null where there is nothing.
    /// </summary>
    private async Task<Moment?> BehindAsync(string agenda, CancellationToken ct)
    {
        await using var connection = await connections.OpenAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add($"""
            select r.position, r.recorded_at, coalesce(l.redacted, 0), coalesce(l.rebuilt, 0) from {AgendaLine.TableName} l
            cross join lateral (select position, recorded_at from {KnownTables.Recordings} where agenda = l.agenda order by position desc limit 1) r
            where l.agenda = $1 and not {known.HoldsOthers("$1")} and r.position > least(
                coalesce((select position from {ChangeTables.Progress} where agenda = $1), 0), coalesce((select position from {deliveries.Progress} where agenda = $1), 0))
            """, agenda);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new Moment(agenda, reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1)) { Texts = new TextVersion(reader.GetInt64(2), reader.GetInt64(3)) }
            : null;
    }

    /// <summary>Locks the agenda's progress, waiting for a node that is telling, and reads what comes next, and how far the record was told to reach.</summary>
    private static async Task<(List<Moment> Recordings, ReportedCoverage? Coverage)> NextAsync(NpgsqlConnection connection, Moment last, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add($"insert into {ChangeTables.Progress} (agenda, position) values ($1, 0) on conflict do nothing", last.Agenda);
        batch.Add($"select from {ChangeTables.Progress} where agenda = $1 for update", last.Agenda);
        // Later statements: they see what was committed while this one waited for the lock.
        batch.Add($"""
            select position, recorded_at from {KnownTables.Recordings}
            where agenda = $1 and position > (select position from {ChangeTables.Progress} where agenda = $1) and position <= $2 order by position limit {AtOnce}
            """, last.Agenda, last.Position);
        batch.Add(ReportedCoverage.Last, last.Agenda);
        var recordings = new List<Moment>();
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct)) recordings.Add(last with { Position = reader.GetInt64(0), RecordedAt = reader.GetFieldValue<DateTimeOffset>(1) });
        await reader.NextResultAsync(ct);
        return (recordings, await ReportedCoverage.ReadAsync(reader, ct));
    }

    /// <summary>Writes what one recording changed.</summary>
    /// <param name="coveredBefore">How far the record was told to reach before it.</param>
    /// <param name="held">The agenda in memory; null where it is read from the tables.</param>
    /// <returns>How far it is told to reach now.</returns>
    private static async Task<ReportedCoverage> TellAsync(
        NpgsqlConnection connection, Moment recording, Touched touched, ReportedCoverage? coveredBefore, HeldAgenda? held, CancellationToken ct)
    {
        var day = touched.Day ?? DateOnly.FromDateTime(recording.RecordedAt.UtcDateTime);
        var found = touched.Amendments.ToList();
        await using var batch = new NpgsqlBatch(connection);
        var (coverage, codebook) = await CoverageAsync(connection, recording, held, ct);
        var covered = ReportedCoverage.On(coverage, codebook, day);
        var bearsOn = touched.IsOfCalendar ? await Touched.DueAsync(connection, recording.Agenda, day, ct) : touched.Commitments;
        var commitments = await FlaggedAsync(connection, recording.Agenda, bearsOn, coveredBefore, covered, ct);
        if (commitments is not { Count: 0 })
        {
            string[] names = commitments is null ? [] : [.. commitments];
            var told = await ToldAsync(connection, recording.Agenda, names, ct);
            found = [.. found.Select(x => touched.IsWithdrawn(x.Commitment) ? x with { From = told.GetValueOrDefault(x.Commitment!)?.Status } : x)];
            var material = await GatherAsync(connection, recording, day, names, held, ct);
            var searched = await SearchedBeforeAsync(connection, recording, day, told, held, ct);
            foreach (var (promise, _, searches, _) in material.Promises)
            {
                var following = material.Follow(promise, searches);
                if (touched.IsReinstated(promise.Slug))
                    found = [.. found.Select(x => x.Kind is ChangeKind.Reinstated && x.Commitment == promise.Slug ? x with { To = following.On(day).Status } : x)];
                if (!touched.IsWithdrawn(promise.Slug))
                    found.AddRange(following.Differences(told.GetValueOrDefault(promise.Slug, Told.Nothing), day, searched.GetValueOrDefault(promise.Slug)).Where(x => x is not { Kind: ChangeKind.StatusChanged, Party: null } || !touched.IsReinstated(promise.Slug)));
                Remember(batch, recording.Agenda, promise.Slug, following.On(day), following.NextAfter(day), following.NextReach(day));
            }
        }

        var (change, coveredNow) = covered.After(coveredBefore, touched.StatesCoverage, found.Any(x => x.Kind is ChangeKind.StatusChanged));
        if (change is not null) found.Add(change);
        if (!coveredNow.IsToldAs(coveredBefore)) coveredNow.Remember(batch, recording.Agenda);
        for (var i = 0; i < found.Count; i++) Add(batch, recording, i + 1, found[i]);
        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(ct);
        return coveredNow;
    }

    /// <summary>How far the record reached as of a recording, and the codebook it is judged by.</summary>
    private static async Task<(RecordCoverage Coverage, Codebook Codebook)> CoverageAsync(NpgsqlConnection connection, Moment recording, HeldAgenda? held, CancellationToken ct)
    {
        if (held is null)
        {
            // No commitment has this name: only the agenda and its coverage are read.
            var material = await GatherAsync(connection, recording, DateOnly.FromDateTime(recording.RecordedAt.UtcDateTime), [""], held, ct);
            return (material.Coverage, material.Agenda.Codebook);
        }

        var about = held.AgendaAt(recording.Position) ?? throw new NotInTablesYetException(recording.Agenda);
        return (BoardReader.CoverageOf(about, held.RecordedDaysAt(recording.Position)), about.Codebook);
    }

    /// <summary>What the rule is asked about as known at a recording.</summary>
    private static async Task<BoardReader.Material> GatherAsync(NpgsqlConnection connection, Moment recording, DateOnly day, string[] names, HeldAgenda? held, CancellationToken ct)
    {
        var (material, _) = held is null ? await BoardReader.GatherAsync(connection, recording, day, null, names, ct) : BoardReader.Gather(held, recording, day, null, names);
        return material ?? throw new NotInTablesYetException(recording.Agenda);
    }

    /// <summary>The commitments to judge: with those that a recording touches, those whose flags differ because the record reaches another day. All: null.</summary>
    private static async Task<IReadOnlyCollection<string>?> FlaggedAsync(
        NpgsqlConnection connection, string agenda, IReadOnlyCollection<string>? touched, ReportedCoverage? before, ReportedCoverage now, CancellationToken ct)
    {
        if (touched is null || before is null || before.CoveredThrough == now.CoveredThrough) return touched;
        // What is covered no more may take any flag back.
        if (now.CoveredThrough < before.CoveredThrough) return null;
        await using var batch = new NpgsqlBatch(connection);
        batch.Add($"select commitment from {ChangeTables.Told} where agenda = $1 and next_reach <= $2", agenda, now.CoveredThrough);
        var flagged = touched.ToHashSet(StringComparer.Ordinal);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) flagged.Add(reader.GetString(0));
        return flagged;
    }

    /// <summary>For each commitment told as none found, or of which a party's part was, the day searched through as known before a recording.</summary>
    private static async Task<Dictionary<string, DateOnly?>> SearchedBeforeAsync(
        NpgsqlConnection connection, Moment recording, DateOnly day, Dictionary<string, Told> told, HeldAgenda? held, CancellationToken ct)
    {
        string[] names = [.. told.Where(x => x.Value.Status is CommitmentStatus.NoneFound || x.Value.ByParty.ContainsValue(CommitmentStatus.NoneFound)).Select(x => x.Key)];
        if (names.Length == 0) return new(StringComparer.Ordinal);
        var before = await GatherAsync(connection, recording with { Position = recording.Position - 1 }, day, names, held, ct);
        return before.Promises.ToDictionary(x => x.Promise.Slug, x => before.Follow(x.Promise, x.Searches).SearchedThrough(day), StringComparer.Ordinal);
    }

    /// <summary>What was last told of commitments; of all where none is named.</summary>
    private static async Task<Dictionary<string, Told>> ToldAsync(NpgsqlConnection connection, string agenda, string[] names, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add($"select commitment, status, overdue, stale, by_party from {ChangeTables.Told} where agenda = $1 and (cardinality($2) = 0 or commitment = any($2))",
            agenda, names);
        var told = new Dictionary<string, Told>(StringComparer.Ordinal);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            told.Add(reader.GetString(0), new Told(
                reader.IsDBNull(1) ? null : Words.Parse<CommitmentStatus>(reader.GetString(1)), reader.GetBoolean(2), reader.GetBoolean(3),
                JsonSerializer.Deserialize<Dictionary<string, CommitmentStatus>>(reader.GetString(4), WireJson.Options)!.ToImmutableSortedDictionary(StringComparer.Ordinal)));
        return told;
    }

    private static void Remember(NpgsqlBatch batch, string agenda, string commitment, Told told, DateOnly? nextOn, DateOnly? nextReach) => batch.Add($"""
        insert into {ChangeTables.Told} (agenda, commitment, status, overdue, stale, by_party, next_on, next_reach) values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8)
        on conflict (agenda, commitment) do update
        set status = excluded.status, overdue = excluded.overdue, stale = excluded.stale, by_party = excluded.by_party, next_on = excluded.next_on, next_reach = excluded.next_reach
        """, agenda, commitment, Text(told.Status), told.Overdue, told.Stale, JsonSerializer.Serialize(told.ByParty, WireJson.Options), nextOn, nextReach);

    private static void Add(NpgsqlBatch batch, Moment recording, int number, Found found) => batch.Add($"""
        insert into {ChangeTables.Changes} (agenda, position, n, kind, effective_on, commitment, party, was, now, evidence, subject_kind, subject, reason, concrete, same, searched_through)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        """, recording.Agenda, recording.Position, number, Words.Text(found.Kind), found.EffectiveOn, found.Commitment, found.Party, Text(found.From), Text(found.To),
        found.Evidence.ToArray(), found.Subject?.Kind, found.Subject?.Name, found.Reason, found.Parties?.Concrete, found.Parties?.Same, found.SearchedThrough);

    private static string? Text(CommitmentStatus? status) => status is { } it ? Words.Text(it) : null;
}
