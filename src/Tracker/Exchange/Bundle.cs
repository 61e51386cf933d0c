using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Evidence;
using Tracker.Proposals;
using Tracker.Recording;
using Tracker.Sources;

namespace Tracker.Exchange;

/// <summary>
/// An agenda's record as it stands, each item in the shape of its command: what is exported, what is imported, what a seed is. Its JSON
/// Schema is at <c>/schemas/tracker-bundle-1.json</c>.
/// </summary>
[AnsweredAsTaken]
public sealed record Bundle(
    string Format,
    BundledAgenda Agenda,
    BundledSource[] Sources,
    BundledCommitment[] Commitments,
    BundledActivity[] Activities,
    BundledEvidence[] Evidence,
    BundledSearch[] Searches,
    BundledCoverage[]? Coverage = null,
    BundledProposal[]? Proposals = null)
{
    public const string Format1 = "tracker-bundle/1";

    /// <summary>How a bundle is written: what is absent is left out.</summary>
    public static JsonSerializerOptions Written { get; } = new(WireJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>A list that says nothing where it is empty.</summary>
    internal static T[]? Some<T>(IEnumerable<T> items) => items.ToArray() is { Length: > 0 } some ? some : null;
}

/// <summary>An agenda in a bundle: its command, and its milestones.</summary>
public sealed record BundledAgenda(
    string Slug,
    string Title,
    PartyNamed[] Parties,
    OpenAgenda.BaselineNamed Baseline,
    OpenAgenda.CodebookChosen? Codebook = null,
    string? Summary = null,
    BundledMilestone[]? Milestones = null,
    string? Visibility = null,
    BundledRedaction[]? Redactions = null)
{
    public OpenAgenda AsCommand() => new(Slug, Title, Parties, Baseline, Codebook, Summary, Visibility);

    public static BundledAgenda Of(Agenda x) => new(
        x.Slug, x.Title, [.. x.Parties.Select(y => new PartyNamed(y.Code, y.Name, Day(y.JoinedOn), Day(y.LeftOn)))],
        new(x.Baseline.Name, Days.Text(x.Baseline.Date), x.Baseline.Place),
        new(x.Codebook.Version, Words.Text(x.Codebook.Bar), x.Codebook.StaleAfterDays, x.Codebook.CoverageDays, Words.Text(x.Codebook.Review)),
        x.Summary, Bundle.Some(x.Milestones.Select(BundledMilestone.Of)), Words.Text(x.Visibility),
        BundledRedaction.Of(x.Redactions));

    private static string? Day(DateOnly? day) => day is { } it ? Days.Text(it) : null;
}

/// <summary>A milestone in a bundle: its command, and its withdrawal where it was withdrawn.</summary>
public sealed record BundledMilestone(string Slug, string Name, string Date, BundledWithdrawal? Withdrawal = null)
{
    public AddMilestone AsCommand() => new(Slug, Name, Date);

    public static BundledMilestone Of(Milestone x) => new(x.Slug, x.Name, Days.Text(x.Date), BundledWithdrawal.Of(x.Withdrawal));
}

/// <summary>A statement of coverage in a bundle: its command, with the name it is known by.</summary>
public sealed record BundledCoverage(string Through, string? Key = null, string[]? Places = null, string? Note = null, BundledWithdrawal? Withdrawal = null)
{
    public StateCoverage AsCommand() => new(Through, Places, Note);

    public static BundledCoverage From(CoverageStatement x) => new(Days.Text(x.Through), x.Id, Bundle.Some(x.Places), x.Note, BundledWithdrawal.Of(x.Withdrawal));
}

/// <summary>Why a thing in a bundle was taken back.</summary>
public sealed record BundledWithdrawal(string Reason)
{
    public static BundledWithdrawal? Of(Withdrawal? x) => x is null ? null : new(x.Reason);
}

/// <summary>That a text of a thing in a bundle was taken out of the record: the mark, and the reason within it, stand where it stood.</summary>
/// <param name="Member">Where it stood.</param>
public sealed record BundledRedaction(string Member, string Reason)
{
    /// <summary>Those that a bundle can say: it has no history, whose reasons may be redacted too.</summary>
    public static BundledRedaction[]? Of(ImmutableArray<Redaction> redactions) =>
        redactions.IsDefault ? null : Bundle.Some(redactions.Where(x => !x.Member.StartsWith("history[", StringComparison.Ordinal)).Select(x => new BundledRedaction(x.Member, x.Reason)));
}

/// <summary>A published account in a bundle: its command, and its withdrawal where it was withdrawn.</summary>
public sealed record BundledSource(
    string Slug,
    string Kind,
    string Tier,
    string Issuer,
    string Title,
    string? Publisher = null,
    string? Url = null,
    string? ArchiveUrl = null,
    string? PublishedOn = null,
    string? Language = null,
    string? Sha256 = null,
    BundledWithdrawal? Withdrawal = null,
    BundledRedaction[]? Redactions = null)
{
    public RecordSource AsCommand() => new(Slug, Kind, Tier, Issuer, Title, Publisher, Url, ArchiveUrl, PublishedOn, Language, Sha256);

    public static BundledSource Of(Source x) => new(
        x.Slug, Words.Text(x.Kind), Words.Text(x.Tier), x.Issuer, x.Title, x.Publisher, x.Url, x.ArchiveUrl,
        x.PublishedOn is { } day ? Days.Text(day) : null, x.Language, x.Sha256, BundledWithdrawal.Of(x.Withdrawal), BundledRedaction.Of(x.Redactions));
}

/// <summary>A promise in a bundle: its command, and its withdrawal where it was withdrawn. Its clauses are numbered in this order.</summary>
public sealed record BundledCommitment(
    string Slug,
    string Title,
    string Type,
    string MadeOn,
    string[] Parties,
    ClauseGiven[] Clauses,
    string? Criteria = null,
    string? Bar = null,
    string? DueOn = null,
    string[]? Tags = null,
    BundledWithdrawal? Withdrawal = null,
    BundledRedaction[]? Redactions = null)
{
    public RecordCommitment AsCommand() => new(Slug, Title, Type, MadeOn, Parties, Clauses, Criteria, Bar, DueOn, Tags);

    public static BundledCommitment Of(Commitment x) => new(
        x.Slug, x.Title, Words.Text(x.Type), Days.Text(x.MadeOn), [.. x.Parties],
        [.. x.Clauses.Select(y => new ClauseGiven(y.Party, y.Source, y.Quote, y.Language, y.Translation, y.Note))],
        x.Criteria, x.Bar is { } bar ? Words.Text(bar) : null, x.DueOn?.Text, Bundle.Some(x.Tags), BundledWithdrawal.Of(x.Withdrawal), BundledRedaction.Of(x.Redactions));
}

/// <summary>Something that happened, in a bundle: its command, and its withdrawal where it was withdrawn.</summary>
public sealed record BundledActivity(
    string Slug,
    string Kind,
    string Title,
    string Occurred,
    RecordActivity.ParticipantNamed[] Participants,
    string[] Sources,
    string? Summary = null,
    string? Place = null,
    RecordActivity.AccountGiven[]? Accounts = null,
    string[]? Tags = null,
    BundledWithdrawal? Withdrawal = null,
    BundledRedaction[]? Redactions = null)
{
    public RecordActivity AsCommand() => new(Slug, Kind, Title, Occurred, Participants, Sources, Summary, Place, Accounts, Tags);

    public static BundledActivity Of(Activity x) => new(
        x.Slug, Words.Text(x.Kind), x.Title, x.Occurred.Text,
        [.. x.Participants.Select(y => new RecordActivity.ParticipantNamed(y.Name, y.Party, y.Role))],
        [.. x.Sources], x.Summary, x.Place,
        Bundle.Some(x.Accounts.Select(y => new RecordActivity.AccountGiven(y.Source, y.Quote, y.Occurred?.Text, y.Place, y.Note))),
        Bundle.Some(x.Tags), BundledWithdrawal.Of(x.Withdrawal), BundledRedaction.Of(x.Redactions));
}

/// <summary>A piece of evidence in a bundle: its command, the commitment it is on, and what became of it.</summary>
/// <param name="Coder">Who judged, by the bundle's own statement; the recorder is whoever imports.</param>
/// <param name="Review">What was decided, by whom, by the bundle's own statement.</param>
/// <param name="Withdrawal">Why it was retracted, where it was.</param>
public sealed record BundledEvidence(
    string Key,
    string Commitment,
    string Activity,
    string Depth,
    string Direction,
    string[] Parties,
    string Rationale,
    string State,
    CitationGiven[]? Citations = null,
    string? Coder = null,
    BundledReview? Review = null,
    BundledWithdrawal? Withdrawal = null,
    BundledRedaction[]? Redactions = null)
{
    public ProposeEvidence AsCommand() => new(Activity, Depth, Direction, Parties, Rationale, Key, Citations);

    public static BundledEvidence Of(Evidence.Evidence x) => new(
        x.Id, x.Commitment, x.Activity, Words.Text(x.Depth), Words.Text(x.Direction), [.. x.Parties], x.Rationale, Words.Text(x.State),
        Bundle.Some(x.Citations.Select(y => new CitationGiven(y.Source, y.Quote))), Told(x.Coder),
        x.Review is { } review ? new(Words.Text(review.Decision), review.Rationale, Told(review.Reviewer), Instants.Text(review.At)) : null,
        BundledWithdrawal.Of(x.Withdrawal), BundledRedaction.Of(x.Redactions));

    // Who it was is not told to everybody.
    private static string? Told(string who) => who.Length == 0 ? null : who;
}

/// <summary>A review as a bundle states it.</summary>
public sealed record BundledReview(string Decision, string? Rationale = null, string? Reviewer = null, string? At = null);

/// <summary>A change that waits for a second person, in a bundle.</summary>
/// <param name="Change">A correction, or a withdrawal.</param>
/// <param name="Activity">The activity it would change; absent where it is a commitment.</param>
/// <param name="Commitment">The commitment it would change; absent where it is an activity.</param>
/// <param name="ActivityAs">The activity as it would be said to be, where that is a correction.</param>
/// <param name="CommitmentAs">The commitment as it would be said to be, without its clauses, where that is a correction.</param>
/// <param name="By">Who proposed it, by the bundle's own statement; whoever imports it counts as its author too.</param>
public sealed record BundledProposal(
    string Key,
    string Change,
    string Reason,
    string? Activity = null,
    string? Commitment = null,
    BundledActivity? ActivityAs = null,
    BundledCommitment? CommitmentAs = null,
    string? By = null)
{
    public static BundledProposal Of(Proposal x) => new(
        x.Id, Words.Text(x.Change), x.Reason, x.Activity, x.Commitment,
        x.ActivityAs is { } activity ? BundledActivity.Of(new Activity(x.Activity!, activity.Kind, activity.Title, activity.Occurred, activity.Summary, activity.Place,
            activity.Participants, activity.Sources, activity.Accounts, activity.Tags)) : null,
        x.CommitmentAs is { } it ? BundledCommitment.Of(new Commitment(x.Commitment!, it.Title, it.Type, it.MadeOn, it.Parties, it.Criteria, it.Bar, it.DueOn, it.Tags, [], [])) : null,
        x.By);
}

/// <summary>A search in a bundle, and its withdrawal where it was withdrawn.</summary>
public sealed record BundledSearch(
    string Key, string Commitment, string SearchedThrough, string[] Places, string? Note = null, BundledWithdrawal? Withdrawal = null)
{
    public RecordSearch AsCommand() => new(SearchedThrough, Places, Note);

    /// <summary>What becomes of it with the agenda that it opens: one from before it was asked where was looked is kept, withdrawn, and counts for nothing.</summary>
    public BundledSearch AsTaken() => Withdrawal is null && Places is { Length: 0 } ? this with { Withdrawal = new("It does not say where was looked.") } : this;

    public static BundledSearch Of(string commitment, Search x) =>
        new(x.Id, commitment, Days.Text(x.SearchedThrough), [.. x.Places], x.Note, BundledWithdrawal.Of(x.Withdrawal));
}
