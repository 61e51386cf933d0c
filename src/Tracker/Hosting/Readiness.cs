using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Tracker.Boards.Known;
using Tracker.Recording;

namespace Tracker.Hosting;

/// <summary>Ready is: the database answers, and the tables that are read from hold all that is recorded.</summary>
internal sealed class Readiness(NpgsqlDataSource database, KnownEvents known) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        soon.CancelAfter(Patience);
        try
        {
            await using var command = database.CreateCommand($"select exists ({TablesFiller.Lacking(known)}), (select count(*) from ({known.NewerAgendas}) newer)");
            await using var reader = await command.ExecuteReaderAsync(soon.Token);
            await reader.ReadAsync(soon.Token);
            var left = reader.GetInt64(1) is > 0 and var count ? FormattableString.Invariant($"A newer version recorded what this one does not know: agendas left to it: {count}.") : null;
            return reader.GetBoolean(0) ? HealthCheckResult.Degraded("Tables are being filled from the events.") : HealthCheckResult.Healthy(left);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return HealthCheckResult.Unhealthy("The database does not answer.");
        }
    }
}
