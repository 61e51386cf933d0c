using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Tracker.Hosting.Postgres;

/// <summary>
/// The folder of one embedded database: <c>postgres/</c> is PostgreSQL's own, and beside it lie its password, its log, the
/// lock of its owner and the owner's description of itself. One process at a time owns it, by holding the lock open.
/// </summary>
public sealed class DataDirectory : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerOnly | UnixFileMode.UserExecute;

    // A command that looks who runs touches the lock for an instant; that must not turn a server away.
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Blink = TimeSpan.FromMilliseconds(50);

    private readonly FileStream ownership;
    private RunningPostgres description = new(Environment.ProcessId);

    private DataDirectory(string path, FileStream ownership) => (Root, this.ownership) = (path, ownership);

    /// <summary>
    /// Where the database lives when no setting says: the user's data folder; for root, one that <c>postgres</c> can reach.
    /// </summary>
    /// <exception cref="DataDirectoryUnreachableException">The user has no home.</exception>
    public static string Default
    {
        get
        {
            if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
                return OperatingSystem.IsMacOS() ? "/Library/Application Support/Tracker" : "/var/lib/tracker";
            var home = Environment.GetFolderPath(
                Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            if (home.Length == 0)
                throw new DataDirectoryUnreachableException("This user has no home; name a data directory (Tracker:DataDirectory).");
            return Path.Combine(home, OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? "Tracker" : "tracker");
        }
    }

    public string Root { get; }

    /// <summary>PostgreSQL's own folder (PGDATA).</summary>
    internal string Cluster => Path.Combine(Root, "postgres");

    internal string Bundle => Path.Combine(Root, "bundle");

    internal string Log => Path.Combine(Root, "postgres.log");

    internal string Password => Path.Combine(Root, "postgres.password");

    /// <summary>Names the Docker volume, where Docker holds the database.</summary>
    internal string DockerVolume => Path.Combine(Root, "docker.volume");

    /// <summary>The major version that made the cluster; null where there is none yet.</summary>
    internal int? Major
    {
        get
        {
            var file = Path.Combine(Cluster, "PG_VERSION");
            return File.Exists(file) ? int.Parse(File.ReadAllText(file).Trim(), CultureInfo.InvariantCulture) : null;
        }
    }

    /// <summary>Makes the folder where it is missing, and takes its lock.</summary>
    /// <exception cref="DataDirectoryInUseException">Another process holds the lock.</exception>
    /// <exception cref="DataDirectoryUnreachableException">We may not write there.</exception>
    internal static async Task<DataDirectory> ClaimAsync(string path, CancellationToken ct)
    {
        path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        try
        {
            Make(path);
            var directory = new DataDirectory(path, await LockAsync(path, ct));
            directory.Describe(directory.description);
            return directory;
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or (IOException and not FileNotFoundException))
        {
            throw new DataDirectoryUnreachableException(
                $"The data directory {path} cannot be used by {Environment.UserName}: {refused.Message} "
                + "Name another (Tracker:DataDirectory).", refused);
        }
    }

    /// <summary>The process that owns the folder now; null where none does, or it is not ready within the patience.</summary>
    /// <exception cref="DataDirectoryUnreachableException">There is an owner, but it is another user's.</exception>
    internal static async Task<RunningPostgres?> OwnerAsync(string path, TimeSpan patience, CancellationToken ct)
    {
        path = Path.GetFullPath(path);
        var began = TimeProvider.System.GetTimestamp();
        try
        {
            while (IsLocked(path))
            {
                if (ReadDescription(path) is { ConnectionString.Length: > 0 } owner) return owner;
                if (TimeProvider.System.GetElapsedTime(began) > patience) return null;
                await Task.Delay(Blink, ct);
            }

            return null;
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new DataDirectoryUnreachableException(
                $"The data directory {path} belongs to another user than {Environment.UserName}.", refused);
        }
    }

    /// <summary>Tells commands and would-be owners who we are.</summary>
    internal void Describe(RunningPostgres now)
    {
        description = now;
        var file = DescriptionOf(Root);
        WriteSecret(file + ".new", JsonSerializer.Serialize(now, JsonSerializerOptions.Web));
        File.Move(file + ".new", file, overwrite: true);
    }

    internal void Describe(Func<RunningPostgres, RunningPostgres> change) => Describe(change(description));

    /// <summary>The password kept here; a new one where the database is yet to be made.</summary>
    /// <exception cref="PostgresFailedException">There is a database, and its password is lost.</exception>
    internal string ReadOrMakePassword()
    {
        if (Major is null && !File.Exists(DockerVolume))
            WriteSecret(Password, RandomNumberGenerator.GetHexString(48, lowercase: true));
        return File.Exists(Password)
            ? File.ReadAllText(Password).Trim()
            : throw new PostgresFailedException($"{Password} is missing: without it the database beside it cannot be opened.");
    }

    /// <summary>Only the owner can read the file, from its first byte on.</summary>
    internal static void WriteSecret(string file, string secret)
    {
        File.Delete(file);
        using var stream = new FileStream(file, ForOwnerOnly(FileMode.CreateNew));
        using var writer = new StreamWriter(stream);
        writer.Write(secret);
        writer.Flush();
        stream.Flush(flushToDisk: true);
    }

    /// <summary>
    /// An empty folder beside the one to be made, which takes that one's place when it is whole, so that an interrupted making
    /// is never mistaken for one. Its name is new each time: an orphan of the interrupted one may still be writing.
    /// </summary>
    internal static string Nursery(string folder)
    {
        ClearNurseries(folder);
        var nursery = $"{folder}.new-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(nursery);
        else Directory.CreateDirectory(nursery, OwnerFolder);
        return nursery;
    }

    internal static void ClearNurseries(string folder)
    {
        var (parent, name) = (Path.GetDirectoryName(folder)!, Path.GetFileName(folder));
        foreach (var nursery in Directory.EnumerateDirectories(parent, name + ".new-*"))
        {
            try
            {
                Directory.Delete(nursery, recursive: true);
            }
            catch (Exception busy) when (busy is IOException or UnauthorizedAccessException)
            {
                // The orphan; the next time clears it.
            }
        }
    }

    public void Dispose()
    {
        // Before the lock goes: afterwards the file may be the next owner's.
        if (ownership.CanRead) File.Delete(DescriptionOf(Root));
        ownership.Dispose();
    }

    private static void Make(string path)
    {
        var ours = !Directory.Exists(path) || !Directory.EnumerateFileSystemEntries(path).Any() || File.Exists(LockOf(path));
        Directory.CreateDirectory(path);
        if (OperatingSystem.IsWindows() || !ours) return;
        // Root's folder lets the database's account pass through, and see nothing.
        var mode = OwnerFolder;
        if (Environment.IsPrivilegedProcess) mode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        if (File.GetUnixFileMode(path) is var now && (now & mode) != mode) File.SetUnixFileMode(path, now | mode);
    }

    private static async Task<FileStream> LockAsync(string path, CancellationToken ct)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(LockOf(path), ForOwnerOnly(FileMode.OpenOrCreate));
            }
            catch (IOException held) when (held.GetType() == typeof(IOException))
            {
                if (TimeProvider.System.GetElapsedTime(began) < LockPatience)
                {
                    await Task.Delay(Blink, ct);
                    continue;
                }

                var owner = ReadDescription(path);
                throw new DataDirectoryInUseException(path, owner?.Pid, owner?.Address);
            }
        }
    }

    // A shared lock, so that two who look do not see each other.
    private static bool IsLocked(string path)
    {
        try
        {
            new FileStream(LockOf(path), FileMode.Open, FileAccess.Read, FileShare.Read).Dispose();
            return false;
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static RunningPostgres? ReadDescription(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<RunningPostgres>(File.ReadAllText(DescriptionOf(path)), JsonSerializerOptions.Web);
        }
        catch (Exception none) when (none is IOException or JsonException)
        {
            return null;
        }
    }

    private static FileStreamOptions ForOwnerOnly(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        return options;
    }

    private static string LockOf(string path) => Path.Combine(path, "tracker.lock");

    private static string DescriptionOf(string path) => Path.Combine(path, "running.json");
}
