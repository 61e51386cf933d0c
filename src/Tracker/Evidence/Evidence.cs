using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Recording;
using Tracker.Sources;

namespace Tracker.Evidence;

/// <summary>A coder's judgement that an activity bears on a commitment, and what became of it.</summary>
/// <param name="Depth">What the activity did for this commitment.</param>
/// <param name="Parties">Whose action it was; all among the activity's participants' parties.</param>
/// <param name="Coder">Who judged: a principal id, or whom an imported bundle names.</param>
/// <param name="Withdrawal">Where it was retracted: by whom, and why.</param>
/// <param name="ImportedBy">Who brought it in, where a bundle names its coder: nobody reviews what they brought in.</param>
public sealed record Evidence(
    string Id,
    string Commitment,
    string Activity,
    Depth Depth,
    Direction Direction,
    ImmutableArray<string> Parties,
    string Rationale,
    ImmutableArray<Citation> Citations,
    EvidenceState State,
    string Coder,
    Review? Review,
    DateTimeOffset ProposedAt,
    Withdrawal? Withdrawal = null,
    string? ImportedBy = null) : IFolded<Evidence>, IResting
{
    public static string Kind => "evidence";

    [JsonIgnore]
    public long Version { get; init; }

    /// <summary>The texts that were taken out of it; absent where none was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<Redaction> Redactions { get; init; }

    /// <summary>Where its activity was withdrawn: then it does not count, whatever its state. Told where it is read; absent where its activity stands.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Withdrawal? ActivityWithdrawal { get; init; }

    bool IResting.Counts => State is EvidenceState.Accepted;

    /// <summary>What it is on and of, and what it cites.</summary>
    public IEnumerable<StreamKey> Basis(string agenda) =>
    [
        StreamKey.Of<Commitment>(agenda, Commitment), StreamKey.Of<Activity>(agenda, Activity), .. Citations.Select(x => StreamKey.Of<Source>(agenda, x.Source)),
    ];

    /// <summary>Who judged and reviewed it: principal ids.</summary>
    [JsonIgnore]
    public IEnumerable<string> People => Review is { } review ? [Coder, review.Reviewer] : [Coder];

    /// <summary>Whether it is the caller's own: who judged, or brought it in.</summary>
    public bool IsOwn(Caller caller) => caller.Is(Coder) || (ImportedBy is { } importer && caller.Is(importer));

    /// <summary>What keeps the caller from changing this judgement: it takes a second person where accepting it did.</summary>
    internal Refusal? WhyNotChanged(Agenda agenda, Caller caller) => State switch
    {
        not EvidenceState.Accepted => Refuse.Conflict("not-accepted", $"This evidence is {Words.Text(State)}: only accepted evidence is recoded or retracted."),
        _ when agenda.Codebook.Review is ReviewPolicy.None => null,
        _ when IsOwn(caller) => Refuse.As("own-evidence", "A coder cannot recode or retract their own evidence."),
        _ when !caller.May(Right.Review, agenda.Slug) => new Refusal(403, "forbidden", "Evidence of this agenda is recoded and retracted by a reviewer."),
        _ => null,
    };

    // What a bundle brings is judged and decided in one recording; so is what an agenda without a second reviewer accepts as coded.
    private Reviewed WhereReviewed(string? reviewer, DateTimeOffset? at, string rationale, Stamp stamp) =>
        reviewer is not null || at is not null || (ProposedAt == stamp.At && rationale != ProposeEvidenceEndpoint.AcceptedAsCoded) ? Reviewed.Stated : Reviewed.Here;

    public static Evidence Fold(Evidence? state, object happened, Stamp stamp) => (state, happened) switch
    {
        (null, EvidenceProposed e) => new Evidence(stamp.Name, e.Commitment, e.Activity, e.Depth, e.Direction, e.Parties, e.Rationale, e.Citations,
            EvidenceState.Proposed, e.Coder ?? stamp.By, null, stamp.At, ImportedBy: e.Coder is null ? null : stamp.By)
        { Version = 1 },
        ({ } it, EvidenceAccepted e) => it with
        {
            State = EvidenceState.Accepted,
            Review = new Review(ReviewDecision.Accept, e.Rationale, e.Reviewer ?? stamp.By, e.ReviewedAt ?? stamp.At, it.WhereReviewed(e.Reviewer, e.ReviewedAt, e.Rationale, stamp)) { RestedOn = e.RestedOn ?? default },
            Version = stamp.Version,
        },
        ({ } it, EvidenceRejected e) => it with
        {
            State = EvidenceState.Rejected,
            Review = new Review(ReviewDecision.Reject, e.Rationale, e.Reviewer ?? stamp.By, e.ReviewedAt ?? stamp.At, it.WhereReviewed(e.Reviewer, e.ReviewedAt, e.Rationale, stamp)) { RestedOn = e.RestedOn ?? default },
            Version = stamp.Version,
        },
        ({ } it, EvidenceRecoded e) => it with
        {
            Depth = e.Depth,
            Direction = e.Direction,
            Parties = e.Parties,
            Rationale = e.Rationale,
            Citations = e.Citations,
            Version = stamp.Version,
        },
        ({ } it, EvidenceRetracted e) => it with
        {
            State = EvidenceState.Retracted,
            Withdrawal = Withdrawal.Of(e.Reason, stamp),
            Version = stamp.Version,
        },
        ({ } it, TextRedacted e) => it with { Redactions = Redaction.After(it.Redactions, e, stamp), Version = stamp.Version },
        _ => throw UnknownEventException.For<Evidence>(happened),
    };
}

