using System.Collections.Immutable;
using System.Globalization;
using Tracker.Evidence;
using Tracker.Recording;
using Tracker.Status;

namespace Tracker.Boards.Changes;

/// <summary>What was last told of a commitment.</summary>
/// <param name="Status">Its status; null where it is not on the board.</param>
/// <param name="ByParty">Each party's part in it.</param>
public sealed record Told(CommitmentStatus? Status, bool Overdue, bool Stale, ImmutableSortedDictionary<string, CommitmentStatus> ByParty)
{
    public static Told Nothing { get; } = new(null, false, false, ImmutableSortedDictionary.Create<string, CommitmentStatus>(StringComparer.Ordinal));

    /// <summary>What there is to tell of a verdict.</summary>
    public static Told Of(Verdict? verdict) => verdict is null ? Nothing : new(
        verdict.Status, verdict.Flags.Overdue, verdict.Flags.Stale,
        verdict.ByParty.ToImmutableSortedDictionary(x => x.Key, x => x.Value.Status, StringComparer.Ordinal));

    /// <summary>Whether the same is told in both.</summary>
    public bool SameAs(Told other) =>
        (Status, Overdue, Stale) == (other.Status, other.Overdue, other.Stale) && ByParty.SequenceEqual(other.ByParty);
}

/// <summary>A change as it is found: what its sentence is made from, and not the sentence.</summary>
public sealed record Found(ChangeKind Kind, string? Commitment, DateOnly EffectiveOn)
{
    public string? Party { get; init; }

    public CommitmentStatus? From { get; init; }

    public CommitmentStatus? To { get; init; }

    public ImmutableArray<string> Evidence { get; init; } = [];

    /// <summary>Of the commitment as a whole, how many of its parties took concrete action and how many have its status; null where one party's part is told.</summary>
    public (int Concrete, int Same)? Parties { get; init; }

    /// <summary>Where it is, or was before, that a search found nothing: the day searched through.</summary>
    public DateOnly? SearchedThrough { get; init; }

    /// <summary>The kind and the name of what was corrected or withdrawn; of coverage, and of flags where the rule asks for it, the day through which the record reaches.</summary>
    public (string Kind, string Name)? Subject { get; init; }

    /// <summary>The day through which the record reached, where it tells of that or of a flag judged by it; null of flags by <c>depth-ladder/1</c>, which are judged at the day itself.</summary>
    public DateOnly? CoveredThrough =>
        Kind is ChangeKind.BecameOverdue or ChangeKind.BecameStale or ChangeKind.NoLongerOverdue or ChangeKind.NoLongerStale or ChangeKind.Covered or ChangeKind.BecameUncovered && Subject is var (_, day)
            ? DateOnly.Parse(day, CultureInfo.InvariantCulture)
            : null;

    /// <summary>How far the record reached, as what a change is about.</summary>
    public static (string Kind, string Name) Reach(DateOnly coveredThrough) => ("coverage", Days.Text(coveredThrough));

    public string? Reason { get; init; }
}

/// <summary>One commitment as known at one recording: what the rule says of it on any day, and what differs from what was told.</summary>
public sealed class Following(Promise promise, IReadOnlyList<Finding> findings, DateOnly[] searches, DateOnly since, Agendas.Codebook codebook, RecordCoverage coverage)
{
    /// <summary>What there is to tell on a day.</summary>
    public Told On(DateOnly day) => Told.Of(Judge(day));

    /// <summary>The last day in the window through which a search went that found nothing, as of a day; null where none did, or it is not on the board.</summary>
    public DateOnly? SearchedThrough(DateOnly day) => Judge(day)?.Because.LastSearchedThrough;

