using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tracker.Agendas;

namespace Tracker.Status;

/// <summary>What the rule says of one commitment, and why: a board entry without the commitment's own words.</summary>
/// <param name="Status">The row of the rule that held.</param>
/// <param name="ConcreteSinceBaseline">Whether anything in the window advances it at or above the bar.</param>
/// <param name="Recently">The status by what is not yet stale; for a continuing commitment only.</param>
/// <param name="Flags">What stands beside the status.</param>
/// <param name="Evidence">How much is in the window, by depth.</param>
/// <param name="FirstConcreteOn">The first day on which concrete action can have begun.</param>
/// <param name="LatestConcreteOn">The last day of the latest concrete action.</param>
/// <param name="LatestActivityOn">The last day of the latest activity in the window, whatever its direction.</param>
/// <param name="Because">What the status rests on.</param>
/// <param name="ByParty">The same rule over what each party of the commitment did, by code in ordinal order.</param>
public sealed record Verdict(
    CommitmentStatus Status,
    bool ConcreteSinceBaseline,
    Recently? Recently,
    Flags Flags,
    EvidenceCounts Evidence,
    DateOnly? FirstConcreteOn,
    DateOnly? LatestConcreteOn,
    DateOnly? LatestActivityOn,
    Because Because,
    ImmutableSortedDictionary<string, PartyVerdict> ByParty)
{
    /// <summary>How many of the commitment's parties have taken concrete action.</summary>
    [JsonIgnore]
    public PartyCounts PartyCounts => new(ByParty.Count, ByParty.Count(x => x.Value.ConcreteSinceBaseline));

    /// <summary>The days that are said beside it; boards and issued reports do not tell them as data. Null in what was read back.</summary>
    [JsonIgnore]
    public VerdictDays? Days { get; init; }

    // Read back from JSON it would be in the order of whatever culture the server has.
    public ImmutableSortedDictionary<string, PartyVerdict> ByParty { get; init; } = ByParty.WithComparers(StringComparer.Ordinal);
}

/// <summary>The status over the codebook's last stale-after days only, so that one old act does not decide for ever.</summary>
/// <param name="After">The day after which evidence counts.</param>
/// <param name="Status">The row of the rule that held.</param>
public sealed record Recently(DateOnly After, CommitmentStatus Status);

/// <summary>What stands beside a status.</summary>
/// <param name="Overdue">The due date has passed and it is not delivered.</param>
/// <param name="Late">It was delivered, first after its due date.</param>
/// <param name="Stale">It is continuing, and nothing has advanced it for more than the codebook's stale-after days.</param>
/// <param name="PendingReview">How many pieces of evidence wait for a reviewer, whatever their dates.</param>
public sealed record Flags(bool Overdue, bool Late, bool Stale, int PendingReview);

/// <summary>How much evidence is in the window: by depth what advances or reaffirms, and apart from it what undercuts.</summary>
public sealed record EvidenceCounts(int Words, int Contact, int Mechanism, int Measure, int Delivered, int Undercutting);

/// <summary>What a status rests on. Lists hold the evidence's ids in ordinal order.</summary>
/// <param name="Rule">The name of the rule.</param>
/// <param name="Row">The row of the rule that held.</param>
/// <param name="Bar">The depth from which action was concrete.</param>
/// <param name="After">Evidence counts from the day after this one.</param>
/// <param name="Through">Evidence counts through this day.</param>
/// <param name="Concrete">What advances, at or above the bar.</param>
/// <param name="Undercutting">What undercuts, at or above the bar.</param>
/// <param name="Deepest">What lies deepest of everything in the window, whatever its direction.</param>
/// <param name="Straddling">What may lie in the window but is left out, because its dates reach over an edge.</param>
/// <param name="LastSearchedThrough">The last day in the window through which someone searched.</param>
public sealed record Because(
    string Rule,
    CommitmentStatus Row,
    Depth Bar,
    DateOnly After,
    DateOnly Through,
    ImmutableArray<string> Concrete,
    ImmutableArray<string> Undercutting,
    ImmutableArray<string> Deepest,
    ImmutableArray<string> Straddling,
    DateOnly? LastSearchedThrough);

/// <summary>What the rule says of one party's part in a commitment.</summary>
/// <param name="Status">The row of the rule that held.</param>
/// <param name="ConcreteSinceBaseline">Whether this party took concrete action in the window.</param>
/// <param name="Because">What the status rests on.</param>
public sealed record PartyVerdict(CommitmentStatus Status, bool ConcreteSinceBaseline, Because Because)
{
    /// <summary>How much evidence of this party's action is in the window, by depth. A matrix tells it; boards and issued reports do not.</summary>
    [JsonIgnore]
    public EvidenceCounts Evidence { get; init; } = new(0, 0, 0, 0, 0, 0);

    /// <summary>Whether this party's action delivered what was promised, whatever came after. Sentences say it; boards and issued reports do not.</summary>
    [JsonIgnore]
    public bool Delivered { get; init; }
}
