using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Tracker.Recording;

namespace Tracker.Hosting;

/// <summary>
/// One entry, one line, whatever is in it: what someone sends can neither begin an entry of its own nor drive the terminal that
/// shows it. A database that is away is told of once a minute by each part of the program that notices, and without a stack trace.
/// </summary>
internal sealed class LogLine(TimeProvider clock) : ConsoleFormatter(Named)
{
    public const string Named = "line";

    /// <summary>That a start failed is said by whoever started it, in words and without a stack trace.</summary>
    private static readonly (string Category, int Id) SaidElsewhere = ("Microsoft.Extensions.Hosting.Internal.Host", 11);

    private static readonly TimeSpan SaysAgain = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _saidAway = new(StringComparer.Ordinal);

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        if ((logEntry.Category, logEntry.EventId.Id) == SaidElsewhere) return;
        var away = DatabaseErrors.FindAway(logEntry.Exception);
        if (away is not null && !MaySayAway(logEntry.Category)) return;
        var text = new StringBuilder();
        Append(text, $"{logEntry.Category}[{logEntry.EventId.Id.ToString(CultureInfo.InvariantCulture)}] {logEntry.Formatter(logEntry.State, logEntry.Exception)}");
        if (away is not null) Append(text.Append(" The database is away: "), away.Message);
        else if (logEntry.Exception is { } exception) Append(text.Append(' '), exception.ToString());
        // What a problem told its client to ask for.
        if (Activity.Current?.Id is { } trace) text.Append(" (").Append(trace).Append(')');
        textWriter.Write($"{Word(logEntry.LogLevel)}: {text}\n");
    }

    private bool MaySayAway(string category)
    {
        lock (_lock)
        {
            if (_saidAway.TryGetValue(category, out var said) && clock.GetElapsedTime(said) < SaysAgain) return false;
            _saidAway[category] = clock.GetTimestamp();
            return true;
        }
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
