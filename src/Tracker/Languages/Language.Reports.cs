namespace Tracker.Languages;

public partial class Language
{
    public virtual string ReportTitle(string agenda, string day) => $"{agenda}: status report, {day}";
    public virtual string ReportLine(string parties, string baseline) => $"{parties}. Counted since {baseline}.";
    public virtual string ReportFoot(string agenda, string day, long position, string digest, bool omitsLaterRecordings) =>
        $"{agenda} · as of {day} · {(omitsLaterRecordings ? AsKnownAtPosition(position) : $"position {Number(position)}")} · SHA-256 {digest}";
    public virtual string ReportOmitsLater(string instant, long position) => $"As known on {instant} (position {Number(position)}). What was recorded later is not in it.";
    public virtual string ReportInError(string day, string reason) => $"Issued in error, and marked so on {day}: “{reason}” Everything below stands as it was issued.";
    public virtual string ReportInErrorFoot(string foot) => $"Issued in error · {foot}";
    public virtual string ReportRedacted(string digest) =>
        $"Texts of this report were taken out of the record after it was issued; a mark with the reason stands in their place. As it was issued it had the SHA-256 {digest}, which it cannot have any more.";
    public virtual string ReportNotIssued => "Draft, not issued: it has no name and nobody can ask for it again.";

    // How far the record reaches: said before anything else.
    public virtual string ReportRecordEnds(string end, bool then) =>
        $"This record {EndsOn(then)} {end}. Nothing in this report speaks of what happened later.";
    public virtual string ReportRecordEndsUnheeded(string end, string version, bool then) =>
        $"This record {EndsOn(then)} {end}. Its rule, {version}, ignores this: nobody checked after that day whether what it calls overdue or stale still is.";
    public virtual string ReportSinceOther(string since, string baseline, string date) => $"{since}; the baseline is {baseline}, {date}";
    public virtual string ReportRecordReaches(string end) => $"The record covers the time through {end}.";
    public virtual string ReportCoverageStated(string through, string? places) =>
        $"Its keepers state that all they found through {through} is on record.{(places is null ? "" : $" Places searched: {places}.")}";
    public virtual string ReportCoverageExtended(string end) => $"The latest activity or search on it is of {end}.";
    public virtual string ReportCoverageRead(string end) => $"{end} is the day of the latest activity or search on record: nobody has stated through which day everything was looked for.";
    public virtual string ReportCoverageBaseline(string end) => $"{end} is the day of the baseline: nothing later is on record.";

