namespace Tracker.Languages;

public partial class Language
{
    public virtual string ReportSeries => "Status report";
    public virtual string ReportTitle(string agenda, string day) => $"{agenda}: status report, {day}";
    public virtual string ReportLine(string parties, string baseline) => $"{parties}. Counted since {baseline}.";
    public virtual string ReportFoot(string agenda, string day, long position, string digest) => $"{agenda} · as of {day} · position {Number(position)} · SHA-256 {digest}";
    public virtual string ReportNotIssued => "Draft, not issued: it has no name and nobody can ask for it again.";
    public virtual string ReportStatuses => "Where each commitment stands";
    public virtual string ReportStatusesCaption(string since, string day) => $"Judged as of {day}, on what has happened since {since}.";
    public virtual string ReportNothingToShow => "No commitment is on this board: none was made by the day asked about.";
    public virtual string ReportLatest => "Latest";
    public virtual string ReportFlagOverdue => "overdue";
    public virtual string ReportFlagLate => "late";
    public virtual string ReportFlagStale => "stale";
    public virtual string ReportFlagPending(int count) => $"{Number(count)} pending review";
    public virtual string ReportMoved => "What moved since the last report";
    public virtual string ReportMovedSince(string report, string day, long position) => $"Since report {report}, as of {day} and position {Number(position)}.";
    public virtual string ReportFirst => "This is the agenda’s first report: there is none before it to compare with.";
    public virtual string ReportNothingMoved => "No status and no flag has moved.";
    public virtual string ReportNew(string commitments) => $"New on the record: {commitments}.";
    public virtual string ReportCorrections => "Corrections and withdrawals";
    public virtual string ReportNoCorrections => "Nothing on the record was corrected or withdrawn.";
    public virtual string ReportAttention => "Overdue and stale";
    public virtual string ReportNoAttention => "Nothing is overdue or stale.";
    public virtual string ReportOverdue(string commitments) => $"Overdue: {commitments}.";
    public virtual string ReportStale(string commitments, int days) => $"Stale, with nothing to advance them for more than {DaysCount(days)}: {commitments}.";
    public virtual string ReportTimeline => "How it came to this";
    public virtual string ReportTimelineAlt => "For each commitment, its status from day to day as a band, and its evidence on the day it happened.";
    public virtual string ReportTimelineCaption => "The band is the status, with its word below; a thread where nothing is rated. A mark above it is for the commitment, one below it against; the larger, the deeper. A filled mark is new; an open one repeats what was said or decided, or reaches over an edge of the window. A line is the days among which it happened.";
    public virtual string ReportCourse(string commitment, string spans) => $"{commitment}: {spans}.";
    public virtual string ReportFrom(string status, string day) => $"{status} from {day}";
    public virtual string Continued => "(continued)";
    public virtual string ReportTimelineInWords => "The same in words";
    public virtual string ReportEvidence => "What the statuses rest on";
    public virtual string ReportEvidenceCaption(string day) => $"Accepted evidence in the window, through {day}.";
    public virtual string ReportNoEvidence => "No accepted evidence lies in the window.";
    public virtual string ReportColumnWhen => "When";
    public virtual string ReportColumnWhat => "What happened";
    public virtual string ReportColumnDid => "What it did";
    public virtual string ReportColumnWhose => "Whose action";
    public virtual string ReportSearches => "Searches that found nothing";
    public virtual string ReportNoSearches => "No search is on record for this window.";
    public virtual string ReportSearch(string commitment, string day, string places) => $"{commitment}: searched through {day}{(places.Length > 0 ? $" in {places}" : "")}.";
    public virtual string ReportWordings => "What each side said";
    public virtual string ReportWordingsCounts(int all, int shared, int oneSided, int unworded) =>
        $"Of {Number(all)} {(all == 1 ? "commitment" : "commitments")}, {Number(shared)} {(shared == 1 ? "stands" : "stand")} in each party’s own words, {Some(all - shared - oneSided - unworded)}{Number(oneSided)} in one party’s alone, and {Number(unworded)} in nobody’s.";
    private string Some(int some) => some == 0 ? "" : $"{Number(some)} in those of some, ";
    public virtual string ReportSilent(string parties) => $"Not in the accounts of: {parties}.";
    public virtual string ReportTranslation => "Translation: ";
    public virtual string ReportMethod => "Method";
    public virtual string ReportRule(string rule) => $"Statuses are computed by the published rule {rule}. Nobody types one in.";
    public virtual string ReportBar(string depth) => $"Action is concrete from the depth “{depth}” on, unless a commitment says otherwise.";
    public virtual string ReportWindow(string after, string through) => $"Evidence counts when it certainly happened after {after} and by {through}.";
    public virtual string ReportStaleAfter(int days) => $"A continuing commitment is stale when nothing has advanced it for more than {DaysCount(days)}.";
    public virtual string ReportReviewed(int accepted, int all, int waiting) =>
        $"{Number(accepted)} of {Number(all)} pieces of evidence are accepted; {Number(waiting)} {(waiting == 1 ? "waits" : "wait")} for review and {(waiting == 1 ? "does" : "do")} not count.";
    public virtual string ReportRestsOn(long position, string instant) => $"It rests on the agenda’s recordings up to position {Number(position)}, recorded {instant}. What was recorded or corrected later is not in it.";
    public virtual string ReportVerify(string digest) => $"The SHA-256 of its canonical JSON is {digest}. Anyone can have it made again from the record, and compare.";
    public virtual string ReportSources => "Sources";
    public virtual string ReportNoSources => "No source is cited.";
    public virtual string ReportArchived => "archived";
}
