using System.Collections.Immutable;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Evidence;

namespace Tracker.Status;

/// <summary>The days that sentences name beside a verdict: they say what it does not count, and decide nothing.</summary>
/// <param name="AsOf">The day at which what speaks of time that passed was judged.</param>
/// <param name="DueOn">When it was to be done; null where no date was set.</param>
/// <param name="AdvancedOn">The last day of the newest evidence that advances it; where there is none, the day after which evidence counts.</param>
/// <param name="LatestFrom">The first day on which the latest activity can have been: the very day, where it is known to the day.</param>
/// <param name="DeliveredOn">The last day on which it can have been delivered first; null where it was not.</param>
public sealed record VerdictDays(DateOnly AsOf, FuzzyDate? DueOn, DateOnly AdvancedOn, DateOnly? LatestFrom, DateOnly? DeliveredOn)
{
    /// <summary>The day that is counted from, where it is later than the baseline and than the day it was made: what came before is on record and does not count.</summary>
    public DateOnly? CountedFrom { get; init; }

    /// <summary>The day by which it was delivered before that, and stood so on that day; null where it did not.</summary>
    public DateOnly? DeliveredBefore { get; init; }

    /// <summary>Whether every delivery came after the due date; else the first may have come in time, for all that its dates tell.</summary>
    public bool IsSurelyLate { get; init; }

    /// <summary>The day on which the record ends, where the rule ignores that (<c>depth-ladder/1</c>): nobody checked later what it calls overdue or stale.</summary>
    public DateOnly? UncheckedAfter { get; init; }

    /// <summary>The day through which the record reaches, as of the day asked about.</summary>
    public DateOnly CoveredThrough { get; init; }

    /// <summary>Whether the record tells of no day that counts: it ends by the day that is counted from, or the day asked about lies before that.</summary>
    public bool IsUncovered { get; init; }

    /// <summary>The day of a search that does not end in the window: the first after it, else the last before it; null where there is none.</summary>
    public DateOnly? OtherSearch { get; init; }

    /// <summary>What may lie in the window and is left out, because its dates reach over an edge.</summary>
    public ImmutableArray<LeftOut> LeftOut { get; init; } = [];

    /// <summary>What stands beside a window that was weighed.</summary>
    internal static VerdictDays Of(
        Promise promise, IReadOnlyList<Finding> findings, IReadOnlyList<DateOnly> searchedThrough, DateOnly since, DateOnly validAt, Codebook codebook, RecordCoverage coverage, Window window)
    {
        var (after, covered, isCurrent) = (window.After, coverage.Through(validAt), coverage.IsCurrent(validAt, codebook.CurrentForDays));
        var countedFrom = since > promise.MadeOn && since > coverage.Baseline ? since : (DateOnly?)null;
        var straddling = window.Straddling.ToHashSet(StringComparer.Ordinal);
        return new(DepthLadder.CoverageFor(codebook, coverage).Through(validAt), promise.DueOn, window.Advancing.Latest ?? after, window.W.LatestFrom, window.D.FirstLatest)
        {
            CountedFrom = countedFrom,
            IsSurelyLate = window.D.Earliest > promise.DueOn?.Latest,
            DeliveredBefore = countedFrom is null ? null : DeliveredBy(promise, findings, coverage.Baseline, since < validAt ? since : validAt, codebook),
            UncheckedAfter = codebook.Version == Codebook.DepthLadder1 && !isCurrent ? covered : null,
            CoveredThrough = covered,
            IsUncovered = covered <= after && (validAt < after || !isCurrent),
            OtherSearch = searchedThrough.Where(x => x > validAt).Select(x => (DateOnly?)x).Min() ?? searchedThrough.Where(x => x <= after).Select(x => (DateOnly?)x).Max(),
            LeftOut = straddling.Count == 0 ? [] : [.. findings.Where(x => straddling.Contains(x.Id)).OrderBy(x => x.Earliest).ThenBy(x => x.Latest).Select(x => new LeftOut(x.Id, x.Earliest, x.Latest))],
        };
    }

    /// <summary>The day by which it was delivered, where it stands delivered on a day, counted from the baseline.</summary>
    private static DateOnly? DeliveredBy(Promise promise, IReadOnlyList<Finding> findings, DateOnly baseline, DateOnly day, Codebook codebook)
    {
        var earlier = new Window(baseline > promise.MadeOn ? baseline : promise.MadeOn, day, promise.Bar ?? codebook.Bar, promise.Type);
        foreach (var finding in findings)
            if (finding is { State: EvidenceState.Accepted, ActivityWithdrawn: false }) earlier.Weigh(finding);
        return DepthLadder.Row(earlier, lastSearch: null) is CommitmentStatus.Delivered ? earlier.D.FirstLatest : null;
    }
}

/// <summary>Accepted evidence that is left out only because its dates are too imprecise to be sure that it falls in the window.</summary>
public readonly record struct LeftOut(string Id, DateOnly Earliest, DateOnly Latest);
