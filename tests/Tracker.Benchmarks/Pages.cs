namespace Tracker.Benchmarks;

/// <summary>Pages of the large agenda, compressed as browsers ask for them, one after another.</summary>
internal static class Pages
{
    public static IEnumerable<Measure> All => [Of("board", ""), Of("timeline", "/timeline"), Of("divergence", "/divergence")];

    private static Measure Of(string name, string path) => new($"page-{name}", $"page of the large agenda: {name}, 1 connection", "the same bytes from memory", async (bench, ct) =>
    {
        var store = await bench.MainAsync(ct);
        await Boards.LargeAsync(store, ct);
        var page = $"/agendas/large{path}";
        var kept = await bench.KeepBytesAsync(store, page, "text/html", "br", ct);
        return Boards.Beside(store, 1, Requests.Get(page, "Accept: text/html", "Accept-Encoding: br"), Requests.Get(kept), await bench.BaselineAsync(ct));
    });
}

/// <summary>Reports of the large agenda, in each form: read for the first time after it was issued, and again.</summary>
internal static class Reports
{
    public static IEnumerable<Measure> All => new[] { "json", "md", "html", "pdf", "csv" }.Select(Of);

    private static Measure Of(string form) => new($"report-{form}", $"report of the large agenda as .{form}, the first time", "the same report again", async (bench, ct) =>
    {
        var store = await bench.MainAsync(ct);
        var agenda = await Boards.LargeAsync(store, ct);
        var request = Array.Empty<byte>();
        return new Sides(
            async (time, stop) =>
            {
                var (_, answer) = await store.PostAsync($"{agenda}/reports", new { validAt = "2024-06-30" }, stop);
                await store.ReachAsync(agenda, answer, stop);
                request = Requests.Get($"{answer.Headers.Location!.OriginalString}.{form}");
                return await Load.ClosedAsync(store.Server, 1, TimeSpan.Zero, () => request, stop);
            },
            (time, stop) => Load.ClosedAsync(store.Server, 1, time, () => request, stop));
    })
    { WarmsUp = false };
}
