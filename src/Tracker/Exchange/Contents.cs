using System.Text.Json;
using System.Text.Json.Nodes;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Evidence;
using Tracker.Recording;
using Tracker.Sources;

namespace Tracker.Exchange;

/// <summary>
/// The facts that the items of a bundle state. What was taken back may name what was taken back too, and what no longer counts may name
/// parties that have been corrected away since: a bundle is the record as it stands, not as it could be entered today.
/// </summary>
/// <param name="PartiesOf">The parties that took part in an activity, or anyone; null where there is no such activity.</param>
internal sealed record Contents(
    Agenda Agenda, DateOnly Today, Predicate<string> IsSource, Predicate<string> IsCommitment, Func<string, IEnumerable<string>?> PartiesOf)
{
    /// <summary>Whoever is named: for an activity whose parties could not be read. Known by itself, for an empty list is nobody.</summary>
    public static IEnumerable<string> Anyone { get; } = new[] { "anyone" };

    /// <summary>Whether it is known who the agenda's parties are; else whoever is named may be one.</summary>
    public bool KnowsParties { get; init; } = true;

    /// <summary>The rationale of a review of which a bundle says no more than its outcome.</summary>
    private const string NoRationale = "Imported so; the bundle gives no rationale of a review.";

    /// <summary>What stands for a thing of which it is only known that it is there.</summary>
    private static readonly Source SomeSource = new("some", default, default, "", "", null, null, null, null, null, null);

    private Source? FindSource(string name) => IsSource(name) ? SomeSource with { Slug = name } : null;

    private static Activity SomeActivity(string name, IEnumerable<string> parties) =>
        new(name, default, "", default, null, null, [.. parties.Select(x => new Participant(x, x, null))], [], [], []);

    public object[] Of(BundledSource x, Problems at)
    {
        var recorded = x.AsCommand().Read(at, Today);
        return Reason(x.Withdrawal, at) is { } reason ? [recorded, new SourceWithdrawn(reason)] : [recorded];
    }

    public static object[] Of(BundledMilestone x, Problems at)
    {
        var added = x.AsCommand().Read(at);
        return Reason(x.Withdrawal, at) is { } reason ? [added, new MilestoneWithdrawn(x.Slug, reason)] : [added];
    }

    public object[] Of(BundledCommitment x, Problems at)
    {
        var made = x.AsCommand().Read(at, Of(x.Parties.Concat(x.Clauses.Select(y => y.Party))), FindSource, Today);
        return Reason(x.Withdrawal, at) is { } reason ? [made, new CommitmentWithdrawn(reason)] : [made];
    }

    public object[] Of(BundledActivity x, Problems at)
    {
        var recorded = x.AsCommand().Read(at, Of(x.Participants.Select(y => y.Party).OfType<string>()), FindSource, Today);
        return Reason(x.Withdrawal, at) is { } reason ? [recorded, new ActivityWithdrawn(reason)] : [recorded];
    }

    public object[] Of(BundledSearch x, Problems at)
    {
        at.Name("key", x.Key);
        var recorded = x.AsCommand().Read(at, x.Key, Today);
        return Reason(x.AsTaken().Withdrawal, at) is { } reason ? [recorded, new SearchWithdrawn(x.Key, reason)] : [recorded];
    }

    public object[] Of(BundledEvidence x, Problems at)
    {
        if (!IsCommitment(x.Commitment)) at.Add("commitment", "unknown-commitment", $"The agenda has no commitment '{x.Commitment}'.");
        var state = at.Word<EvidenceState>("state", x.State);
        var counts = state is EvidenceState.Accepted;
        var proposed = x.AsCommand().Read(at, x.Commitment, Of(x.Parties),
            name => PartiesOf(name) is { } parties ? SomeActivity(name, counts && !ReferenceEquals(parties, Anyone) ? parties : x.Parties) : null, FindSource, at.OptionalText("coder", x.Coder));
        if (!Words.TryParse<EvidenceState>(x.State, out _)) return [proposed];
        var review = Reviewed(x, state, at.At("review"));
        var reason = Reason(x.Withdrawal, at);
        if (reason is null && state is EvidenceState.Retracted) at.Add("withdrawal.reason", "bad-state", "What is retracted says why.");
        else if (reason is not null && state is not EvidenceState.Retracted) at.Add("withdrawal", "bad-state", $"What is {x.State} has no withdrawal; what has one is retracted.");
        return state switch
        {
            EvidenceState.Accepted => [proposed, review],
            EvidenceState.Rejected => [proposed, review],
            EvidenceState.Retracted => [proposed, review, new EvidenceRetracted(reason ?? "")],
            _ => [proposed],
        };
    }

    private static object Reviewed(BundledEvidence x, EvidenceState state, Problems at)
    {
        var rationale = at.OptionalText("rationale", x.Review?.Rationale) ?? NoRationale;
        var reviewer = at.OptionalText("reviewer", x.Review?.Reviewer);
        if (x.Review is { } review)
        {
            var decision = at.Word<ReviewDecision>("decision", review.Decision);
            if (!Words.TryParse<ReviewDecision>(review.Decision, out _)) return new EvidenceAccepted(rationale, reviewer, null);
            if (state is EvidenceState.Proposed || decision is ReviewDecision.Accept == state is EvidenceState.Rejected)
                at.Add("decision", "bad-decision", $"The review says {review.Decision}, and the evidence is {x.State}.");
        }

        DateTimeOffset? when = null;
        if (x.Review?.At is { } text)
        {
            if (Instants.TryParse(text, out var instant))
            {
                if (at.IsYear("at", text, instant.Year)) when = instant;
            }
            else at.Add("at", "bad-date", "'at' must be an RFC 3339 instant, such as 2023-01-31T09:30:00Z.");
        }

        return state is EvidenceState.Rejected ? new EvidenceRejected(rationale, reviewer, when) : new EvidenceAccepted(rationale, reviewer, when);
    }

    /// <summary>The agenda, or one of whoever is named.</summary>
    private Agenda Of(IEnumerable<string> named) => KnowsParties ? Agenda : Agenda with { Parties = [.. named.Select(x => new Party(x, x))] };

    private static string? Reason(BundledWithdrawal? withdrawal, Problems at) => withdrawal is null ? null : at.At("withdrawal").Text("reason", withdrawal.Reason);
}

