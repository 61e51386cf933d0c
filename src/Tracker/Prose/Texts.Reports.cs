namespace Tracker.Prose;

public static partial class Texts
{
    public const string ReportSeries = "Status report";
    public static string ReportTitle(string agenda, string day) => $"{agenda}: status report, {day}";
    public static string ReportLine(string parties, string baseline) => $"{parties}. Counted since {baseline}.";
    public static string ReportFoot(string agenda, string day, long position, string digest) => $"{agenda} · as of {day} · position {Number(position)} · SHA-256 {digest}";
    public const string ReportNotIssued = "Draft, not issued: it has no name and nobody can ask for it again.";
    public const string ReportStatuses = "Where each commitment stands";
    public static string ReportStatusesCaption(string since, string day) => $"Judged as of {day}, on what has happened since {since}.";
    public const string ReportNothingToShow = "No commitment is on this board: none was made by the day asked about.";
    public const string ReportLatest = "Latest";
    public const string ReportFlagOverdue = "overdue";
    public const string ReportFlagLate = "late";
    public const string ReportFlagStale = "stale";
    public static string ReportFlagPending(int count) => $"{Number(count)} pending review";
    public const string ReportMoved = "What moved since the last report";
    public static string ReportMovedSince(string report, string day, long position) => $"Since report {report}, as of {day} and position {Number(position)}.";
    public const string ReportFirst = "This is the agenda’s first report: there is none before it to compare with.";
    public const string ReportNothingMoved = "No status and no flag has moved.";
    public static string ReportNew(string commitments) => $"New on the record: {commitments}.";
    public const string ReportCorrections = "Corrections and withdrawals";
    public const string ReportNoCorrections = "Nothing on the record was corrected or withdrawn.";
    public const string ReportAttention = "Overdue and stale";
    public const string ReportNoAttention = "Nothing is overdue or stale.";
    public static string ReportOverdue(string commitments) => $"Overdue: {commitments}.";
    public static string ReportStale(string commitments, int days) => $"Stale, with nothing to advance them for more than {DaysCount(days)}: {commitments}.";
    public const string ReportTimeline = "How it came to this";
    public const string ReportTimelineAlt = "For each commitment, its status from day to day as a band, and its evidence on the day it happened.";
    public const string ReportTimelineCaption = "The band is the status, with its word below; a thread where nothing is rated. A mark above it is for the commitment, one below it against; the larger, the deeper. A filled mark is new; an open one repeats what was said or decided, or reaches over an edge of the window. A line is the days among which it happened.";
    public static string ReportCourse(string commitment, string spans) => $"{commitment}: {spans}.";
    public static string ReportFrom(string status, string day) => $"{status} from {day}";
    public const string Continued = "(continued)";
    public const string ReportTimelineInWords = "The same in words";
    public const string ReportEvidence = "What the statuses rest on";
    public static string ReportEvidenceCaption(string day) => $"Accepted evidence in the window, through {day}.";
    public const string ReportNoEvidence = "No accepted evidence lies in the window.";
    public const string ReportColumnWhen = "When";
    public const string ReportColumnWhat = "What happened";
    public const string ReportColumnDid = "What it did";
    public const string ReportColumnWhose = "Whose action";
    public const string ReportSearches = "Searches that found nothing";
    public const string ReportNoSearches = "No search is on record for this window.";
    public static string ReportSearch(string commitment, string day, string places) => $"{commitment}: searched through {day}{(places.Length > 0 ? $" in {places}" : "")}.";
    public const string ReportWordings = "What each side said";
    public static string ReportWordingsCounts(int all, int shared, int oneSided, int unworded) =>
        $"Of {Number(all)} {(all == 1 ? "commitment" : "commitments")}, {Number(shared)} {(shared == 1 ? "stands" : "stand")} in each party’s own words, {Some(all - shared - oneSided - unworded)}{Number(oneSided)} in one party’s alone, and {Number(unworded)} in nobody’s.";
    private static string Some(int some) => some == 0 ? "" : $"{Number(some)} in those of some, ";
    public static string ReportSilent(string parties) => $"Not in the accounts of: {parties}.";
    public const string ReportTranslation = "Translation: ";
    public const string ReportMethod = "Method";
    public static string ReportRule(string rule) => $"Statuses are computed by the published rule {rule}. Nobody types one in.";
    public static string ReportBar(string depth) => $"Action is concrete from the depth “{depth}” on, unless a commitment says otherwise.";
    public static string ReportWindow(string after, string through) => $"Evidence counts when it certainly happened after {after} and by {through}.";
    public static string ReportStaleAfter(int days) => $"A continuing commitment is stale when nothing has advanced it for more than {DaysCount(days)}.";
    public static string ReportReviewed(int accepted, int all, int waiting) =>
        $"{Number(accepted)} of {Number(all)} pieces of evidence are accepted; {Number(waiting)} {(waiting == 1 ? "waits" : "wait")} for review and {(waiting == 1 ? "does" : "do")} not count.";
    public static string ReportRestsOn(long position, string instant) => $"It rests on the agenda’s recordings up to position {Number(position)}, recorded {instant}. What was recorded or corrected later is not in it.";
    public static string ReportVerify(string digest) => $"The SHA-256 of its canonical JSON is {digest}. Anyone can have it made again from the record, and compare.";
    public const string ReportSources = "Sources";
    public const string ReportNoSources = "No source is cited.";
    public const string ReportArchived = "archived";
}
