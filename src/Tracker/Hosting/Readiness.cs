using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Tracker.Boards.Known;

namespace Tracker.Hosting;

/// <summary>Ready is: the database answers, and the tables that are read from hold all that is recorded.</summary>
internal sealed class Readiness(NpgsqlDataSource database) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        soon.CancelAfter(Patience);
        try
        {
            await using var command = database.CreateCommand($"select exists ({TablesFiller.Lacking})");
            return await command.ExecuteScalarAsync(soon.Token) is true
                ? HealthCheckResult.Degraded("Tables are being filled from the events.")
                : HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return HealthCheckResult.Unhealthy("The database does not answer.");
        }
    }
}
