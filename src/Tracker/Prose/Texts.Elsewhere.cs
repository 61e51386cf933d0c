namespace Tracker.Prose;

/// <content>The words that other sites, feed readers and calendars show.</content>
public static partial class Texts
{
    // Badges
    public static string BadgeSince(string name) => $"since {name}";
    public static string BadgeCount(int concrete, int all) => $"{Number(concrete)} of {Number(all)} concrete";
    public const string BadgeEmpty = "no commitments";
    public const string BadgeNothingRated = "nothing rated yet";
    public static string BadgeTold(string what, string sentence, string day) => $"{what}. {sentence} As of {day}.";

    // Pictures of a board
    public static string PictureTold(string sentence, string day) => $"{sentence} As of {day}.";
    public static string AsOfDay(string day) => $"As of {day}";
    public static string SinceLine(string name, string day) => $"Since {name}, {day}";

    // Frames
    public static string EmbedTitle(string agenda) => $"{agenda}: where each commitment stands";
    public const string WholeBoard = "The whole board, with the evidence";
    public static string MoreCommitments(int count) => count == 1 ? "and one more" : $"and {Number(count)} more";
    public const string OpensAnew = "(opens in a new tab)";
    public const string EmbedThis = "Show this on another site";
    public const string EmbedIntro = "Copy one of these into a page of yours. Each stays up to date by itself; with a day in its address it stays as of that day.";
    public const string EmbedFrame = "The board in a frame";
    public const string EmbedBadge = "A badge, as HTML";
    public const string EmbedBadgeMarkdown = "A badge, as Markdown";

    // Feeds
    public const string Feed = "Atom feed";
    public const string DueDates = "What is due, for a calendar";
    public const string FollowIntro = "To follow it elsewhere:";
    public static string FeedTitle(string agenda) => $"{agenda}: what changed, and reports";
    public static string FeedChange(string kind, string day, bool late) => $"{kind}. {HoldsFrom(day)}{(late ? $"; {KnownLater}" : "")}.";
    public static string FeedReport(string since, string day, long position, string digest, bool late) =>
        $"Counted since {since}, as of {day}. It rests on position {Number(position)}; the SHA-256 of its canonical JSON is {digest}.{(late ? " Issued late." : "")}";
    public static string ReportOf(string day) => $"Status report, {day}";
    public const string ReportTerm = "Report";

    // Calendars
    public static string CalendarTitle(string agenda) => $"{agenda}: what is due when";
    public static string CalendarDue(string title) => $"Due: {title}";
    public static string CalendarOverdue(string title) => $"Overdue: {title}";
    public static string CalendarDelivered(string title) => $"Delivered: {title}";
    public static string CalendarWithdrawn(string title) => $"Withdrawn: {title}";
    public static string CalendarDueIn(string date, bool isOneDay) => isOneDay ? $"Due {date}." : $"Due {date}: it stands on the last day that this can mean.";
    public static string CalendarStands(string status) => $"It stands at: {status.ToLower(Culture)}.";
    public static string CalendarReport(string agenda) => $"Status report: {agenda}";
    public static string CalendarSchedule(string schedule) => $"Issued by the schedule {schedule}.";
    public const string CalendarIsWithdrawn = "The commitment was withdrawn from the record.";
}
