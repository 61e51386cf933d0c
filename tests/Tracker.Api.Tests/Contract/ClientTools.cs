using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Tracker.Hosting.Postgres;

namespace Tracker.Api.Tests.Contract;

/// <summary>
/// The tools of <c>tests/client</c>, brought by npm: linters of the contract, a generator of types from it, a compiler. They are kept
/// between runs in the user's data folder, a set for each <c>package.json</c>; each run works in a folder of its own below them.
/// </summary>
public sealed partial class ClientTools : IAsyncLifetime
{
    private const int OldestNode = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private string? _npm;
    private string? _folder;
    private string? _missing;

    public async ValueTask InitializeAsync()
    {
        _npm = ExternalProgram.OnPath("npm");
        if (_npm is null) _missing = "npm is not installed";
        else if (await NodeAsync() is not { } node) _missing = "npm is installed, and Node.js is not";
        else if (node < OldestNode) _missing = string.Create(CultureInfo.InvariantCulture, $"Node.js {node} is too old for the tools; they need {OldestNode}");
        else if (await BringAsync() is { } failure) _missing = failure;
    }

    /// <summary>Runs a script of <c>package.json</c> on the committed contract, and sees it end well.</summary>
    /// <returns>What it said.</returns>
    public async Task<string> RunAsync(string script, params (string Name, string Value)[] environment)
    {
        // The tests promise to need the .NET SDK only; who checks a change has all of it.
        if (_missing is not null && !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"))) Assert.Fail($"{_missing}.");
        Assert.SkipWhen(_missing is not null, $"{_missing}; it needs npm with Node.js {OldestNode} or later, and its registry.");

        var ended = await ExternalProgram.RunAsync(
            _npm!, ["--prefix", _folder!, "run", "--silent", script], Patience, TestContext.Current.CancellationToken,
            environment: environment.ToDictionary(x => x.Name, x => x.Value));
        if (!ended.Well) Assert.Fail($"npm run {script} ended with {ended.ExitCode}:\n{ended.Output}\n{ended.Errors}");
        TestContext.Current.SendDiagnosticMessage($"{script}: {ended.Output}");
        return ended.Output;
    }

    public ValueTask DisposeAsync()
    {
        if (_folder is not null && Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static async Task<int?> NodeAsync() =>
        ExternalProgram.OnPath("node") is { } node
        && await ExternalProgram.TryAsync(node, ["--version"], TimeSpan.FromSeconds(20), CancellationToken.None) is { Well: true } said
        && Major().Match(said.Output) is { Success: true } major
            ? int.Parse(major.Groups[1].Value, CultureInfo.InvariantCulture)
            : null;

    /// <summary>Brings the tools where they are not yet, and makes the folder of this run; or says why it cannot.</summary>
    private async Task<string?> BringAsync()
    {
        var client = TheContract.Repository("tests", "client");
        var named = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(client, "package.json"))))[..16];
        var kept = Path.Combine(Kept(), named);
        if (!Directory.Exists(Path.Combine(kept, "node_modules")) && await InstallAsync(client, kept) is { } failure) return failure;

        _folder = Path.Combine(kept, string.Create(CultureInfo.InvariantCulture, $"run-{Environment.ProcessId}-{Guid.CreateVersion7():N}"));
        Copy(client, _folder);
        File.Copy(TheContract.Path, Path.Combine(_folder, Path.GetFileName(TheContract.Path)));
        return null;
    }

    /// <summary>Installs beside and then renames, so that there is all of it or nothing, whoever else installs meanwhile.</summary>
    private async Task<string?> InstallAsync(string client, string kept)
    {
        var fresh = $"{kept}-{Guid.CreateVersion7():N}";
        try
        {
            Copy(client, fresh);
            Ended? ended = null;
            // What comes over a network may fail once.
            for (var attempt = 1; attempt <= 2; attempt++)
                if ((ended = await ExternalProgram.TryAsync(_npm!, ["--prefix", fresh, "install", "--no-audit", "--no-fund"], Patience, CancellationToken.None)) is { Well: true })
                    break;
            // Its words may hold the address of a registry, and an address a credential.
            if (ended is not { Well: true }) return $"npm could not bring the tools ({(ended is null ? "it did not end" : Code().Match(ended.Errors) is { Success: true } code ? code.Groups[1].Value : "exit " + ended.ExitCode)})";
            Directory.Move(fresh, kept);
            return null;
        }
        catch (IOException) when (Directory.Exists(Path.Combine(kept, "node_modules")))
        {
            return null;
        }
        finally
        {
            if (Directory.Exists(fresh)) Directory.Delete(fresh, recursive: true);
        }
    }

    private static string Kept() => Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create) is { Length: > 0 } data
        ? Path.Combine(data, "tracker-tests", "client")
        : TheContract.Repository("artifacts", "client");

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }

    [GeneratedRegex("^v([0-9]+)\\.")]
    private static partial Regex Major();

    [GeneratedRegex("npm (?:error|ERR!) code (\\w+)")]
    private static partial Regex Code();
}
