using System.Collections.Immutable;
using Tracker.Agendas;
using Tracker.Boards;
using Tracker.Boards.Changes;
using Tracker.Boards.Known;
using Tracker.Reports;

namespace Tracker.Feeds;

/// <summary>What an agenda has to tell to those who follow it: its changes and its reports, the newest first.</summary>
/// <param name="About">The agenda as known now.</param>
/// <param name="Board">The board of today: what the feed is about, in a sentence.</param>
/// <param name="Moment">Up to which recording it tells.</param>
/// <param name="Updated">When the newest of it was recorded; for an agenda with nothing to tell yet, when that was opened.</param>
/// <param name="Urn">What the ids of its things begin with.</param>
/// <param name="Before">The entry that this part ends before; null for the newest part.</param>
/// <param name="Next">What to give as <c>before</c> for the next part; null at the end.</param>
public sealed record Feed(Agenda About, Board Board, Moment Moment, string Urn, DateTimeOffset Updated, ImmutableArray<FeedEntry> Entries, ChangeId? Before, ChangeId? Next);

/// <summary>A fact that changed or a report, and its place in the agenda's line.</summary>
public sealed record FeedEntry(ChangeId Place, DateTimeOffset At, ChangeGroup? Changes, Report? Report)
{
    /// <summary>What the report says in a sentence; null for a change, and for a report of an earlier template, which has words of its own.</summary>
    public string? Headline { get; init; }

    public static FeedEntry Of(ChangeGroup changes) => new(changes.Newest, changes.Lead.RecordedAt, changes, null);

    /// <param name="position">The recording that issued the report, or retracted it: then it is news once more.</param>
    public static FeedEntry Of(Report report, long position) => new(new ChangeId(position, 0), report.Retraction?.At ?? report.IssuedAt, null, report);
}
