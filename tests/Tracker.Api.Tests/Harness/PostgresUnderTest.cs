using System.Globalization;
using Npgsql;
using Testcontainers.PostgreSql;
using Tracker.Hosting.Postgres;

[assembly: AssemblyFixture(typeof(Tracker.Api.Tests.Harness.PostgresUnderTest))]

namespace Tracker.Api.Tests.Harness;

/// <summary>
/// The PostgreSQL of this test run. <c>TRACKER_TEST_DATABASE</c> chooses: <c>container</c>, <c>local</c> (the binaries that the
/// embedded database finds), or a connection string of a role that may create databases; where it says nothing, a container where an
/// engine answers, and else local.
/// </summary>
public sealed class PostgresUnderTest : IAsyncLifetime
{
    private const string Setting = "TRACKER_TEST_DATABASE";
    private static int _databases;

    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private PostgreSqlContainer? _container;
    private EmbeddedPostgres? _local;
    private DirectoryInfo? _folder;
    private string _server = "";
    private string? _template;
    private Task<TrackerUnderTest>? _shared;

    public async ValueTask InitializeAsync()
    {
        var wanted = Environment.GetEnvironmentVariable(Setting);
        _server = wanted switch
        {
            null or "" => await TryContainerAsync() ?? await LocalAsync(),
            "container" => await ContainerAsync(),
            "local" => await LocalAsync(),
            _ => wanted,
        };
    }

    /// <summary>A database of its own for whoever asks: with the tables in it, and nothing else.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        await _oneAtATime.WaitAsync();
        try
        {
            if (_template is null)
            {
                var made = await CreateAsync("template0");
                await using (await Node.StartAsync(made)) { }
                await EndSessionsAsync(made);
                _template = new NpgsqlConnectionStringBuilder(made).Database!;
            }

            return await CreateAsync(_template);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>The tracker that most tests share, each with agendas of its own.</summary>
    public Task<TrackerUnderTest> SharedAsync()
    {
        lock (_oneAtATime) return _shared ??= TrackerUnderTest.StartAsync(this);
    }

    /// <summary>An agenda of one's own on the shared tracker.</summary>
    public async Task<Ledger> OpenAgendaAsync(string review = "second") => await (await SharedAsync()).OpenAgendaAsync(review);

    /// <summary>A database with nothing in it at all.</summary>
    public Task<string> NewEmptyDatabaseAsync() => CreateAsync("template0");

    public async ValueTask DisposeAsync()
    {
        if (_shared is not null) await (await _shared).DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        if (_container is not null) await _container.DisposeAsync();
        if (_local is not null) await _local.DisposeAsync();
        _folder?.Delete(recursive: true);
        _oneAtATime.Dispose();
    }

    /// <summary>A database with all that another holds, as from a backup. Whoever is still connected to that one is cut off.</summary>
    public async Task<string> RestoredAsync(string connectionString)
    {
        await EndSessionsAsync(connectionString);
        return await CreateAsync(new NpgsqlConnectionStringBuilder(connectionString).Database!);
    }

    private async Task<string> CreateAsync(string template)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"tracker_test_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}");
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand(
            $"create database {name} template {template}{(template == "template0" ? " encoding 'UTF8' locale 'C'" : "")}", connection);
        await create.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(_server) { Database = name, Pooling = true, MaxPoolSize = 20, IncludeErrorDetail = true }.ConnectionString;
    }

    /// <summary>A template must have no session; a listening one outlives its host for a while.</summary>
    private async Task EndSessionsAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var end = new NpgsqlCommand("select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1", connection)
        {
            Parameters = { new() { Value = new NpgsqlConnectionStringBuilder(connectionString).Database! } },
        };
        await end.ExecuteNonQueryAsync();
    }

    private async Task<string?> TryContainerAsync()
    {
        try
        {
            return await ContainerAsync();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // No engine, or one that has no such image: then the installed binaries.
            await Console.Error.WriteLineAsync($"No PostgreSQL in a container ({e.Message.Split('\n')[0]}); using local binaries.");
            if (_container is not null) await _container.DisposeAsync();
            _container = null;
            return null;
        }
    }

    private async Task<string> ContainerAsync()
    {
        _container = new PostgreSqlBuilder("postgres:17-alpine").WithDatabase("tracker").WithCommand("-c", "max_connections=300", "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")
            // We take it away ourselves; the reaper is an image of its own, which not every engine has.
            .WithCleanUp(false).WithAutoRemove(true).Build();
        await _container.StartAsync();
        // Where we are in a container ourselves, the engine may still bind to the loopback that we share.
        foreach (var host in (string[])[_container.Hostname, "127.0.0.1"])
        {
            var connectionString = new NpgsqlConnectionStringBuilder(_container.GetConnectionString()) { Host = host, Pooling = false }.ConnectionString;
            try
            {
                await using var connection = new NpgsqlConnection(connectionString);
                await connection.OpenAsync();
                return connectionString;
            }
            catch (NpgsqlException e) when (e.InnerException is System.Net.Sockets.SocketException)
            {
            }
        }

        throw new InvalidOperationException("The container runs, and its port cannot be reached.");
    }

    private async Task<string> LocalAsync()
    {
        _folder = Directory.CreateTempSubdirectory("tracker-api-tests-");
        _local = await EmbeddedPostgres.StartAsync(_folder.FullName, _ => { });
        // Nothing here outlives the run: no commit needs to wait for the disk.
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_local.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        foreach (var hurry in (string[])["alter system set fsync = off", "alter system set synchronous_commit = off", "alter system set full_page_writes = off", "select pg_reload_conf()"])
            await using (var command = new NpgsqlCommand(hurry, connection))
                await command.ExecuteNonQueryAsync();
        return _local.ConnectionString;
    }
}
