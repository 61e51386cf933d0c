using Tracker.Hosting.Postgres;

namespace Tracker.Faults.Tests.Harness;

/// <summary>A database with the tables in it and nothing else, made once: each database of these tests begins as its copy.</summary>
internal sealed class Template
{
    private Template(string folder, string connectionString, ServerAccount account, PostgresBinaries binaries) =>
        (Folder, ConnectionString, Account, Binaries) = (folder, connectionString, account, binaries);

    /// <summary>Where it lies, in <c>postgres</c>, and its copies beside it.</summary>
    public string Folder { get; }

    public string ConnectionString { get; }

    public ServerAccount Account { get; }

    public PostgresBinaries Binaries { get; }

    public static async Task<Template> MakeAsync(string folder, CancellationToken ct)
    {
        string connectionString;
        await using (var made = await EmbeddedPostgres.StartAsync(folder, _ => { }, ct))
        {
            connectionString = made.ConnectionString;
            await using var first = new ServerProcess("first", connectionString);
            await first.StartAsync();
        }

        using var directory = await DataDirectory.ClaimAsync(folder, ct);
        var (account, tried) = (await ServerAccount.ForAsync(directory, ct), new List<string>());
        var binaries = await PostgresBinaries.FindInstalledAsync(directory.Major, account, tried, ct)
            ?? await PostgresBundle.FindAsync(directory, account, tried, ct)
            ?? throw new InvalidOperationException($"No PostgreSQL to start and stop: {string.Join("; ", tried)}.");
        return new Template(folder, connectionString, account, binaries);
    }
}
