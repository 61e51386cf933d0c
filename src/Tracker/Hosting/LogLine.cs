using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Npgsql;
using Tracker.Recording;

namespace Tracker.Hosting;

/// <summary>
/// One entry, one line, whatever is in it: what someone sends can neither begin an entry of its own nor drive the terminal that
/// shows it. A database that is away is logged once a minute for each thing it says, without a stack trace: the next line about the
/// same tells how many were left out, and from which parts of the program.
/// </summary>
internal sealed class LogLine(TimeProvider clock) : ConsoleFormatter(Named)
{
    public const string Named = "line";

    /// <summary>That a start failed is said by whoever started it, in words and without a stack trace.</summary>
    private static readonly (string Category, int Id) SaidElsewhere = ("Microsoft.Extensions.Hosting.Internal.Host", 11);

    private static readonly TimeSpan LogsAgainAfter = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Outage> _outages = new(StringComparer.Ordinal);

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        if ((logEntry.Category, logEntry.EventId.Id) == SaidElsewhere) return;
        var away = DatabaseErrors.FindAway(logEntry.Exception);
        if (!MayWrite(away, logEntry.Category, out var leftOut)) return;
        var text = new StringBuilder();
        Append(text, $"{logEntry.Category}[{logEntry.EventId.Id.ToString(CultureInfo.InvariantCulture)}] {logEntry.Formatter(logEntry.State, logEntry.Exception)}");
        if (away is not null) Append(text.Append(" The database is away: "), away.Message + leftOut);
        else if (logEntry.Exception is { } exception) Append(text.Append(' '), exception.ToString());
        // What a problem told its client to ask for.
        if (Activity.Current?.Id is { } trace) text.Append(" (").Append(trace).Append(')');
        textWriter.Write($"{Word(logEntry.LogLevel)}: {text}\n");
    }

    private bool MayWrite(NpgsqlException? away, string category, out string leftOut)
    {
        leftOut = "";
        if (away is null) return true;
        // What the server answered has a code; that it did not answer has as many messages as there are addresses and ports.
        var what = away is PostgresException { SqlState: var state } ? state : "";
        lock (_lock)
        {
            if (_outages.TryGetValue(what, out var last) && clock.GetElapsedTime(last.LoggedAt) < LogsAgainAfter)
            {
                last.LeftOut[category] = last.LeftOut.GetValueOrDefault(category) + 1;
                return false;
            }

            if (last is { LeftOut.Count: > 0 })
                leftOut = $" ({last.LeftOut.Values.Sum().ToString(CultureInfo.InvariantCulture)} more like this were not logged since the last, from {string.Join(", ", last.LeftOut.Keys.Order(StringComparer.Ordinal))})";
            _outages[what] = new Outage(clock.GetTimestamp());
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

    /// <summary>What was last logged of a database that is away.</summary>
    /// <param name="LoggedAt">When, as the clock's time stamp.</param>
    private sealed record Outage(long LoggedAt)
    {
        /// <summary>How many lines were left out since, by the part of the program they are from.</summary>
        public Dictionary<string, int> LeftOut { get; } = new(StringComparer.Ordinal);
    }
}
