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
    private static string EndsOn(bool then) => then ? "then ended on" : "ends on";
    public virtual string HeadlineEndedBefore(string end, string since, bool then) => $"This record {EndsOn(then)} {end}, before {since}; of what came after, it {(then ? "said" : "says")} nothing.";
    public virtual string HeadlineEndedOn(string end, string? since, bool then) => $"This record {EndsOn(then)} {end}{(since is null ? "" : $", the day of {since}")}; of what came after, it {(then ? "said" : "says")} nothing.";
    public virtual string HeadlineNothingYet(string covered, string since) => $"The record reaches {covered}; of what came after {since}, nothing is recorded yet.";
    public virtual string HeadlineEmpty(string day, bool hasEnded, bool then) => $"No commitment made by {day}{(hasEnded ? $", where this record {(then ? "then ended" : "ends")}," : "")} is on the board.";
    public virtual string Headline(string time, bool hasEnded, int concrete, int all, IReadOnlyCollection<string> ofThese, IReadOnlyCollection<string> rest) =>
        $"{time}, {Number(concrete)} of {Number(all)} {(all == 1 ? "commitment" : "commitments")} {(hasEnded ? "saw" : all == 1 ? "has seen" : "have seen")} concrete action"
        + HeadlineParts(ofThese, rest);
    public virtual string HeadlineMadeLater(int later, int all) => $"{Number(later)} of the {Number(all)} {(later == 1 ? "was" : "were")} made after that day.";
    public virtual string HeadlineParts(IReadOnlyCollection<string> ofThese, IReadOnlyCollection<string> rest) =>
        (ofThese.Count == 0 ? "" : $" (of which {string.Join(", ", ofThese)})") + (rest.Count == 0 ? "." : $"; {string.Join(", ", rest)}.");

    /// <param name="standing">Of the commitments that saw concrete action, how many stand reversed or contested; empty where none does.</param>
    public virtual string HeadlineByCell(string time, bool hasEnded, int cells, int allCells, int concrete, int all, string standing, IReadOnlyCollection<string> ofThese, IReadOnlyCollection<string> rest) =>
        $"{time}, the parties {(hasEnded ? "took" : "have taken")} concrete action on {Number(cells)} of {Number(allCells)} party commitments (each commitment counted once for each of its parties); "
        + $"{Number(concrete)} of {Number(all)} {(all == 1 ? "commitment" : "commitments")} {(hasEnded ? "saw" : all == 1 ? "has seen" : "have seen")} concrete action by anyone{standing}."
        + (ofThese.Count == 0 ? "" : $" Of {(cells == 1 ? "that one party commitment" : $"those {Number(cells)} party commitments")}, {string.Join(", ", ofThese)}.")
        + (rest.Count == 0 ? "" : $" Of the {Number(allCells)}, {string.Join(", ", rest)}.");

    /// <param name="byAnother">How many of those reversed were so by another's act, not by a party that had delivered: no party commitment is counted as reversed for that.</param>
    public virtual string HeadlineStanding(bool hasEnded, int reversed, int byAnother, int contested)
    {
        string[] parts =
        [
            .. reversed == 0 ? Array.Empty<string>() : [$"{Number(reversed)} {(reversed == 1 ? "was" : "were")} reversed{OfAnother(reversed, byAnother)}"],
            .. contested == 0 ? Array.Empty<string>() : [$"{Number(contested)} {(hasEnded, contested) switch { (true, 1) => "was", (true, _) => "were", (_, 1) => "is", _ => "are" }} contested"],
        ];
        return parts.Length == 0 ? "" : $", of which {ListOf(parts)}";
    }

    /// <summary>Of those that were reversed, how many by another's act.</summary>
    private string OfAnother(int reversed, int byAnother) => byAnother == 0 ? "" : byAnother == reversed ? " by another’s act" : $" ({Number(byAnother)} by another’s act)";
    public virtual string PartReversed(int count, int byAnother, bool hasEnded) =>
        HeadlinePart(CommitmentStatus.Reversed, count, hasEnded) + (byAnother == count ? " by another" : $" ({Number(byAnother)} by another)");
    public virtual string HeadlineSince(int days, string since) => $"In the {DaysCount(days)} since {since}";
    public virtual string HeadlineThrough(int days, string since, string covered) => $"In the {DaysCount(days)} since {since}, to {covered}";
    public virtual string HeadlineToEnd(int days, string since, string end) => $"In the {DaysCount(days)} from {since} to {end}, where this record ends";
    public virtual string HeadlineToThen(int days, string since, string end) => $"In the {DaysCount(days)} from {since} to {end}, where this record then ended";
    public virtual string HeadlinePart(CommitmentStatus status, int count, bool hasEnded) => hasEnded ? HeadlinePartPast(status, count) : HeadlinePartNow(status, count);
    public virtual string HeadlinePartPast(CommitmentStatus status, int count) => status switch
    {
        CommitmentStatus.Delivered => $"{Number(count)} {(count == 1 ? "was" : "were")} delivered",
        CommitmentStatus.Reversed => $"{Number(count)} {(count == 1 ? "was" : "were")} delivered and later acted against",
        CommitmentStatus.Contested => $"{Number(count)} {(count == 1 ? "was" : "were")} contested",
        CommitmentStatus.Undercut => $"{Number(count)} {(count == 1 ? "was" : "were")} undercut",
        CommitmentStatus.Partial => $"{Number(count)} saw partial steps",
        CommitmentStatus.DialogueOnly => $"{Number(count)} saw talks only",
        CommitmentStatus.WordsOnly => $"{Number(count)} saw words only",
        CommitmentStatus.NotYetRated => $"{Number(count)} {(count == 1 ? "was" : "were")} not rated",
        _ => HeadlinePartNow(status, count),
    };
    public virtual string HeadlinePartNow(CommitmentStatus status, int count) => status switch
    {
        CommitmentStatus.Delivered => $"{Number(count)} {(count == 1 ? "is" : "are")} delivered",
        CommitmentStatus.Reversed => $"{Number(count)} {(count == 1 ? "was" : "were")} delivered and later acted against",
        CommitmentStatus.Contested => $"{Number(count)} {(count == 1 ? "is" : "are")} contested",
        CommitmentStatus.Undercut => $"{Number(count)} {(count == 1 ? "has" : "have")} been undercut",
        CommitmentStatus.Partial => $"{Number(count)} {(count == 1 ? "has" : "have")} seen partial steps",
        CommitmentStatus.DialogueOnly => $"{Number(count)} {(count == 1 ? "has" : "have")} seen talks only",
        CommitmentStatus.WordsOnly => $"{Number(count)} {(count == 1 ? "has" : "have")} seen words only",
        CommitmentStatus.NoneFound => PartNoneFound(count, restraints: 0, through: null),
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
    public virtual string ChangeAboutAll(string commitment) => $"{commitment}, {ChangeOverall}";
    public virtual string ChangeMoved(string about, string from, string to, string effective) => $"{about}: {from} → {to}, {effective}.";
    public virtual string ChangeAppeared(string about, string to, string effective) => $"{about}: now on the board, {to}, {effective}.";
    public virtual string ChangeLeft(string about, string effective) => $"{about}: off the board, {effective}.";
    public virtual string ChangeTo(string status, string? searchedThrough, string? byParties) =>
        $"{status}{(searchedThrough is null ? "" : $" ({SearchedThrough(searchedThrough)})")}{(byParties is null ? "" : $", {byParties}")}";
    public virtual string ChangeOverdue(string about, string day, string? due, string late) => $"{about}: overdue from {day}{(due is null ? "" : $" (due {due})")}{late}.";
    public virtual string ChangeOverdueReached(string about, string day, string? due, string late) => $"{about}: overdue as the record reached {day}{(due is null ? "" : $" (due {due})")}{late}.";
    public virtual string ChangeStale(string about, string day, string late) => $"{about}: stale from {day}{late}.";
    public virtual string ChangeNoLongerOverdue(string about, string known) => $"{about}: no longer overdue, by what was recorded on {known}.";
    public virtual string ChangeNoLongerStale(string about, string known) => $"{about}: no longer stale, by what was recorded on {known}.";
    public virtual string ChangeEffective(string day, string late) => $"effective {day}{late}";

    /// <summary>The same of what a correction moved: nothing happened on that day, and by the record as it was before nothing may have changed on it.</summary>
    public virtual string ChangeCorrectedTo(string day, string recordedOn, MovedBy by, string late) => by is MovedBy.Codebook
        ? $"{AfterCodebook}; by it, so from {day}"
        : $"by a correction recorded on {recordedOn}; as the record now stands, so from {day}";
    public virtual string ChangeLate(string? recordedOn, MovedBy by) => (recordedOn, by) switch
    {
        (_, MovedBy.Codebook) => $", {AfterCodebook}",
        (null, _) => "",
        (_, MovedBy.Correction) => $", recorded on {recordedOn}",
        _ => $", recorded late on {recordedOn}",
    };
    public virtual string ChangeOfParties(string sentence, int concrete, int all) => $"{sentence[..^1]}; {OfPartiesConcrete(concrete, all)}.";
    public virtual string ChangeReached(string sentence, string end) => $"{sentence[..^1]}; the record then reached {end}.";
    public virtual string ChangeDay(DateOnly day) => Day(day);
    public virtual string ChangeCorrected(string? commitment, string what, string reason) => ChangeAmended(commitment, $"{what} was corrected: {reason}");
    public virtual string ChangeWithdrawn(string? commitment, string what, string reason) => ChangeAmended(commitment, $"{what} was withdrawn: {reason}");
    public virtual string ChangeOverall => "overall";
    public virtual string ChangeOverallOf(int parties, int all) => $"overall (the status of {Number(parties)} of {Number(all)} parties changed)";
    public virtual string ChangesImported(int rated, int moved, int others)
    {
        string[] parts =
        [
            .. rated == 0 ? Array.Empty<string>() : [$"{Number(rated)} {(rated == 1 ? "commitment" : "commitments")} came onto the board"],
            .. moved == 0 ? Array.Empty<string>() : [$"the status of {Number(moved)} {(moved == 1 ? "commitment" : "commitments")} moved"],
            .. others == 0 ? Array.Empty<string>() : [$"{Number(others)} other {(others == 1 ? "change was" : "changes were")} recorded"],
        ];
        return parts.Length == 0 ? "Many entries were recorded together; no status moved overall." : $"Recorded together: {ListOf(parts)}.";
    }
    public virtual string ChangeCovered(string through) => $"The record now reaches {through}.";
    public virtual string ChangeUncovered(string through, string from) => $"The record ends on {through}: from {from} it is no longer current, and says nothing of what came after.";
    public virtual string ChangedCoverage => "a statement of how far the record reaches";
    public virtual string ChangeReinstated(string? commitment, string what, string reason) => ChangeAmended(commitment, $"{what} was reinstated: {reason}");
    public virtual string ChangedAgenda => "the agenda";
    public virtual string ChangedCommitment => "the commitment";
    public virtual string ChangedSource(string title) => $"the source “{title}”";
    public virtual string ChangedActivity(string title) => $"the activity “{title}”";
    public virtual string ChangedEvidence(string id, string? activity) => activity is null ? $"the evidence {id}" : $"the evidence on “{activity}”";
    public virtual string ChangedClause(string number) => $"the wording {number}";
    public virtual string ChangedSearch(string name) => $"the search {name}";
    public virtual string ChangedMilestone(string name) => $"the milestone “{name}”";

    // Histories
    public virtual string AgendaOpened(string title, string baseline, string day) => $"The agenda “{title}” was opened, to be counted from {RightToLeft.Isolated(baseline)}, {day}.";
    public virtual string AgendaCorrected => "The agenda was corrected.";
    public virtual string CoverageStated(string day, string? places) => $"All that was found through {day} was stated to be on record{(places is null ? "" : $", after looking in {places}")}.";
    public virtual string CoverageWithdrawn => "A statement of how far the record reaches was withdrawn.";
    public virtual string CoverageReinstated => "A statement of how far the record reaches was reinstated.";
    public virtual string MilestoneAdded(string name) => $"The milestone “{name}” was added.";
    public virtual string MilestoneCorrected(string name) => $"The milestone “{name}” was corrected.";
    public virtual string MilestoneWithdrawn(string slug) => $"The milestone {slug} was withdrawn.";
    public virtual string MilestoneReinstated(string slug) => $"The milestone {slug} was reinstated.";
    public virtual string DayReached(string day) => $"{day} came, and with it something changed without a new recording, as when a due date passes or an imprecise date becomes certain.";
    public virtual string SourceRecorded(string title, string issuer) => $"The source “{title}” was recorded, issued by {issuer}.";
    public virtual string SourceCorrected(string title) => $"The source “{title}” was corrected.";
    public virtual string SourceWithdrawn => "The source was withdrawn.";
    public virtual string SourceReinstated => "The source was reinstated.";
    public virtual string CommitmentMade(string title, string type, string parties, string? due) =>
        $"The commitment “{title}” was recorded: {type}, by {parties}{(due is null ? "" : $", due {due}")}.";
    public virtual string CommitmentCorrected(string title) => $"The commitment “{title}” was corrected.";
    public virtual string CommitmentWithdrawn => "The commitment was withdrawn.";
    public virtual string CommitmentReinstated => "The commitment was reinstated.";
    public virtual string ClauseAdded(string party, string source) => $"The wording of {party} in {source} was added.";
    public virtual string ClauseCorrected(string party, string source) => $"The wording of {party} in {source} was corrected.";
    public virtual string SearchFoundNothing(string through, string? places) => $"A search through {through}{(places is null ? "" : $" in {places}")} found nothing new.";
    public virtual string ASearchWithdrawn => "A search was withdrawn.";
    public virtual string ASearchReinstated => "A search was reinstated.";
    public virtual string ActivityRecorded(string title, string occurred) => $"The activity “{title}” was recorded, dated {occurred}.";
    public virtual string ActivityCorrected(string title, string occurred) => $"The activity “{title}” was corrected; it is dated {occurred}.";
    public virtual string ActivityWithdrawn(string? title) => $"The activity {Titled(title)} was withdrawn.";
    public virtual string ActivityReinstated(string? title) => $"The activity {Titled(title)} was reinstated.";
    public virtual string ActivityCorrectionProposed(string title) => $"A correction of the activity “{title}” was proposed.";
    public virtual string ActivityWithdrawalProposed => "It was proposed to withdraw the activity.";
    public virtual string CommitmentCorrectionProposed(string title) => $"A correction of the commitment “{title}” was proposed.";
    public virtual string CommitmentWithdrawalProposed => "It was proposed to withdraw the commitment.";
    public virtual string ProposalAccepted => "The proposed change was accepted.";
    public virtual string ProposalRejected => "The proposed change was rejected.";
    public virtual string EvidenceProposed(string? activity, string depth, string direction, string parties) =>
        $"{Capital(Titled(activity))} was proposed as evidence: {depth}, {direction}, by {parties}.";
    public virtual string EvidenceAccepted(string? activity, bool isStated) => $"The evidence on {Titled(activity)} was {(isStated ? ReviewStated(accepted: true) : "accepted")}.";
    public virtual string EvidenceRejected(string? activity, bool isStated) => $"The evidence on {Titled(activity)} was {(isStated ? ReviewStated(accepted: false) : "rejected")}.";
    public virtual string EvidenceRecoded(string? activity, string depth, string direction, string parties) =>
        $"The evidence on {Titled(activity)} was recoded: {depth}, {direction}, by {parties}.";
    public virtual string TextRedacted(string member) => $"A text was taken out of the record, at every moment it was known: {member}.";

    public virtual string EvidenceRetracted(string? activity) => $"The evidence on {Titled(activity)} was retracted.";

    private string ChangeAmended(string? commitment, string done) => commitment is null ? Capital(done) : $"{commitment}: {done}";

    private static string Titled(string? activity) => activity is null ? "an activity" : $"“{activity}”";

    /// <summary>The same within a line.</summary>
    public string Uncapital(string text) => char.ToLower(text[0], Culture) + text[1..];

    /// <summary>The same at the beginning of a sentence.</summary>
    public string Capital(string text) => char.ToUpper(text[0], Culture) + text[1..];
}
