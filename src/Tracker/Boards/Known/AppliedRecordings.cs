using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;

namespace Tracker.Boards.Known;

/// <summary>
/// How far the tables have come, agenda by agenda. The tables say so; the database's notifications only tell when to look again.
/// </summary>
public sealed class AppliedRecordings(NpgsqlDataSource database, TimeProvider clock, ILogger<AppliedRecordings> log) : BackgroundService
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new(StringComparer.Ordinal);

    /// <summary>The last recording of an agenda that the tables hold whole; null before the first.</summary>
    public async Task<Moment?> LatestAsync(string agenda, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"select position, recorded_at from {KnownTables.Recordings} where agenda = $1 order by position desc limit 1");
        command.Parameters.Add(new() { Value = agenda });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? new Moment(agenda, reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1)) : null;
    }

    /// <summary>Waits until the tables hold a position of an agenda; false where patience ran out first.</summary>
    public async Task<bool> ReachedAsync(string agenda, long position, TimeSpan patience, CancellationToken ct)
    {
        var since = clock.GetTimestamp();
        while (true)
        {
            // Taken before looking, so that what is told in between is not missed.
            var told = _waiting.GetOrAdd(agenda, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            if (await LatestAsync(agenda, ct) is { } latest && latest.Position >= position) return true;
            if (clock.GetElapsedTime(since) >= patience) return false;
            await Task.WhenAny(told, Task.Delay(LookAgain, ct));
            ct.ThrowIfCancellationRequested();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(stoppingToken);
                connection.Notification += (_, e) => Tell(e.Payload);
                await using (var listen = new NpgsqlCommand($"listen {KnownProjection.Channel}", connection))
                    await listen.ExecuteNonQueryAsync(stoppingToken);
                while (true) await connection.WaitAsync(stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or InvalidOperationException or IOException)
            {
                if (stoppingToken.IsCancellationRequested) return;
                log.LogWarning("Lost the connection that tells of new recordings ({Reason}); readers look for themselves until it is back.", e.Message);
                await Task.Delay(LookAgain, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private void Tell(string payload)
    {
        var colon = payload.LastIndexOf(':');
        if (colon > 0 && long.TryParse(payload.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && _waiting.TryRemove(payload[..colon], out var waiting)) waiting.TrySetResult();
    }
}
