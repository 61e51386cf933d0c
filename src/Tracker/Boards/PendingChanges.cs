using System.Collections.Immutable;
using Npgsql;
using Tracker.Boards.Known;
using Tracker.Evidence;
using Tracker.Proposals;
using Tracker.Recording;

namespace Tracker.Boards;

/// <summary>What would move accepted evidence, and waits for a second person. Until then nothing has moved.</summary>
public sealed record PendingChanges(int Count, ImmutableArray<PendingChange> Items)
{
    public static PendingChanges None { get; } = new(0, []);

    /// <summary>What waits on an agenda, the first parameter, as known at a position, the second; of commitments, the third, or of all where none is named.</summary>
    internal static string Asked { get; } = $"""
        select p.name, p.change, p.activity, p.commitment, t.title, m.names, p.proposed_at
        from {KnownTables.Proposals.Name} p,
        lateral (
            select title from {KnownTables.Activities.Name} where agenda = $1 and name = p.activity and known_from <= $2 and known_to > $2
            union all select title from {KnownTables.Commitments.Name} where agenda = $1 and name = p.commitment and known_from <= $2 and known_to > $2) t,
        lateral (
            select case when p.commitment is not null then array[p.commitment] else array(
                select distinct e.commitment collate "C" from {KnownTables.Evidence.Name} e
                where e.agenda = $1 and e.activity = p.activity and e.known_from <= $2 and e.known_to > $2 and e.state = 'accepted' order by 1) end as names) m
        where p.agenda = $1 and p.known_from <= $2 and p.known_to > $2 and p.state = 'waiting' and (cardinality($3) = 0 or m.names && $3)
        order by p.proposed_at, p.name collate "C"
        """;

    /// <summary>The same from an agenda that is held in memory.</summary>
    internal static PendingChanges Of(HeldAgenda held, long position, string[] commitments)
    {
        var waiting = held.WaitingAt(position).ToList();
        if (waiting.Count == 0) return None;
        var moved = held.EvidenceAt(position).Where(x => x.Row.State is EvidenceState.Accepted).ToLookup(x => x.Row.Activity, x => x.Row.Commitment, StringComparer.Ordinal);
        var items = ImmutableArray.CreateBuilder<PendingChange>();
        foreach (var (id, row) in waiting)
        {
            var title = row.Activity is { } activity ? held.ActivityAt(activity, position)?.Title : held.CommitmentsAt(position, [row.Commitment!]).Select(x => x.Row.Title).FirstOrDefault();
            ImmutableArray<string> names = row.Commitment is { } one ? [one] : [.. moved[row.Activity!].Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            if (title is not null && (commitments.Length == 0 || names.Any(x => commitments.Contains(x, StringComparer.Ordinal))))
                items.Add(new PendingChange(id, row.Change, row.Activity, row.Commitment, title, names, row.ProposedAt));
        }

        return new PendingChanges(items.Count, items.ToImmutable());
    }

    internal static async Task<PendingChanges> ReadAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        var items = ImmutableArray.CreateBuilder<PendingChange>();
        while (await reader.ReadAsync(ct))
            items.Add(new PendingChange(
                reader.GetString(0), Words.Parse<ProposedChange>(reader.GetString(1)), reader.IsDBNull(2) ? null : reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3),
                reader.GetString(4), [.. reader.GetFieldValue<string[]>(5)], reader.GetFieldValue<DateTimeOffset>(6)));
        return new PendingChanges(items.Count, items.ToImmutable());
    }
}

/// <summary>One of them: what it would change, not how. That is for coders and above.</summary>
/// <param name="Id">The proposal's.</param>
/// <param name="Activity">The activity it would change; null where it is a commitment.</param>
/// <param name="Commitment">The commitment it would change; null where it is an activity.</param>
/// <param name="Title">What that is called.</param>
/// <param name="Commitments">The commitments whose accepted evidence it would move.</param>
public sealed record PendingChange(
    string Id, ProposedChange Change, string? Activity, string? Commitment, string Title, ImmutableArray<string> Commitments, DateTimeOffset ProposedAt);
