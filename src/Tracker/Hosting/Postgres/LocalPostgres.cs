using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Tracker.Hosting.Postgres;

/// <summary>
/// A server run from binaries. <c>pg_ctl</c> starts it in a session of its own, so that Ctrl-C reaches us and not it; a
/// <see cref="StopGuard"/> stops it should we vanish.
/// </summary>
internal sealed class LocalPostgres : IPostgresServer
{
    private static readonly TimeSpan InitPatience = TimeSpan.FromMinutes(2);

    // Recovery after a crash replays what was written since the last checkpoint, and may take its time.
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan StopPatience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    // What passes by itself: a port someone took meanwhile, the last backends of a server that was killed.
    private static readonly string[] Passing = ["could not bind", "shared memory block", "lock file \"postmaster.pid\""];

    private const int Interrupted = 128 + 2;

    private readonly PostgresBinaries binaries;
    private readonly DataDirectory directory;
    private readonly ServerAccount account;
    private readonly ServerLog log;
    private StopGuard? guard;

    private LocalPostgres(PostgresBinaries binaries, DataDirectory directory, ServerAccount account) =>
        (this.binaries, this.directory, this.account, log) = (binaries, directory, account, new ServerLog(directory.Log));

    public int Port { get; private set; }

    public TimeSpan Patience => TimeSpan.FromSeconds(30);

    /// <exception cref="PostgresFailedException">The cluster could not be made or started.</exception>
    public static async Task<LocalPostgres> StartAsync(
        PostgresBinaries binaries, DataDirectory directory, ServerAccount account, string password, Action<string> say,
        CancellationToken ct)
    {
        var server = new LocalPostgres(binaries, directory, account);
        try
        {
            if (directory.Major is null) await server.InitAsync(password, say, ct);
            await account.MustReachAsync(directory.Cluster, ct);
            await server.log.OpenAsync(account, ct);
            await server.RunAsync(say, ct);
            return server;
        }
        catch (Exception failure)
        {
            await server.DisposeAsync();
            if (failure is TimeoutException or Win32Exception) throw new PostgresFailedException(failure.Message, failure);
            throw;
        }
    }

    public Task<bool> LivesAsync() => Task.FromResult(Postmaster() is not null);

    public void Settle()
    {
        // Its cluster lies in the directory already.
    }

    public Task<string> LastWordsAsync() => Task.FromResult(log.Tail());

    public async ValueTask DisposeAsync()
    {
        log.Dispose();
        await StopAsync();
        guard?.Dispose();
    }

    private async Task InitAsync(string password, Action<string> say, CancellationToken ct)
    {
        say($"Making a database in {directory.Cluster} with PostgreSQL {binaries.Major}.{binaries.Minor}.");
        try
        {
            var unborn = await InitAsync(DataDirectory.Nursery(directory.Cluster), password, ct);
            SetAside(directory.Cluster, say);
            Directory.Move(unborn, directory.Cluster);
        }
        finally
        {
            DataDirectory.ClearNurseries(directory.Cluster);
        }
    }

    private async Task<string> InitAsync(string nursery, string password, CancellationToken ct)
    {
        var (unborn, passwordFile) = (Path.Combine(nursery, "cluster"), Path.Combine(nursery, "password"));
        DataDirectory.WriteSecret(passwordFile, password);
        await account.OwnAsync(nursery, ct);
        await account.MustReachAsync(nursery, ct);

        var init = await ExternalProgram.RunAsync(
            binaries.Initdb,
            [
                "--pgdata", unborn, "--username", EmbeddedPostgres.Name, "--pwfile", passwordFile,
                "--locale=C", "--encoding=UTF8", "--auth=scram-sha-256", "--data-checksums",
            ],
            InitPatience, ct, account);
        ct.ThrowIfCancellationRequested();
        if (!init.Well) throw new PostgresFailedException($"initdb could not make a database (exit {init.ExitCode}): {init.LastWords}");
        return unborn;
    }

