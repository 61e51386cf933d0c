using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Tracker.Api.Tests.Harness;
using Tracker.Hosting.Postgres;

namespace Tracker.Faults.Tests.Harness;

/// <summary>
/// A node: the program in a process of its own, which can be killed, stopped and let go on, at one address for as long as it is wanted.
/// </summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private const string OwnerKey = "trk_test-owner-key-0123456789abcdefghijklmnop";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly string _connectionString;
    private readonly ConcurrentQueue<(TimeSpan At, string Line)> _log = new();
    private Process? _process;
    private StopGuard? _guard;

    public ServerProcess(string name, string connectionString)
    {
        (Name, _connectionString) = (name, connectionString);
        Address = new Uri(FormattableString.Invariant($"http://127.0.0.1:{OwnPostgres.FreePort()}"));
        var handler = new SocketsHttpHandler { UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5) };
        Http = new HttpClient(handler) { BaseAddress = new Uri(Address, "/api/v1/"), Timeout = Timeout.InfiniteTimeSpan };
        Http.DefaultRequestHeaders.Authorization = new("Bearer", OwnerKey);
    }

    public string Name { get; }

    public Uri Address { get; }

    /// <summary>Speaks to it as the owner; a path without a leading slash is under <c>/api/v1/</c>.</summary>
    public HttpClient Http { get; }

    public bool Runs => _process is { HasExited: false };

    /// <summary>Starts it, and waits until it is ready.</summary>
    /// <param name="environment">Variables of its environment, such as for another clock.</param>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> StartAsync(IReadOnlyDictionary<string, string>? environment = null)
    {
        var (began, serves) = (Clock.Now, new TaskCompletionSource());
        string[] settings = ["--urls", Address.AbsoluteUri, $"--Tracker:OwnerKey={OwnerKey}", "--Tracker:LoadSeeds=false"];
        _process = TheProgram.Serve(_connectionString, settings, Hear, environment);
        _guard = StopGuard.Unless(new ServerAccount((string?)null), "kill", "-KILL", _process.Id.ToString(CultureInfo.InvariantCulture));
        using var patience = new CancellationTokenSource(Patience);
        var ended = _process.WaitForExitAsync(patience.Token);
        if (await Task.WhenAny(serves.Task, ended) == ended)
            throw new InvalidOperationException($"The node {Name} did not start:\n{string.Join('\n', Log(began))}");
        await Clock.UntilAsync(IsReadyAsync, Patience, $"The node {Name} does not become ready.");
        return Clock.Now - began;

        void Hear(string line, bool isLog)
        {
            if (isLog) _log.Enqueue((Clock.Now, line));
            else if (line.StartsWith("Tracker serves", StringComparison.Ordinal)) serves.TrySetResult();
        }
    }

    /// <summary>Without a word, as when the power goes.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _guard!.Dispose();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Stops it where it stands: its connections stay open, and nobody answers on them.</summary>
    public Task PauseAsync() => SignalAsync("-STOP");

    public Task GoOnAsync() => SignalAsync("-CONT");

    /// <summary>What it has logged since.</summary>
    public string[] Log(TimeSpan since) => [.. _log.Where(x => x.At >= since).Select(x => x.Line)];

    public async Task<bool> IsReadyAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            using var answer = await Http.GetAsync("/health/ready", soon.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await KillAsync();
        Http.Dispose();
    }

    private Task SignalAsync(string signal) => OwnPostgres.RunAsync("kill", signal, _process!.Id.ToString(CultureInfo.InvariantCulture));
}
