using System.ComponentModel;
using System.Diagnostics;

namespace Tracker.Hosting.Postgres;

/// <summary>What a program said before it ended.</summary>
internal sealed record Ended(int ExitCode, string Output, string Errors)
{
    public bool Well => ExitCode == 0;

    public string LastWords => (Errors.Trim() is { Length: > 0 } errors ? errors : Output.Trim()) switch
    {
        { Length: > 2000 } words => "…" + words[^2000..],
        var words => words,
    };
}

/// <summary>Runs another program to its end, with its output captured and never longer than its timeout.</summary>
internal static class ExternalProgram
{
    // What it writes after its end comes from children that outlive it, such as a server pg_ctl started on Windows.
    private static readonly TimeSpan Lingering = TimeSpan.FromSeconds(1);

    /// <exception cref="Win32Exception">It cannot be started: absent, or not for this account.</exception>
    /// <exception cref="TimeoutException">It did not end in time and was killed.</exception>
    public static async Task<Ended> RunAsync(
        string program, IEnumerable<string> arguments, TimeSpan timeout, CancellationToken ct,
        ServerAccount? account = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = Describe(program, arguments, account);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(timeout);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            Kill(process);
            ct.ThrowIfCancellationRequested();
            throw new TimeoutException($"{Path.GetFileName(program)} did not end within {timeout.TotalSeconds:0} s.");
        }

        await Task.WhenAny(Task.WhenAll(output, errors), Task.Delay(Lingering, CancellationToken.None));
        return new(process.ExitCode, Read(output), Read(errors));
    }

    /// <summary>As <see cref="RunAsync"/>, with null where it cannot be started or does not end.</summary>
    public static async Task<Ended?> TryAsync(
        string program, IEnumerable<string> arguments, TimeSpan timeout, CancellationToken ct, ServerAccount? account = null)
    {
        try
        {
            return await RunAsync(program, arguments, timeout, ct, account);
        }
        catch (Exception failure) when (failure is Win32Exception or TimeoutException)
        {
            return null;
        }
    }

    public static ProcessStartInfo Describe(string program, IEnumerable<string> arguments, ServerAccount? account)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        // The account may not be able to enter the directory we were started in.
        if (!OperatingSystem.IsWindows()) start.WorkingDirectory = "/";
        // libpq's and pg_ctl's variables of the user's own database must not steer ours.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";
        if (account?.Name is { } user) start.UserName = user;
        return start;
    }

    /// <summary>The program's full path by <c>PATH</c>, or null.</summary>
    public static string? OnPath(string name)
    {
        var names = OperatingSystem.IsWindows() ? new[] { name + ".exe", name + ".cmd" } : [name];
        return SearchPath.SelectMany(folder => names, Path.Combine).FirstOrDefault(File.Exists);
    }

    public static IEnumerable<string> SearchPath =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(Path.IsPathFullyQualified);

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception or AggregateException)
        {
            // Ended by itself meanwhile.
        }
    }

    private static string Read(Task<string> text) => text.IsCompletedSuccessfully ? text.Result : "";
}
