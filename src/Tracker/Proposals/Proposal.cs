using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tracker.Activities;
using Tracker.Commitments;
using Tracker.Evidence;
using Tracker.Recording;

namespace Tracker.Proposals;

/// <summary>A change that would move accepted evidence: nothing moves until a reviewer other than its author accepts it.</summary>
/// <param name="Activity">The activity it would change; null where it is a commitment.</param>
/// <param name="Commitment">The commitment it would change; null where it is an activity.</param>
/// <param name="Reason">Why, in the words of whoever proposed it.</param>
/// <param name="OfVersion">The version of the thing that it would change.</param>
/// <param name="ActivityAs">The activity as it would be said to be; null for all but a correction of one.</param>
/// <param name="CommitmentAs">The commitment as it would be said to be; null for all but a correction of one.</param>
/// <param name="By">Who proposed it: a principal id, or whom an imported bundle names.</param>
/// <param name="ProposedIn">The position of the recording that proposed it.</param>
/// <param name="ImportedBy">Who imported it, where a bundle names its author.</param>
/// <param name="Review">What a second person decided of it; null while it waits.</param>
public sealed record Proposal(
    string Id,
    ProposedChange Change,
    string? Activity,
    string? Commitment,
    string Reason,
    ProposalState State,
    long OfVersion,
    ActivityCorrected? ActivityAs,
    CommitmentCorrected? CommitmentAs,
    string By,
    DateTimeOffset ProposedAt,
    long ProposedIn,
    string? ImportedBy = null,
    ProposalReview? Review = null) : IFolded<Proposal>
{
    public static string Kind => Waits.Kind;

    [JsonIgnore]
    public long Version { get; init; }

    /// <summary>The texts that were taken out of it; absent where none was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<Redaction> Redactions { get; init; }

    /// <summary>What it would change, as a stream of an agenda.</summary>
    public StreamKey ThingOn(string agenda) => Activity is { } activity ? StreamKey.Of<Activity>(agenda, activity) : StreamKey.Of<Commitment>(agenda, Commitment!);

    /// <summary>Whether it is the caller's own: who proposed it, or brought it in.</summary>
    public bool IsOwn(Caller caller) => caller.Is(By) || (ImportedBy is { } importer && caller.Is(importer));

    public static Proposal Fold(Proposal? state, object happened, Stamp stamp) => (state, happened) switch
    {
        (null, ActivityCorrectionProposed e) => Of(ProposedChange.Correction, e.Correction.Reason, e.Version, e.By, stamp) with { Activity = e.Activity, ActivityAs = e.Correction },
        (null, ActivityWithdrawalProposed e) => Of(ProposedChange.Withdrawal, e.Reason, e.Version, e.By, stamp) with { Activity = e.Activity },
        (null, CommitmentCorrectionProposed e) => Of(ProposedChange.Correction, e.Correction.Reason, e.Version, e.By, stamp) with { Commitment = e.Commitment, CommitmentAs = e.Correction },
        (null, CommitmentWithdrawalProposed e) => Of(ProposedChange.Withdrawal, e.Reason, e.Version, e.By, stamp) with { Commitment = e.Commitment },
        ({ } it, ProposalAccepted e) => it.Reviewed(ProposalState.Accepted, ReviewDecision.Accept, e.Reason, stamp),
        ({ } it, ProposalRejected e) => it.Reviewed(ProposalState.Rejected, ReviewDecision.Reject, e.Reason, stamp),
        ({ } it, TextRedacted e) => it with { Redactions = Redaction.After(it.Redactions, e, stamp), Version = stamp.Version },
        _ => throw UnknownEventException.For<Proposal>(happened),
    };

    private static Proposal Of(ProposedChange change, string reason, long version, string? by, Stamp stamp) =>
        new(stamp.Name, change, null, null, reason, ProposalState.Waiting, version, null, null, by ?? stamp.By, stamp.At, stamp.Position, by is null ? null : stamp.By) { Version = 1 };

    private Proposal Reviewed(ProposalState state, ReviewDecision decision, string? reason, Stamp stamp) =>
        this with { State = state, Review = new ProposalReview(decision, reason, stamp.By, stamp.At), Version = stamp.Version };
}

/// <summary>What a proposal would do.</summary>
public enum ProposedChange
{
    /// <summary>Put it right.</summary>
    Correction,

    /// <summary>Take it back: it would stay in the record, and count no more.</summary>
    Withdrawal,
}

/// <summary>Where a proposal stands. Nothing has moved unless it was accepted.</summary>
public enum ProposalState
{
    Waiting,
    Accepted,
    Rejected,
}

/// <summary>What a second person decided of a proposal, and why.</summary>
public sealed record ProposalReview(ReviewDecision Decision, string? Reason, string Reviewer, DateTimeOffset At);

/// <summary>The change was agreed to; it is recorded with this, on what it changes.</summary>
/// <param name="Reason">Why, in the words of whoever accepted it, where they gave any.</param>
public sealed record ProposalAccepted(string? Reason);

/// <param name="Reason">Why, in the words of whoever rejected it.</param>
public sealed record ProposalRejected(string Reason);
