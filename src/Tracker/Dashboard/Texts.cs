using System.Globalization;
using Tracker.Boards;
using Tracker.Recording;
using Tracker.Status;

namespace Tracker.Dashboard;

/// <summary>Every word that the pages say, in one place, so that another language can be added.</summary>
internal static class Texts
{
    public const string Product = "Tracker";
    public const string Question = "They said they would. What has been done since?";
    public const string SkipToContent = "Skip to the content";
    public const string Footer = "Each status is computed from reviewed evidence by a published rule; none is typed in.";
    public const string Contract = "API";
    public const string NoAgendas = "There is no agenda yet.";
    public const string AllAgendas = "All agendas";
    public const string ValidAt = "As of";
    public const string Since = "Since";
    public const string KnownAt = "As known at";
    public const string KnownAtHint = "now: or a position, an instant";
    public const string Show = "Show";
    public const string Commitment = "Commitment";
    public const string Status = "Status";
    public const string Deepest = "Deepest evidence";
    public const string LatestActivity = "Latest activity";
    public const string SameAsJson = "The same, for ever, as JSON";
    public const string BackToBoard = "Back to the board";
    public const string NotOnTheBoard = "It was not made yet on that day.";
    public const string Criteria = "What would count as concrete action:";
    public const string Wordings = "What each side's account says";
    public const string NoWordings = "No account's wording of it is recorded.";
    public const string Translation = "Translation:";
    public const string Evidence = "Evidence";
    public const string NoEvidence = "None is recorded.";
    public const string Searches = "Searches that found nothing";
    public const string NoSearches = "None is recorded.";

    /// <summary>A status as a person says it; of a restraint, as a breach or none.</summary>
    public static string Of(CommitmentStatus status, bool restraint) => status switch
    {
        CommitmentStatus.Reversed => "Reversed",
        CommitmentStatus.Delivered => "Delivered",
        CommitmentStatus.Contested => "Contested",
        CommitmentStatus.ConcreteAction => "Concrete action",
        CommitmentStatus.Undercut => restraint ? "Breached" : "Undercut",
        CommitmentStatus.Partial => "Partial",
        CommitmentStatus.DialogueOnly => "Talks only",
        CommitmentStatus.WordsOnly => "Words only",
        CommitmentStatus.NoneFound => restraint ? "No breach found" : "None found",
        _ => "Not yet rated",
    };

    public static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    public static string SearchedThrough(DateOnly day) => $"searched through {Day(day)}";

    public static string BoardCaption(Board board) => $"Every commitment, as of {Day(board.ValidAt)}, since {Day(board.Since)}";

    public static IEnumerable<string> Flags(Flags flags)
    {
        if (flags.Overdue) yield return "overdue";
        if (flags.Late) yield return "delivered late";
        if (flags.Stale) yield return "stale";
        if (flags.PendingReview > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{flags.PendingReview} to review");
    }

    public static string Deepest_(EvidenceCounts x) => x switch
    {
        { Delivered: > 0 } => "5/5 delivered",
        { Measure: > 0 } => "4/5 measure",
        { Mechanism: > 0 } => "3/5 mechanism",
        { Contact: > 0 } => "2/5 contact",
        { Words: > 0 } => "1/5 words",
        _ => "–",
    };

    /// <summary>Why a commitment stands where it does, in a sentence.</summary>
    public static string Because(BoardEntry entry)
    {
        var x = entry.Because;
        var window = $"after {Day(x.After)} and through {Day(x.Through)}";
        var bar = Words.Text(x.Bar);
        return entry.Status switch
        {
            CommitmentStatus.NotYetRated => $"Nothing is recorded of it {window}, and nobody has recorded a search.",
            CommitmentStatus.NoneFound => $"Nothing is recorded of it {window}; someone {SearchedThrough(x.LastSearchedThrough!.Value)} and found nothing.",
            CommitmentStatus.WordsOnly => $"What is recorded {window} goes no deeper than words; the bar is {bar}.",
            CommitmentStatus.DialogueOnly => $"The parties met, called or visited {window}, and what is recorded goes no deeper; the bar is {bar}.",
            CommitmentStatus.Partial => $"Something was put in place {window}, but nothing that advances it reaches the bar, {bar}.",
            CommitmentStatus.ConcreteAction => $"{x.Concrete.Length} piece(s) of evidence {window} advance it at or above the bar, {bar}.",
            CommitmentStatus.Contested => $"Evidence {window} both advances it ({x.Concrete.Length}) and undercuts it ({x.Undercutting.Length}) at or above the bar, {bar}.",
            CommitmentStatus.Undercut => $"What is recorded {window} undercuts it, and nothing advances it at or above the bar, {bar}.",
            CommitmentStatus.Delivered => "What was promised exists, and nothing later takes it back.",
            _ => "It was delivered, and taken back since.",
        };
    }
}
