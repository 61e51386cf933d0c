using JasperFx.Events;
using Marten;
using Npgsql;
using Tracker.Recording;

namespace Tracker.Boards.Known;

/// <summary>Enters the tables of what was known when, where they have come as far as the recording before.</summary>
internal sealed class EnteringTables(KnownProjection projection, AppliedRecordings applied) : IEnterTables
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public int Version => KnownTable.ProjectionVersion;

    public Task<bool> HoldAsync(NpgsqlConnection connection, string agenda, long position, CancellationToken ct) =>
        position == 0
            ? Task.FromResult(true)
            : applied.ReachedAsync(KnownProjection.Channel, (of, ct) => AppliedRecordings.LatestAsync(connection, of, ct), agenda, position, Patience, ct);

    public Task EnterAsync(IDocumentSession session, NpgsqlConnection connection, IReadOnlyList<IEvent> events, CancellationToken ct) =>
        projection.EnterAsync(session, connection, events, ct);
}
