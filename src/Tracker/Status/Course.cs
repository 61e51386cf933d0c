using System.Collections.Immutable;
using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Evidence;

namespace Tracker.Status;

/// <summary>
/// The status of a commitment on each of a row of days, told as the days on which it becomes another, and when its flags are
/// raised. Says of every day what <see cref="DepthLadder.Judge"/> says of it.
/// </summary>
/// <param name="Spans">
/// From which day it stands where, in order and without repeats, the first from the later of the day asked since and the day it was
/// made. Empty where that lies after the last day asked about, and for what was withdrawn.
/// </param>
/// <param name="Overdue">The days on which it is overdue; apart where it was delivered in between.</param>
/// <param name="Stale">The days on which it is stale; apart where it was advanced in between.</param>
public sealed record Course(ImmutableArray<StatusSpan> Spans, ImmutableArray<FlagSpan> Overdue, ImmutableArray<FlagSpan> Stale)
{
    private static readonly Course Nothing = new([], [], []);

    /// <summary>
    /// Follows a commitment from the later of <paramref name="since"/> and the day it was made through a day. Given only the findings
    /// that name a party, the spans are that party's. Each finding is weighed once, on the day it enters the window.
    /// </summary>
    /// <param name="promise">The commitment.</param>
    /// <param name="findings">All its evidence, in any order and state.</param>
    /// <param name="searchedThrough">The days its searches went through, without those withdrawn, in any order.</param>
    /// <param name="since">The baseline, or the milestone or day asked about in its stead.</param>
    /// <param name="through">The last day asked about.</param>
    /// <param name="codebook">Names the version of the rule, fills in the bar and says what is stale.</param>
    /// <param name="coverage">How far the agenda's record reaches.</param>
    public static Course Follow(
        Promise promise,
        IReadOnlyList<Finding> findings,
        IReadOnlyList<DateOnly> searchedThrough,
        DateOnly since,
        DateOnly through,
        Codebook codebook,
        RecordCoverage coverage)
    {
        coverage = DepthLadder.CoverageFor(codebook, coverage);
        var after = since > promise.MadeOn ? since : promise.MadeOn;
        if (promise.Withdrawn || after > through)
            return Nothing;

        // By the day they enter the window: nothing leaves it, so what has entered is what counts.
        var entering = findings
            .Where(x => x is { State: EvidenceState.Accepted, ActivityWithdrawn: false } && after < x.Earliest && x.Latest <= through)
            .OrderBy(x => x.Latest)
            .ToArray();
        var firstSearch = searchedThrough.Where(day => after < day && day <= through).Select(day => (DateOnly?)day).Min();
        var days = entering.Select(x => x.Latest).Append(after).Concat(firstSearch is { } searched ? [searched] : []).Order().Distinct().ToArray();

        var window = new Window(after, through, promise.Bar ?? codebook.Bar, promise.Type);
        var spans = ImmutableArray.CreateBuilder<StatusSpan>();
        var overdue = ImmutableArray.CreateBuilder<FlagSpan>();
        var stale = ImmutableArray.CreateBuilder<FlagSpan>();
        var weighed = 0;
        for (var i = 0; i < days.Length; i++)
        {
            var from = days[i];
            var to = i + 1 < days.Length ? days[i + 1].AddDays(-1) : through;
            while (weighed < entering.Length && entering[weighed].Latest == from)
                window.Weigh(entering[weighed++]);

            var status = DepthLadder.Row(window, firstSearch <= from ? firstSearch : null);
            if (spans.Count == 0 || spans[^1].Status != status)
                spans.Add(new StatusSpan(from, status));
            if (promise.DueOn is { } due && status is not CommitmentStatus.Delivered)
                Raise(overdue, due.Latest, 0, from, to, coverage);
            if (promise.Type is CommitmentType.Continuing)
                Raise(stale, window.Advancing.Latest ?? after, codebook.StaleAfterDays, from, to, coverage);
        }

        return new Course(spans.ToImmutable(), overdue.ToImmutable(), stale.ToImmutable());
    }

    /// <summary>Raises a flag on those of the days as of which the record reaches more than so many days beyond another.</summary>
    private static void Raise(ImmutableArray<FlagSpan>.Builder spans, DateOnly after, int days, DateOnly from, DateOnly to, RecordCoverage coverage)
    {
        var due = (long)after.DayNumber + days + 1;
        if (due > to.DayNumber || coverage.FirstReaching(DateOnly.FromDayNumber((int)due)) is not { } first || first > to)
            return;
        var raised = first > from ? first : from;
        if (spans.Count > 0 && spans[^1].Through.DayNumber + 1 == raised.DayNumber)
            spans[^1] = spans[^1] with { Through = to };
        else
            spans.Add(new FlagSpan(raised, to));
    }
}

/// <summary>From a day on, until the next span, a commitment stands at a status.</summary>
public sealed record StatusSpan(DateOnly From, CommitmentStatus Status);

/// <summary>The days on which a flag is raised, first and last included.</summary>
public sealed record FlagSpan(DateOnly From, DateOnly Through);
