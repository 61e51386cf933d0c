using System.CommandLine;
using System.Text;
using Tracker.Access;
using Tracker.Exchange;
using Tracker.Recording;

namespace Tracker.Hosting;

/// <summary><c>import FILE [--dry-run]</c>: a bundle, as the API would take it.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A bundle (tracker-bundle/1)." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Check everything, change nothing." };
        var command = new Command("import", "Imports a bundle: all or nothing, harmless to repeat.") { file, dryRun };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, ct) => CommandHost.RunAsync(parsed.UnmatchedTokens, async (services, stop) =>
        {
            var body = await File.ReadAllBytesAsync(parsed.GetRequiredValue(file).FullName, stop);
            var (answer, refusal) = await Bundles.ImportAsync(services.GetRequiredService<Recorder>(), await Seeds.OwnerAsync(services.GetRequiredService<Principals>(), stop), body, parsed.GetValue(dryRun), stop);
            if (answer is null) return CommandHost.Refused(refusal!);
            await Console.Out.WriteLineAsync(Encoding.UTF8.GetString(answer.Body));
            return 0;
        }, ct));
        return command;
    }
}
