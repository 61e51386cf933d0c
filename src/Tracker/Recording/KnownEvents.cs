namespace Tracker.Recording;

/// <summary>
/// The events that this program knows, by the names they are stored under. Another may have been recorded by a newer program: the
/// agenda it is of is that
/// program's to read, to record to and to follow, and this one says so. Skipped, the event would make a record that never was.
/// </summary>
/// <param name="names">The stored names, those of retired shapes among them.</param>
public sealed class KnownEvents(IEnumerable<string> names)
{
    private readonly string[] _names = [.. names.Distinct().Order(StringComparer.Ordinal)];

    /// <summary>A query for the agendas that hold an event which this program does not know.</summary>
    public string NewerAgendas => MartenTables.AgendasOfOthers(_names);

    /// <summary>The index by which <see cref="HoldsOthers"/> is answered without a look at what is known: its name, and how it is made and dropped beside all else.</summary>
    public (string Name, string Create, string Drop) Index => MartenTables.IndexOfOthers(_names);

    /// <summary>The condition that an agenda holds an event which this program does not know.</summary>
    /// <param name="agenda">What says the agenda in the query.</param>
    public string HoldsOthers(string agenda) => MartenTables.HoldsOthers(agenda, _names);
}
