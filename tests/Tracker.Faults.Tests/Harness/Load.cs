using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tracker.Api.Tests.Harness;

namespace Tracker.Faults.Tests.Harness;

/// <summary>
/// Clients of every node, at a steady rate whatever is answered: each sends five commands a second and two reads. A command with a key
/// of whose fate its client knows nothing is sent again, to the next node.
/// </summary>
internal sealed class Load(IReadOnlyList<ServerProcess> nodes, IReadOnlyList<string> agendas) : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Camel = new(JsonSerializerDefaults.Web);
    private static readonly TimeSpan BetweenCommands = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan BetweenReads = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BeforeRepeat = TimeSpan.FromMilliseconds(500);

    // As long as a patient client waits; a node that is paused for longer has nobody to answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly ConcurrentQueue<Command> _commands = new();
    private readonly ConcurrentQueue<Task> _sent = new();
    private readonly CancellationTokenSource _over = new();
    private readonly ConcurrentDictionary<ServerProcess, bool> _spared = new();
    private readonly ConcurrentDictionary<ServerProcess, int> _onTheirWay = new();
    private Task _running = Task.CompletedTask;
    private int _number;

    public IReadOnlyList<string> Agendas => agendas;

    public IReadOnlyCollection<Command> Commands => _commands;

    /// <summary>Each answer to a command or a read, and each that did not come.</summary>
    public ConcurrentQueue<Sending> Writes { get; } = new();

    public ConcurrentQueue<Sending> Reads { get; } = new();

    /// <summary>Opens the agendas that it writes on, and begins.</summary>
    public async Task BeginAsync()
    {
        foreach (var agenda in agendas)
            foreach (var (path, body) in new (string, object)[]
            {
                ("agendas", Given.Agenda(agenda, "none")),
                ($"agendas/{agenda}/sources", Given.Source()),
                ($"agendas/{agenda}/commitments", Given.Commitment()),
            })
                using (var made = await nodes[0].Http.PostAsJsonAsync(path, body, Camel))
                    ((int)made.StatusCode).ShouldBe(201, await made.Content.ReadAsStringAsync());
        _running = Task.WhenAll([
            .. nodes.Select(node => TickAsync(BetweenCommands, node, () => RecordAsync(node))),
            .. nodes.Select(node => TickAsync(BetweenReads, node, () => ReadAsync(node))),
        ]);
    }

    /// <summary>Has nobody turn to a node.</summary>
    public void Spare(ServerProcess node, bool spared = true) => _spared[node] = spared;

    /// <summary>Waits until a node that is spared has answered all that was sent to it.</summary>
    public Task UntilNothingIsOnItsWayAsync(ServerProcess node) =>
        Clock.UntilAsync(() => Task.FromResult(_onTheirWay.GetValueOrDefault(node) == 0), Patience, $"{node.Name} does not answer.");

    /// <summary>Sends commands whose clients hang up: at once, or a few milliseconds later.</summary>
    public async Task HangUpAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var hangsUp = new CancellationTokenSource();
            var sent = RecordAsync(nodes[i % nodes.Count], hangsUp.Token);
            _sent.Enqueue(sent);
            hangsUp.CancelAfter(TimeSpan.FromMilliseconds(i % 20));
            // The next when this one has hung up, or was faster.
            await Task.WhenAny(sent, Task.Delay(Timeout.Infinite, hangsUp.Token));
        }
    }

    /// <summary>Begins nothing more, and waits until each client has its answer, or none.</summary>
    public async Task EndAsync()
    {
        await _over.CancelAsync();
        await _running;
        await Task.WhenAll(_sent);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _over.Dispose();
    }

    private async Task TickAsync(TimeSpan every, ServerProcess node, Func<Task> send)
    {
        using var timer = new PeriodicTimer(every);
        try
        {
            while (await timer.WaitForNextTickAsync(_over.Token))
                if (!_spared.GetValueOrDefault(node)) _sent.Enqueue(send());
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }
    }

    private async Task RecordAsync(ServerProcess node, CancellationToken hangsUp = default)
    {
        var command = Command.Any(agendas[Random.Shared.Next(agendas.Count)], Interlocked.Increment(ref _number));
        _commands.Enqueue(command);
        for (var turn = nodes.ToList().IndexOf(node); ; turn++, hangsUp = CancellationToken.None)
        {
            var sending = await SendAsync(nodes[turn % nodes.Count], command.Agenda, command.Path, command, hangsUp);
            command.Add(sending);
            // That somebody hung up says nothing of the server.
            if (!hangsUp.IsCancellationRequested || sending.Status != 0) Writes.Enqueue(sending);
            if (command.Key is null || command.Fate is not Fate.Unknown) return;
            await Task.Delay(BeforeRepeat, CancellationToken.None);
            if (_over.IsCancellationRequested && turn > 3 * nodes.Count) return;
        }
    }

    private async Task ReadAsync(ServerProcess node)
    {
        var agenda = agendas[Random.Shared.Next(agendas.Count)];
        var what = Random.Shared.Next(2) == 0 ? "board" : "sources";
        Reads.Enqueue(await SendAsync(node, agenda, $"agendas/{agenda}/{what}", null, CancellationToken.None));
    }

    private async Task<Sending> SendAsync(ServerProcess node, string agenda, string path, Command? command, CancellationToken hangsUp)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(hangsUp);
        patience.CancelAfter(Patience);
        using var request = new HttpRequestMessage(command is null ? HttpMethod.Get : HttpMethod.Post, path);
        if (command is not null) request.Content = JsonContent.Create(command.Body, options: Camel);
        if (command?.Key is { } key) request.Headers.Add("Idempotency-Key", key);
        var began = Clock.Now;
        _onTheirWay.AddOrUpdate(node, 1, (_, count) => count + 1);
        try
        {
            using var answer = await node.Http.SendAsync(request, patience.Token);
            var body = await answer.Content.ReadAsByteArrayAsync(patience.Token);
            var code = answer.IsSuccessStatusCode ? null : JsonNode.Parse(body)?["code"]?.GetValue<string>();
            return new Sending(node, agenda, began, Clock.Now, (int)answer.StatusCode, code, answer.Headers.RetryAfter is not null);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            return new Sending(node, agenda, began, Clock.Now, 0, e.Message, SaysWhen: false);
        }
        finally
        {
            _onTheirWay.AddOrUpdate(node, 0, (_, count) => count - 1);
        }
    }
}
