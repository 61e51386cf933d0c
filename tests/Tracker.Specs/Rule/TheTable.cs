using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Evidence;
using Tracker.Status;

namespace Tracker.Specs.Rule;

/// <summary>
/// The rule read off its description a second time, as slowly and literally as can be, so that the two can be held against
/// each other. Shares nothing with <see cref="DepthLadder"/> but its inputs.
/// </summary>
internal static class TheTable
{
    /// <summary>Steps 1 to 4, over the evidence given.</summary>
    public static Answer Read(Given given, DateOnly validAt, DateOnly after, IEnumerable<Finding> evidence)
    {
        var bar = given.Promise.Bar ?? given.Codebook.Bar;
        var counting = evidence.Where(e => e.State == EvidenceState.Accepted && !e.ActivityWithdrawn).ToList();
        var w = counting.Where(e => e.Earliest > after && e.Latest <= validAt).ToList();
        var a = w.Where(e => e.Direction == Direction.Advances && e.Depth >= bar).ToList();
        var u = w.Where(e => e.Direction == Direction.Undercuts && e.Depth >= bar).ToList();
        var d = given.Promise.Type == CommitmentType.Deliverable ? a.Where(e => e.Depth == Depth.Delivered).ToList() : [];
        var searches = given.Searches.Where(day => after < day && day <= validAt).ToList();
        var straddling = counting.Except(w).Where(e => Days(e.Earliest, e.Latest).Any(day => day > after && day <= validAt));

        static bool LaterThanEvery(Finding one, IEnumerable<Finding> others) => others.All(other => one.Latest > other.Latest);

        (bool Holds, CommitmentStatus Status)[] rows =
        [
            (d.Count > 0 && u.Any(one => LaterThanEvery(one, a)), CommitmentStatus.Reversed),
            (d.Count > 0 && !u.Any(one => LaterThanEvery(one, d)), CommitmentStatus.Delivered),
            (a.Count > 0 && u.Count > 0, CommitmentStatus.Contested),
            (a.Count > 0, CommitmentStatus.ConcreteAction),
            (u.Count > 0, CommitmentStatus.Undercut),
            (w.Any(e => e.Direction != Direction.Undercuts && e.Depth >= Depth.Mechanism), CommitmentStatus.Partial),
            (w.Any(e => e.Direction != Direction.Undercuts && e.Depth >= Depth.Contact), CommitmentStatus.DialogueOnly),
            (w.Any(e => e.Depth >= Depth.Contact), CommitmentStatus.Undercut),
            (w.Count > 0, CommitmentStatus.WordsOnly),
            (searches.Count > 0, CommitmentStatus.NoneFound),
            (true, CommitmentStatus.NotYetRated),
        ];

        return new Answer(
            validAt < given.Since ? CommitmentStatus.NotYetRated : rows.First(row => row.Holds).Status,
            a.Count > 0,
            w,
            a,
            d,
            Ids(a),
            Ids(u),
            Ids(w.Where(e => w.All(other => other.Depth <= e.Depth))),
            Ids(straddling),
            searches.Count == 0 ? null : searches.Max());
    }

    /// <summary>Step 6.</summary>
    public static Flags Flags(Given given, DateOnly validAt, DateOnly after, Answer answer)
    {
        var asOf = AsOf(given, validAt);
        var due = given.Promise.DueOn?.Latest;
        var newest = answer.W.Where(e => e.Direction == Direction.Advances).Select(e => e.Latest).Append(after).Max();
        return new Flags(
            due != null && due < asOf && answer.Status != CommitmentStatus.Delivered,
            due != null && answer.D.Count > 0 && answer.D.Min(e => e.Latest) > due,
            given.Promise.Type == CommitmentType.Continuing
                && asOf.DayNumber - newest.DayNumber > given.Codebook.StaleAfterDays,
            given.Findings.Count(e => e.State == EvidenceState.Proposed && !e.ActivityWithdrawn));
    }

    /// <summary>Step 5: the day at which whatever speaks of time that passed is judged. Version 1 has no such step.</summary>
    public static DateOnly AsOf(Given given, DateOnly validAt) =>
        given.Codebook.Version == "depth-ladder/1" ? validAt : given.Coverage.Through(validAt);

    private static IEnumerable<DateOnly> Days(DateOnly first, DateOnly last)
    {
        for (var day = first; day <= last; day = day.AddDays(1))
            yield return day;
    }

    private static string[] Ids(IEnumerable<Finding> findings) =>
        [.. findings.Select(e => e.Id).OrderBy(id => id, StringComparer.Ordinal)];

    internal sealed record Answer(
        CommitmentStatus Status,
        bool Concrete,
        IReadOnlyList<Finding> W,
        IReadOnlyList<Finding> A,
        IReadOnlyList<Finding> D,
        string[] ConcreteIds,
        string[] UndercuttingIds,
        string[] DeepestIds,
        string[] StraddlingIds,
        DateOnly? LastSearch);
}