    /// <summary>What differs on a day from what was told last.</summary>
    /// <param name="searchedBefore">The day searched through as known before, for what was told as none found: a search that is recorded together with the change is none that was told.</param>
    public IEnumerable<Found> Differences(Told told, DateOnly day, DateOnly? searchedBefore = null)
    {
        var verdict = Judge(day);
        var now = Told.Of(verdict);
        if (now.SameAs(told)) yield break;
        var course = Course(findings, day);
        if (now.Status != told.Status)
            yield return new Found(ChangeKind.StatusChanged, promise.Slug, Start(course, day))
            { From = told.Status, To = now.Status, Evidence = Grounds(verdict?.Because), Parties = Parties(verdict), SearchedThrough = Searched(verdict?.Because) ?? Before(told.Status) };
        // Off the board, no party's part in it is on it either.
        if (verdict is not null)
            foreach (var code in told.ByParty.Keys.Union(now.ByParty.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                CommitmentStatus? from = told.ByParty.TryGetValue(code, out var was) ? was : null;
                CommitmentStatus? to = now.ByParty.TryGetValue(code, out var has) ? has : null;
                // That a party of a new commitment is not yet rated goes without saying.
                if (from == to || (from is null && to is CommitmentStatus.NotYetRated)) continue;
                yield return new Found(ChangeKind.StatusChanged, promise.Slug, Start(Course([.. findings.Where(x => x.Parties.Contains(code))], day), day))
                {
                    Party = code,
                    From = from,
                    To = to,
                    Evidence = Grounds(verdict.ByParty.GetValueOrDefault(code)?.Because),
                    SearchedThrough = Searched(verdict.ByParty.GetValueOrDefault(code)?.Because) ?? Before(from),
                };
            }

        if (now.Overdue && !told.Overdue) yield return new Found(ChangeKind.BecameOverdue, promise.Slug, Raised(course.Overdue) ?? promise.DueOn!.Value.Latest.AddDays(1)) { Parties = Parties(verdict), Subject = Reach(day) };
        if (now.Stale && !told.Stale) yield return new Found(ChangeKind.BecameStale, promise.Slug, Raised(course.Stale) ?? day) { Parties = Parties(verdict), Subject = Reach(day) };
        // Off the board it has no flags, and that it left says so.
        if (verdict is null) yield break;
        if (told.Overdue && !now.Overdue) yield return new Found(ChangeKind.NoLongerOverdue, promise.Slug, Fell(course.Overdue, day)) { Parties = Parties(verdict), Subject = Reach(day) };
        if (told.Stale && !now.Stale) yield return new Found(ChangeKind.NoLongerStale, promise.Slug, Refreshed(course.Stale, day)) { Parties = Parties(verdict), Subject = Reach(day) };

        DateOnly? Before(CommitmentStatus? was) => was is CommitmentStatus.NoneFound ? searchedBefore : null;
    }

    /// <summary>The next day on which something would differ from a day's, with nothing more known; null where none comes.</summary>
    public DateOnly? NextAfter(DateOnly day)
    {
        var told = On(day);
        foreach (var next in Turns().Where(x => x > day).Distinct().Order())
            if (!On(next).SameAs(told)) return next;
        return null;
    }

    /// <summary>The first day that raises a flag once the record reaches it; null where none does, whatever is covered.</summary>
    public DateOnly? NextReach(DateOnly day)
    {
        if (codebook.Version == Agendas.Codebook.DepthLadder1) return null;
        var asOf = coverage.Through(day);
        var whole = Status.Course.Follow(promise, findings, searches, since, DateOnly.MaxValue, codebook, RecordCoverage.Unlimited);
        var raised = whole.Overdue.Concat(whole.Stale).Where(x => x.Through > asOf).Select(x => x.From > asOf ? x.From : asOf.AddDays(1));
        if (promise.DueOn is { } due && asOf <= due.Latest && due.Latest < DateOnly.MaxValue) raised = raised.Append(due.Latest.AddDays(1));
        return raised.Select(x => (DateOnly?)x).Min();
    }

    /// <summary>The days on which the calendar alone can change something.</summary>
    private IEnumerable<DateOnly> Turns()
    {
        yield return promise.MadeOn;
        if (promise.DueOn is { } due && due.Latest < DateOnly.MaxValue
            && DepthLadder.CoverageFor(codebook, coverage).FirstReaching(due.Latest.AddDays(1)) is { } passed) yield return passed;
        var whole = Course(findings, DateOnly.MaxValue);
        foreach (var span in whole.Spans) yield return span.From;
        foreach (var flag in whole.Overdue.Concat(whole.Stale))
        {
            yield return flag.From;
            if (flag.Through < DateOnly.MaxValue) yield return flag.Through.AddDays(1);
        }

        foreach (var code in promise.Parties)
            foreach (var span in Course([.. findings.Where(x => x.Parties.Contains(code))], DateOnly.MaxValue).Spans)
                yield return span.From;
    }

    private Verdict? Judge(DateOnly day) => DepthLadder.Judge(promise, findings, searches, since, day, codebook, coverage);

    private Course Course(IReadOnlyList<Finding> of, DateOnly through) => Status.Course.Follow(promise, of, searches, since, through, codebook, coverage);

    /// <summary>Since when it stands where it stands; the day itself where it is not on the board.</summary>
    private static DateOnly Start(Course course, DateOnly day) => course.Spans.IsEmpty ? day : course.Spans[^1].From;

    private static DateOnly? Raised(ImmutableArray<FlagSpan> flags) => flags.IsEmpty ? null : flags[^1].From;

    /// <summary>Since when a flag has not stood; where, as known now, it did not stand when it was told, as of where the record reaches.</summary>
    private DateOnly Fell(ImmutableArray<FlagSpan> flags, DateOnly day)
    {
        var reached = Reached(day);
        return flags.IsEmpty || flags[^1].Through >= reached ? reached : flags[^1].Through.AddDays(1);
    }

    /// <summary>The same of being stale: since the day of what advanced it last, where that ended it, and not an earlier time of being stale.</summary>
    private DateOnly Refreshed(ImmutableArray<FlagSpan> stale, DateOnly day) => Fell(stale, day) is var fell && AdvancedOn(day) == fell ? fell : Reached(day);

    /// <summary>How far the record reaches, where its rule takes account of that.</summary>
    private (string, string)? Reach(DateOnly day) => codebook.Version == Agendas.Codebook.DepthLadder1 ? null : Found.Reach(coverage.Through(day));

    /// <summary>The day through which the record reaches, as its rule takes it.</summary>
    private DateOnly Reached(DateOnly day) => DepthLadder.CoverageFor(codebook, coverage).Through(day);

    /// <summary>When it was advanced last, in the window as of a day; null where nothing in it does.</summary>
    private DateOnly? AdvancedOn(DateOnly day) => findings
        .Where(x => x is { Direction: Direction.Advances, State: EvidenceState.Accepted, ActivityWithdrawn: false } && x.Earliest > since && x.Earliest > promise.MadeOn && x.Latest <= day)
        .Select(x => (DateOnly?)x.Latest).Max();

    private static (int, int)? Parties(Verdict? verdict) =>
        verdict is null ? null : (verdict.PartyCounts.WithConcreteAction, verdict.ByParty.Values.Count(x => x.Status == verdict.Status));

    private static DateOnly? Searched(Because? because) => because is { Row: CommitmentStatus.NoneFound } ? because.LastSearchedThrough : null;

    /// <summary>What decided: the concrete acts for and against; where there are none, the deepest there is.</summary>
    private static ImmutableArray<string> Grounds(Because? because) => because switch
    {
        null => [],
        { Concrete: [], Undercutting: [] } => because.Deepest,
        _ => [.. because.Concrete.Union(because.Undercutting, StringComparer.Ordinal).Order(StringComparer.Ordinal)],
    };
}
