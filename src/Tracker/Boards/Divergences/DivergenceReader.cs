using Npgsql;
using Tracker.Boards.Known;
using Tracker.Recording;

namespace Tracker.Boards.Divergences;

/// <summary>Reads what each side's account says from the tables of what was known when.</summary>
public sealed class DivergenceReader(NpgsqlDataSource database, Moments moments, ReadTimeout time, TimeProvider clock)
{
    /// <summary>The divergence asked for, or why there is none.</summary>
    public async Task<(Divergence? Divergence, Refusal? Refusal)> ReadAsync(string agenda, ReadAt read, CancellationToken ct)
    {
        var (moment, refusal) = await moments.ResolveAsync(agenda, read, ct);
        if (moment is null) return (null, refusal);

        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        time.Limit(batch);
        const string Then = "agenda = $1 and known_from <= $2 and known_to > $2";
        batch.Add($"select body, version from {KnownTables.Agendas.Name} where {Then}", agenda, moment.Position);
        batch.Add($"select body, version from {KnownTables.Sources.Name} where {Then}", agenda, moment.Position);
        batch.Add($"select body, version from {KnownTables.Commitments.Name} where {Then} and not withdrawn", agenda, moment.Position);
        // Without an account of its own, and with one party or none, nothing can differ and nobody be silent.
        batch.Add($"""
            select body, version from {KnownTables.Activities.Name}
            where {Then} and not withdrawn and (cardinality(parties) > 1 or jsonb_array_length(body -> 'accounts') > 0)
            """, agenda, moment.Position);
        batch.Add(BoardReader.RecordedDays, agenda, moment.Position);

        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        if (await ReadAllAsync(reader, KnownTables.Agendas, ct) is not [var about]) throw new NotInTablesYetException(agenda);
        (_, refusal) = Since.On(about, read.Since);
        if (refusal is not null) return (null, refusal);
        await reader.NextResultAsync(ct);
        var sources = (await ReadAllAsync(reader, KnownTables.Sources, ct)).ToDictionary(x => x.Slug, StringComparer.Ordinal);
        await reader.NextResultAsync(ct);
        var commitments = await ReadAllAsync(reader, KnownTables.Commitments, ct);
        await reader.NextResultAsync(ct);
        var activities = await ReadAllAsync(reader, KnownTables.Activities, ct);
        await reader.NextResultAsync(ct);
        var recorded = new List<DateOnly>();
        while (await reader.ReadAsync(ct)) recorded.Add(reader.GetFieldValue<DateOnly>(0));

        var coverage = BoardReader.CoverageOf(about, recorded);
        var (validAt, ending) = RecordEnding.Of(coverage, about.Codebook.CurrentForDays, commitments.Select(x => x.MadeOn), read, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        var divergence = Divergence.Of(about, commitments, activities, sources, validAt, coverage.Through(validAt), moment.RecordedAt, moment.Position);
        return (divergence with { Ending = ending }, null);
    }

    private static async Task<List<T>> ReadAllAsync<T>(NpgsqlDataReader reader, KnownTable<T> table, CancellationToken ct) where T : class, IFolded<T>
    {
        var all = new List<T>();
        while (await reader.ReadAsync(ct)) all.Add(table.ReadBody(reader.GetString(0), reader.GetInt64(1)));
        return all;
    }
}
