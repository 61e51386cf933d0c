using System.Collections.Immutable;
using JasperFx;

namespace Tracker.Hosting;

/// <summary>The stack's own commands (schema, code generation, OpenAPI): those that need a database use the configured or running one, the others none.</summary>
internal static class StackCommands
{
    /// <summary>Their names, each with whether it looks at code only. The stack's <c>run</c> is not among them: this program serves by itself.</summary>
    private static readonly ImmutableSortedDictionary<string, bool> OnCodeOnly = new Dictionary<string, bool>
    {
        ["capabilities"] = false,
        ["check-env"] = false,
        ["clear-handled"] = false,
        ["codegen"] = true,
        ["db-apply"] = false,
        ["db-assert"] = false,
        ["db-dump"] = false,
        ["db-list"] = false,
        ["db-patch"] = false,
        ["describe"] = false,
        ["describe-event-model"] = true,
        ["event-model"] = true,
        ["event-query"] = false,
        ["marten"] = false,
        ["openapi"] = true,
        ["resources"] = false,
        ["scaffold"] = false,
        ["storage"] = false,
        ["stream-query"] = false,
        ["wolverine-diagnostics"] = false,
    }.ToImmutableSortedDictionary(StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<string> Names => OnCodeOnly.Keys;

    public static async Task<int> RunAsync(string[] words, string[] settings)
    {
        var configuration = CommandHost.Configured(settings);
        await using var database = OnCodeOnly[words[0]] ? Database.None : await Database.OpenAsync(configuration, beside: true, CommandHost.Complain, CancellationToken.None);
        await using var app = Build(settings, database, hidesSecrets: words[0].Equals("describe", StringComparison.OrdinalIgnoreCase));
        return await app.RunJasperFxCommands(words);
    }

    /// <summary>Tells how a command is called, without a database.</summary>
    public static async Task<int> HelpAsync(string name)
    {
        await using var app = Build([], Database.None);
        // The stack counts help on one command as a failure.
        await app.RunJasperFxCommands(["help", name]);
        return 0;
    }

    private static WebApplication Build(string[] settings, Database database, bool hidesSecrets = false) => TrackerHost.Build(settings, database, builder =>
    {
        // The stack prints every value of every source of configuration, the whole environment among them.
        if (hidesSecrets) builder.Services.AddSingleton<IConfiguration>(Settings.Shown(builder.Configuration));
    }, serves: false);
}