/// <summary>
/// The members in which two states differ, as far as a bundle says them: not when a thing was recorded or by whom, nor its parts that are items of
/// their own.
/// </summary>
internal static class Difference
{
    public static string[] Of(Agenda x, Agenda y) => Between(Bare(x), Bare(y));

    public static string[] Of(Source x, Source y) => Between(x with { Withdrawal = Bare(x.Withdrawal) }, y with { Withdrawal = Bare(y.Withdrawal) });

    public static string[] Of(Commitment x, Commitment y) => Between(Bare(x), Bare(y));

    public static string[] Of(Activity x, Activity y) => Between(x with { Withdrawal = Bare(x.Withdrawal) }, y with { Withdrawal = Bare(y.Withdrawal) });

    /// <summary>Who coded, who reviewed and when counts where the bundle says it.</summary>
    public static string[] Of(Evidence.Evidence x, Evidence.Evidence y, BundledEvidence stated) => Between(Bare(x, stated), Bare(y, stated));

    public static string[] Of(Search there, BundledSearch stated) =>
        Between(BundledSearch.Of("", there), stated with { Commitment = "" });

    private static Agenda Bare(Agenda x) => x with { Milestones = [], Coverage = [] };
    public static string[] Of(Milestone x, Milestone y) => Between(x with { Withdrawal = Bare(x.Withdrawal) }, y with { Withdrawal = Bare(y.Withdrawal) });


    private static Commitment Bare(Commitment x) => x with { Searches = [], Withdrawal = Bare(x.Withdrawal) };

    private static Evidence.Evidence Bare(Evidence.Evidence x, BundledEvidence stated) => x with
    {
        ProposedAt = default,
        Coder = stated.Coder is null ? "" : x.Coder,
        Review = x.Review is { } review
            ? review with { At = stated.Review?.At is null ? default : review.At, Reviewer = stated.Review?.Reviewer is null ? "" : review.Reviewer }
            : null,
        Withdrawal = Bare(x.Withdrawal),
    };

    private static Withdrawal? Bare(Withdrawal? x) => x is null ? null : x with { By = "", At = default };

    private static string[] Between<T>(T x, T y)
    {
        if (WireJson.Bytes(x).AsSpan().SequenceEqual(WireJson.Bytes(y))) return [];
        var (was, now) = (Said(x), Said(y));
        return [.. now.Where(said => !JsonNode.DeepEquals(was[said.Key], said.Value)).Select(said => said.Key)];
    }

    private static JsonObject Said<T>(T of) => JsonSerializer.SerializeToNode(of, WireJson.Options)!.AsObject();
}
