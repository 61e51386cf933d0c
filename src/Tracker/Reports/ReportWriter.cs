using System.Globalization;
using Npgsql;
using Tracker.Activities;
using Tracker.Boards;
using Tracker.Boards.Changes;
using Tracker.Boards.Divergences;
using Tracker.Boards.Known;
using Tracker.Boards.Timelines;
using Tracker.Commitments;
using Tracker.Evidence;
using Tracker.Languages;
using Tracker.Recording;
using Tracker.Sources;

namespace Tracker.Reports;

/// <summary>Makes reports, and makes them again, from the record as known at a position.</summary>
public sealed class ReportWriter(
    NpgsqlDataSource database, Moments moments, BoardReader boards, TimelineReader timelines, DivergenceReader divergences, ChangeReader changes)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>What a report of now would say, with what changed since the last one issued; or why there is none.</summary>
    public async Task<(ReportDocument? Document, Refusal? Refusal)> WriteAsync(string agenda, ReadAt read, CancellationToken ct)
    {
        var (board, refusal) = await boards.ReadAsync(agenda, read, ct);
        if (board is null) return (null, refusal);
        // A report is of the day that it counts from, and is made again by that.
        board = board with { Milestone = null };
        board = board with { Headline = Headline.Write(board) };
        (var now, refusal) = await moments.ResolveAsync(agenda, new ReadAt(), ct);
        if (now is null) return (null, refusal);
        var omitsLater = board.AsKnownAt is not null && await TellsMoreAsync(now, board.Position, ct);
        // Looked up first: one that is issued meanwhile is none that this one ought to have been compared with.
        var whyNot = await WhyNotComparedAsync(agenda, ct);
        var previous = await LastIssuedAsync(agenda, board.Position, ct);
        return await WriteAsync(board, previous, previous is null ? whyNot : null, ReportDocument.Template2, omitsLater, ct);
    }

    /// <summary>A report issued before, made again.</summary>
    public async Task<(ReportDocument? Document, Refusal? Refusal)> WriteAgainAsync(string agenda, Report report, CancellationToken ct)
    {
        var (board, refusal) = await boards.ReadAsync(agenda, new ReadAt(report.ValidAt, new KnownAt(report.Position, null), new Since(report.Since, null)), ct);
        if (board is null) return (null, refusal);
        var previous = report.Previous is null ? null : await NamedAsync(agenda, report.Previous, ct);
        return await WriteAsync(board, previous, report.NotComparedBecause, report.Template, report.OmitsLaterRecordings is true, ct);
    }

    private async Task<(ReportDocument?, Refusal?)> WriteAsync(
        Board board, Report? previous, NotCompared? notComparedBecause, string template, bool omitsLaterRecordings, CancellationToken ct)
    {
        // As of the very board: the day, the position and the beginning are its own from here on.
        var same = new ReadAt(board.ValidAt, new KnownAt(board.Position, null), new Since(board.Since, null));
        if (!await changes.ReachedAsync(board.Agenda, board.Position, Patience, ct)) return (null, Moments.Behind(board.Position));
        var (timeline, refusal) = await timelines.ReadAsync(board.Agenda, same, ct);
        if (timeline is null) return (null, refusal);
        (var divergence, refusal) = await divergences.ReadAsync(board.Agenda, same, ct);
        if (divergence is null) return (null, refusal);
        Board? before = null;
        if (previous is not null)
        {
            (before, refusal) = await boards.ReadAsync(board.Agenda, new ReadAt(previous.ValidAt, new KnownAt(previous.Position, null), new Since(previous.Since, null)), ct);
            if (before is null) return (null, refusal);
        }

        var material = (await GatherAsync(new Moment(board.Agenda, board.Position, board.KnownAt), board, before, timeline, divergence, previous, template, ct))
            with
        { NotComparedBecause = notComparedBecause, OmitsLaterRecordings = omitsLaterRecordings };
        return (template == ReportDocument.Template1 ? Report1.Of(material) : ReportDocument.Of(material), null);
    }

    /// <summary>
    /// Whether the record has more by now than at a position. What waits for a second person is nothing more of it yet, nor is that the calendar turned or that a
    /// report was issued.
    /// </summary>
    private async Task<bool> TellsMoreAsync(Moment now, long position, CancellationToken ct)
    {
        const string Later = "now.agenda = $1 and now.known_from > $2 and now.known_from <= $3";
        var things = KnownTables.All.Where(x => x != KnownTables.Agendas && x != KnownTables.Proposals).Select(x => $"exists(select from {x.Name} now where {Later})");
        await using var command = database.CreateCommand($"""
            select {string.Join(" or ", things)} or exists(
                select from {KnownTables.Agendas.Name} now left join {KnownTables.Agendas.Name} was on was.agenda = $1 and was.name = now.name and was.known_to = now.known_from
                where {Later} and now.body is distinct from was.body)
            """);
        command.Parameters.Add(new() { Value = now.Agenda });
        command.Parameters.Add(new() { Value = position });
        command.Parameters.Add(new() { Value = now.Position });
        return await command.ExecuteScalarAsync(ct) is true;
    }

    private async Task<ReportMaterial> GatherAsync(
        Moment moment, Board board, Board? before, Timeline timeline, Divergence divergence, Report? previous, string template, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        const string Then = "agenda = $1 and known_from <= $2 and known_to > $2";
        batch.Add($"select body, version from {KnownTables.Commitments.Name} where {Then}", moment.Agenda, moment.Position);
        batch.Add($"""
            select e.body, e.version, a.body, a.version from {KnownTables.Evidence.Name} e
            cross join {KnownTables.Activities.Found("a", "e.activity", "$2")}
            where e.agenda = $1 and e.known_from <= $2 and e.known_to > $2 and e.state = 'accepted'
            """, moment.Agenda, moment.Position);
        batch.Add($"select body, version from {KnownTables.Sources.Name} where {Then}", moment.Agenda, moment.Position);
        batch.Add($"select name, min(known_from) from {KnownTables.Commitments.Name} where agenda = $1 and known_from <= $2 group by name", moment.Agenda, moment.Position);
        batch.Add($"select state, count(*) from {KnownTables.Evidence.Name} where {Then} group by state", moment.Agenda, moment.Position);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var commitments = new List<Commitment>();
        while (await reader.ReadAsync(ct)) commitments.Add(KnownTables.Commitments.ReadBody(reader.GetString(0), reader.GetInt64(1)));
        await reader.NextResultAsync(ct);
        var evidence = new List<(Evidence.Evidence, Activity)>();
        while (await reader.ReadAsync(ct))
            evidence.Add((KnownTables.Evidence.ReadBody(reader.GetString(0), reader.GetInt64(1)), KnownTables.Activities.ReadBody(reader.GetString(2), reader.GetInt64(3))));
        await reader.NextResultAsync(ct);
        var sources = new Dictionary<string, Source>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
        {
            var source = KnownTables.Sources.ReadBody(reader.GetString(0), reader.GetInt64(1));
            sources.Add(source.Slug, source);
        }

        await reader.NextResultAsync(ct);
        var first = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct)) first.Add(reader.GetString(0), reader.GetInt64(1));
        await reader.NextResultAsync(ct);
        var states = new Dictionary<EvidenceState, int>();
        while (await reader.ReadAsync(ct)) states.Add(Words.Parse<EvidenceState>(reader.GetString(0)), (int)reader.GetInt64(1));
        await reader.DisposeAsync();
        return new ReportMaterial(
            board, before, timeline, divergence, commitments, evidence, sources, first, previous is null ? [] : await ChangesAsync(moment, previous, template, ct),
            new Coverage(Of(EvidenceState.Accepted), Of(EvidenceState.Proposed), Of(EvidenceState.Rejected), Of(EvidenceState.Retracted)),
            previous is null ? null : new PreviousReport(previous.Slug, previous.ValidAt, previous.Position, previous.Since, before!.CoveredThrough, before.Codebook));

        int Of(EvidenceState state) => states.GetValueOrDefault(state);
    }

    private async Task<IReadOnlyList<Change>> ChangesAsync(Moment moment, Report previous, string template, CancellationToken ct)
    {
        if (template == ReportDocument.Template1) Speaking.Speak(Report1Words.English);
        var all = new List<Change>();
        // A position alone stands for the end of what was told with it.
        for (var after = ChangeId.Parse(previous.Position.ToString(CultureInfo.InvariantCulture)); ;)
        {
            var page = await changes.PageAsync(moment, after, 1_000, ct, inFull: false);
            all.AddRange(page.Items);
            if (page.Next is null) return all;
            after = ChangeId.Parse(page.Next);
        }
    }

    /// <summary>The report issued last that was not retracted since.</summary>
    private Task<Report?> LastIssuedAsync(string agenda, long position, CancellationToken ct) => PreviousAsync(
        $"""
        select body, version from {ReportTables.Reports.Name}
        where agenda = $1 and position <= $2 and known_to = {KnownTable.StillKnown.ToString(CultureInfo.InvariantCulture)} and body ->> 'retraction' is null
        order by known_from desc limit 1
        """, agenda, position, ct);

    /// <summary>Why there is none to compare with.</summary>
    private async Task<NotCompared> WhyNotComparedAsync(string agenda, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"select bool_or(body ->> 'retraction' is null) from {ReportTables.Reports.Name} where agenda = $1 and known_to = {KnownTable.StillKnown.ToString(CultureInfo.InvariantCulture)}");
        command.Parameters.Add(new() { Value = agenda });
        return await command.ExecuteScalarAsync(ct) switch { true => NotCompared.OthersRestOnLater, false => NotCompared.OthersIssuedInError, _ => NotCompared.First };
    }

    private Task<Report?> NamedAsync(string agenda, string name, CancellationToken ct) =>
        PreviousAsync($"select body, version from {ReportTables.Reports.Name} where agenda = $1 and name = $2 order by known_from desc limit 1", agenda, name, ct);

    private async Task<Report?> PreviousAsync(string sql, string agenda, object value, CancellationToken ct)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = agenda });
        command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? ReportTables.Reports.ReadBody(reader.GetString(0), reader.GetInt64(1)) : null;
    }
}
