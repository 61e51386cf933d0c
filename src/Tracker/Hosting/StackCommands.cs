namespace Tracker.Hosting;

/// <summary>The stack's own commands: those that need a database use the configured or running one, the others none.</summary>
internal static class StackCommands
{
    /// <summary>Commands that look at code only.</summary>
    private static readonly HashSet<string> WithoutDatabase = new(StringComparer.OrdinalIgnoreCase) { "codegen", "openapi", "help", "describe-event-model", "event-model" };

    public static async Task<(WebApplication App, Database Database)> BuildAsync(string[] args)
    {
        var settings = args.Where(x => x.StartsWith("--", StringComparison.Ordinal) && x.Contains(':', StringComparison.Ordinal)).ToArray();
        var database = WithoutDatabase.Contains(args[0])
            ? Database.None
            : await Database.OpenAsync(CommandHost.Settings(settings), beside: true, Console.Error.WriteLine, CancellationToken.None);
        return (TrackerHost.Build(settings, database), database);
    }
}
