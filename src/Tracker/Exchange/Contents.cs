using System.Text.Json;
using System.Text.Json.Nodes;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Evidence;
using Tracker.Proposals;
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

    /// <summary>The opaque id of whom a bundle names as coder or reviewer; the name itself where nobody is known by it yet.</summary>
    public Func<string, string> IdOf { get; init; } = name => name;

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
        return [recorded, .. Redacted(x.Redactions, at), .. Reason(x.Withdrawal, at) is { } reason ? [new SourceWithdrawn(reason)] : Array.Empty<object>()];
    }

    public static object[] Of(BundledMilestone x, Problems at)
    {
        var added = x.AsCommand().Read(at);
        return Reason(x.Withdrawal, at) is { } reason ? [added, new MilestoneWithdrawn(x.Slug, reason)] : [added];
    }

    public object[] Of(BundledCommitment x, Problems at)
    {
        var made = x.AsCommand().Read(at, Of(x.Parties.Concat(x.Clauses.Select(y => y.Party))), FindSource, Today);
        return [made, .. Redacted(x.Redactions, at), .. Reason(x.Withdrawal, at) is { } reason ? [new CommitmentWithdrawn(reason)] : Array.Empty<object>()];
    }

    public object[] Of(BundledActivity x, Problems at)
    {
        var recorded = x.AsCommand().Read(at, Of(x.Participants.Select(y => y.Party).OfType<string>()), FindSource, Today);
        return [recorded, .. Redacted(x.Redactions, at), .. Reason(x.Withdrawal, at) is { } reason ? [new ActivityWithdrawn(reason)] : Array.Empty<object>()];
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
            name => PartiesOf(name) is { } parties ? SomeActivity(name, counts && !ReferenceEquals(parties, Anyone) ? parties : x.Parties) : null, FindSource, Named("coder", x.Coder, at));
        var redacted = Redacted(x.Redactions, at);
        if (!Words.TryParse<EvidenceState>(x.State, out _)) return [proposed];
        var review = Reviewed(x, state, at.At("review"));
        var reason = Reason(x.Withdrawal, at);
        if (reason is null && state is EvidenceState.Retracted) at.Add("withdrawal.reason", "bad-state", "What is retracted says why.");
        else if (reason is not null && state is not EvidenceState.Retracted) at.Add("withdrawal", "bad-state", $"What is {x.State} has no withdrawal; what has one is retracted.");
        return state switch
        {
            EvidenceState.Accepted or EvidenceState.Rejected => [proposed, .. redacted, review],
            EvidenceState.Retracted => [proposed, .. redacted, review, new EvidenceRetracted(reason ?? "")],
            _ => [proposed, .. redacted],
        };
    }

    /// <param name="version">The version of the thing that it would change.</param>
    public object[] Of(BundledProposal x, Problems at, long version)
    {
        at.Name("key", x.Key);
        var change = at.Word<ProposedChange>("change", x.Change);
        var (reason, by) = (at.Text("reason", x.Reason), Named("by", x.By, at));
        if (x.Activity is null == x.Commitment is null) at.Add("", "bad-state", "A proposal names the activity or the commitment that it would change, and one of them.");
        if (x.Activity is { } activity && PartiesOf(activity) is null) at.Add("activity", "unknown-activity", $"The agenda has no activity '{activity}'.");
        if (x.Commitment is { } commitment && !IsCommitment(commitment)) at.Add("commitment", "unknown-commitment", $"The agenda has no commitment '{commitment}'.");
        if (change is ProposedChange.Correction && (x.Activity is null ? x.CommitmentAs is null : x.ActivityAs is null))
            at.Add("", "bad-state", "A proposed correction says what the thing would be said to be.");
        return change is ProposedChange.Withdrawal
            ? [x.Activity is not null ? new ActivityWithdrawalProposed(x.Activity, version, reason, by) : new CommitmentWithdrawalProposed(x.Commitment ?? "", version, reason, by)]
            : x.ActivityAs is { } it ? [new ActivityCorrectionProposed(x.Activity ?? "", version, Corrected(it, reason, at.At("activityAs")), by)]
            : x.CommitmentAs is { } said ? [new CommitmentCorrectionProposed(x.Commitment ?? "", version, Corrected(said, reason, at.At("commitmentAs")), by)]
            : [];
    }

    private ActivityCorrected Corrected(BundledActivity x, string reason, Problems at)
    {
        var it = x.AsCommand().Read(at, Of(x.Participants.Select(y => y.Party).OfType<string>()), FindSource, Today);
        return new(it.Kind, it.Title, it.Occurred, it.Summary, it.Place, it.Participants, it.Sources, it.Accounts, it.Tags, reason);
    }

    private CommitmentCorrected Corrected(BundledCommitment x, string reason, Problems at)
    {
        var it = x.AsCommand().Read(at, Of(x.Parties), FindSource, Today);
        return new(it.Title, it.Type, it.MadeOn, it.Parties, it.Criteria, it.Bar, it.DueOn, it.Tags, reason);
    }

    private object Reviewed(BundledEvidence x, EvidenceState state, Problems at)
    {
        var rationale = at.OptionalText("rationale", x.Review?.Rationale) ?? NoRationale;
        var reviewer = Named("reviewer", x.Review?.Reviewer, at);
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

    private string? Named(string member, string? who, Problems at) => at.OptionalText(member, who) is { } name ? IdOf(name) : null;

    /// <summary>The agenda, or one of whoever is named.</summary>
    private Agenda Of(IEnumerable<string> named) => KnowsParties ? Agenda : Agenda with { Parties = [.. named.Select(x => new Party(x, x))] };

    /// <summary>That texts of a thing were taken out of the record that the bundle is of.</summary>
    public static object[] Redacted(BundledRedaction[]? redactions, Problems at) =>
        [.. (redactions ?? []).Select((x, i) => new TextRedacted(at.At("redactions", i).Text("member", x.Member), at.At("redactions", i).Label("reason", x.Reason)))];

    private static string? Reason(BundledWithdrawal? withdrawal, Problems at) => withdrawal is null ? null : at.At("withdrawal").Text("reason", withdrawal.Reason);
}

