using Tracker.Boards;
using Tracker.Languages;

namespace Tracker.Prose;

/// <summary>
/// A sentence that is read without a page around it: it ends with the day it speaks of, which is never one that the record does not reach, or with where
/// the record ends; and where it was asked for as known at a position, with that.
/// </summary>
public static class DatedWords
{
    /// <param name="asOf">The day it speaks of: the day asked about, or where the record reaches no further, that.</param>
    /// <param name="endsOn">The day on which the record ends, where it is not current on the day asked about; null where it is.</param>
    /// <param name="asKnownAt">The position that it was asked for as known at; null where it is as known now.</param>
    public static string Of(string sentence, DateOnly asOf, DateOnly? endsOn, long? asKnownAt = null)
    {
        var dated = endsOn is not { } end ? Texts.SentenceOn(sentence, DayWords.Of(asOf))
            : asKnownAt is null ? Texts.SentenceTo(sentence, DayWords.Of(end))
            : Texts.SentenceToThen(sentence, DayWords.Of(end));
        return asKnownAt is { } position ? Texts.SentenceKnown(dated, position) : dated;
    }

    /// <summary>The day that was asked about; where the record reaches an earlier one, with that: "30 November 2026 (record to 15 November 2026)".</summary>
    public static string Day(DateOnly validAt, DateOnly coveredThrough) =>
        coveredThrough < validAt ? Texts.DayBeyondRecord(DayWords.Of(validAt), DayWords.Of(coveredThrough)) : DayWords.Of(validAt);

    /// <summary>Where the record of a board ends; where it is current, the day that was asked about.</summary>
    public static string Reach(Board board) => board.EndsOn is { } end
        ? Texts.RecordEndsOn(DayWords.Of(end), then: board.AsKnownAt is not null)
        : Texts.AsOfDay(Day(board.ValidAt, board.CoveredThrough));

    public static string Of(string sentence, Board board) => Of(sentence, board.AsOf, board.EndsOn, board.AsKnownAt);
}
