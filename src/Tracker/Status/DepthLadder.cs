using System.Collections.Immutable;
using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Evidence;

namespace Tracker.Status;

/// <summary>
/// The status rule, by the version that the agenda's codebook names. One pure function: no clock, nothing read, nothing written. Everything
/// that shows a status calls it. README.md beside this file tells the method and every decision in it.
/// </summary>
/// <remarks>
/// <c>depth-ladder/1</c> judges everything at the day asked about. <c>depth-ladder/2</c> judges whatever speaks of time that passed
/// (recently, overdue, stale) at the day through which the record reaches. The table of statuses is the same.
/// </remarks>
public static class DepthLadder
{
    /// <summary>What the rule takes for the record's coverage: version 1 knows none, and takes every record for one that goes on.</summary>
    public static RecordCoverage CoverageFor(Codebook codebook, RecordCoverage coverage) =>
        codebook.Version == Codebook.DepthLadder1 ? RecordCoverage.Unlimited : coverage;

    /// <summary>What has become of a commitment by the end of a day. Null where it is not on the board.</summary>
    /// <param name="promise">The commitment.</param>
    /// <param name="findings">All its evidence, in any order and state.</param>
    /// <param name="searchedThrough">The days its searches went through, without those withdrawn, in any order.</param>
    /// <param name="since">The baseline, or the milestone or day asked about in its stead.</param>
    /// <param name="validAt">The day asked about; what happened on it counts.</param>
    /// <param name="codebook">Names the version, fills in the bar and says what is stale.</param>
    /// <param name="coverage">How far the agenda's record reaches.</param>
    public static Verdict? Judge(
        Promise promise,
        IReadOnlyList<Finding> findings,
        IReadOnlyList<DateOnly> searchedThrough,
        DateOnly since,
        DateOnly validAt,
        Codebook codebook,
        RecordCoverage coverage)
    {
        if (promise.Withdrawn || promise.MadeOn > validAt)
            return null;

        var asOf = CoverageFor(codebook, coverage).Through(validAt);
        var bar = promise.Bar ?? codebook.Bar;
        var after = Later(since, promise.MadeOn);
        var window = new Window(after, validAt, bar, promise.Type);
        var recent = promise.Type is CommitmentType.Continuing
            ? new Window(Later(after, DaysBefore(asOf, codebook.StaleAfterDays)), validAt, bar, promise.Type)
            : null;
        var partyWindows = promise.Parties
            .Distinct()
            .Select(code => (Code: code, Window: new Window(after, validAt, bar, promise.Type)))
            .ToArray();
        var pendingReview = 0;

        foreach (var finding in findings)
        {
            if (finding.ActivityWithdrawn)
                continue;
            if (finding.State is EvidenceState.Proposed)
                pendingReview++;
            if (finding.State is not EvidenceState.Accepted)
                continue;

            window.Weigh(finding);
            recent?.Weigh(finding);
            foreach (var (code, partyWindow) in partyWindows)
            {
                if (finding.Parties.Contains(code))
                    partyWindow.Weigh(finding);
            }
        }

        var lastSearch = LastSearch(searchedThrough, after, validAt);
        var status = Row(window, lastSearch);

        return new Verdict(
            status,
            window.A.Any,
            recent is null ? null : new Recently(recent.After, Row(recent, LastSearch(searchedThrough, recent.After, validAt))),
            new Flags(
                Overdue: promise.DueOn?.Latest < asOf && status is not CommitmentStatus.Delivered,
                Late: window.D.FirstLatest > promise.DueOn?.Latest,
                Stale: promise.Type is CommitmentType.Continuing
                    && DaysBetween(window.Advancing.Latest ?? after, asOf) > codebook.StaleAfterDays,
                pendingReview),
            window.Counts,
            window.A.Earliest,
            window.A.Latest,
            window.W.Latest,
            window.Explain(codebook.Version, status, lastSearch),
            partyWindows.ToImmutableSortedDictionary(p => p.Code, p => OfParty(codebook.Version, p.Window, lastSearch), StringComparer.Ordinal))
        {
            Days = VerdictDays.Of(promise, findings, searchedThrough, since, validAt, codebook, coverage, window),
        };
    }

    /// <summary>The table of the rule: the first row that holds.</summary>
    internal static CommitmentStatus Row(Window window, DateOnly? lastSearch)
    {
        var (w, supporting, a, u, d) = (window.W, window.Supporting, window.A, window.U, window.D);

        return true switch
        {
            _ when d.Any && u.SomeLaterThanEvery(a) => CommitmentStatus.Reversed,
            _ when d.Any && !u.SomeLaterThanEvery(d) => CommitmentStatus.Delivered,
            _ when a.Any && u.Any => CommitmentStatus.Contested,
            _ when a.Any => CommitmentStatus.ConcreteAction,
            _ when u.Any => CommitmentStatus.Undercut,
            _ when supporting.Deepest >= Depth.Mechanism => CommitmentStatus.Partial,
            _ when supporting.Deepest >= Depth.Contact => CommitmentStatus.DialogueOnly,
            _ when w.Deepest >= Depth.Contact => CommitmentStatus.Undercut,
            _ when w.Any => CommitmentStatus.WordsOnly,
            _ when lastSearch is not null => CommitmentStatus.NoneFound,
            _ => CommitmentStatus.NotYetRated,
        };
    }

    private static PartyVerdict OfParty(string rule, Window window, DateOnly? lastSearch)
    {
        var status = Row(window, lastSearch);
        return new PartyVerdict(status, window.A.Any, window.Explain(rule, status, lastSearch)) { Evidence = window.Counts, Delivered = window.D.Any };
    }

    private static DateOnly? LastSearch(IReadOnlyList<DateOnly> searchedThrough, DateOnly after, DateOnly through)
    {
        DateOnly? last = null;
        foreach (var day in searchedThrough)
        {
            if (after < day && day <= through && !(day < last))
                last = day;
        }

        return last;
    }

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    // Held within the calendar, so that a long staleness or an early day asks about all there is rather than failing.
    private static DateOnly DaysBefore(DateOnly day, int days) =>
        DateOnly.FromDayNumber((int)Math.Clamp((long)day.DayNumber - days, 0, DateOnly.MaxValue.DayNumber));

    private static int DaysBetween(DateOnly from, DateOnly to) => to.DayNumber - from.DayNumber;
}
