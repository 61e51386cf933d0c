using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using Tracker.Hosting.Postgres;

namespace Tracker.Api.Tests.Hosting;

/// <summary>The program as a newcomer starts it, in a process of its own with a database of its own.</summary>
public sealed class running_the_program : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("tracker-program-");
    private readonly List<Process> started = [];

    [Fact]
    public async Task leaves_no_database_behind_after_Ctrl_C()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows sends no such signal to another process.");
        var server = await ServeAsync();
        (await BoardAsync(server)).ShouldContain("\"joint-working-group\"");

        (await EndAsync(Process.Start("kill", ["-INT", server.Id.ToString(CultureInfo.InvariantCulture)]))).ShouldBe(0);

        (await EndAsync(server)).ShouldBe(0);
        ShouldLeaveNoDatabase();
    }

    [Fact]
    public async Task goes_on_after_it_was_killed_with_all_that_it_had_recorded()
    {
        var killed = await ServeAsync();
        using (var http = new HttpClient { BaseAddress = new Uri(await AddressOfAsync(killed)) })
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(Path.Combine(data.FullName, "owner.key"))).Trim());
            (await http.PostAsJsonAsync("/api/v1/agendas/us-china-bali/milestones", new { slug = "later", name = "A later day", date = "2023-11-15" })).StatusCode.ShouldBe(HttpStatusCode.Created);
        }

        killed.Kill();
        await EndAsync(killed);
        var next = await ServeAsync();

        (await BoardAsync(next, "since=later&atLeast=3")).ShouldContain("\"position\":3");
    }

    [Fact]
    public async Task is_refused_beside_another_on_one_data_directory_and_says_which()
    {
        var first = await ServeAsync();

        var second = Start();
        var said = await second.StandardError.ReadToEndAsync();

        (await EndAsync(second)).ShouldNotBe(0);
        said.ShouldContain(first.Id.ToString(CultureInfo.InvariantCulture));
        said.ShouldContain(await AddressOfAsync(first));
        (await BoardAsync(first)).ShouldContain("\"joint-working-group\"");
    }

    [Fact]
    public async Task leaves_no_database_behind_where_its_address_is_taken()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var server = Start($"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}");
        var said = await server.StandardError.ReadToEndAsync();

        (await EndAsync(server)).ShouldNotBe(0);
        said.ShouldContain("address already in use", Case.Insensitive);
        ShouldLeaveNoDatabase();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in started)
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        // What a killed server's database still writes ends before the folder goes.
        await using (await EmbeddedPostgres.StartAsync(data.FullName, _ => { })) { }
        data.Delete(recursive: true);
    }

    private void ShouldLeaveNoDatabase() => File.Exists(Path.Combine(data.FullName, "postgres", "postmaster.pid")).ShouldBeFalse();

    private Process Start(string address = "http://127.0.0.1:0")
    {
        string[] program = ["dotnet", Path.Combine(AppContext.BaseDirectory, "Tracker.dll"), "--urls", address, $"--Tracker:DataDirectory={data.FullName}"];
        // Whoever runs the tests in the background may have made them, and so what they start, deaf to Ctrl-C.
        if (OperatingSystem.IsLinux()) program = ["env", "--default-signal=INT", .. program];
        var start = new ProcessStartInfo(program[0], program[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        started.Add(process);
        return process;
    }

    /// <summary>Starts it, and waits until it says that it serves.</summary>
    private async Task<Process> ServeAsync()
    {
        var process = Start();
        using var patience = new CancellationTokenSource(Patience);
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            if (line.StartsWith("Ctrl-C", StringComparison.Ordinal)) return process;
        throw new InvalidOperationException(await process.StandardError.ReadToEndAsync());
    }

    private async Task<string> AddressOfAsync(Process process)
    {
        var running = (await EmbeddedPostgres.FindRunningAsync(data.FullName)).ShouldNotBeNull();
        running.Pid.ShouldBe(process.Id);
        return running.Address.ShouldNotBeNull();
    }

    private async Task<string> BoardAsync(Process server, string asked = "validAt=2023-01-31")
    {
        using var http = new HttpClient { BaseAddress = new Uri(await AddressOfAsync(server)) };
        return await http.GetStringAsync($"/api/v1/agendas/us-china-bali/board?{asked}");
    }

    private static async Task<int> EndAsync(Process process)
    {
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }
}
