using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Tracker.Hosting;

/// <summary>
/// One entry, one line, whatever is in it: what someone sends can neither begin an entry of its own nor drive the terminal that
/// shows it.
/// </summary>
internal sealed class LogLine() : ConsoleFormatter(Named)
{
    public const string Named = "line";

    /// <summary>That a start failed is said by whoever started it, in words and without a stack trace.</summary>
    private static readonly (string Category, int Id) SaidElsewhere = ("Microsoft.Extensions.Hosting.Internal.Host", 11);

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        if ((logEntry.Category, logEntry.EventId.Id) == SaidElsewhere) return;
        var text = new StringBuilder();
        Append(text, $"{logEntry.Category}[{logEntry.EventId.Id.ToString(CultureInfo.InvariantCulture)}] {logEntry.Formatter(logEntry.State, logEntry.Exception)}");
        if (logEntry.Exception is { } exception) Append(text.Append(' '), exception.ToString());
        // What a problem told its client to ask for.
        if (Activity.Current?.Id is { } trace) text.Append(" (").Append(trace).Append(')');
        textWriter.Write($"{Word(logEntry.LogLevel)}: {text}\n");
    }

    /// <summary>Appends a text with its lines joined, and what is not seen told by its number.</summary>
    internal static void Append(StringBuilder to, string text)
    {
        foreach (var rune in text.ReplaceLineEndings(" ").EnumerateRunes())
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                to.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
            else to.Append(rune);
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
