using Tracker.Commitments;
using Tracker.Recording;
using Tracker.Status;

namespace Tracker.Languages;

/// <summary>
/// The words of reports of the template <c>report/1</c>: what their headline and their changes say within their data, which is made again byte for byte for
/// ever, and what their prose claimed. Nothing here changes, however the same is said elsewhere.
/// </summary>
public sealed class Report1Words : Language
{
    public static new Report1Words English { get; } = new();

    public override string HeadlinePartNow(CommitmentStatus status, int count) => status switch
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

    public override string Inline(CommitmentStatus status, CommitmentType? type) => (status, type) switch
    {
        (CommitmentStatus.NoneFound, CommitmentType.Restraint) => "no breach found",
        (CommitmentStatus.Undercut, CommitmentType.Restraint) => "breached",
        (CommitmentStatus.Reversed, _) => "reversed",
        (CommitmentStatus.Delivered, _) => "delivered",
        (CommitmentStatus.Contested, _) => "contested",
        (CommitmentStatus.ConcreteAction, _) => "concrete action",
        (CommitmentStatus.Undercut, _) => "undercut",
        (CommitmentStatus.Partial, _) => "partial",
        (CommitmentStatus.DialogueOnly, _) => "dialogue only",
        (CommitmentStatus.WordsOnly, _) => "words only",
        (CommitmentStatus.NoneFound, _) => "none found",
        _ => "not yet rated",
    };

    public override string ReviewSecond => "Evidence counts when someone other than its coder accepts it";
    public override string ReportWindow(string after, string through) => $"Evidence counts when it certainly happened after {after} and by {through}.";
    public override string ReportTimelineCaption => "The band is the status, with its word below; hatched where a search found nothing, blank where nothing is rated. A mark above it is for the commitment, one below it against; the larger, the deeper. A filled mark is new; an open one repeats what was said or decided, or reaches over an edge of the window. A line is the days among which it happened.";
    public override string Ended(string text) => text[^1] is '.' or '!' or '?' or '…' or '。' ? text : text + ".";

    public override string ChangeAbout(string commitment, string? party) => party is null ? commitment : $"{commitment}, {party}";
    public override string ChangeAboutAll(string commitment) => commitment;
    public override string ChangeMoved(string about, string from, string to, string effective) => $"{about}: {from} → {to}, {effective}.";
    public override string ChangeAppeared(string about, string to, string effective) => $"{about}: now on the board, {to}, {effective}.";
    public override string ChangeLeft(string about, string effective) => $"{about}: off the board, {effective}.";
    public override string ChangeOverdue(string about, string day, string? due, string late) => $"{about}: overdue from {day}{late}.";
    public override string ChangeOverdueReached(string about, string day, string? due, string late) => ChangeOverdue(about, day, due, late);
    public override string ChangeStale(string about, string day, string late) => $"{about}: stale from {day}{late}.";
    public override string ChangeEffective(string day, string late) => $"effective {day}{late}";
    public override string ChangeCorrectedTo(string day, string recordedOn, MovedBy by, string late) => ChangeEffective(day, late);
    public override string ChangeLate(string? recordedOn, MovedBy by) => recordedOn is null ? "" : $", recorded late on {recordedOn}";
    public override string ChangeCorrected(string? commitment, string what, string reason) => Amended(commitment, $"{what} was corrected: {reason}");
    public override string ChangeWithdrawn(string? commitment, string what, string reason) => Amended(commitment, $"{what} was withdrawn: {reason}");
    public override string ChangeTo(string status, string? searchedThrough, string? byParties) => status;
    public override string ChangeOfParties(string sentence, int concrete, int all) => sentence;
    public override string ChangeDay(DateOnly day) => Days.Text(day);
    public override string ChangedAgenda => "the agenda";
    public override string ChangedCommitment => "the commitment";
    public override string ChangedSource(string title) => $"the source “{title}”";
    public override string ChangedActivity(string title) => $"the activity “{title}”";
    public override string ChangedEvidence(string id, string? activity) => $"the evidence {id}";
    public override string ChangedClause(string number) => $"the wording {number}";
    public override string ChangedSearch(string name) => $"the search {name}";

    public override string ReportNothingToShow(int onRecord, long position) => "No commitment is on this board: none was made by the day asked about.";
    public override string ReportStatusesTogether => "A status here is that of all parties together: one party’s act is enough for it. Beside it stands how many of them took concrete action.";
    public override string ReportColumnTogether => "All parties together";
    public override string ReportTimelineTogether => "The status is that of all parties together.";
    public override string ReportStatusesCaption(string since, string day, string? end, bool then) => end is null
        ? $"Judged as of {day}, on what has happened since {since}."
        : $"Judged on what happened from {since} to {RecordEndsHere(end, then)}.";
    public override string ReportSilent(string parties) => $"Not in the accounts of: {parties}.";

    private static string Amended(string? commitment, string done) => commitment is null ? char.ToUpperInvariant(done[0]) + done[1..] : $"{commitment}: {done}";
}
