using Marten;
using Npgsql;
using Tracker.Recording;

namespace Tracker.Boards.Known;

/// <summary>
/// Fills tables that lack recordings, from the events: those of a new version, and of agendas to which a program of another version recorded. Each agenda in
/// one transaction under its line, so that others go on, and what is read is whole. A node looks every few seconds; where nothing is lacking it costs one
/// small query.
/// </summary>
public sealed class TablesFiller(IDocumentStore store, NpgsqlDataSource database, KnownTablesWriter writer, ILogger<TablesFiller> log) : BackgroundService
{
    private const int PageSize = 1_000;
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    /// <summary>A query for the agendas that have recordings which the tables lack.</summary>
    public static string Lacking { get; } = $"""
        select l.agenda from {AgendaLine.TableName} l
        where l.position > 0 and not exists (select from {KnownTables.Recordings} r where r.agenda = l.agenda and r.position = l.position) order by l.agenda
        """;

    /// <summary>Fills what the tables lack by now.</summary>
    public async Task FillAsync(CancellationToken ct)
    {
        if (await AgendasAsync(Lacking, ct) is not { Length: > 0 } lacking) return;
        log.LogInformation("The tables lack recordings of {Count} agendas, and are filled from the events. Until then these agendas answer 503.", lacking.Length);
        await FillAsync(lacking, anew: false, (_, _) => { }, ct);
        log.LogInformation("The tables hold all recordings again.");
    }

    /// <summary>Makes the tables of all agendas again, beside whatever is served from them.</summary>
    /// <param name="tell">Told how many agendas are done, of how many.</param>
    public async Task RebuildAsync(Action<int, int> tell, CancellationToken ct) =>
        await FillAsync(await AgendasAsync($"select agenda from {AgendaLine.TableName} where position > 0 order by agenda", ct), anew: true, tell, ct);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookAgain);
        do
        {
            try
            {
                await FillAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (e is NpgsqlException { IsTransient: true } or TimeoutException) log.LogWarning("The tables cannot be looked at just now: {Reason}", e.Message);
                else log.LogError(e, "The tables cannot be filled. The agendas concerned answer 503 until the cause is removed.");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task FillAsync(string[] agendas, bool anew, Action<int, int> tell, CancellationToken ct)
    {
        var (sequences, last) = await SequencesAsync(agendas, ct);
        for (var i = 0; i < agendas.Length; i++)
        {
            tell(i, agendas.Length);
            await FillAsync(agendas[i], sequences.GetValueOrDefault(agendas[i]) ?? [], last, anew, ct);
        }

        tell(agendas.Length, agendas.Length);
    }

    private async Task FillAsync(string agenda, IReadOnlyList<long> sequences, long last, bool anew, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        long position;
        await using (var lockLine = new NpgsqlCommand($"select position from {AgendaLine.TableName} where agenda = $1 for update", connection, transaction) { Parameters = { new() { Value = agenda } } })
            position = (long)(await lockLine.ExecuteScalarAsync(ct))!;
        if (anew) await writer.ClearAsync(connection, agenda, ct);
        var held = await KnownTablesWriter.LastAsync(connection, agenda, ct);
        if (held == position) return;

        // What was recorded since the events were looked for.
        var since = new List<long>();
        await using (var find = new NpgsqlCommand("select seq_id from tracker.mt_events where seq_id > $1 and starts_with(stream_id, $2) order by seq_id", connection, transaction)
        {
            Parameters = { new() { Value = last }, new() { Value = agenda + "/" } },
        })
        await using (var reader = await find.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct)) since.Add(reader.GetInt64(0));

        await using var session = store.LightweightSession(Marten.Services.SessionOptions.ForTransaction(transaction, shouldAutoCommit: false));
        foreach (var page in sequences.Concat(since).Chunk(PageSize))
        {
            var events = await session.Events.QueryAllRawEvents().Where(x => x.Sequence.IsOneOf(page)).OrderBy(x => x.Sequence).ToListAsync(ct);
            await writer.EnterAsync(session, connection, [.. events.Where(x => FoldedKinds.PositionOf(x) > held)], ct);
            await session.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
    }

    /// <summary>The numbers of some agendas' events, in their order, and the last number that was looked at.</summary>
    private async Task<(Dictionary<string, List<long>> Sequences, long Last)> SequencesAsync(string[] agendas, CancellationToken ct)
    {
        var (sequences, last) = (new Dictionary<string, List<long>>(StringComparer.Ordinal), 0L);
        await using var connection = await database.OpenConnectionAsync(ct);
        // One look at all events, however many agendas there are: their streams' names begin with the agenda's, which no index serves in every language of a database.
        await using var command = new NpgsqlCommand("select seq_id, split_part(stream_id, '/', 1) from tracker.mt_events order by seq_id", connection) { CommandTimeout = 0 };
        var wanted = agendas.ToHashSet(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            last = reader.GetInt64(0);
            var agenda = reader.GetString(1);
            if (!wanted.Contains(agenda)) continue;
            if (!sequences.TryGetValue(agenda, out var list)) sequences.Add(agenda, list = []);
            list.Add(last);
        }

        return (sequences, last);
    }

    private async Task<string[]> AgendasAsync(string sql, CancellationToken ct)
    {
        await using var command = database.CreateCommand(sql);
        var agendas = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) agendas.Add(reader.GetString(0));
        return [.. agendas];
    }
}
