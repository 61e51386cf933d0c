using Npgsql;
using Tracker.Hosting.Postgres;

namespace Tracker.Hosting;

/// <summary>The database a process works with: one that is configured, one of its own, or one that a running server owns.</summary>
public sealed class Database : IAsyncDisposable
{
    private Database(string connectionString, EmbeddedPostgres? embedded, RunningPostgres? running, string? dataDirectory) =>
        (ConnectionString, Embedded, Running, DataDirectory) = (connectionString, embedded, running, dataDirectory);

    /// <summary>For commands that look at code only: nothing answers there.</summary>
    public static Database None { get; } = new("Host=127.0.0.1;Port=1;Database=none;Username=none", null, null, null);

    /// <summary>The database that a connection string names: someone else's to start and to stop.</summary>
    public static Database At(string connectionString) => new(Plain(connectionString), null, null, null);

    public string ConnectionString { get; }

    /// <summary>The embedded database, where this process owns it.</summary>
    public EmbeddedPostgres? Embedded { get; }

    /// <summary>The embedded database of a running server that this process works beside.</summary>
    public RunningPostgres? Running { get; }

    /// <summary>The folder of the embedded database, whoever runs it; null for one that is configured.</summary>
    public string? DataDirectory { get; }

    /// <summary>Where the data lie, in words: a folder, or a host and a database. Never a secret.</summary>
    public string Whereabouts
    {
        get
        {
            if (Embedded is { } own) return $"{own.DataDirectory} (PostgreSQL {own.ServerVersion.Major}, embedded)";
            var where = new NpgsqlConnectionStringBuilder(ConnectionString);
            return $"{where.Host}:{where.Port}/{where.Database}";
        }
    }

    /// <summary>Opens what the configuration says, else starts or finds the embedded one.</summary>
    /// <param name="configuration">Where <c>ConnectionStrings:Tracker</c> and <c>Tracker:DataDirectory</c> are looked up.</param>
    /// <param name="beside">Whether a running server's embedded database will do: it does for a command, not for a second server.</param>
    /// <param name="say">Told what takes time.</param>
    /// <param name="ct">Gives up, leaving no server behind.</param>
    /// <exception cref="SettingException">The database that is configured does not answer, or refuses the connection.</exception>
    public static async Task<Database> OpenAsync(IConfiguration configuration, bool beside, Action<string> say, CancellationToken ct)
    {
        if (configuration.GetConnectionString("Tracker") is { Length: > 0 } configured) return await AnsweringAsync(At(configured), ct);
        if (configuration.GetValue<bool>("DOTNET_RUNNING_IN_CONTAINER"))
            throw new InvalidOperationException("In a container there is no embedded database: set ConnectionStrings__Tracker.");
        var directory = configuration[Settings.DataDirectory] is { Length: > 0 } given ? Path.GetFullPath(given) : Postgres.DataDirectory.Default;
        if (beside && await EmbeddedPostgres.FindRunningAsync(directory, ct) is { } running) return new(running.ConnectionString, null, running, directory);
        var embedded = await EmbeddedPostgres.StartAsync(directory, say, ct);
        return new(embedded.ConnectionString, embedded, null, embedded.DataDirectory);
    }

    /// <summary>Asks for one connection: what is wrong with the setting is told before anything is built on it.</summary>
    private static async Task<Database> AnsweringAsync(Database database, CancellationToken ct)
    {
        try
        {
            // Not pooled: nothing is left open of it.
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ConnectionString);
            await connection.OpenAsync(ct);
            return database;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException or ArgumentException)
        {
            // Of several hosts, what the first said.
            var causes = new List<Exception>();
            for (var cause = e; cause is not null; cause = cause.InnerException) causes.Add(cause);
            throw new SettingException(causes.OfType<PostgresException>().FirstOrDefault() is { } refused
                ? $"The database at {database.Whereabouts} refused the connection: {refused.MessageText}. Correct {Settings.ConnectionString}, or the database."
                : $"No database answers at {database.Whereabouts}: {causes[^1].Message.TrimEnd('.')}. Start PostgreSQL there, or correct {Settings.ConnectionString}.");
        }
    }

    /// <summary>Where nothing is said of Kerberos, it is not asked for: that costs a round trip, and without its library a complaint.</summary>
    private static string Plain(string configured)
    {
        var connection = new NpgsqlConnectionStringBuilder(configured);
        if (!connection.ShouldSerialize("GSS Encryption Mode")) connection.GssEncryptionMode = GssEncryptionMode.Disable;
        return connection.ConnectionString;
    }

    public ValueTask DisposeAsync() => Embedded?.DisposeAsync() ?? ValueTask.CompletedTask;
}
