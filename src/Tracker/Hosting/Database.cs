using Npgsql;
using Tracker.Hosting.Postgres;

namespace Tracker.Hosting;

/// <summary>The database a process works with: one that is configured, one of its own, or one that a running server owns.</summary>
public sealed class Database : IAsyncDisposable
{
    private Database(string connectionString, EmbeddedPostgres? embedded, RunningPostgres? running) =>
        (ConnectionString, Embedded, Running) = (connectionString, embedded, running);

    /// <summary>For commands that look at code only: nothing answers there.</summary>
    public static Database None { get; } = new("Host=127.0.0.1;Port=1;Database=none;Username=none", null, null);

    /// <summary>The database that a connection string names: someone else's to start and to stop.</summary>
    public static Database At(string connectionString) => new(Plain(connectionString), null, null);

    public string ConnectionString { get; }

    /// <summary>The embedded database, where this process owns it.</summary>
    public EmbeddedPostgres? Embedded { get; }

    /// <summary>The embedded database of a running server that this process works beside.</summary>
    public RunningPostgres? Running { get; }

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
    public static async Task<Database> OpenAsync(IConfiguration configuration, bool beside, Action<string> say, CancellationToken ct)
    {
        if (configuration.GetConnectionString("Tracker") is { Length: > 0 } configured) return At(configured);
        if (configuration.GetValue<bool>("DOTNET_RUNNING_IN_CONTAINER"))
            throw new InvalidOperationException("In a container there is no embedded database: set ConnectionStrings__Tracker.");
        var directory = configuration["Tracker:DataDirectory"] is { Length: > 0 } given ? Path.GetFullPath(given) : DataDirectory.Default;
        if (beside && await EmbeddedPostgres.FindRunningAsync(directory, ct) is { } running) return new(running.ConnectionString, null, running);
        var embedded = await EmbeddedPostgres.StartAsync(directory, say, ct);
        return new(embedded.ConnectionString, embedded, null);
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
