using System.Collections.Immutable;
using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Evidence;

namespace Tracker.Status;

/// <summary>
/// The days after one day and through another, and what the rule asks of the evidence in them: the sets W, A, U and D. Weighs
/// each piece of evidence once, in any order.
/// </summary>
internal sealed class Window(DateOnly after, DateOnly through, Depth bar, CommitmentType type)
{
    private readonly int[] _depths = new int[Enum.GetValues<Depth>().Length];
    private readonly List<string> _concrete = [];
    private readonly List<string> _undercutting = [];
    private readonly List<string> _deepest = [];
    private readonly List<string> _straddling = [];
    private int _undercuts;

    public DateOnly After => after;

    /// <summary>W: everything in the window, whatever its direction.</summary>
    public Gathered W { get; private set; }

    /// <summary>The part of W that does not undercut.</summary>
    public Gathered Supporting { get; private set; }

    /// <summary>The part of W that advances, at any depth.</summary>
    public Gathered Advancing { get; private set; }

    /// <summary>A: what advances, at or above the bar.</summary>
    public Gathered A { get; private set; }

    /// <summary>U: what undercuts, at or above the bar.</summary>
    public Gathered U { get; private set; }

    /// <summary>D: what of A is delivered, on a deliverable only.</summary>
    public Gathered D { get; private set; }

    /// <summary>What may lie in the window, and is left out because its dates reach over an edge.</summary>
    public IReadOnlyList<string> Straddling => _straddling;

    public EvidenceCounts Counts => new(
        _depths[(int)Depth.Words],
        _depths[(int)Depth.Contact],
        _depths[(int)Depth.Mechanism],
        _depths[(int)Depth.Measure],
        _depths[(int)Depth.Delivered],
        _undercuts);

    /// <summary>Takes a finding that counts (accepted, its activity not withdrawn) into the sets it belongs to, if any.</summary>
    public void Weigh(Finding finding)
    {
        if (finding.Earliest <= after || finding.Latest > through)
        {
            if (MayLieWithin(finding))
                _straddling.Add(finding.Id);
            return;
        }

        NoteDeepest(finding);
        W = W.With(finding);
        var concrete = finding.Depth >= bar;

        if (finding.Direction is Direction.Undercuts)
        {
            _undercuts++;
            if (concrete)
            {
                U = U.With(finding);
                _undercutting.Add(finding.Id);
            }

            return;
        }

        _depths[(int)finding.Depth]++;
        Supporting = Supporting.With(finding);
        if (finding.Direction is not Direction.Advances)
            return;

        Advancing = Advancing.With(finding);
        if (!concrete)
            return;

        A = A.With(finding);
        _concrete.Add(finding.Id);
        if (type is CommitmentType.Deliverable && finding.Depth is Depth.Delivered)
            D = D.With(finding);
    }

    public Because Explain(string rule, CommitmentStatus row, DateOnly? lastSearchedThrough) => new(
        rule,
        row,
        bar,
        after,
        through,
        Sorted(_concrete),
        Sorted(_undercutting),
        Sorted(_deepest),
        Sorted(_straddling),
        lastSearchedThrough);

    // An empty window has no day a straddling activity could have happened on.
    private bool MayLieWithin(Finding finding) => after < through && finding.Earliest <= through && finding.Latest > after;

    private void NoteDeepest(Finding finding)
    {
        if (W.Deepest > finding.Depth)
            return;
        if (W.Deepest < finding.Depth)
            _deepest.Clear();
        _deepest.Add(finding.Id);
    }

    private static ImmutableArray<string> Sorted(List<string> ids)
    {
        ids.Sort(StringComparer.Ordinal);
        return [.. ids];
    }
}

/// <summary>What the rule asks of a set of findings: whether there are any, how deep, and when. Null where none.</summary>
/// <param name="Deepest">The greatest depth.</param>
/// <param name="Earliest">The least earliest day.</param>
/// <param name="FirstLatest">The least latest day.</param>
/// <param name="Latest">The greatest latest day.</param>
/// <param name="LatestFrom">Of those with that latest day, the greatest earliest day.</param>
internal readonly record struct Gathered(Depth? Deepest, DateOnly? Earliest, DateOnly? FirstLatest, DateOnly? Latest, DateOnly? LatestFrom)
{
    public bool Any => Latest is not null;

    /// <summary>Whether some of these are later, by latest day and strictly, than every one of the others.</summary>
    public bool SomeLaterThanEvery(Gathered others) => Latest > others.Latest;

    public Gathered With(Finding finding) => new(
        finding.Depth < Deepest ? Deepest : finding.Depth,
        finding.Earliest > Earliest ? Earliest : finding.Earliest,
        finding.Latest > FirstLatest ? FirstLatest : finding.Latest,
        finding.Latest < Latest ? Latest : finding.Latest,
        finding.Latest < Latest || (finding.Latest == Latest && finding.Earliest < LatestFrom) ? LatestFrom : finding.Earliest);
}
