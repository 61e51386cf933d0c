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
        var dated = endsOn is { } end ? Texts.SentenceTo(sentence, DayWords.Of(end)) : Texts.SentenceOn(sentence, DayWords.Of(asOf));
        return asKnownAt is { } position ? Texts.SentenceKnown(dated, position) : dated;
    }

    public static string Of(string sentence, Board board) => Of(sentence, board.AsOf, board.EndsOn, board.AsKnownAt);
}
