using System.CommandLine;
using JasperFx;
using Tracker.Hosting.Postgres;

namespace Tracker.Hosting;

/// <summary>
/// Tells the program's commands apart. Ours are parsed before the framework's, which would refuse settings given as arguments;
/// no command means serve.
/// </summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            return args is [var first, ..] && !first.StartsWith('-')
                ? first switch
                {
                    "board" or "export" or "import" or "keys" or "report" => await OursAsync(args),
                    _ => await StacksAsync(args),
                }
                : await Serve.RunAsync(args);
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
        catch (Exception e) when (e is DataDirectoryInUseException or DataDirectoryUnreachableException or NoPostgresException or PostgresFailedException
            or InvalidOperationException or IOException or Npgsql.NpgsqlException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"tracker: {e.Message}");
            return 1;
        }
    }

    /// <summary>Commands of our own. What they do not know is a setting for the host: <c>--Tracker:DataDirectory=…</c>.</summary>
    private static async Task<int> OursAsync(string[] args)
    {
        var root = new RootCommand("Tracks what parties said they would do, and what has been done since.");
        root.Subcommands.Add(BoardCommand.Create());
        root.Subcommands.Add(ImportCommand.Create());
        root.Subcommands.Add(ExportCommand.Create());
        root.Subcommands.Add(KeysCommand.Create());
        root.Subcommands.Add(ReportCommand.Create());
        return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    /// <summary>The stack's commands (schema, projections, code generation, OpenAPI): on the configured database, or none.</summary>
    private static async Task<int> StacksAsync(string[] args)
    {
        var (app, database) = await StackCommands.BuildAsync(args);
        await using (database)
        await using (app)
            return await app.RunJasperFxCommands([.. args.Where(x => !x.Contains("Tracker:", StringComparison.Ordinal) && !x.StartsWith("--ConnectionStrings:", StringComparison.Ordinal))]);
    }
}