    public virtual string ReportStatuses => "Where each commitment stands";
    public virtual string ReportStatusesCaption(string since, string day, string? end, bool then) => end is null
        ? $"Judged as of {day}, on what has happened after {since}."
        : $"Judged on what happened after {since} and through {RecordEndsHere(end, then)}.";
    public virtual string ReportStatusesTogether => "One party’s act is enough for a status here. Beside it stands how many of the parties took concrete action.";
    public virtual string ReportColumnConcreteBy => "Concrete action by";
    public virtual string ReportColumnTogether => "The commitment’s status";
    public virtual string ReportPartiesConcrete(int concrete, int all) => $"{Number(concrete)} of {Number(all)} {(all == 1 ? "party" : "parties")}";
    public virtual string ReportByParty => "What each party did";
    public virtual string ReportByPartyCaption => "Of the commitments that each party made, how many saw its own concrete action, and where its own part in them stands. Promises not to act are counted too: taking no action keeps them.";
    public virtual string ReportColumnParty => "Party";
    public virtual string ReportColumnWithConcrete => "Own concrete action";
    public virtual string ReportColumnItsParts => "Own status, by commitment";
    public virtual string ReportConcreteOf(int concrete, int all) => $"{Number(concrete)} of {Number(all)}";
    public virtual string ReportTimes(int count) => $"{Number(count)} ";
    public virtual string ReportWhoStandsWhere => "Who stands where on each commitment";
    public virtual string ReportWhoStandsWhereCaption => "For each commitment, the parties by where their own part in it stands.";
    public virtual string ReportColumnParties => "Parties";
    public virtual string ReportNothingToShow(int onRecord, long position) => onRecord switch
    {
        0 => $"No commitment is on this board: at position {Number(position)} none is on record, whichever day it was made on.",
        1 => "No commitment is on this board: the one on record was made later than the day asked about.",
        _ => $"No commitment is on this board: the {Number(onRecord)} on record were made later than the day asked about.",
    };
    public virtual string ReportLatest => "Latest";
    public virtual string ReportFlagOverdue => "overdue";
    public virtual string ReportFlagLate => "late";
    public virtual string ReportFlagStale => "stale";
    public virtual string ReportFlagPending(int count) => $"{Number(count)} pending review";
    public virtual string ReportMoved => "What moved since the last report";
    public virtual string ReportMovedSince(string report, string day, long position) => $"Since report {report}, as of {day} and position {Number(position)}.";
    public virtual string ReportComparedWith(string report, string day, long position) => $"This report’s board beside that of report {report}, which was as of {day} and position {Number(position)}.";
    public virtual string ReportOtherSince(string then, string now) => $"That report counted from {then}, this one from {now}.";
    public virtual string ReportOtherEnd(string then, string now) => $"The record reached to {then} in that report, and to {now} in this one.";
    public virtual string ReportSameEnd(string end) => $"In both, the record reaches to {end}.";
    public virtual string ReportOtherCodebook => "The codebook was changed between the two: its rule, its bar or its days.";
    public virtual string ReportMovedCaption => "Everything that differs between the two boards: statuses, flags, and commitments that came or left.";
    public virtual string ReportColumnWhosePart => "Party";
    public virtual string ReportColumnThen(string day, string? since) => $"Then: {day}{(since is null ? "" : $", counted from {since}")}";
    public virtual string ReportColumnNow(string day, string? since) => $"Now: {day}{(since is null ? "" : $", counted from {since}")}";
    public virtual string ReportNotFlagged(string flag) => $"not {flag}";
    public virtual string ReportNoParty => "not a party";
    public virtual string ReportFirst => "This is the agenda’s first report: there is none before it to compare with.";
    public virtual string ReportOthersRestOnLater(long position) =>
        $"Reports were issued before this one, but those not marked as issued in error rest on recordings made after position {Number(position)}, which this one leaves out. So it is compared with none.";
    public virtual string ReportOthersInError => "Each report issued before this one was marked as issued in error, so it is compared with none.";
    public virtual string ReportNothingMoved => "No status and no flag has moved.";
    public virtual string ReportNew(string commitments) => $"New on the record: {commitments}.";
    public virtual string ReportCorrections => "Corrections, withdrawals and reinstatements";
    public virtual string ReportNoCorrections => "Nothing on the record was corrected, withdrawn or reinstated in between.";
    public virtual string ReportAttention => "Overdue and stale";
    public virtual string ReportNoAttention => "Nothing is overdue or stale.";
    public virtual string ReportNoAttentionThen(string day, bool isEnd, bool then) =>
        isEnd ? $"Nothing was overdue or stale on {RecordEndsHere(day, then)}." : $"Nothing was overdue or stale as of {day}, the day the record reaches.";
    public virtual string ReportAttentionThen(string day, bool isEnd, bool then) => $"As of {(isEnd ? RecordEndsHere(day, then) : $"{day}, the day the record reaches")}.";
    public virtual string ReportDueBeyond(string commitment, string due, string day, bool isEnd, bool then) =>
        $"{commitment}: due {due}; the record {(isEnd ? EndsOn(then) : "reaches")} {day}, and {(isEnd && then ? "did" : "does")} not say whether it was done.";
    public virtual string ReportOverdue(string commitments) => $"Overdue: {commitments}.";
    public virtual string ReportOverdueCounted(string commitments, string from) => $"Overdue, counting only what came after {from}: {commitments}.";
    public virtual string ReportDeliveredBefore(string commitment, string day) => ReportAside(commitment, $"delivered before that, by {day}");
    public virtual string ReportAside(string commitment, string aside) => $"{commitment} ({aside})";
    public virtual string ReportStale(string commitments, int days, bool isSure) => $"Stale, with nothing {(isSure ? "" : "surely dated ")}to advance them for more than {DaysCount(days)}: {commitments}.";
    public virtual string ReportTimeline => "Each commitment over time";
    public virtual string ReportTimelineAlt => "For each commitment, its status from day to day as a band, and its evidence on the day it happened.";
    public virtual string ReportTimelineCaption => "The band is the status, with its word below; hatched through the day to which a search found nothing, blank after that day and where nothing is rated. A mark above it is for the commitment, one below it against; the larger, the deeper. A filled mark is new; an open one repeats what was said or decided, or is dated too imprecisely to be sure that it falls in the window. A line is the days among which it happened.";
    public virtual string ReportTimelineTogether => "One party’s act is enough for a status here.";
    public virtual string ReportCourse(string commitment, string spans) => $"{commitment}: {spans}.";
    public virtual string ReportCourseOf(string spans, string parties) => $"{spans}; at the end {parties}";
    public virtual string ReportFrom(string status, string day, string? searched = null) => $"{status} from {day}{(searched is null ? "" : $" ({searched})")}";
    public virtual string Continued => "(continued)";
    public virtual string ReportTimelineInWords => "The same in words";
    public virtual string ReportEvidence => "What the statuses rest on";
    public virtual string ReportEvidenceCaption(string day) => $"Accepted evidence in the window, through {day}.";
    public virtual string ReportLeftOut => "Accepted, and left out only because its date is too imprecise to be sure that it falls in the window:";
    public virtual string ReportLeftOutPiece(string commitment, string when, string title, string depth, string direction) => $"{commitment}: {title}, {when} ({depth}; {direction}).";
    public virtual string ReportNoEvidence => "No accepted evidence lies in the window.";
    public virtual string ReportColumnWhen => "When";
    public virtual string ReportColumnWhat => "What happened";
    public virtual string ReportColumnDid => "What it did";
    public virtual string ReportColumnWhose => "Whose action";
    public virtual string ReportSearches => "Searches that found nothing";
    public virtual string ReportNoSearches => "No search is on record for this window.";
    public virtual string ReportSearch(string commitment, string day, string places, bool isBesideEvidence) =>
        $"{commitment}: searched through {day}{(places.Length > 0 ? $" in {places}" : "")}.{(isBesideEvidence ? $" {SearchBesideEvidence}" : "")}";
    public virtual string ReportWordings => "What each side said";
    public virtual string ReportWordingsCounts(int all, int shared, int alone, int oneSided, int unworded, bool isJoint) =>
        $"Of {Number(all)} {(all == 1 ? "commitment" : "commitments")}, {Number(shared)} {(shared == 1 ? "stands" : "stand")} in each party’s own words{(isJoint ? " or in a joint statement" : "")}, {(alone == 0 ? "" : $"{Number(alone)} in those of the one party that made it, ")}{Some(all - shared - alone - oneSided - unworded)}{Number(oneSided)} in one party’s alone, and {Number(unworded)} in nobody’s.";
    private string Some(int some) => some == 0 ? "" : $"{Number(some)} in those of some, ";
    public virtual string ReportJoint(string statement, string party) => $"{statement}, recorded for: {RightToLeft.Isolated(party)}";
    public virtual string ReportSilent(string parties) => SilentParties(parties);
    public virtual string ReportTranslation => "Translation: ";
    public virtual string ReportMethod => "Method";
    public virtual string ReportRule(string rule) => $"Statuses are computed by the published rule {rule}. Nobody types one in.";
    public virtual string ReportRuleAt => "How the rule works, and what each word means:";
    public virtual string ReportLadder(IReadOnlyList<(string Depth, string Meaning)> ladder) =>
        $"Evidence is judged by how deep it goes, from the least: {string.Join("; ", ladder.Select(x => $"{x.Depth} ({x.Meaning})"))}.";
    public virtual string ReportBar(string depth) =>
        $"The bar is the depth from which action counts as concrete. Here it is “{depth}”, unless a commitment says otherwise.";
    public virtual string ReportWindow(string after, string through) => $"Evidence counts when it certainly happened after {after} (or after the day a commitment was made, if later) and by {through}.";
    public virtual string ReportTimeJudged(string day, bool isEnd) => $"Whatever speaks of time that passed (overdue, stale, days since) is judged at {day}{(isEnd ? ", the day the record reaches" : "")}.";
    public virtual string ReportStaleAfter(int days) => $"A continuing commitment is stale when nothing has advanced it for more than {DaysCount(days)}.";
    public virtual string ReportReviewed(int accepted, int all, int waiting) =>
        $"{Number(accepted)} of {Number(all)} pieces of evidence are accepted; {Number(waiting)} {(waiting == 1 ? "waits" : "wait")} for review and {(waiting == 1 ? "does" : "do")} not count.";
    public virtual string ReportRestsOn(long position, string instant) => $"It rests on the agenda’s recordings up to position {Number(position)}, recorded {instant}. What was recorded or corrected later is not in it.";
    public virtual string ReportVerify(string digest) => $"The SHA-256 of its canonical JSON is {digest}. Anyone can have it made again from the record, and compare.";
    public virtual string ReportSources => "Sources";
    public virtual string ReportNoSources => "No source is cited.";
    public virtual string ReportArchived => "archived";
    public virtual string PrintLacks(int count, string examples, string? where) =>
        $"This file has no typeface for {(count == 1 ? "one of the characters" : $"{Number(count)} of the characters")} in it ({examples}): a box stands for each. {(where is null ? "The same report as HTML has them all." : $"The same report as HTML has them all: {where}")}";
    public virtual string PictureLacks => "In the picture, a box stands for each character that it has no typeface for. The words below have them all.";
}
