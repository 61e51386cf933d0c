using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Tracker.Boards;

namespace Tracker.Hosting;

/// <summary>Serves until told to stop, and leaves nothing running behind.</summary>
internal static class Serve
{
    public static async Task<int> RunAsync(string[] args)
    {
        using var starting = new CancellationTokenSource();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);

        await using var database = await Database.OpenAsync(CommandHost.Configured(args), beside: false, Say, starting.Token);
        await using var app = TrackerHost.Build(args, database);
        try
        {
            await app.StartAsync(starting.Token);
        }
        catch
        {
            // What had begun ends in order, and does not complain of being cut off.
            await app.StopAsync(CancellationToken.None);
            throw;
        }

        interrupted.Dispose();
        terminated.Dispose();

        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        database.Embedded?.ServesAt(addresses.First());
        await SayReadyAsync(app, database, addresses);
        await app.WaitForShutdownAsync(CancellationToken.None);
        return 0;

        void Cancel(PosixSignalContext signal)
        {
            signal.Cancel = true;
            starting.Cancel();
        }
    }

    private static async Task SayReadyAsync(WebApplication app, Database database, IEnumerable<string> addresses)
    {
        Say("");
        Say($"Tracker serves {string.Join(", ", addresses)}");
        Say($"  data     {database.Whereabouts}");
        // Before all that could fail: it is shown this once.
        var first = app.Services.GetRequiredService<FirstKey>();
        if (first.Made is { } key)
        {
            Say("");
            Say($"  The owner's key, shown this once: {key}");
            if (first.Path is { } path) Say($"  It is also in {path}");
        }

        var boards = app.Services.GetRequiredService<BoardReader>();
        foreach (var (agenda, _) in await app.Services.GetRequiredService<AgendaReader>().AllAsync(CancellationToken.None))
        {
            if ((await boards.ReadAsync(agenda.Slug, new ReadAt(), CancellationToken.None)).Board is not { } board) continue;
            Say("");
            Say(string.Create(CultureInfo.InvariantCulture, $"  {agenda.Title} ({agenda.Slug})"));
            Say($"  {board.Headline}");
        }

        Say("");
        Say("Ctrl-C stops it.");
    }

    private static void Say(string line) => Console.Out.WriteLine(line);
}
