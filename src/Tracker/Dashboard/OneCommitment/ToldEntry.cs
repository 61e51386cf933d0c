using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Tracker.Boards;
using Tracker.Boards.History;
using Tracker.Boards.Known;
using Tracker.Dashboard.Frame;
using Tracker.Recording;

namespace Tracker.Dashboard.OneCommitment;

/// <summary>An entry of a commitment's history, with what it put right.</summary>
/// <param name="Changed">What is said otherwise since; empty for what is no correction.</param>
public sealed record ToldEntry(HistoryEntry Entry, ImmutableArray<Changed> Changed)
{
    /// <summary>The entries with their changes: each thing that was corrected is read once, however often it was.</summary>
    /// <param name="moment">What was known then, and nothing later.</param>
    public static async Task<ImmutableArray<ToldEntry>> AllOfAsync(IReadOnlyList<HistoryEntry> history, RecordReader record, Moment moment, CancellationToken ct)
    {
        var known = new Dictionary<string, ImmutableArray<(long Position, JsonObject Said)>>(StringComparer.Ordinal);
        foreach (var subject in history.Where(x => x.Amends is Amendment.Correction).Select(x => x.Subject).Distinct(StringComparer.Ordinal))
            known.Add(subject, await KnownAsync(subject, record, moment, ct));
        return [.. history.Select(x => new ToldEntry(x, x.Amends is Amendment.Correction ? ChangedBy(x, known[x.Subject]) : []))];
    }

    private static async Task<ImmutableArray<(long Position, JsonObject Said)>> KnownAsync(string subject, RecordReader record, Moment moment, CancellationToken ct)
    {
        return subject.Split('/') switch
        {
            ["commitments", var name] => await Said(KnownTables.Commitments, name),
            ["evidence", var name] => await Said(KnownTables.Evidence, name),
            ["activities", var name] => await Said(KnownTables.Activities, name),
            _ => [],
        };

        async Task<ImmutableArray<(long, JsonObject)>> Said<T>(KnownTable<T> table, string name) where T : class, IFolded<T> =>
            [.. from version in await record.VersionsAsync(table, name, moment, ct) select (version.From.Position, Frame.Changed.SaidOf(version.Thing))];
    }

    private static ImmutableArray<Changed> ChangedBy(HistoryEntry entry, ImmutableArray<(long Position, JsonObject Said)> known)
    {
        var at = known.Select(x => x.Position).TakeWhile(x => x != entry.Position).Count();
        if (at == 0 || at == known.Length) return [];
        var (was, now) = (known[at - 1].Said, known[at].Said);
        return entry.Event == "clause_corrected" ? [.. Clauses(was, now)] : [.. Frame.Changed.Between(was, now).Where(x => IsSaidBy(entry.Event, x.Member))];
    }

    // What a recording may change beside what it corrects is told by entries of its own.
    private static bool IsSaidBy(string corrected, string member) => corrected switch
    {
        "commitment_corrected" => member is not ("clauses" or "searches"),
        "evidence_recoded" => member is "depth" or "direction" or "parties" or "rationale" or "citations",
        _ => true,
    };

    private static IEnumerable<Changed> Clauses(JsonObject was, JsonObject now)
    {
        var before = was["clauses"]!.AsArray().ToDictionary(x => (string)x!["id"]!, x => x!.AsObject(), StringComparer.Ordinal);
        return from clause in now["clauses"]!.AsArray()
               where before.ContainsKey((string)clause!["id"]!)
               from changed in Frame.Changed.Between(before[(string)clause["id"]!], clause.AsObject())
               select changed;
    }
}
