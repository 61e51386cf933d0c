using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Tracker.Api.Tests.Contract;
using Tracker.Hosting;

namespace Tracker.Api.Tests.Harness;

/// <summary>One running host, as it is served: Kestrel on a free port of the loopback. Several may share a database.</summary>
public sealed class Node : IAsyncDisposable
{
    /// <summary>The first owner's key of every database of these tests.</summary>
    public const string OwnerKey = "trk_test-owner-key-0123456789abcdefghijklmnop";

    private readonly WebApplication _app;
    private readonly Complaints _complaints;
    private readonly ConcurrentBag<HttpClient> _https = [];

    private Node(WebApplication app, Complaints complaints)
    {
        (_app, _complaints) = (app, complaints);
        Address = new Uri(app.Urls.First());
    }

    public Uri Address { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>What was logged as an error or worse.</summary>
    public IEnumerable<string> Errors => _complaints.Lines;

    /// <summary>The lines that an operator would see of what was logged, as the program writes them.</summary>
    public IEnumerable<string> Log => _complaints.Written;

    public static Task<Node> StartAsync(string connectionString, TimeProvider? clock = null, params string[] settings) =>
        StartFittedAsync(connectionString, new Fittings { Clock = clock }, settings);

    public static async Task<Node> StartFittedAsync(string connectionString, Fittings fittings, params string[] settings)
    {
        var complaints = new Complaints();
        var app = TrackerHost.Build(
            ["--urls", "http://127.0.0.1:0", $"--Tracker:OwnerKey={OwnerKey}", "--Tracker:LoadSeeds=false",
                "--Tracker:Limits:PerAddress=100000", "--Tracker:Limits:PerKey=100000", "--Tracker:Limits:Costly=100000", .. settings],
            Database.At(connectionString),
            builder =>
            {
                builder.Logging.ClearProviders().AddProvider(complaints);
                if (fittings.Log is { } log) builder.Logging.AddProvider(log);
                if (fittings.Clock is { } clock) builder.Services.AddSingleton(clock);
                fittings.Services?.Invoke(builder.Services);
                builder.WebHost.UseSetting(WebHostDefaults.SuppressStatusMessagesKey, "true");
            });
        fittings.Extend?.Invoke(app);
        complaints.WrittenBy = app.Services.GetServices<ConsoleFormatter>().Single(x => x.Name == ConsoleFormatterNames.Simple);
        await app.StartAsync();
        return new Node(app, complaints);
    }

    /// <summary>A client that sends what it is told to, and nothing of its own.</summary>
    /// <param name="key">The bearer's key; none for the public.</param>
    public Client With(string? key)
    {
        var plain = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            MaxConnectionsPerServer = 64,
            RequestHeaderEncodingSelector = (_, _) => System.Text.Encoding.UTF8,
        };
        var http = new HttpClient(new ByTheContract(plain)) { BaseAddress = Address };
        if (key is not null) http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        _https.Add(http);
        return new Client(http, () => string.Join('\n', Errors.TakeLast(2)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var http in _https) http.Dispose();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
    }

    private sealed class Complaints : ILoggerProvider
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ConcurrentQueue<string> Written { get; } = new();

        public ConsoleFormatter? WrittenBy { get; set; }

        public ILogger CreateLogger(string categoryName) => new Log(this, categoryName);

        public void Dispose() { }

        private sealed class Log(Complaints complaints, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None;

            void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                if (!IsEnabled(logLevel)) return;
                if (logLevel is LogLevel.Error or LogLevel.Critical) complaints.Lines.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{logLevel}: {formatter(state, exception)} {exception}"));
                if (complaints.WrittenBy is not { } program) return;
                using var written = new StringWriter();
                program.Write(new LogEntry<TState>(logLevel, category, eventId, state, exception, formatter), null, written);
                // What a terminal takes for the end of a line.
                foreach (var line in written.ToString().Split('\n', '\r', '\u0085', '\u2028', '\u2029')) complaints.Written.Enqueue(line);
            }
        }
    }
}

/// <summary>What a host under test has beside what is real.</summary>
public sealed record Fittings
{
    /// <summary>The clock it goes by.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>Where else its log goes, at the levels it has in earnest.</summary>
    public ILoggerProvider? Log { get; init; }

    /// <summary>Services it has in addition.</summary>
    public Action<IServiceCollection>? Services { get; init; }

    /// <summary>Endpoints it has in addition.</summary>
    public Action<WebApplication>? Extend { get; init; }
}
