using System.CommandLine;
using System.Globalization;
using Tracker.Access;
using Tracker.Boards.Changes;
using Tracker.Exchange;
using Tracker.Exchange.Sheets;
using Tracker.Exchange.Staging;
using Tracker.Recording;

namespace Tracker.Hosting;

/// <summary><c>import FILE [--dry-run]</c>: a bundle, as the API would take it.</summary>
internal static class ImportCommand
{
    public static Command Create(string[] settings)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A bundle (tracker-bundle/1): .json, .ndjson, or a .csv of one kind of things." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Check everything, change nothing." };
        var agenda = new Option<string?>("--agenda") { Description = "The agenda that a .csv is for." };
        var kind = new Option<string?>("--kind") { Description = $"What the rows of a .csv are: one of {Words.All<SheetKind>()}." };
        kind.AcceptOnlyFromAmong(Words.All<SheetKind>().Split(", "));
        var command = new Command("import", "Imports a bundle: all or nothing, harmless to repeat.") { file, dryRun, agenda, kind };
        command.Validators.Add(given =>
        {
            if (given.GetValue(file) is { } of && FormOf(of) is BodyForm.Json or BodyForm.Lines && (given.GetResult(agenda) ?? given.GetResult(kind)) is not null)
                given.AddError("--agenda and --kind are for a .csv: any other bundle says both itself.");
        });
        command.SetAction(async (parsed, ct) =>
        {
            var from = parsed.GetRequiredValue(file);
            if (FormOf(from) is not { } form) return CommandHost.Refused(Refuse.As("unknown-form", from.Name, "A bundle is a .json, .ndjson or .csv file."));
            var (of, rows) = (parsed.GetValue(agenda), parsed.GetValue(kind));
            if (form is BodyForm.Sheet && (of is null || rows is null))
                return CommandHost.Refused(Refuse.As("unknown-kind", "A .csv says neither what its rows are nor of which agenda: give --agenda and --kind."));
            return await CommandHost.RunAsync(settings, async (services, stop) =>
            {
                await using var body = from.OpenRead();
                var principals = services.GetRequiredService<Principals>();
                var owner = await Seeds.OwnerAsync(principals, stop);
                using var progress = Progress.Of($"Reading {from.Name}");
                var (imported, position, refusal) = await Bundles.ImportAsync(services.GetRequiredService<Recorder>(), principals, owner, body, form,
                    rows is null ? default : Words.Parse<SheetKind>(rows), of, parsed.GetValue(dryRun), (what, done, of) => Tell(progress, what, done, of), stop);
                if (imported is null) return CommandHost.Refused(refusal!);
                // No node may be there to tell what changed, and a report waits for it.
                if (!imported.DryRun) await services.GetRequiredService<ChangeLog>().CatchUpAsync(imported.Agenda, stop);
                progress.Dispose();
                await Console.Out.WriteAsync(Told(imported, position));
                return 0;
            }, ct);
        });
        return command;
    }

    /// <summary>What is recorded whole is put into the tables in the same breath, and that is the longer part of it.</summary>
    private static void Tell(Progress progress, string what, int done, int of)
    {
        if (done == of && what == Import.Recorded) progress.Tell(string.Create(CultureInfo.InvariantCulture, $"{what} {of:N0}, bringing the tables up to them"));
        else progress.Tell(what, done, of);
    }

    private static BodyForm? FormOf(FileInfo file) => file.Extension.ToLowerInvariant() switch
    {
        ".json" => BodyForm.Json,
        ".ndjson" or ".jsonl" => BodyForm.Lines,
        ".csv" => BodyForm.Sheet,
        _ => null,
    };

    private static string Told(Imported x, long position)
    {
        string[][] rows = [["", "CREATED", "UNCHANGED"], .. typeof(ImportCounts).GetProperties().Where(p => p.PropertyType == typeof(int))
            .Select(p => new[] { p.Name.ToLowerInvariant(), Number(p.GetValue(x.Created)), Number(p.GetValue(x.Unchanged)) })];
        var widths = Enumerable.Range(0, 3).Select(i => rows.Max(row => row[i].Length)).ToArray();
        var table = string.Join('\n', rows.Select(row => $"{row[0].PadRight(widths[0])}  {row[1].PadLeft(widths[1])}  {row[2].PadLeft(widths[2])}".TrimEnd()));
        var end = x.DryRun ? "Checked, and nothing changed." : string.Create(CultureInfo.InvariantCulture, $"'{x.Agenda}' is at position {position}.");
        return $"{table}\n\n{end}\n";

        static string Number(object? count) => ((int)count!).ToString("N0", CultureInfo.InvariantCulture);
    }
}
