using System.Globalization;
using System.Text.RegularExpressions;

namespace Tracker.Hosting.Postgres;

/// <summary>Where a server may come from, in the order they are tried.</summary>
[Flags]
internal enum PostgresSources
{
    /// <summary>Installed on this machine.</summary>
    Installed = 1,

    /// <summary>In the data directory, brought there by an earlier start.</summary>
    Bundle = 2,

    /// <summary>Brought by the npm client.</summary>
    Npm = 4,

    /// <summary>In a container.</summary>
    Docker = 8,

    Any = Installed | Bundle | Npm | Docker,
}

/// <summary>A folder with <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c> that the server's account has shown it can run.</summary>
internal sealed partial record PostgresBinaries(string Folder, int Major, int Minor)
{
    public const int OldestMajor = 15;

    private static readonly string[] Needed = ["initdb", "pg_ctl", "postgres"];

    public string Initdb => Program(Folder, "initdb");

    public string PgCtl => Program(Folder, "pg_ctl");

    /// <summary>The newest installed, or the newest of the major version that made the database there is.</summary>
    public static async Task<PostgresBinaries?> FindInstalledAsync(
        int? major, ServerAccount account, List<string> tried, CancellationToken ct)
    {
        var found = new List<PostgresBinaries>();
        foreach (var folder in ExternalProgram.SearchPath.Concat(UsualPlaces()).Distinct())
            if (await TryAsync(folder, account, tried, ct) is { } binaries)
                found.Add(binaries);
        if (found.Count == 0) tried.Add("initdb, pg_ctl and postgres on PATH and in the usual places: none that run");
        return found.Where(one => Serves(one, major)).OrderByDescending(one => (one.Major, one.Minor)).FirstOrDefault();
    }

    public static bool Serves(PostgresBinaries one, int? major) => major is null ? one.Major >= OldestMajor : one.Major == major;

    /// <summary>Null where the folder lacks one of the programs, or the account cannot run them.</summary>
    public static async Task<PostgresBinaries?> TryAsync(
        string folder, ServerAccount account, List<string> tried, CancellationToken ct)
    {
        if (!Needed.All(name => File.Exists(Program(folder, name)))) return null;
        var said = await ExternalProgram.TryAsync(
            Program(folder, "postgres"), ["--version"], TimeSpan.FromSeconds(10), ct, account);
        // Only releases: a beta's files are of no use to the release that follows it.
        if (said is { Well: true } && Release().Match(said.Output) is { Success: true } version)
        {
            var binaries = new PostgresBinaries(folder, Number(version.Groups[1]), Number(version.Groups[2]));
            tried.Add($"{folder}: PostgreSQL {binaries.Major}.{binaries.Minor}");
            return binaries;
        }

        tried.Add($"{folder}: postgres does not run{(account.Name is null ? "" : $" as '{account.Name}'")}");
        return null;
    }

    private static IEnumerable<string> UsualPlaces()
    {
        if (OperatingSystem.IsWindows())
            return Below(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL", "*", "bin");
        if (OperatingSystem.IsMacOS())
            return
            [
                .. Below("/opt/homebrew/opt", "postgresql*", "bin"),
                .. Below("/usr/local/opt", "postgresql*", "bin"),
                .. Below("/Applications/Postgres.app/Contents/Versions", "*", "bin"),
                .. Below("/Library/PostgreSQL", "*", "bin"),
            ];
        return
        [
            .. Below("/usr/lib/postgresql", "*", "bin"),
            .. Below("/usr", "pgsql-*", "bin"),
            .. Below("/usr/lib", "postgresql*", "bin"),
            .. Below("/usr/libexec", "postgresql*"),
            .. Below("/usr/local", "pgsql", "bin"),
            .. Below("/home/linuxbrew/.linuxbrew/opt", "postgresql*", "bin"),
        ];
    }

    private static IEnumerable<string> Below(string folder, params IEnumerable<string> parts) => parts.Aggregate(
        Enumerable.Repeat(folder, 1),
        (folders, part) => folders.Where(Directory.Exists).SelectMany(one => Directory.EnumerateDirectories(one, part, Forgiving)));

    private static readonly EnumerationOptions Forgiving = new() { IgnoreInaccessible = true };

    private static string Program(string folder, string name) =>
        Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name);

    private static int Number(Group digits) => int.Parse(digits.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)\.(\d+)")]
    private static partial Regex Release();
}
