using System.CommandLine;
using Tracker.Boards;
using Tracker.Reports;

namespace Tracker.Hosting;

/// <summary><c>report AGENDA</c>: what a report would say, as a draft; or one that was issued, again.</summary>
internal static class ReportCommand
{
    public static Command Create(string[] settings)
    {
        var agenda = new Argument<string>("AGENDA") { Description = "The agenda's slug." };
        var issued = new Option<string?>("--issued") { Description = "The name of a report that was issued. Default: a draft of now." };
        var validAt = new Option<string?>("--valid-at") { Description = "The day to judge at, YYYY-MM-DD. Default: today, UTC." };
        var knownAt = new Option<string?>("--known-at") { Description = "As known at a position or an RFC 3339 instant. Default: now." };
        var since = new Option<string?>("--since") { Description = "A day or a milestone's slug. Default: the baseline." };
        var format = new Option<string?>("--format") { Description = "The form it comes in. Default: by the ending of the file to write; md on standard output." };
        format.AcceptOnlyFromAmong([.. ReportForms.AllEndings]);
        var output = new Option<FileInfo?>("--output") { Description = "The file to write. Default: standard output." };
        var command = new Command("report", "Writes a status report.") { agenda, issued, validAt, knownAt, since, format, output };
        command.Validators.Add(given =>
        {
            if (given.GetResult(issued) is not null && (given.GetResult(validAt) ?? given.GetResult(knownAt) ?? given.GetResult(since)) is not null)
                given.AddError("A report that was issued says itself what it is of: leave --valid-at, --known-at and --since out, or --issued.");
            if (given.GetResult(format) is null && given.GetValue(output) is { } file && ReportForms.ByEnding(EndingOf(file)) is null)
                given.AddError($"The ending of '{file.Name}' is of no form of a report: end it in one of {string.Join(", ", ReportForms.AllEndings)}, or give --format.");
        });
        command.SetAction(async (parsed, ct) =>
        {
            var (read, unreadable) = ReadAt.Parse(parsed.GetValue(validAt), parsed.GetValue(knownAt), parsed.GetValue(since));
            if (read is null) return CommandHost.Refused(unreadable!);
            return await CommandHost.ReadAsync(settings, async (services, stop) =>
            {
                var form = ReportForms.ByEnding(parsed.GetValue(format) ?? (parsed.GetValue(output) is { } file ? EndingOf(file) : "md"))!;
                var of = parsed.GetRequiredValue(agenda);
                byte[]? bytes;
                Recording.Refusal? refusal;
                using (var progress = Progress.Of($"Reading '{of}'"))
                    (bytes, refusal) = parsed.GetValue(issued) is { } name
                        ? await IssuedAsync(services, of, name, form, progress, stop)
                        : await DraftAsync(services, of, read, form, progress, stop);
                if (bytes is null) return CommandHost.Refused(refusal!);
                await WriteAsync(bytes, parsed.GetValue(output), stop);
                return 0;
            }, ct);
        });
        return command;
    }

    private static async Task<(byte[]?, Recording.Refusal?)> IssuedAsync(IServiceProvider services, string agenda, string name, string form, Progress progress, CancellationToken ct)
    {
        var reports = services.GetRequiredService<ReportReader>();
        var (again, refusal) = await reports.MakeAgainAsync(agenda, name, null, ct);
        progress.Tell(Setting(form));
        return again is null ? (null, refusal) : (await reports.InFormAsync(again, form, ct: ct), null);
    }

    private static async Task<(byte[]?, Recording.Refusal?)> DraftAsync(IServiceProvider services, string agenda, ReadAt read, string form, Progress progress, CancellationToken ct)
    {
        var made = services.GetRequiredService<TimeProvider>().GetUtcNow();
        if (IssueReport.NotCome(read.ValidAt, DateOnly.FromDateTime(made.UtcDateTime)) is { } notCome) return (null, notCome);
        var (document, refusal) = await services.GetRequiredService<ReportWriter>().WriteAsync(agenda, read, ct);
        if (document is null) return (null, refusal);
        if (IssueReport.NothingToReport(document) is { } nothing) return (null, nothing);
        progress.Tell(Setting(form));
        return (await services.GetRequiredService<ReportReader>().InFormAsync(document, document.CanonicalJson(), form, made, name: null), null);
    }

    private static string EndingOf(FileInfo file) => file.Extension.TrimStart('.').ToLowerInvariant();

    private static string Setting(string form) => $"Setting it as {ReportForms.EndingOf(form)}";

    private static async Task WriteAsync(byte[] bytes, FileInfo? file, CancellationToken ct)
    {
        if (file is null)
        {
            await using var standard = Console.OpenStandardOutput();
            await standard.WriteAsync(bytes, ct);
            return;
        }

        file.Directory?.Create();
        await File.WriteAllBytesAsync(file.FullName, bytes, ct);
        await Console.Error.WriteLineAsync(FormattableString.Invariant($"{file.FullName}: {bytes.Length / 1024.0:0.#} kB"));
    }
}