/// <summary>Where it stands written: a source of the agenda, and its words.</summary>
public sealed record Citation(string Source, string? Quote);

/// <summary>What a second person decided of a piece of evidence, and why.</summary>
/// <param name="Reviewed">Whether they decided it here, or a bundle only states so.</param>
public sealed record Review(ReviewDecision Decision, string Rationale, string Reviewer, DateTimeOffset At, Reviewed Reviewed = Reviewed.Here)
{
    /// <summary>What the evidence rested on when it was reviewed, and by which recordings it was so; absent where nobody reviewed it here, or before that was recorded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<RestedOn> RestedOn { get; init; }
}

/// <summary>How it is known that evidence was reviewed.</summary>
public enum Reviewed
{
    /// <summary>It was decided in this record: by whoever reviewed it, or as coded where the codebook asks for no review.</summary>
    Here,

    /// <summary>An imported bundle states it.</summary>
    Stated,
}

public enum ReviewDecision
{
    Accept,
    Reject,
}

/// <param name="Coder">Whom an imported bundle names as its coder; else its recorder is.</param>
public sealed record EvidenceProposed(
    string Commitment,
    string Activity,
    Depth Depth,
    Direction Direction,
    ImmutableArray<string> Parties,
    string Rationale,
    ImmutableArray<Citation> Citations,
    string? Coder = null);

/// <param name="Reviewer">Whom an imported bundle names as its reviewer; else its recorder is.</param>
/// <param name="ReviewedAt">When that was, by an imported bundle's own statement; else when it was recorded.</param>
public sealed record EvidenceAccepted(string Rationale, string? Reviewer = null, DateTimeOffset? ReviewedAt = null)
{
    /// <summary>What the evidence rested on when it was reviewed, and by which recordings it was so; absent where nobody reviewed it here.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<RestedOn>? RestedOn { get; init; }
}

/// <param name="Reviewer">Whom an imported bundle names as its reviewer; else its recorder is.</param>
/// <param name="ReviewedAt">When that was, by an imported bundle's own statement; else when it was recorded.</param>
public sealed record EvidenceRejected(string Rationale, string? Reviewer = null, DateTimeOffset? ReviewedAt = null)
{
    /// <inheritdoc cref="EvidenceAccepted.RestedOn"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<RestedOn>? RestedOn { get; init; }
}

/// <summary>The judgement of accepted evidence was wrong: all of it, as it is from now on.</summary>
/// <param name="Reason">Why, in the words of whoever recoded it.</param>
public sealed record EvidenceRecoded(
    Depth Depth,
    Direction Direction,
    ImmutableArray<string> Parties,
    string Rationale,
    ImmutableArray<Citation> Citations,
    string Reason);

/// <param name="Reason">Why, in the words of whoever retracted it.</param>
public sealed record EvidenceRetracted(string Reason);