/// <summary>
/// The members in which two states differ, as far as a bundle says them: not when a thing was recorded or by whom, nor its parts that are items of
/// their own.
/// </summary>
internal static class Difference
{
    public static string[] Of(Agenda x, Agenda y) => Between(Bare(x), Bare(y));

    public static string[] Of(Source x, Source y) => Between(Bare(x), Bare(y));

    public static string[] Of(Commitment x, Commitment y) => Between(Bare(x), Bare(y));

    public static string[] Of(Activity x, Activity y) => Between(Bare(x), Bare(y));

    /// <summary>Who coded, who reviewed and when counts where the bundle says it.</summary>
    /// <param name="idOf">The id of whom a bundle names. What was imported before there were such ids has the name itself.</param>
    public static string[] Of(Evidence.Evidence x, Evidence.Evidence y, BundledEvidence stated, Func<string, string> idOf) => Between(Bare(x, stated, idOf), Bare(y, stated, idOf));

    public static string[] Of(Search there, BundledSearch stated) =>
        Between(BundledSearch.Of("", there), stated with { Commitment = "" });

    // The texts themselves tell that they were redacted.
    private static Agenda Bare(Agenda x) => x with { Milestones = [], Coverage = [], Redactions = default };

    private static Source Bare(Source x) => x with { Withdrawal = Bare(x.Withdrawal), Redactions = default };

    private static Activity Bare(Activity x) => x with { Withdrawal = Bare(x.Withdrawal), Redactions = default };

    /// <summary>Who proposed it, of which version and when does not count, nor what became of it here.</summary>
    public static string[] Of(Proposal x, Proposal y) => Between(Bare(x), Bare(y));

    private static Proposal Bare(Proposal x) => x with { By = "", ImportedBy = null, ProposedAt = default, ProposedIn = 0, OfVersion = 0, State = ProposalState.Waiting, Review = null };

    public static string[] Of(Milestone x, Milestone y) => Between(x with { Withdrawal = Bare(x.Withdrawal) }, y with { Withdrawal = Bare(y.Withdrawal) });

    private static Commitment Bare(Commitment x) => x with { Searches = [], Withdrawal = Bare(x.Withdrawal), Redactions = default };

    private static string Whom(string here, string? stated, Func<string, string> idOf) => stated is null ? "" : here == stated ? idOf(stated) : here;

    private static Evidence.Evidence Bare(Evidence.Evidence x, BundledEvidence stated, Func<string, string> idOf) => x with
    {
        ProposedAt = default,
        ImportedBy = null,
        Redactions = default,
        Coder = Whom(x.Coder, stated.Coder, idOf),
        Review = x.Review is { } review
            ? review with { At = stated.Review?.At is null ? default : review.At, Reviewer = Whom(review.Reviewer, stated.Review?.Reviewer, idOf), Reviewed = default, RestedOn = default }
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
