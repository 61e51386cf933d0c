using System.Collections.Immutable;
using Npgsql;
using Tracker.Boards.Known;
using Tracker.Recording;

namespace Tracker.Boards.Changes;

/// <summary>A change as it is sent to those who follow.</summary>
/// <param name="Id">Its place in the change log.</param>
/// <param name="Bytes">The whole event, in the form of Server-Sent Events.</param>
public sealed record LiveEvent(ChangeId Id, ReadOnlyMemory<byte> Bytes);

/// <summary>The latest that was told of an agenda.</summary>
/// <param name="Head">How far the agenda reaches, who may read it, and whether it is left to newer programs.</param>
/// <param name="Last">The last recording whose changes are told; null before the first.</param>
/// <param name="After">The place behind which <paramref name="Events"/> are all that was told; what was told before is in the change log.</param>
/// <param name="Events">The latest changes, the oldest first.</param>
public sealed record LiveFeed(AgendaHead Head, Moment? Last, ChangeId After, ImmutableArray<LiveEvent> Events);

/// <summary>How far the changes of each agenda are told.</summary>
/// <param name="Agendas">Each with the last position that is told, and whether those alone read it who have a role on it.</param>
public sealed record LiveTotals(ImmutableArray<(string Agenda, long Position, bool IsInternal)> Agendas)
{
    /// <summary>How many recordings are told of, on agendas that a caller may read.</summary>
    public long For(Caller caller) => Agendas.Where(x => ReadAccess.MayRead(caller, x.Agenda, x.IsInternal)).Sum(x => x.Position);
}

/// <summary>What is told of the agendas that are followed on this node: of each, and of all together, read once however many follow.</summary>
public sealed class LiveFeeds(ChangeLogConnections connections, ChangeReader changes, AgendaHeads heads, Announcements announcements, TimeProvider clock)
{
    /// <summary>So many changes are kept for those who follow; who is further behind reads the change log.</summary>
    private const int Kept = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, SharedReader<LiveFeed>> _followed = new(StringComparer.Ordinal);
    private SharedReader<LiveTotals>? _totals;

    /// <summary>How many agendas are followed.</summary>
    public int Followed
    {
        get
        {
            lock (_lock) return _followed.Count;
        }
    }

    /// <summary>All agendas together.</summary>
    public SharedReader<LiveTotals> Totals => LazyInitializer.EnsureInitialized(ref _totals, () => new SharedReader<LiveTotals>(
        (_, ct) => CountAsync(ct), (one, other) => !one.Agendas.SequenceEqual(other.Agendas), () => announcements.Next(ChangeTables.Channel), clock));

    /// <summary>Follows an agenda until the following is disposed.</summary>
    public (SharedReader<LiveFeed> Reader, IDisposable Following) Follow(string agenda)
    {
        lock (_lock)
        {
            foreach (var (name, left) in _followed.Where(x => x.Value.Followers == 0).ToArray()) _followed.Remove(name);
            if (!_followed.TryGetValue(agenda, out var reader))
                _followed.Add(agenda, reader = new SharedReader<LiveFeed>((before, ct) => ReadAsync(agenda, before, ct), Differ, () => announcements.Next(ChangeTables.Channel, agenda), clock));
            return (reader, reader.Follow());
        }
    }

    private static bool Differ(LiveFeed one, LiveFeed other) =>
        one.Last?.Position != other.Last?.Position || one.Head.Texts != other.Head.Texts || one.Head.IsInternal != other.Head.IsInternal || one.Head.IsNewer != other.Head.IsNewer;

    private async Task<LiveFeed> ReadAsync(string agenda, LiveFeed? before, CancellationToken ct)
    {
        // An agenda does not go away.
        var head = (await heads.FindAsync(agenda, ct))!;
        if (head.IsNewer) return new LiveFeed(head, before?.Last, End(before?.Last), []);
        var last = await changes.LatestAsync(agenda, ct);
        // A text that was taken out meanwhile is not sent again to whoever comes back.
        if (before is null || before.Head.Texts != head.Texts) return new LiveFeed(head, last, End(last), []);
        if (last is null || End(before.Last) is var from && last.Position <= from.Position) return before with { Head = head };
        await using var connection = await connections.OpenAsync(ct);
        var page = await changes.PageAsync(connection, last, from, Kept, ct);
        if (page.Next is not null) return new LiveFeed(head, last, End(last), []);
        ImmutableArray<LiveEvent> events = [.. before.Events, .. page.Items.Select(LiveAnswer.EventOf)];
        return events.Length <= Kept ? new LiveFeed(head, last, before.After, events) : new LiveFeed(head, last, events[^(Kept + 1)].Id, events[^Kept..]);
    }

    private async Task<LiveTotals> CountAsync(CancellationToken ct)
    {
        await using var connection = await connections.OpenAsync(ct);
        await using var command = new NpgsqlCommand(
            $"select p.agenda, p.position, l.is_internal is true from {ChangeTables.Progress} p join {AgendaLine.TableName} l using (agenda) order by p.agenda", connection);
        var agendas = ImmutableArray.CreateBuilder<(string, long, bool)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) agendas.Add((reader.GetString(0), reader.GetInt64(1), reader.GetBoolean(2)));
        return new LiveTotals(agendas.ToImmutable());
    }

    /// <summary>The place behind all that was told with a recording.</summary>
    private static ChangeId End(Moment? last) => new(last?.Position ?? 0, int.MaxValue);
}