    // Never ours, since ours are made elsewhere and moved here: kept, not deleted.
    private static void SetAside(string cluster, Action<string> say)
    {
        if (!Directory.Exists(cluster)) return;
        var aside = Enumerable.Range(1, int.MaxValue).Select(n => $"{cluster}.incomplete-{n}").First(name => !Path.Exists(name));
        Directory.Move(cluster, aside);
        say($"{cluster} held no database; what it held is now {aside}.");
    }

    private async Task RunAsync(Action<string> say, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            await StopLeftoverAsync(say);
            Port = FreePort();
            // Three hundred: one server fills a pool of a hundred, and commands come beside it.
            var start = await PgCtlAsync(
                "start", StartPatience, ct, "--log", directory.Log,
                "--options", $"-c listen_addresses=127.0.0.1 -c port={Port} -c unix_socket_directories= -c max_connections=300");
            if (start.Well) break;

            // Ctrl-C reaches pg_ctl too while it waits, and may do so before it reaches us.
            ct.ThrowIfCancellationRequested();
            if (start.ExitCode == Interrupted) throw new OperationCanceledException("Interrupted while PostgreSQL started.");
            var words = log.Tail();
            if (attempt == 3 || !Passing.Any(words.Contains))
                throw new PostgresFailedException(
                    $"PostgreSQL {binaries.Major}.{binaries.Minor} did not start (exit {start.ExitCode}). "
                    + $"The end of {directory.Log}:\n{words}");
            await Task.Delay(TimeSpan.FromSeconds(1), ct);
        }

        if (Postmaster() is { } pid)
            guard = StopGuard.Unless(account, "kill", "-INT", pid.ToString(CultureInfo.InvariantCulture));
        _ = log.KeepInBoundsAsync();
    }

    private async Task StopLeftoverAsync(Action<string> say)
    {
        if (Postmaster() is not { } pid) return;
        say($"Stopping the database server that an earlier run left behind (process {pid}).");
        await StopAsync();
    }

    // "fast": sessions are ended, what is committed is kept.
    private async Task StopAsync()
    {
        foreach (var mode in (string[])["fast", "immediate"])
        {
            if (Postmaster() is null) return;
            try
            {
                await PgCtlAsync("stop", StopPatience, CancellationToken.None, "--mode", mode);
            }
            catch (Exception failure) when (failure is TimeoutException or Win32Exception)
            {
                // Then the harder way.
            }
        }
    }

    private Task<Ended> PgCtlAsync(string action, TimeSpan patience, CancellationToken ct, params IEnumerable<string> more) =>
        ExternalProgram.RunAsync(
            binaries.PgCtl,
            [action, "--pgdata", directory.Cluster, "--wait", "--timeout", $"{patience.TotalSeconds:0}", .. more],
            patience + Margin, ct, account);

    /// <summary>The process id of the server that runs on our cluster; null where none does.</summary>
    private int? Postmaster()
    {
        var file = Path.Combine(directory.Cluster, "postmaster.pid");
        if (ReadLines(file) is not [var first, _, var startedAt, ..] lines
            || !int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var pid)) return null;
        try
        {
            using var process = Process.GetProcessById(pid);
            if (process.ProcessName.StartsWith("postgres", StringComparison.Ordinal) && (OperatingSystem.IsLinux()
                ? ReadLines($"/proc/{pid}/cwd/postmaster.pid")?.Take(3).SequenceEqual(lines.Take(3)) == true
                : Math.Abs(UnixSeconds(process.StartTime) - long.Parse(startedAt, CultureInfo.InvariantCulture)) < 10))
                return pid;
        }
        catch (UnauthorizedAccessException)
        {
            // A server we may not look into is never declared dead.
            return pid;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // PostgreSQL itself sees that the file is stale.
            return null;
        }

        // Another program has that number now, and PostgreSQL would take it for a server.
        File.Delete(file);
        return null;
    }

    private static long UnixSeconds(DateTime local) => new DateTimeOffset(local).ToUnixTimeSeconds();

    private static string[]? ReadLines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
