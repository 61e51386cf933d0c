using Npgsql;
using Tracker.Agendas;
using Tracker.Boards.Known;
using Tracker.Recording;
using Tracker.Status;

namespace Tracker.Boards.Changes;

/// <summary>How far an agenda's record reached as known at a recording, on the recording's day: read from the record, as what was told does not hold it.</summary>
/// <param name="CoveredThrough">The day through which it reached.</param>
/// <param name="Current">Whether it was current by the codebook's coverage days.</param>
/// <param name="AsOf">The day at which time that passed was judged: by <c>depth-ladder/1</c>, the recording's own.</param>
internal sealed record ReachedCoverage(DateOnly CoveredThrough, bool Current, DateOnly AsOf)
{
    public DateOnly? EndedOn => Current ? null : CoveredThrough;

    /// <summary>Of each of some recordings of an agenda that is held in memory, by its position.</summary>
    /// <param name="recordings">Their positions, and their days.</param>
    public static IReadOnlyDictionary<long, ReachedCoverage> Of(HeldAgenda held, string agenda, IEnumerable<(long Position, DateOnly On)> recordings) => recordings.ToDictionary(
        x => x.Position,
        x => On(held.AgendaAt(x.Position) ?? throw new NotInTablesYetException(agenda), held.RecordedDaysAt(x.Position).Where(day => day <= x.On).DefaultIfEmpty().Max(), x.On));

    /// <summary>The same of one that is larger than may be held.</summary>
    public static async Task<IReadOnlyDictionary<long, ReachedCoverage>> ReadAsync(
        NpgsqlConnection connection, string agenda, IReadOnlyCollection<(long Position, DateOnly On)> recordings, CancellationToken ct)
    {
        var reached = new Dictionary<long, ReachedCoverage>();
        if (recordings.Count == 0) return reached;
        var (first, last) = (recordings.Min(x => x.Position), recordings.Max(x => x.Position));
        await using var batch = new NpgsqlBatch(connection);
        batch.Add($"select body, version, known_from, known_to from {KnownTables.Agendas.Name} where agenda = $1 and known_from <= $3 and known_to > $2", agenda, first, last);
        // Of all that was known at any of them, each once: a look at every activity for every recording would be a long one. Of one alone, the last day is enough.
        var days = $"""
            select latest as day, known_from, known_to from {KnownTables.Activities.Name} where agenda = $1 and known_from <= $3 and known_to > $2 and not withdrawn
            union select unnest(searched_through), known_from, known_to from {KnownTables.Commitments.Name} where agenda = $1 and known_from <= $3 and known_to > $2
            order by day desc
            """;
        if (recordings.Count > 1) batch.Add(days, agenda, first, last);
        else batch.Add($"select day, $2::bigint, $2::bigint + 1 from ({days}) d where day <= $4 order by day desc limit 1", agenda, first, last, recordings.Single().On);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var agendas = new List<(Agenda Agenda, long From, long To)>();
        while (await reader.ReadAsync(ct)) agendas.Add((KnownTables.Agendas.ReadBody(reader.GetString(0), reader.GetInt64(1)), reader.GetInt64(2), reader.GetInt64(3)));
        await reader.NextResultAsync(ct);
        var recorded = new List<(DateOnly Day, long From, long To)>();
        while (await reader.ReadAsync(ct)) recorded.Add((reader.GetFieldValue<DateOnly>(0), reader.GetInt64(1), reader.GetInt64(2)));
        foreach (var (position, on) in recordings)
        {
            var about = agendas.Where(x => x.From <= position && position < x.To).Select(x => x.Agenda).FirstOrDefault() ?? throw new NotInTablesYetException(agenda);
            var latest = recorded.Where(x => x.Day <= on && x.From <= position && position < x.To).Select(x => x.Day);
            reached[position] = On(about, latest.FirstOrDefault(), on);
        }

        return reached;
    }

    /// <param name="latest">The last day by then of what was recorded; the first day there is where there was nothing.</param>
    private static ReachedCoverage On(Agenda about, DateOnly latest, DateOnly day)
    {
        var coverage = BoardReader.CoverageOf(about, latest == default ? [] : [latest]);
        return new(coverage.Through(day), coverage.IsCurrent(day, about.Codebook.CurrentForDays), DepthLadder.CoverageFor(about.Codebook, coverage).Through(day));
    }
}
