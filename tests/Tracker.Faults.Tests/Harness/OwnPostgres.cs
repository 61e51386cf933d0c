using System.Net;
using System.Net.Sockets;
using Npgsql;
using Tracker.Hosting.Postgres;

namespace Tracker.Faults.Tests.Harness;

/// <summary>
/// A PostgreSQL of the tests' own, durable as by default, at one port for as long as it lives: it can be stopped hard, and started again.
/// </summary>
public sealed class OwnPostgres : IAsyncDisposable
{
    // By which the sessions of these tests are told from the nodes'.
    private const string Ours = "faults";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Template _template;
    private readonly string _cluster, _log, _options;
    private StopGuard? _guard;

    private OwnPostgres(Template template, string cluster, string log, int port, string settings)
    {
        (_template, _cluster, _log) = (template, cluster, log);
        _options = FormattableString.Invariant($"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories= {settings}");
        ConnectionString = new NpgsqlConnectionStringBuilder(template.ConnectionString) { Port = port, MaxPoolSize = 20 }.ConnectionString;
    }

    public string ConnectionString { get; }

    /// <summary>A program that comes with it, such as <c>pg_dump</c>; null where it is not installed.</summary>
    public string? Program(string name) =>
        Path.Combine(_template.Binaries.Folder, name) is var beside && File.Exists(beside) ? beside : ExternalProgram.OnPath(name);

    /// <param name="name">Its own, of these tests' databases.</param>
    /// <param name="settings">As for <c>postgres</c>: <c>-c max_connections=60</c>.</param>
    /// <param name="place">A folder of another file system to lie on; beside the template where there is none.</param>
    internal static async Task<OwnPostgres> StartAsync(Template template, string name, string settings, string? place = null)
    {
        var folder = Path.Combine(place ?? template.Folder, name);
        await RunAsync("cp", "-a", Path.Combine(template.Folder, "postgres"), folder);
        var postgres = new OwnPostgres(template, folder, Path.Combine(template.Folder, name + ".log"), FreePort(), settings);
        await File.WriteAllTextAsync(postgres._log, "");
        await template.Account.OwnAsync(postgres._log, CancellationToken.None);
        await postgres.StartAsync();
        return postgres;
    }

    /// <summary>Starts it, as whoever runs it would; it answers when this is done.</summary>
    public async Task StartAsync()
    {
        await PgCtlAsync("start", "--log", _log, "--options", _options);
        _guard = StopGuard.Unless(_template.Account, "kill", "-QUIT", (await File.ReadAllLinesAsync(Path.Combine(_cluster, "postmaster.pid")))[0]);
    }

    /// <summary>Stops it as if it had crashed: nothing is written any more, and no session is told.</summary>
    public async Task StopAsync()
    {
        await PgCtlAsync("stop", "--mode", "immediate");
        _guard?.Dispose();
    }

    /// <summary>A connection of one's own, beside the nodes'.</summary>
    public async Task<NpgsqlConnection> OpenAsync()
    {
        var settings = new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false, Timeout = 5, ApplicationName = Ours };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends all sessions but those of <see cref="OpenAsync"/>.</summary>
    public static async Task EndOthersAsync(NpgsqlConnection connection)
    {
        const string Others = $"backend_type = 'client backend' and application_name <> '{Ours}'";
        await using var end = new NpgsqlCommand($"select pg_terminate_backend(pid) from pg_stat_activity where {Others}", connection);
        await end.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(_cluster, "postmaster.pid"))) await StopAsync();
    }

    internal static async Task RunAsync(string program, params string[] arguments)
    {
        var ended = await ExternalProgram.RunAsync(program, arguments, Patience, CancellationToken.None);
        if (!ended.Well) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {ended.LastWords}");
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task PgCtlAsync(string action, params string[] more)
    {
        string[] arguments = [action, "--pgdata", _cluster, "--wait", .. more];
        var ended = await ExternalProgram.RunAsync(_template.Binaries.PgCtl, arguments, Patience, CancellationToken.None, _template.Account);
        if (!ended.Well) throw new InvalidOperationException($"pg_ctl {action}: {ended.LastWords}\n{await File.ReadAllTextAsync(_log)}");
    }
}
