using System.Globalization;

namespace Tracker.Benchmarks;

/// <summary>Boards: the large one in each way it is asked for, and Bali's.</summary>
internal static class Boards
{
    private const int Corrections = 200;
    private const string FromMemory = "a minimal API that answers the same bytes from memory";

    public static IEnumerable<Measure> All =>
    [
        Large("board-large", "board of 1,000 commitments and 20,000 pieces of evidence, 32 connections", ""),
        Large("board-large-br", "the same, compressed (br)", "br"),
        Large("board-large-gzip", "the same, compressed (gzip)", "gzip"),
        new("board-large-unchanged", "the same, to one who has it already (304), 32 connections", "a minimal API that answers an empty 304", async (bench, ct) =>
        {
            var store = await bench.MainAsync(ct);
            var path = await LargeAsync(store, ct) + "/board";
            // As the public has it, whose tag is another than that of the key we prepare with.
            using var connection = await Connection.OpenAsync(store.Server.Address, ct);
            var tag = (await connection.AskAsync(Requests.Get(path), ct)).Header("ETag");
            return Beside(store, 32, Requests.Get(path, $"If-None-Match: {tag}"), Requests.Get(Baseline.NotModified), await bench.BaselineAsync(ct));
        }),
        new("board-bali", "board of Bali, 8 commitments, 32 connections", "the smallest minimal API", async (bench, ct) =>
            Beside(await bench.MainAsync(ct), 32, Requests.Get("/api/v1/agendas/us-china-bali/board?validAt=2023-01-31"), Requests.Get(Baseline.Smallest), await bench.BaselineAsync(ct))),
        new("board-as-of", "the large board as of many different days, as known at many different positions, 8 connections", "the current one, 8 connections", async (bench, ct) =>
        {
            var store = await bench.MainAsync(ct);
            var path = await LargeAsync(store, ct) + "/board";
            var current = Requests.Get(path);
            return new Sides(
                (time, stop) => Load.ClosedAsync(store.Server, 8, time, () => Requests.Get(AsOf(path, Commands.Next())), stop),
                (time, stop) => Load.ClosedAsync(store.Server, 8, time, () => current, stop));
        }),
    ];

    /// <summary>The large agenda, with a row of corrections behind it.</summary>
    public static async Task<string> LargeAsync(Store store, CancellationToken ct)
    {
        var path = Commands.Api("large");
        using (var there = await store.Server.Http.GetAsync(path, ct))
            if (there.IsSuccessStatusCode) return path;
        await store.AgendaAsync("large", Shape.Large, ct);
        HttpResponseMessage? last = null;
        for (var i = 0; i < Corrections; i++)
            (_, last) = await store.PostAsync($"{path}/activities/x-{i}/corrections", new { occurred = string.Create(CultureInfo.InvariantCulture, $"2023-06-{1 + (i % 28):00}"), reason = "The other account says so." }, ct);
        await store.ReachAsync(path, last!, ct);
        return path;
    }

    private static string AsOf(string path, int n) => string.Create(CultureInfo.InvariantCulture,
        $"{path}?validAt={new DateOnly(2022, 11, 15).AddDays(n * 7 % 700):yyyy-MM-dd}&knownAt={1 + (n * 13 % Corrections)}");

    private static Measure Large(string name, string says, string encoding) => new(name, says, FromMemory, async (bench, ct) =>
    {
        var store = await bench.MainAsync(ct);
        var path = await LargeAsync(store, ct) + "/board";
        string[] headers = encoding.Length > 0 ? [$"Accept-Encoding: {encoding}"] : [];
        var kept = await bench.KeepBytesAsync(store, path, "application/json", encoding, ct);
        return Beside(store, 32, Requests.Get(path, headers), Requests.Get(kept), await bench.BaselineAsync(ct));
    });

    /// <summary>One request of a store's server beside one of a baseline, again and again.</summary>
    public static Sides Beside(Store store, int connections, byte[] request, byte[] other, Server baseline) => new(
        (time, stop) => Load.ClosedAsync(store.Server, connections, time, () => request, stop),
        (time, stop) => Load.ClosedAsync(baseline, connections, time, () => other, stop));
}
