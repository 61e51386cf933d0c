using System.CommandLine;
using Tracker.Boards.Known;

namespace Tracker.Hosting;

/// <summary><c>tables rebuild</c>: makes the tables that are read from again, from the events, beside whatever serves from them.</summary>
internal static class TablesCommand
{
    public static Command Create(string[] settings) => new("tables", "The tables that reads are answered from.") { Rebuild(settings) };

    private static Command Rebuild(string[] settings)
    {
        var command = new Command("rebuild", "Makes them again from the events. A running server goes on meanwhile: each agenda is replaced whole, and takes no command until it is.");
        command.SetAction((_, ct) => CommandHost.RunAsync(settings, async (services, stop) =>
        {
            using var progress = Progress.Of("Reading the events");
            var agendas = 0;
            var failed = await services.GetRequiredService<TablesFiller>().RebuildAsync((done, of) => progress.Tell("Filling the tables, agenda by agenda", done, agendas = of), stop);
            progress.Dispose();
            await Console.Out.WriteLineAsync(FormattableString.Invariant($"The tables of {agendas - failed} of {agendas} agendas were made again."));
            return failed == 0 ? 0 : 1;
        }, ct));
        return command;
    }
}
