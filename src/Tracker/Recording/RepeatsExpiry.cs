using Npgsql;

namespace Tracker.Recording;

/// <summary>Forgets the answers kept for repeats, once nobody can expect them: after two days, twice what clients are promised.</summary>
public sealed class RepeatsExpiry(NpgsqlDataSource database, TimeProvider clock, ILogger<RepeatsExpiry> log) : BackgroundService
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(48);
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <summary>Forgets what is older; returns how many.</summary>
    public async Task<int> ForgetAsync(CancellationToken ct)
    {
        // By the clock that the instants come from: a node's own may be days ahead.
        await using var command = database.CreateCommand($"delete from {AgendaLine.RepeatsTableName} where recorded_at < coalesce($1, clock_timestamp()) - $2");
        command.Parameters.Add(new() { Value = clock.ForDatabase(), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = Kept });
        return await command.ExecuteNonQueryAsync(ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await ForgetAsync(stoppingToken);
                }
                catch (NpgsqlException e)
                {
                    log.LogWarning(e, "Kept answers could not be forgotten now; tried again in an hour.");
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
