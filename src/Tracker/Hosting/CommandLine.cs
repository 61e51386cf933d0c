using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Tracker.Hosting.Postgres;

namespace Tracker.Hosting;

/// <summary>
/// Tells the program's commands apart; no command means serve. Settings (<c>--Tracker:DataDirectory=…</c>) may stand among the arguments of each. A word that nobody knows
/// is an error, before anything is done.
/// </summary>
internal static class CommandLine
{
    /// <summary>What shells return for a command that was not written as it must be.</summary>
    private const int WronglyWritten = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            string[] settings = [.. args.Where(Settings.IsGivenBy)];
            string[] words = [.. args.Where(x => !Settings.IsGivenBy(x))];
            if (words is ["help", .. var about]) words = [.. about, "--help"];
            var root = Create(settings);
            if (words is [var first, ..] && !first.StartsWith('-'))
            {
                if (StackCommands.Names.Contains(first, StringComparer.OrdinalIgnoreCase)) return await OfTheStackAsync(root, words, settings);
                var ours = root.Subcommands.Select(x => x.Name).ToArray();
                if (first.StartsWith("projection", StringComparison.OrdinalIgnoreCase)) return Refused("The stack keeps no projections here: 'tables rebuild' makes the tables again from the events.", "tracker tables rebuild --help");
                if (!ours.Contains(first)) return Refused($"There is no command '{first}'.{Nearest.Asked(first, [.. ours, .. StackCommands.Names])}", "tracker --help");
            }

            var parsed = root.Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null });
            return parsed.Errors.Count > 0 ? Refused(parsed) : await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
        catch (Exception e) when (WhyOf(e) is { } why)
        {
            CommandHost.Complain(why);
            return 1;
        }
    }

    private static RootCommand Create(string[] settings)
    {
        var urls = new Option<string?>("--urls") { Description = $"Where it listens, addresses parted by ';'. Default: {TrackerHost.DefaultAddress}." };
        var root = new RootCommand("Tracks what parties said they would do, and what has been done since. Without a command it serves.")
        {
            urls,
            BoardCommand.Create(settings),
            ReportCommand.Create(settings),
            ImportCommand.Create(settings),
            ExportCommand.Create(settings),
            KeysCommand.Create(settings),
            ReportingCommand.Create(settings),
            TablesCommand.Create(settings),
        };
        root.SetAction((parsed, _) => Serve.RunAsync(parsed.GetValue(urls) is { } given ? [.. settings, $"--urls={given}"] : settings));
        foreach (var option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction standard } help) help.Action = new Help(root, standard);
            if (option is not VersionOption) continue;
            option.Recursive = true;
            // Beside a command it would be refused.
            option.Validators.Clear();
        }

        return root;
    }

    private static Task<int> OfTheStackAsync(RootCommand root, string[] words, string[] settings) => words[1..] switch
    {
        ["--version"] => root.Parse(["--version"]).InvokeAsync(),
        var rest when rest.Contains("--help") || rest is ["-h" or "-?", ..] => StackCommands.HelpAsync(words[0]),
        _ => StackCommands.RunAsync(words, settings),
    };

    private static int Refused(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        string[] known = [.. command.Options.Select(x => x.Name), .. command.Subcommands.Select(x => x.Name), "--help"];
        // What follows an option that there is not is probably its value; what follows a command that there is not is probably meant for it.
        string[] unknown = command.Subcommands.Count > 0 && parsed.UnmatchedTokens is [var word, ..] && !word.StartsWith('-')
            ? [word]
            : [.. parsed.UnmatchedTokens.Where(x => x.StartsWith('-'))];
        if (unknown.Length == 0) unknown = [.. parsed.UnmatchedTokens];
        var what = unknown.Length > 0
            ? unknown.Select(x => x.Split('=')[0]).Select(x => Unknown(x) + Nearest.Asked(x, [.. known.Where(o => o.StartsWith('-') == x.StartsWith('-'))]))
            : parsed.Errors.Select(x => string.Join(' ', x.Message.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.') + ".");
        return Refused(string.Join(' ', what), string.Join(' ', [.. NamesOf(parsed.CommandResult), "--help"]));
    }

    private static string Unknown(string word) =>
        !word.StartsWith('-') ? $"'{word}' is a surplus argument."
        : word.Contains(':', StringComparison.Ordinal) ? $"A setting is written {word}=VALUE."
        : $"There is no option '{word}'.";

    private static int Refused(string what, string help)
    {
        CommandHost.Complain($"{what} Nothing was done. See {help}.");
        return WronglyWritten;
    }

    private static IEnumerable<string> NamesOf(CommandResult result) =>
        result.Parent is CommandResult parent ? [.. NamesOf(parent), result.Command.Name] : ["tracker"];

    /// <summary>What an error means to whoever started the program; null for one that nobody has foreseen, which keeps its stack trace.</summary>
    private static string? WhyOf(Exception error) => error switch
    {
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } => $"{error.Message} Stop what listens there, or name another address: --urls http://localhost:5081",
        System.Net.Sockets.SocketException => $"The address cannot be listened at: {error.Message}. Name another: --urls http://localhost:5081",
        DataDirectoryInUseException or DataDirectoryUnreachableException or NoPostgresException or PostgresFailedException
            or InvalidOperationException or IOException or Npgsql.NpgsqlException or UnauthorizedAccessException => error.Message,
        _ => null,
    };

    /// <summary>The parser's help; for the program itself, with what else there is.</summary>
    private sealed class Help(RootCommand root, HelpAction standard) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            standard.Invoke(parseResult);
            if (parseResult.CommandResult.Command != root) return 0;
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine($"Commands of the stack, for operators:\n  {string.Join(", ", StackCommands.Names)}\n");
            output.WriteLine("Settings, each as --NAME=VALUE or in the environment, with __ for each ':' of its name:");
            var width = Settings.All.Max(x => x.Name.Length);
            foreach (var setting in Settings.All) output.WriteLine($"  {setting.Name.PadRight(width)}  {setting.PlainMeaning}");
            output.WriteLine("\nThe README says more of each.");
            return 0;
        }
    }
}
