using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Tracker.Benchmarks;

/// <summary>The import of much at once, beside a COPY of the events that it made into a table like theirs.</summary>
internal static class Imports
{
    private static readonly Shape WithoutEvidence = new(100, 2_000, 0);
    private static readonly Shape Whole = WithoutEvidence with { Evidence = 20_000 };

    public static IEnumerable<Measure> All =>
    [
        new("import", "import 20,000 pieces of evidence into an agenda", "COPY of the same events into a table with the same columns and indexes", async (bench, ct) =>
        {
            var store = await bench.MainAsync(ct);
            var (events, copies) = (Array.Empty<byte>(), 0);
            await using (var source = NpgsqlDataSource.Create(store.ConnectionString))
            await using (var table = source.CreateCommand("create schema if not exists copied; create table copied.events (like tracker.mt_events including all)"))
                await table.ExecuteNonQueryAsync(ct);
            return new Sides(ImportAsync, CopyAsync);

            async Task<Sample> ImportAsync(TimeSpan time, CancellationToken stop)
            {
                var agenda = string.Create(CultureInfo.InvariantCulture, $"imported-{Commands.Next()}");
                await store.ImportAsync(store.Record.Bundle(agenda, WithoutEvidence), stop);
                var evidence = store.Record.Evidence(agenda, Whole);
                var before = await LastAsync(store, stop);
                var (meter, began) = (Meter.Begin(store.Server), Stopwatch.GetTimestamp());
                await store.ImportAsync(evidence, stop);
                var sample = Sample.Once(Stopwatch.GetElapsedTime(began), meter.End(), Whole.Evidence, evidence.Lines.Length);
                events = await ReadAsync(store, before, stop);
                return sample;
            }

            async Task<Sample> CopyAsync(TimeSpan time, CancellationToken stop)
            {
                await using var connection = new NpgsqlConnection(store.ConnectionString);
                await connection.OpenAsync(stop);
                if (copies++ > 0)
                {
                    await using var empty = new NpgsqlCommand("truncate copied.events", connection);
                    await empty.ExecuteNonQueryAsync(stop);
                }

                var (meter, began) = (Meter.Begin(store.Server), Stopwatch.GetTimestamp());
                await using (var copy = await connection.BeginRawBinaryCopyAsync("copy copied.events from stdin (format binary)", stop))
                    await copy.WriteAsync(events, stop);
                return Sample.Once(Stopwatch.GetElapsedTime(began), meter.End() with { ServiceCpu = double.NaN, PeakMemory = double.NaN }, Whole.Evidence, events.Length);
            }
        }) { WarmsUp = false },
    ];

    private static async Task<long> LastAsync(Store store, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(store.ConnectionString);
        await using var command = source.CreateCommand("select coalesce(max(seq_id), 0) from tracker.mt_events");
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task<byte[]> ReadAsync(Store store, long after, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(store.ConnectionString);
        await connection.OpenAsync(ct);
        using var events = new MemoryStream();
        await using var copy = await connection.BeginRawBinaryCopyAsync(string.Create(CultureInfo.InvariantCulture,
            $"copy (select * from tracker.mt_events where seq_id > {after}) to stdout (format binary)"), ct);
        await copy.CopyToAsync(events, ct);
        return events.ToArray();
    }
}
