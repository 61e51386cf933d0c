using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Tracker.Boards.Known;
using Tracker.Recording;

namespace Tracker.Hosting;

/// <summary>Ready is: the database answers, and the read model is not far behind what is recorded.</summary>
internal sealed class Readiness(NpgsqlDataSource database) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        soon.CancelAfter(Patience);
        try
        {
            // Recorded more than half a minute ago, and not in the tables yet.
            await using var command = database.CreateCommand($"""
                select count(*) from {AgendaLine.TableName} l
                where l.position > 0 and l.recorded_at < clock_timestamp() - interval '30 seconds'
                  and not exists (select from {KnownTables.Recordings} r where r.agenda = l.agenda and r.position = l.position)
                """);
            return await command.ExecuteScalarAsync(soon.Token) is long and > 0
                ? HealthCheckResult.Degraded("The read model is behind.")
                : HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return HealthCheckResult.Unhealthy("The database does not answer.");
        }
    }
}
