using System.Globalization;

namespace Tracker.Benchmarks;

/// <summary>Whether what is asked costs more where the store holds more: each on a larger store beside the smallest.</summary>
internal static class Growth
{
    private const string Agenda = "grown";

    public static IEnumerable<Measure> All(Options options) =>
        from events in options.Growth.Skip(1)
        from what in (What[])
        [
            new("activity", "report an activity, 1 connection", 1, store => Commands.Activities(store, [Agenda])),
            new("board", "board of Bali, 32 connections", 32, _ => () => Requests.Get("/api/v1/agendas/us-china-bali/board?validAt=2023-01-31")),
            new("history", "history of a commitment, 1 connection", 1, _ => () => Requests.Get("/api/v1/agendas/us-china-bali/commitments/secretary-visit/history")),
            new("search", "search an agenda's 200 activities for words, 1 connection", 1, _ => () => Requests.Get($"{Commands.Api(Agenda)}/activities?q=climate")),
        ]
        select Of(options.Growth[0], events, what);

    private static Measure Of(int least, int events, What what) => new(string.Create(CultureInfo.InvariantCulture, $"growth-{what.Name}-{events}"),
        string.Create(CultureInfo.InvariantCulture, $"{what.Says}, {events:N0} events in the store"), string.Create(CultureInfo.InvariantCulture, $"the same, {least:N0} events in the store"),
        async (bench, ct) =>
        {
            var (large, small) = (await StoreAsync(bench, events, ct), await StoreAsync(bench, least, ct));
            var (next, other) = (what.Next(large), what.Next(small));
            return new Sides(
                (time, stop) => Load.ClosedAsync(large.Server, what.Connections, time, next, stop),
                (time, stop) => Load.ClosedAsync(small.Server, what.Connections, time, other, stop));
        });

    private static async Task<Store> StoreAsync(Bench bench, int events, CancellationToken ct)
    {
        var store = await bench.StoreAsync(string.Create(CultureInfo.InvariantCulture, $"of{events}"), events, ct);
        await store.AgendaAsync(Agenda, Shape.Medium, ct);
        return store;
    }

    private sealed record What(string Name, string Says, int Connections, Func<Store, Func<byte[]>> Next);
}

/// <summary>From the start of the process until it is ready, and the memory it holds.</summary>
internal static class Starts
{
    private const string Smallest = "the smallest minimal API";
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    public static IEnumerable<Measure> All =>
    [
        new("start-first", "first start: makes its own PostgreSQL, schema and Bali record in an empty folder", Smallest, (bench, ct) => Task.FromResult(Starting(bench, stop =>
            bench.StartTrackerAsync(null, "", bench.NewFolder(string.Create(CultureInfo.InvariantCulture, $"first-{Commands.Next()}")), stop)))) { WarmsUp = false },
        new("start-again", "start on that folder again", Smallest, async (bench, ct) =>
        {
            var folder = bench.NewFolder("again");
            await (await bench.StartTrackerAsync(null, "", folder, ct)).DisposeAsync();
            return Starting(bench, stop => bench.StartTrackerAsync(null, "", folder, stop));
        }) { WarmsUp = false },
        new("start-store", "start on the store of all measures, whose PostgreSQL runs", Smallest, async (bench, ct) =>
        {
            var store = await bench.MainAsync(ct);
            return new Sides(
                async (time, stop) =>
                {
                    await store.StopAsync();
                    return Started(await store.StartAsync(stop));
                },
                Starting(bench, _ => throw new NotSupportedException()).Baseline);
        }) { WarmsUp = false },
        Memory("memory-idle", "memory of a server on that store, just started", (server, path, time, ct) => RestAsync(server, ct)),
        Memory("memory-busy", "peak memory under load: board of Bali, 32 connections", (server, path, time, ct) => Load.ClosedAsync(server, 32, time, () => Requests.Get(path), ct)),
    ];

    private static Sides Starting(Bench bench, Func<CancellationToken, Task<Server>> start) => new(
        async (time, stop) =>
        {
            await using var server = await start(stop);
            return Started(server);
        },
        async (time, stop) =>
        {
            await using var server = await bench.StartBaselineAsync(null, stop);
            return Started(server);
        });

    private static Sample Started(Server server) =>
        Sample.Once(server.Ready, new Usage(server.Ready.TotalSeconds, Proc.Cpu(server.Pid), double.NaN, Proc.Memory(server.Pid, "VmHWM")));

    private static Measure Memory(string name, string says, Func<Server, string, TimeSpan, CancellationToken, Task<Sample>> runAsync) => new(name, says, Smallest, async (bench, ct) =>
    {
        var store = await bench.MainAsync(ct);
        return new Sides(
            async (time, stop) =>
            {
                await store.StopAsync();
                return await runAsync(await store.StartAsync(stop), "/api/v1/agendas/us-china-bali/board?validAt=2023-01-31", time, stop);
            },
            async (time, stop) =>
            {
                await using var server = await bench.StartBaselineAsync(null, stop);
                return await runAsync(server, Baseline.Smallest, time, stop);
            });
    })
    { OfMemory = true, WarmsUp = false };

    /// <summary>What it holds when it has come to rest.</summary>
    private static async Task<Sample> RestAsync(Server server, CancellationToken ct)
    {
        await Task.Delay(Settling, ct);
        return new Sample(double.NaN, [], Usage.Of(Settling) with { PeakMemory = Proc.Memory(server.Pid, "VmRSS") }, 0);
    }
}
