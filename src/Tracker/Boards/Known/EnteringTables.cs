using JasperFx.Events;
using Marten;
using Npgsql;
using Tracker.Recording;

namespace Tracker.Boards.Known;

/// <summary>Enters the tables of what was known when, where they have come as far as the recording before.</summary>
internal sealed class EnteringTables(KnownProjection projection, AppliedRecordings applied) : IEnterTables
{
    /// <summary>So many events behind, the tables follow noticeably late.</summary>
    private const long FarBehind = 1_000;

    /// <summary>The lock of who appends: shared by small recordings, a large one's alone.</summary>
    private const string Appending = "hashtextextended('tracker: appending', 0)";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public int Version => KnownTable.ProjectionVersion;

    public Task<bool> HoldAsync(NpgsqlConnection connection, string agenda, long position, CancellationToken ct) => HoldAsync(connection, agenda, position, Patience, ct);

    public async Task<bool> MustEnterAsync(NpgsqlConnection connection, string agenda, long position, CancellationToken ct)
    {
        await using var ask = new NpgsqlCommand($"""
            select pg_try_advisory_xact_lock_shared({Appending}),
                (select last_value from tracker.mt_events_sequence) - coalesce((select last_seq_id from tracker.mt_event_progression where name = $1), 0) > {FarBehind}
            """, connection) { Parameters = { new() { Value = KnownProjection.Shard } } };
        bool isFree, areFarBehind;
        await using (var reader = await ask.ExecuteReaderAsync(ct))
        {
            await reader.ReadAsync(ct);
            (isFree, areFarBehind) = (reader.GetBoolean(0), reader.GetBoolean(1));
        }

        // What the tables cannot take in while a large recording appends, they held a moment before it began; else there is nothing to wait for.
        if (!isFree) return await HoldAsync(connection, agenda, position, ct);
        return areFarBehind && await HoldAsync(connection, agenda, position, TimeSpan.Zero, ct);
    }

    public async Task CountAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var count = new NpgsqlCommand($"analyze {string.Join(", ", KnownTables.All.Select(x => x.Name))}", connection) { CommandTimeout = 0 };
        await count.ExecuteNonQueryAsync(ct);
    }

    public async Task LetOthersPassAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var wait = new NpgsqlCommand($"select pg_advisory_xact_lock({Appending})", connection) { CommandTimeout = 0 };
        await wait.ExecuteNonQueryAsync(ct);
    }

    public Task EnterAsync(IDocumentSession session, NpgsqlConnection connection, IReadOnlyList<IEvent> events, CancellationToken ct) =>
        projection.EnterAsync(session, connection, events, ct);

    private Task<bool> HoldAsync(NpgsqlConnection connection, string agenda, long position, TimeSpan patience, CancellationToken ct) =>
        position == 0
            ? Task.FromResult(true)
            : applied.ReachedAsync(KnownProjection.Channel, (of, ct) => AppliedRecordings.LatestAsync(connection, of, ct), agenda, position, patience, ct);
}
