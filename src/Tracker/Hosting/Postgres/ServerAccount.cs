namespace Tracker.Hosting.Postgres;

/// <summary>The operating system's account the database runs as: our own, unless we are root, whom PostgreSQL refuses.</summary>
/// <param name="Name">Null for our own.</param>
internal sealed record ServerAccount(string? Name)
{
    private static readonly string[] Unprivileged = ["postgres", "_postgres", "nobody"];
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(10);

    /// <summary>The owner of the database there is, else the first unprivileged account this machine knows.</summary>
    /// <exception cref="DataDirectoryUnreachableException">We are root and there is no such account.</exception>
    public static async Task<ServerAccount> ForAsync(DataDirectory directory, CancellationToken ct)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess) return new((string?)null);

        var owner = directory.Major is null ? null : await OwnerAsync(directory.Cluster, ct);
        if (owner is not (null or "root")) return new(owner);

        foreach (var name in Unprivileged)
        {
            if (await ExternalProgram.TryAsync("id", ["-u", name], Moment, ct) is not { Well: true }) continue;
            var account = new ServerAccount(name);
            // Copied back by root, as backups are.
            if (owner is not null) await account.OwnAsync(directory.Cluster, ct);
            return account;
        }

        throw new DataDirectoryUnreachableException(
            $"PostgreSQL does not run as root, and this machine has none of the accounts {string.Join(", ", Unprivileged)}. "
            + "Start Tracker as an ordinary user, or name a database of your own (ConnectionStrings:Tracker).");
    }

    /// <summary>Makes the file or folder, and what is in it, the account's.</summary>
    public async Task OwnAsync(string path, CancellationToken ct)
    {
        if (Name is null) return;
        var chown = await ExternalProgram.RunAsync("chown", ["-R", Name, path], TimeSpan.FromMinutes(5), ct);
        if (!chown.Well) throw new DataDirectoryUnreachableException($"{path} cannot be given to {Name}: {chown.LastWords}");
    }

    /// <exception cref="DataDirectoryUnreachableException">The account cannot write there.</exception>
    public async Task MustReachAsync(string path, CancellationToken ct)
    {
        if (Name is null) return;
        if (await ExternalProgram.TryAsync("test", ["-w", path], Moment, ct, this) is { Well: true }) return;
        throw new DataDirectoryUnreachableException(
            $"As root, the database runs as '{Name}', who cannot reach {path}. "
            + $"Name a data directory that account can reach, such as {DataDirectory.Default} (Tracker:DataDirectory), "
            + "or start Tracker as an ordinary user.");
    }

    private static async Task<string?> OwnerAsync(string path, CancellationToken ct)
    {
        string[] format = OperatingSystem.IsMacOS() ? ["-f", "%Su"] : ["-c", "%U"];
        var stat = await ExternalProgram.TryAsync("stat", [.. format, path], Moment, ct);
        return stat is { Well: true } ? stat.Output.Trim() : null;
    }
}
