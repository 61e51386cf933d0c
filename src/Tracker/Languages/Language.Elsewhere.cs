namespace Tracker.Languages;

/// <content>The words that other sites, feed readers and calendars show.</content>
public partial class Language
{
    public virtual string BoardPictureLacks => "A box stands for each character that this picture has no typeface for: the board’s page has them all.";
    // Badges
    public virtual string BadgeSince(string name) => $"since {RightToLeft.Isolated(name)}";
    public virtual string BadgeCount(int concrete, int all) => $"{Number(concrete)} of {Number(all)} concrete";
    public virtual string BadgeEmpty => "no commitments";
    public virtual string BadgeNothingRated => "nothing rated yet";
    public virtual string BadgeTold(string what, string sentence) => $"{what}. {sentence}";
    public virtual string BadgeTo(string says, string end, bool then) => $"{says} · record {(then ? "then ended" : "ends")} {end}";
    public virtual string BadgeOn(string says, string day) => $"{says} · on {day}";
    public virtual string BadgeThrough(string says, string covered) => $"{says} · to {covered}";
    public virtual string BadgeKnown(string says, long position) => $"{says} · {AsKnownAtPosition(position)}";
    public virtual string BadgeCountedFrom(string says, string day) => $"{says} · counted from {day}";

    // What is said without the page around it: it names its day, or where the record ends.
    public virtual string SentenceOn(string sentence, string day) => $"{sentence} {AsOfDay(day)}.";
    public virtual string SentenceTo(string sentence, string end) => $"{sentence} {RecordEnds(end)}";
    public virtual string SentenceReached(string sentence, string through) => $"{sentence} The record then reached {through}.";
    public virtual string SentenceToThen(string sentence, string end) => $"{sentence} {RecordEndedThen(end)}";

    public virtual string SentenceSince(string since, string sentence) => $"{since}: {sentence}";
    public virtual string SinceMade(string day) => $"Since it was made on {day}";
    public virtual string SentenceKnown(string sentence, long position) => $"{sentence} {Capital(AsKnownAtPosition(position))}.";

    // Pictures of a board
    public virtual string CountsElsewhere(int count) => $"{Number(count)} at other statuses";
    public virtual string BoardPictured(string agenda) => $"The board of “{agenda}”: how many of its commitments stand where.";
    public virtual string AsOfDay(string day) => $"As of {day}";
    public virtual string RecordEndsOn(string end, bool then) => $"The record {EndsOn(then)} {end}";
    public virtual string SinceLine(string name, string day) => $"Since {RightToLeft.Isolated(name)}, {day}";

    // Frames
    public virtual string EmbedTitle(string agenda) => $"{agenda}: where each commitment stands";
    public virtual string WholeBoard => "The whole board, with the evidence";
    public virtual string MoreCommitments(int count) => count == 1 ? "and one more" : $"and {Number(count)} more";
    public virtual string OpensAnew => "(opens in a new tab)";
    public virtual string EmbedThis => "Show this on another site";
    public virtual string EmbedIntro => "Copy one of these into a page of yours. Each shows what is on record whenever it is looked at; with a day in its address it stays as of that day.";
    public virtual string EmbedFrame => "The board in a frame";
    public virtual string EmbedBadge => "A badge, as HTML";
    public virtual string EmbedBadgeMarkdown => "A badge, as Markdown";

    // Feeds
    public virtual string Feed => "Atom feed";
    public virtual string DueDates => "What is due, for a calendar";
    public virtual string FollowIntro => "To follow it elsewhere:";
    public virtual string FeedTitle(string agenda) => $"{agenda}: what changed, and reports";
    public virtual string FeedChange(string kinds, string counts) => $"{kinds}. {counts}";
    public virtual string FeedReport(string since, string day, long position, string digest, bool late, string? end, string? asKnown) =>
        $"{(asKnown is null ? "" : $"{asKnown} ")}{(end is null ? "" : $"{RecordEndsOn(end, then: asKnown is not null)}. ")}It counts what happened after {since} and {(end is null ? $"through {day}" : $"through that day; issued for {day}")}. It rests on position {Number(position)}; the SHA-256 of its canonical JSON is {digest}.{(late ? " Issued late." : "")}";
    public virtual string ReportOf(string day) => $"Status report, {day}";
    public virtual string ReportInErrorOf(string report) => $"Issued in error: {report}";
    public virtual string FeedReportInError(string day, string reason) => $"Marked as issued in error on {day}: “{reason}” What it says stands as it was issued.";
    public virtual string ReportTerm => "Report";

    // Calendars
    public virtual string CalendarTitle(string agenda) => $"{agenda}: what is due when";
    public virtual string CalendarDue(string title) => $"Due: {title}";
    public virtual string CalendarOverdue(string? status, string title, string day, bool isEnd) => $"{(status is null ? "Overdue" : $"{status}; overdue")} on {day}{CalendarEnd(isEnd)}: {title}";
    public virtual string CalendarDueAfterEnd(string due, string end, string title) => $"Due {due}, after the record’s end on {end}: {title}";
    public virtual string CalendarDelivered(string status, string title) => $"{status}: {title}";
    public virtual string CalendarLate(bool isSure) => isSure ? "Delivered late" : "Delivered, perhaps late";
    public virtual string CalendarDeliveredLate(string day, bool isSure) => isSure ? $"It was delivered late, by {day}." : $"It was delivered by {day}, perhaps late.";
    public virtual string CalendarOfParties(string title, string parties) => $"{title}; {parties}";
    public virtual string CalendarWithdrawn(string title) => $"Withdrawn: {title}";
    public virtual string CalendarDueIn(string date, bool isOneDay) => isOneDay ? $"Due {date}." : $"Due {date}: it stands on the last day that this can mean.";
    public virtual string CalendarDueBeyond(string date, string end) => $"Due {date}; the record ends on {end}. Whether it was done is not on record.";
    public virtual string CalendarStatus(string status, string day, bool isEnd) => $"Status on {day}{CalendarEnd(isEnd)}: {char.ToLower(status[0], Culture)}{status[1..]}.";
    private static string CalendarEnd(bool isEnd) => isEnd ? ", where the record ends" : "";
    public virtual string CalendarReport(string agenda) => $"Status report: {agenda}";
    public virtual string CalendarSchedule(string schedule) => $"Issued by the schedule {schedule}.";
    public virtual string CalendarIsWithdrawn => "The commitment was withdrawn from the record.";
}
