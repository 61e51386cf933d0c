using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace Tracker.Benchmarks;

/// <summary>From a command to what it changed being told: on live streams, and to webhooks. Commands come at a steady rate, whatever is answered.</summary>
internal static class Following
{
    private const int Agendas = 32, Connections = 128;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static IEnumerable<Measure> All => from way in (Way[])[new("live", "on …/live", ListenAsync), new("webhook", "in a webhook", ReceiveAsync)] from rate in (int[])[100, 1_000] select Of(way, rate);

    private static Measure Of(Way way, int perSecond) => new(string.Create(CultureInfo.InvariantCulture, $"{way.Name}-{perSecond}"),
        string.Create(CultureInfo.InvariantCulture, $"from a command until it is told {way.Says}, at {perSecond:N0} commands/s over {Agendas} agendas"), null, async (bench, ct) =>
        {
            var store = await bench.MainAsync(ct);
            var slugs = new string[Agendas];
            for (var i = 0; i < Agendas; i++) slugs[i] = await store.AgendaAsync(string.Create(CultureInfo.InvariantCulture, $"{way.Name}-{i}"), Shape.Small, ct);
            return new Sides((time, stop) => MeasureAsync(way, store, slugs, perSecond, time, stop));
        });

    private static async Task<Sample> MeasureAsync(Way way, Store store, string[] agendas, int perSecond, TimeSpan time, CancellationToken ct)
    {
        // What is told of a command may come before the command's own answer.
        var (due, told) = (new ConcurrentDictionary<Recording, double>(), new ConcurrentDictionary<Recording, double>());
        Sample commands;
        int missing;
        await using (await way.OpenAsync(store, agendas, recording => told.TryAdd(recording, Load.Now), ct))
        {
            commands = await Load.OpenAsync(store.Server, Connections, perSecond, time, () => Correction(agendas, Commands.Next()),
                (agenda, at, answer) => due[new(agenda, long.Parse(answer.Header("Tracker-Position"), CultureInfo.InvariantCulture))] = at, ct);
            var until = Load.Now + Patience.TotalMilliseconds;
            while ((missing = due.Keys.Count(x => !told.ContainsKey(x))) > 0 && Load.Now < until) await Task.Delay(20, ct);
        }

        double[] delays = [.. due.Where(x => told.ContainsKey(x.Key)).Select(x => told[x.Key] - x.Value).Order()];
        string[] notes = [.. commands.PerSecond < 0.95 * perSecond ? [string.Create(CultureInfo.InvariantCulture, $"could not keep up: {commands.PerSecond:N0} commands/s of {perSecond:N0}")] : Array.Empty<string>(),
            .. missing > 0 ? [string.Create(CultureInfo.InvariantCulture, $"{missing:N0} of {due.Count:N0} were not told within {Patience.TotalSeconds:N0} s after the last command")] : Array.Empty<string>()];
        return commands with { Durations = delays, Note = notes.Length > 0 ? string.Join("; ", notes) : null };
    }

    private static (byte[], string) Correction(string[] agendas, int n)
    {
        var agenda = agendas[n % agendas.Length];
        return (Requests.Post($"{Commands.Api(agenda)}/commitments/c-{n / agendas.Length % Shape.Small.Commitments}/corrections",
            $$"""{"title":"Open a working group on climate, as both read it, {{n}}","reason":"The published text has it so."}""", Store.Authorization), agenda);
    }

    private static async Task<IAsyncDisposable> ListenAsync(Store store, string[] agendas, Action<Recording> tell, CancellationToken ct)
    {
        var streams = await Task.WhenAll(agendas.Select(async agenda =>
        {
            var answer = await store.Server.Http.GetAsync($"{Commands.Api(agenda)}/live", HttpCompletionOption.ResponseHeadersRead, ct);
            var reader = new StreamReader(await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(ct));
            // Its first lines say from where on it tells.
            while (await reader.ReadLineAsync(ct) is { Length: > 0 }) { }
            return (Answer: answer, Listening: ReadAsync(agenda, reader));
        }));
        return new Closing(async () =>
        {
            foreach (var (answer, _) in streams) answer.Dispose();
            await Task.WhenAll(streams.Select(x => x.Listening));
        });

        async Task ReadAsync(string agenda, StreamReader reader)
        {
            try
            {
                while (await reader.ReadLineAsync(ct) is { } line)
                    if (line.StartsWith("id: ", StringComparison.Ordinal)) tell(Recording.Of(agenda, line[4..]));
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException or HttpRequestException or OperationCanceledException)
            {
                // We closed it. Had the server, what it does not tell would be missed and said.
            }
        }
    }

    private static async Task<IAsyncDisposable> ReceiveAsync(Store store, string[] agendas, Action<Recording> tell, CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = builder.Build();
        receiver.MapPost("/{agenda}", async (string agenda, HttpRequest request) =>
        {
            using var told = await JsonDocument.ParseAsync(request.Body);
            tell(Recording.Of(agenda, told.RootElement.GetProperty("id").GetString()!));
        });
        await receiver.StartAsync(ct);
        var webhooks = await Task.WhenAll(agendas.Select(async agenda =>
        {
            var path = $"{Commands.Api(agenda)}/webhooks";
            var (made, answer) = await store.PostAsync(path, new { url = $"{receiver.Urls.First()}/{agenda}", events = (string[])["corrected", "statusChanged"] }, ct);
            return $"{path}/{made.GetProperty("id").GetString()}";
        }));
        return new Closing(async () =>
        {
            foreach (var webhook in webhooks) (await store.Server.Http.DeleteAsync(webhook, CancellationToken.None)).EnsureSuccessStatusCode();
            using var now = new CancellationTokenSource(TimeSpan.Zero);
            await receiver.StopAsync(now.Token);
            await receiver.DisposeAsync();
        });
    }

    /// <summary>A way to be told; opened, it says of each recording that it hears of.</summary>
    private sealed record Way(string Name, string Says, Func<Store, string[], Action<Recording>, CancellationToken, Task<IAsyncDisposable>> OpenAsync);

    private readonly record struct Recording(string Agenda, long Position)
    {
        /// <summary>Of a change, whose id is its position and its number.</summary>
        public static Recording Of(string agenda, string change) => new(agenda, long.Parse(change.Split('.')[0], CultureInfo.InvariantCulture));
    }

    private sealed class Closing(Func<Task> close) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => new(close());
    }
}
