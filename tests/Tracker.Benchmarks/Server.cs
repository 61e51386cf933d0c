using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Tracker.Hosting.Postgres;

namespace Tracker.Benchmarks;

/// <summary>A process that serves HTTP on the loopback: Tracker, or a baseline. Disposing stops it.</summary>
internal sealed partial class Server : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly Process _process;
    private readonly StopGuard _guard;

    private Server(Process process, StopGuard guard, Uri address, TimeSpan ready, int? postmaster)
    {
        (_process, _guard, Address, Ready, Postmaster) = (process, guard, address, ready, postmaster);
        Http = new HttpClient { BaseAddress = address, Timeout = Patience };
    }

    public Uri Address { get; }

    public int Pid => _process.Id;

    /// <summary>The process of the database it uses, whose children serve it.</summary>
    public int? Postmaster { get; }

    /// <summary>From its start until it was ready to answer.</summary>
    public TimeSpan Ready { get; }

    /// <summary>For what is prepared and not measured.</summary>
    public HttpClient Http { get; }

    /// <summary>Starts it and waits until it is ready: until a path of it answers with success.</summary>
    /// <param name="postmaster">Asked for once it is ready.</param>
    public static async Task<Server> StartAsync(
        string program, string[] arguments, (string Name, string Value)[] environment, string readyPath, Func<int?> postmaster, CancellationToken ct)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        // As the image has it.
        start.Environment["DOTNET_gcServer"] = "0";
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var began = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        var guard = StopGuard.Unless(new ServerAccount((string?)null), "kill", "-TERM", process.Id.ToString(CultureInfo.InvariantCulture));
        var (address, said) = (new TaskCompletionSource<Uri>(), new StringBuilder());
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            var ended = process.WaitForExitAsync(patience.Token);
            if (await Task.WhenAny(address.Task, ended) == ended)
            {
                patience.Token.ThrowIfCancellationRequested();
                throw new InvalidOperationException($"{Path.GetFileName(program)} did not start (exit {process.ExitCode}):\n{said}");
            }

            using var http = new HttpClient { BaseAddress = await address.Task };
            while (!(await http.GetAsync(readyPath, patience.Token)).IsSuccessStatusCode) await Task.Delay(5, patience.Token);
            return new Server(process, guard, await address.Task, Stopwatch.GetElapsedTime(began), postmaster());
        }
        catch
        {
            await StopAsync(process, guard);
            throw;
        }

        void Hear(string? line)
        {
            if (line is null) return;
            if (said.Length < 10_000) said.AppendLine(line);
            if (Serves().Match(line) is { Success: true } found) address.TrySetResult(new Uri(found.Groups[1].Value));
        }
    }

    public ValueTask DisposeAsync()
    {
        Http.Dispose();
        return StopAsync(_process, _guard);
    }

    private static async ValueTask StopAsync(Process process, StopGuard guard)
    {
        if (!process.HasExited)
        {
            using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
                await kill.WaitForExitAsync();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }

        guard.Dispose();
        process.Dispose();
    }

    [GeneratedRegex(@"serves (http://[^,\s]+)")]
    private static partial Regex Serves();
}

/// <summary>The program as it is published for the image, with its endpoint code generated; kept for as long as its sources are the same.</summary>
internal static class Published
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static string Repository { get; } = Above(AppContext.BaseDirectory);

    /// <summary>Publishes it where that has not been done, and gives its folder.</summary>
    public static async Task<string> FolderAsync(Action<string> say, CancellationToken ct)
    {
        var work = Path.Combine(Repository, "artifacts", "benchmarks");
        var folder = Path.Combine(work, "server-" + DigestOfSources());
        if (Directory.Exists(folder)) return folder;
        say("Publishing the server, as for the image: its endpoint code is generated first.");
        if (Directory.Exists(work))
            foreach (var old in Directory.EnumerateDirectories(work, "server-*")) Directory.Delete(old, recursive: true);
        var project = Path.Combine(Repository, "src", "Tracker");
        var generating = Path.Combine(work, "generating");
        await DotnetAsync("build", project, "-v", "quiet", "-p:RunAnalyzers=false", "--artifacts-path", Path.Combine(work, "build"), "-o", generating);
        await DotnetAsync(Path.Combine(generating, "Tracker.dll"), "codegen", "write");
        await DotnetAsync("publish", project, "-c", "Release", "-v", "quiet", "-p:RunAnalyzers=false", "--artifacts-path", Path.Combine(work, "build-static"), "-o", folder + ".new",
            "-p:Pregenerated=true", $"-p:GeneratedCode={Path.Combine(generating, "Internal", "Generated")}");
        Directory.Move(folder + ".new", folder);
        return folder;

        async Task DotnetAsync(params string[] arguments)
        {
            // Neither may outlive us.
            string[] alone = File.Exists(arguments[0]) ? [] : ["-nodeReuse:false", "-p:UseSharedCompilation=false"];
            var ended = await ExternalProgram.RunAsync("dotnet", [.. arguments, .. alone], Patience, ct);
            if (!ended.Well) throw new InvalidOperationException($"dotnet {arguments[0]} failed: {ended.Output}{ended.Errors}");
        }
    }

    private static string DigestOfSources()
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string[] files = [.. new[] { Path.Combine("src", "Tracker"), "seeds" }.SelectMany(x => Directory.EnumerateFiles(Path.Combine(Repository, x), "*", SearchOption.AllDirectories)),
            .. Directory.EnumerateFiles(Repository, "Directory.*.props"), Path.Combine(Repository, "global.json")];
        foreach (var file in files.Select(x => Path.GetRelativePath(Repository, x)).Order(StringComparer.Ordinal))
        {
            if (file.Split(Path.DirectorySeparatorChar).Any(x => x is "bin" or "obj")) continue;
            digest.AppendData(Encoding.UTF8.GetBytes(file));
            digest.AppendData(File.ReadAllBytes(Path.Combine(Repository, file)));
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset())[..16];
    }

    private static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "Tracker.sln")) ? folder : Above(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("This program runs within the repository."));
}
