using System.CommandLine;
using System.Text.Json;
using Tracker.Boards;
using Tracker.Recording;

namespace Tracker.Hosting;

/// <summary><c>board AGENDA</c>: the board in the terminal, with what it rests on.</summary>
internal static class BoardCommand
{
    public static Command Create(string[] settings)
    {
        var agenda = new Argument<string>("AGENDA") { Description = "The agenda's slug." };
        var validAt = new Option<string?>("--valid-at") { Description = "The day to judge at, YYYY-MM-DD. Default: today, UTC." };
        var knownAt = new Option<string?>("--known-at") { Description = "As known at a position or an RFC 3339 instant. Default: now." };
        var since = new Option<string?>("--since") { Description = "A day or a milestone's slug. Default: the baseline." };
        var format = new Option<string>("--format") { Description = "How to print it.", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "json", "md", "csv");
        var command = new Command("board", "Prints a board: has each commitment seen concrete action?") { agenda, validAt, knownAt, since, format };
        command.SetAction(async (parsed, ct) =>
        {
            var (read, unreadable) = ReadAt.Parse(parsed.GetValue(validAt), parsed.GetValue(knownAt), parsed.GetValue(since));
            if (read is null) return CommandHost.Refused(unreadable!);
            return await CommandHost.ReadAsync(settings, async (services, stop) =>
            {
                var (board, refusal) = await services.GetRequiredService<BoardReader>().ReadAsync(parsed.GetRequiredValue(agenda), read, stop);
                if (board is null) return CommandHost.Refused(refusal!);
                await Console.Out.WriteAsync(parsed.GetValue(format) switch
                {
                    "json" => JsonSerializer.Serialize(board, WireJson.Indented) + "\n",
                    "md" => BoardText.Markdown(board),
                    "csv" => BoardText.Csv(board),
                    _ => BoardText.Table(board),
                });
                return 0;
            }, ct);
        });
        return command;
    }
}
