using Tracker.Boards;
using Tracker.Languages;
using Tracker.Status;

namespace Tracker.Prose;

/// <summary>A flag in words: what it says with its reason, what it means, and the style class that it has.</summary>
public sealed record FlagWord(string Says, string Means, string Class);

/// <summary>What stands beside a status, in words: each flag with the day that it rests on.</summary>
public static class FlagWords
{
    /// <summary>Each flag: "Stale: no advance since 14 January 2023 (97 days)".</summary>
    /// <param name="staleAfterDays">After how many days without an advance the codebook calls a commitment stale.</param>
    public static IEnumerable<FlagWord> Each(BoardEntry entry, int staleAfterDays)
    {
        foreach (var flag in OfTime(entry, staleAfterDays)) yield return flag;
        if (entry.Flags.PendingReview > 0) yield return new(Texts.Pending(entry.Flags.PendingReview), Texts.PendingMeans, "flag soft");
    }

    /// <summary>All of it in one line; where nothing stands there, that.</summary>
    public static string Of(BoardEntry entry, int staleAfterDays) =>
        string.Join(", ", Each(entry, staleAfterDays).Select(x => x.Says)) is { Length: > 0 } said ? said : Texts.NoFlags;

    /// <summary>What time that passed says of it, as it stands within a line.</summary>
    public static IEnumerable<string> InLine(BoardEntry entry, int staleAfterDays) => OfTime(entry, staleAfterDays).Select(x => Texts.Uncapital(x.Says));

    private static IEnumerable<FlagWord> OfTime(BoardEntry entry, int staleAfterDays)
    {
        var (due, days) = (entry.Days?.DueOn is { } date ? DayWords.Of(date) : null, entry.Days);
        if (entry.Flags.Overdue) yield return new(QualifiedFlag.Overdue(entry, due is null ? Texts.Overdue : Texts.OverdueSince(due)), OverdueMeans(entry), "flag hard");
        if (entry.Flags.Late) yield return new(due is null ? Texts.Late : Texts.LateSince(due), Texts.LateMeans(days?.IsSurelyLate != false), "flag");
        if (entry.Flags.Stale)
            yield return new(QualifiedFlag.Stale(entry, days is null ? Texts.Stale : StaleSince(entry, days)), Texts.StaleMeans(staleAfterDays), "flag");
    }

    private static string OverdueMeans(BoardEntry entry) => entry switch
    {
        { Status: CommitmentStatus.Reversed } => Texts.OverdueReversedMeans,
        { Days.CountedFrom: { } from } => Texts.OverdueCountedMeans(DayWords.Of(from)),
        _ => Texts.OverdueMeans,
    };

    private static string StaleSince(BoardEntry entry, VerdictDays days)
    {
        var (since, count) = (DayWords.Of(days.AdvancedOn), days.AsOf.DayNumber - days.AdvancedOn.DayNumber);
        var isSure = entry.Because.Straddling.IsDefaultOrEmpty;
        return days.AdvancedOn == entry.Because.After ? Texts.StaleFrom(since, DayWords.Of(days.AsOf), count, isSure) : Texts.StaleSince(since, DayWords.Of(days.AsOf), count, isSure);
    }
}
