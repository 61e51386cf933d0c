using System.Globalization;

namespace Tracker.Benchmarks;

/// <summary>Commands, each beside the one INSERT of the same bytes that any service would need.</summary>
internal static class Commands
{
    private const string Insert = "a minimal API that does one INSERT … RETURNING of the same bytes";
    private static int _number;

    public static IEnumerable<Measure> All =>
    [
        Of("activity-1", "report an activity, 1 connection, one agenda", 1, 1, Activity()),
        Of("activity-32", "report an activity, 32 connections, one agenda", 32, 1, Activity()),
        Of("activity-32-agendas", "report an activity, 32 connections, 32 agendas", 32, 32, Activity()),
        Of("activity-repeatable", "report an activity with an Idempotency-Key, 32 connections, 32 agendas", 32, 32, Activity(n => $"Idempotency-Key: benchmark-{n}")),
        Of("evidence", "propose evidence, 32 connections, 32 agendas", 32, 32, (store, agenda, n) => new($"{agenda}/commitments/c-{n % 20}/evidence",
            $$"""{"activity":"x-{{n % 200}}","depth":"contact","direction":"advances","parties":["US"],"rationale":"The two sides met on it, as both readouts have it; nothing was set up to last. Piece {{n}}.","citations":[{"source":"s-0","quote":"exchanged views in depth and in a candid manner"}]}""")),
        Of("correction", "correct an activity, 32 connections, 32 agendas", 32, 32, (store, agenda, n) => new($"{agenda}/activities/x-{n % 200}/corrections",
            $$"""{"title":"Senior officials hold talks on climate, as the other account has it, {{n}}","reason":"The other account says so, and it was published later."}""")),
    ];

    /// <summary>A number that has not been used in this run.</summary>
    public static int Next() => Interlocked.Increment(ref _number);

    public static string Api(string agenda) => $"/api/v1/agendas/{agenda}";

    /// <summary>Reports of activities, to agendas in turn.</summary>
    public static Func<byte[]> Activities(Store store, string[] agendas) => () => Made(store, agendas, Activity()).Request();

    private static Func<Store, string, int, Command> Activity(Func<int, string>? header = null) => (store, agenda, n) =>
        new($"{agenda}/activities", store.Record.ActivityCommand(string.Create(CultureInfo.InvariantCulture, $"reported-{n}")), header is null ? [] : [header(n)]);

    private static Measure Of(string name, string says, int connections, int agendas, Func<Store, string, int, Command> command) => new(name, says, Insert, async (bench, ct) =>
    {
        var store = await bench.MainAsync(ct);
        var slugs = new string[agendas];
        for (var i = 0; i < agendas; i++) slugs[i] = await store.AgendaAsync(string.Create(CultureInfo.InvariantCulture, $"commanded-{i}"), Shape.Medium, ct);
        var baseline = await bench.BaselineAsync(ct);
        return new Sides(
            (time, stop) => Load.ClosedAsync(store.Server, connections, time, () => Made(store, slugs, command).Request(), stop),
            (time, stop) => Load.ClosedAsync(baseline, connections, time, () => (Made(store, slugs, command) with { Path = null }).Request(), stop));
    });

    private static Command Made(Store store, string[] agendas, Func<Store, string, int, Command> command)
    {
        var n = Next();
        return command(store, agendas[n % agendas.Length], n);
    }

    /// <summary>A command on its way: without a path to the baseline, with the same body and headers.</summary>
    private sealed record Command(string? Path, string Json, params string[] Headers)
    {
        public byte[] Request() => Requests.Post(Path is null ? Baseline.Insert : $"/api/v1/agendas/{Path}", Json, [Store.Authorization, .. Headers]);
    }
}
