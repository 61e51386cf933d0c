using System.CommandLine;
using Tracker.Evidence;
using Tracker.Exchange;
using Tracker.Exchange.Sheets;
using Tracker.Exchange.Staging;
using Tracker.Recording;

namespace Tracker.Hosting;

/// <summary><c>export AGENDA</c>: the record as it stands, as the API would give it.</summary>
internal static class ExportCommand
{
    public static Command Create(string[] settings)
    {
        var agenda = new Argument<string>("AGENDA") { Description = "The agenda's slug." };
        var format = new Option<string>("--format") { Description = $"One of {Words.All<ExportFormat>()}.", DefaultValueFactory = _ => Words.Text(ExportFormat.Json) };
        var kind = new Option<string?>("--kind") { Description = $"What the rows of a sheet are: one of {Words.All<SheetKind>()}." };
        var output = new Option<FileInfo?>("--output") { Description = "The file to write. Default: standard output." };
        format.AcceptOnlyFromAmong(Words.All<ExportFormat>().Split(", "));
        kind.AcceptOnlyFromAmong(Words.All<SheetKind>().Split(", "));
        var command = new Command("export", "Exports the record of an agenda, in the form an import takes.") { agenda, format, kind, output };
        command.Validators.Add(given =>
        {
            var csv = Words.Text(ExportFormat.Csv);
            if (given.GetResult(kind) is not null && given.GetValue(format) != csv) given.AddError($"--kind is for --format {csv}: any other export is of the whole record.");
        });
        command.SetAction(async (parsed, ct) =>
        {
            var form = Export.FormOf(Words.Parse<ExportFormat>(parsed.GetRequiredValue(format)));
            SheetKind? rows = parsed.GetValue(kind) is { } word ? Words.Parse<SheetKind>(word) : null;
            if (form is BodyForm.Sheet && rows is null) return CommandHost.Refused(Refuse.As("unknown-kind", "--kind", $"What shall the rows be? One of {Words.All<SheetKind>()}."));
            return await CommandHost.ReadAsync(settings, async (services, stop) =>
            {
                var export = services.GetRequiredService<Export>();
                var (moment, refusal) = await export.MomentAsync(parsed.GetRequiredValue(agenda), null, stop);
                if (moment is null) return CommandHost.Refused(refusal!);
                var writing = $"Writing '{moment.Agenda}'";
                if (parsed.GetValue(output) is not { } file)
                {
                    await using var standard = Console.OpenStandardOutput();
                    // At a terminal the record itself can be seen coming.
                    using var seen = Console.IsOutputRedirected ? Progress.Of(writing) : null;
                    await export.WriteAsync(moment, form, rows, Audience.Coders, seen?.Counting(standard, writing) ?? standard, stop);
                    return 0;
                }

                // Beside it first: what was there stays until the whole record is written.
                var written = file.FullName + ".part";
                await using (var to = File.Create(written))
                using (var progress = Progress.Of(writing))
                    await export.WriteAsync(moment, form, rows, Audience.Coders, progress.Counting(to, writing), stop);
                File.Move(written, file.FullName, overwrite: true);
                await Console.Error.WriteLineAsync($"tracker: '{moment.Agenda}' at position {moment.Position} is in {file.FullName}");
                return 0;
            }, ct);
        });
        return command;
    }
}
