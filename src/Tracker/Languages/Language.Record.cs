using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Evidence;
using Tracker.Recording;
using Tracker.Status;

namespace Tracker.Languages;

/// <content>
/// What boards, changes and histories say of themselves, in sentences. Issued reports hold the headline and the changes in English, and are made again
/// word for word: what must be said otherwise there needs a new template.
/// </content>
public partial class Language
{
    // The headline of a board
    public virtual string HeadlineBefore(string day, string since) => $"{day} lies before {since}; nothing is rated.";
    public virtual string Headline(int days, string since, int concrete, int all, IReadOnlyCollection<string> rest) =>
        $"In the {Number(days)} {(days == 1 ? "day" : "days")} since {since}, {Number(concrete)} of {Number(all)} {(all == 1 ? "commitment has" : "commitments have")} seen concrete action"
        + (rest.Count == 0 ? "." : $"; {string.Join(", ", rest)}.");
    public virtual string HeadlinePart(CommitmentStatus status, int count) => status switch
    {
        CommitmentStatus.Delivered => $"{Number(count)} {(count == 1 ? "is" : "are")} delivered",
        CommitmentStatus.Reversed => $"{Number(count)} {(count == 1 ? "was" : "were")} delivered and taken back",
        CommitmentStatus.Contested => $"{Number(count)} {(count == 1 ? "is" : "are")} contested",
        CommitmentStatus.Undercut => $"{Number(count)} {(count == 1 ? "has" : "have")} been undercut",
        CommitmentStatus.Partial => $"{Number(count)} {(count == 1 ? "has" : "have")} seen partial steps",
        CommitmentStatus.DialogueOnly => $"{Number(count)} {(count == 1 ? "has" : "have")} seen talks only",
        CommitmentStatus.WordsOnly => $"{Number(count)} {(count == 1 ? "has" : "have")} seen words only",
        CommitmentStatus.NoneFound => $"for {Number(count)} a search found nothing",
        CommitmentStatus.NotYetRated => $"{Number(count)} {(count == 1 ? "is" : "are")} not yet rated",
        _ => $"{Number(count)} {(count == 1 ? "has" : "have")} seen concrete action",
    };

    // Within a sentence
    public virtual string Inline(CommitmentStatus status, CommitmentType? type) => (status, type) switch
    {
        (CommitmentStatus.NoneFound, CommitmentType.Restraint) => "no breach found",
        (CommitmentStatus.Undercut, CommitmentType.Restraint) => "breached",
        _ => string.Concat(Words.Text(status).Select(x => char.IsUpper(x) ? $" {char.ToLowerInvariant(x)}" : x.ToString())),
    };
    public virtual string Inline(CommitmentType type) => Words.Text(type);
    public virtual string Inline(Depth depth) => Words.Text(depth);
    public virtual string Inline(Direction direction) => Words.Text(direction);
    public virtual string Listed(IEnumerable<string> names) => string.Join(", ", names);

    // Changes
    public virtual string ChangeAbout(string commitment, string? party) => party is null ? commitment : $"{commitment}, {party}";
    public virtual string ChangeMoved(string about, string from, string to, string effective) => $"{about}: {from} → {to}, {effective}.";
    public virtual string ChangeAppeared(string about, string to, string effective) => $"{about}: now on the board, {to}, {effective}.";
    public virtual string ChangeLeft(string about, string effective) => $"{about}: off the board, {effective}.";
    public virtual string ChangeOverdue(string about, string day, string? recordedLateOn) => $"{about}: overdue from {day}{ChangeLate(recordedLateOn)}.";
    public virtual string ChangeStale(string about, string day, string? recordedLateOn) => $"{about}: stale from {day}{ChangeLate(recordedLateOn)}.";
    public virtual string ChangeEffective(string day, string? recordedLateOn) => $"effective {day}{ChangeLate(recordedLateOn)}";
    public virtual string ChangeLate(string? recordedOn) => recordedOn is null ? "" : $", recorded late on {recordedOn}";
    public virtual string ChangeCorrected(string? commitment, string what, string reason) => ChangeAmended(commitment, $"{what} was corrected: {reason}");
    public virtual string ChangeWithdrawn(string? commitment, string what, string reason) => ChangeAmended(commitment, $"{what} was withdrawn: {reason}");
    public virtual string ChangedAgenda => "the agenda";
    public virtual string ChangedCommitment => "the commitment";
    public virtual string ChangedSource(string title) => $"the source “{title}”";
    public virtual string ChangedActivity(string title) => $"the activity “{title}”";
    public virtual string ChangedEvidence(string id) => $"the evidence {id}";
    public virtual string ChangedClause(string number) => $"the wording {number}";
    public virtual string ChangedSearch(string name) => $"the search {name}";

    // Histories
    public virtual string AgendaOpened(string title, string baseline, string day) => $"The agenda “{title}” was opened, to be counted from {baseline}, {day}.";
    public virtual string AgendaCorrected => "The agenda was corrected.";
    public virtual string MilestoneAdded(string name) => $"The milestone “{name}” was added.";
    public virtual string DayReached(string day) => $"{day} was reached: by the calendar alone something differs from the day before.";
    public virtual string SourceRecorded(string title, string issuer) => $"The source “{title}” was recorded, issued by {issuer}.";
    public virtual string SourceCorrected(string title) => $"The source “{title}” was corrected.";
    public virtual string SourceWithdrawn => "The source was withdrawn.";
    public virtual string CommitmentMade(string title, string type, string parties, string? due) =>
        $"The commitment “{title}” was recorded: {type}, by {parties}{(due is null ? "" : $", due {due}")}.";
    public virtual string CommitmentCorrected(string title) => $"The commitment “{title}” was corrected.";
    public virtual string CommitmentWithdrawn => "The commitment was withdrawn.";
    public virtual string ClauseAdded(string party, string source) => $"The wording of {party} in {source} was added.";
    public virtual string ClauseCorrected(string party, string source) => $"The wording of {party} in {source} was corrected.";
    public virtual string SearchFoundNothing(string through, string? places) => $"A search through {through}{(places is null ? "" : $" in {places}")} found nothing.";
    public virtual string ASearchWithdrawn => "A search was withdrawn.";
    public virtual string ActivityRecorded(string title, string occurred) => $"The activity “{title}” was recorded, dated {occurred}.";
    public virtual string ActivityCorrected(string title, string occurred) => $"The activity “{title}” was corrected; it is dated {occurred}.";
    public virtual string ActivityWithdrawn(string? title) => $"The activity {Titled(title)} was withdrawn.";
    public virtual string EvidenceProposed(string? activity, string depth, string direction, string parties) =>
        $"{Capital(Titled(activity))} was proposed as evidence: {depth}, {direction}, by {parties}.";
    public virtual string EvidenceAccepted(string? activity) => $"The evidence on {Titled(activity)} was accepted.";
    public virtual string EvidenceRejected(string? activity) => $"The evidence on {Titled(activity)} was rejected.";
    public virtual string EvidenceRecoded(string? activity, string depth, string direction, string parties) =>
        $"The evidence on {Titled(activity)} was recoded: {depth}, {direction}, by {parties}.";
    public virtual string EvidenceRetracted(string? activity) => $"The evidence on {Titled(activity)} was retracted.";

    private static string ChangeAmended(string? commitment, string done) => commitment is null ? Capital(done) : $"{commitment}: {done}";

    private static string Titled(string? activity) => activity is null ? "an activity" : $"“{activity}”";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
