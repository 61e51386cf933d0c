using System.Collections.Immutable;
using Marten;
using Npgsql;
using Tracker.Recording;

namespace Tracker.Boards.Known;

/// <summary>
/// Fills tables that lack recordings, from the events: those of a new version, and of agendas to which a program of another version recorded. Each agenda in
/// one transaction under its line, so that others go on, and what is read is whole. A node looks every few seconds; where nothing is lacking it costs one
/// small query.
/// </summary>
/// <param name="known">An agenda that holds other events is left as it is: filled without them, it would say what never was.</param>
public sealed class TablesFiller(
    IDocumentStore store, NpgsqlDataSource database, KnownTablesWriter writer, KnownEvents known, UnknownEventsIndex unknown, TimeProvider clock, ILogger<TablesFiller> log) : BackgroundService
{
    private const int PageSize = 1_000;
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SayAgain = TimeSpan.FromMinutes(1);

    private long? _said;
    private long _indexed;

    /// <summary>Serving begins when the index is there, or cannot be had just now.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryIndexAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>A query for the agendas that have recordings which the tables lack, and which this program can fill.</summary>
    public static string Lacking(KnownEvents known) => $"""
        select l.agenda from {AgendaLine.TableName} l
        where l.position > 0 and not exists (select from {KnownTables.Recordings} r where r.agenda = l.agenda and r.position = l.position) and not {known.HoldsOthers("l.agenda")}
        order by l.agenda
        """;

    /// <summary>Fills what the tables lack by now; an agenda that cannot be filled holds up no other.</summary>
    public async Task FillAsync(CancellationToken ct)
    {
        await SayWhatIsLeftAsync(ct);
        if (await AgendasAsync(Lacking(known), ct) is not { Length: > 0 } lacking) return;
        log.LogInformation("The tables lack recordings of {Count} agendas, and are filled from the events. Until then these agendas answer 503.", lacking.Length);
        if (await FillAsync(lacking, anew: false, (_, _) => { }, ct) == 0) log.LogInformation("The tables hold all recordings again.");
    }

    /// <summary>Makes the tables of all agendas again, beside whatever is served from them.</summary>
    /// <param name="tell">Told how many agendas are done, of how many.</param>
    /// <returns>How many of them could not be made again, and stay as they were.</returns>
    public async Task<int> RebuildAsync(Action<int, int> tell, CancellationToken ct) =>
        await FillAsync(await AgendasAsync($"select agenda from {AgendaLine.TableName} where position > 0 order by agenda", ct), anew: true, tell, ct);

    /// <summary>Says once a minute at most which agendas are left to newer programs.</summary>
    private async Task SayWhatIsLeftAsync(CancellationToken ct)
    {
        if (_said is { } said && clock.GetElapsedTime(said) < SayAgain) return;
        if (await AgendasAsync(known.NewerAgendas, ct) is not { Length: > 0 } left) return;
        _said = clock.GetTimestamp();
        log.LogWarning("A newer version of this program recorded what this one does not know on {Agendas}. These agendas are left to it, and answer 503 newer-version here.", string.Join(", ", left));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookAgain);
        try
        {
            do
            {
                await TryFillAsync(stoppingToken);
                if (clock.GetElapsedTime(_indexed) >= SayAgain) await TryIndexAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task TryIndexAsync(CancellationToken ct)
    {
        _indexed = clock.GetTimestamp();
        try
        {
            await unknown.EnsureAsync(ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogWarning(e, "The index of events that this program does not know cannot be built just now. It is tried again in a minute; until then reads and commands take longer.");
        }
    }

    private async Task TryFillAsync(CancellationToken ct)
    {
        try
        {
            await FillAsync(ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // It looks again, whatever it was: a node that stopped for it would serve nobody.
            if (DatabaseErrors.IsAway(e)) log.LogWarning(e, "The tables cannot be looked at just now.");
            else log.LogError(e, "The tables cannot be looked at.");
        }
    }

    private async Task<int> FillAsync(string[] agendas, bool anew, Action<int, int> tell, CancellationToken ct)
    {
        var (sequences, failed) = (await SequencesAsync(agendas, ct), 0);
        for (var i = 0; i < agendas.Length; i++)
        {
            tell(i, agendas.Length);
            try
            {
                await FillAsync(agendas[i], sequences.GetValueOrDefault(agendas[i]) ?? [], anew, ct);
            }
            catch (LeftToNewerException e)
            {
                failed++;
                log.LogWarning("{Reason}", e.Message);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                failed++;
                log.LogError(e, "The tables of '{Agenda}' cannot be filled. Until the cause is removed they stay as they are; where they lack recordings, the agenda answers 503.", agendas[i]);
            }
        }

        tell(agendas.Length, agendas.Length);
        return failed;
    }

    private async Task FillAsync(string agenda, List<long> sequences, bool anew, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // A large recording may hold the line for as long as it takes.
        await using (var bound = new NpgsqlCommand($"set local idle_in_transaction_session_timeout = '{RecordingConnections.LongestIdle}'", connection, transaction)) await bound.ExecuteNonQueryAsync(ct);
        await using var lockLine = new NpgsqlCommand($"select position from {AgendaLine.TableName} where agenda = $1 for update", connection, transaction) { CommandTimeout = 0, Parameters = { new() { Value = agenda } } };
        var position = (long)(await lockLine.ExecuteScalarAsync(ct))!;
        await using (var look = new NpgsqlCommand($"select {known.HoldsOthers("$1")}", connection, transaction) { Parameters = { new() { Value = agenda } } })
            if (await look.ExecuteScalarAsync(ct) is true) throw new LeftToNewerException(agenda);
        if (anew) await writer.ClearAsync(connection, agenda, ct);
        var held = await KnownTablesWriter.LastAsync(connection, agenda, ct);
        if (held == position) return;

        // What was recorded since the events were looked for. An agenda's numbers are drawn under its line: those that came later are higher.
        var since = new List<long>();
        await using (var find = new NpgsqlCommand(MartenTables.SequencesAfter, connection, transaction)
        {
            CommandTimeout = 0,
            Parameters = { new() { Value = sequences.Count == 0 ? 0 : sequences[^1] }, new() { Value = agenda + "/" } },
        })
        await using (var reader = await find.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct)) since.Add(reader.GetInt64(0));

        await using var session = store.LightweightSession(Marten.Services.SessionOptions.ForTransaction(transaction, shouldAutoCommit: false));
        foreach (var page in sequences.Concat(since).Chunk(PageSize))
        {
            var events = await session.Events.QueryAllRawEvents().Where(x => x.Sequence.IsOneOf(page)).OrderBy(x => x.Sequence).ToListAsync(ct);
            await writer.EnterAsync(session, connection, [.. events.Where(x => FoldedKinds.PositionOf(x) > held)], ImmutableDictionary<StreamKey, object>.Empty, ct);
            await session.SaveChangesAsync(ct);
        }

        await KnownTablesWriter.CheckAsync(connection, agenda, position, ct);
        if (anew)
        {
            // What nodes hold in memory was read from the tables as they were.
            await using var count = new NpgsqlCommand($"update {AgendaLine.TableName} set rebuilt = coalesce(rebuilt, 0) + 1 where agenda = $1", connection, transaction) { Parameters = { new() { Value = agenda } } };
            await count.ExecuteNonQueryAsync(ct);
        }

        await transaction.CommitAsync(ct);
    }

    /// <summary>The numbers of some agendas' events, in their order.</summary>
    private async Task<Dictionary<string, List<long>>> SequencesAsync(string[] agendas, CancellationToken ct)
    {
        var sequences = new Dictionary<string, List<long>>(StringComparer.Ordinal);
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(MartenTables.Sequences, connection) { CommandTimeout = 0 };
        var wanted = agendas.ToHashSet(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var agenda = reader.GetString(1);
            if (!wanted.Contains(agenda)) continue;
            if (!sequences.TryGetValue(agenda, out var list)) sequences.Add(agenda, list = []);
            list.Add(reader.GetInt64(0));
        }

        return sequences;
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
