using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Npgsql;
using Tracker.Agendas;
using Tracker.Boards.Known;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Boards;

/// <summary>Agendas, each at its latest recording of those that were known.</summary>
public sealed record AgendaList<T>(IReadOnlyList<T> Items);

/// <summary>The agendas there are.</summary>
public static class ReadAgendasEndpoints
{
    [WolverineGet("/api/v1/agendas"), Needs(Right.Read), EachTheirOwn]
    [Operation("listAgendas", "The agendas there are", Gives = typeof(AgendaList<AsKnown<Agenda>>), Asks = Asks.Read, Refuses = ["422 in-future", "503 behind", "503 newer-version"])]
    public static async Task<IResult> List(HttpContext http, [NotBody] AgendaReader agendas, [NotBody] Moments moments, [NotBody] ReadAccess readAccess, CancellationToken ct)
    {
        var (read, refusal) = ReadAt.Of(http.Request);
        if (read is null) return refusal!.Answered();
        if (read is { KnownAt.Position: not null } or { AtLeast: not null })
            return Refuse.Unreadable("Each agenda counts its own positions: of all of them, what was known can be asked for at an instant only.", read.AtLeast is null ? "knownAt" : "atLeast").Answered();
        if (read.Since?.Milestone is not null) return Refuse.Unreadable("Each agenda has its own milestones: of all of them, 'since' must be a day, YYYY-MM-DD.", "since").Answered();
        if (read.KnownAt?.Instant is { } instant && await moments.SettleAllAsync(instant, ct) is { } not) return not.Answered();
        if (await agendas.BeingFilledAsync(http.Caller(), readAccess, ct) is { } lacking) return lacking.Answered();
        var all = await agendas.AllAsync(ct, read.KnownAt?.Instant);
        var readable = await readAccess.ReadableAsync(http.Caller(), [.. all.Select(x => x.Agenda.Slug)], ct);
        var theirs = all.Where(x => readable.Contains(x.Agenda.Slug)).ToImmutableArray();
        return new ReadAnswer(WireJson.Bytes(new AgendaList<JsonObject>([.. theirs.Select(x => AsOf.Of(x.Agenda, x.Moment))])), theirs.Sum(x => x.Moment.Position), null) { DependsOnReaders = true };
    }

    [WolverineGet("/api/v1/agendas/{a}"), Needs(Right.Read)]
    [Operation("readAgenda", "One agenda", Gives = typeof(AsKnown<Agenda>), Asks = Asks.Read)]
    public static async Task<IResult> One(string a, HttpRequest request, [NotBody] RecordReader reader, CancellationToken ct)
    {
        var (read, refusal) = ReadAt.Of(request);
        if (read is null) return refusal!.Answered();
        (var agenda, var moment, refusal) = await reader.OneAsync(KnownTables.Agendas, "agenda", a, a, read, ct);
        return agenda is null ? refusal!.Answered() : ReadAnswer.Of(AsOf.Of(agenda, moment!), agenda.Version, moment!.Position);
    }
}

/// <summary>The later dates that boards may be counted from.</summary>
public static class ReadMilestonesEndpoint
{
    [WolverineGet("/api/v1/agendas/{a}/milestones/{m}"), Needs(Right.Read)]
    [Operation("readMilestone", "One milestone", Gives = typeof(AsKnown<Milestone>), Asks = Asks.Read)]
    public static async Task<IResult> One(string a, string m, HttpRequest request, [NotBody] RecordReader reader, CancellationToken ct)
    {
        var (read, refusal) = ReadAt.Of(request);
        if (read is null) return refusal!.Answered();
        (var agenda, var moment, refusal) = await reader.OneAsync(KnownTables.Agendas, "agenda", a, a, read, ct);
        if (agenda is null) return refusal!.Answered();
        return agenda.Milestones.FirstOrDefault(x => x.Slug == m) is { } milestone
            ? ReadAnswer.Of(AsOf.Of(milestone, moment!), agenda.Version, moment!.Position)
            : Refuse.NotFound("milestone", m).Answered();
    }
}

/// <summary>How far the record was stated to reach.</summary>
public static class ReadCoverageEndpoint
{
    [WolverineGet("/api/v1/agendas/{a}/coverage/{id}"), Needs(Right.Read)]
    [Operation("readCoverage", "One statement of coverage", Gives = typeof(AsKnown<CoverageStatement>), Asks = Asks.Read)]
    public static async Task<IResult> One(string a, string id, HttpRequest request, [NotBody] RecordReader reader, CancellationToken ct)
    {
        var (read, refusal) = ReadAt.Of(request);
        if (read is null) return refusal!.Answered();
        (var agenda, var moment, refusal) = await reader.OneAsync(KnownTables.Agendas, "agenda", a, a, read, ct);
        if (agenda is null) return refusal!.Answered();
        return agenda.Coverage.FirstOrDefault(x => x.Id == id) is { } coverage
            ? ReadAnswer.Of(AsOf.Of(coverage, moment!), agenda.Version, moment!.Position)
            : Refuse.NotFound("coverage", id).Answered();
    }
}

/// <summary>All agendas, each at its latest recording.</summary>
public sealed class AgendaReader(NpgsqlDataSource database, KnownEvents known)
{
    /// <summary>
    /// That an agenda which the caller may read is not to be seen, because its tables are being filled, or because it is left to
    /// a newer program: without it, a list
    /// would not be whole. Null where all are.
    /// </summary>
    public async Task<Refusal?> BeingFilledAsync(Caller caller, ReadAccess readAccess, CancellationToken ct)
    {
        if (await HasTheirsAsync(known.NewerAgendas)) return Refuse.ListNewerVersion;
        return await HasTheirsAsync(TablesFiller.Lacking(known)) ? Refuse.ListBeingFilled : null;

        async Task<bool> HasTheirsAsync(string agendas)
        {
            await using var command = database.CreateCommand(agendas);
            var found = new List<string>();
            await using (var reader = await command.ExecuteReaderAsync(ct))
                while (await reader.ReadAsync(ct)) found.Add(reader.GetString(0));
            return found.Count > 0 && (await readAccess.ReadableAsync(caller, found, ct)).Count > 0;
        }
    }

    /// <param name="knownAt">Of the recordings until then, where it is said; all of which are there.</param>
    public async Task<ImmutableArray<(Agenda Agenda, Moment Moment)>> AllAsync(CancellationToken ct, DateTimeOffset? knownAt = null)
    {
        await using var command = database.CreateCommand($"""
            select a.agenda, a.body, a.version, r.position, r.recorded_at
            from {KnownTables.Agendas.Name} a
            cross join lateral (select position, recorded_at from {KnownTables.Recordings} where agenda = a.agenda and recorded_at <= $1 order by position desc limit 1) r
            where a.known_from <= r.position and a.known_to > r.position
            order by a.agenda collate "C"
            """);
        command.Parameters.Add(new() { Value = knownAt ?? DateTimeOffset.MaxValue, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz });
        var all = ImmutableArray.CreateBuilder<(Agenda, Moment)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            all.Add((KnownTables.Agendas.ReadBody(reader.GetString(1), reader.GetInt64(2)),
                new Moment(reader.GetString(0), reader.GetInt64(3), reader.GetFieldValue<DateTimeOffset>(4))));
        return all.ToImmutable();
    }
}
