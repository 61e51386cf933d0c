using Tracker.Languages;

namespace Tracker.Prose;

/// <summary>A sentence that is read without a page around it: it ends with the day it speaks of, or with where the record ends.</summary>
public static class DatedWords
{
    /// <param name="endsOn">The day on which the record ends, where it is not current on the day asked about; null where it is.</param>
    public static string Of(string sentence, DateOnly validAt, DateOnly? endsOn) =>
        endsOn is { } end ? Texts.SentenceTo(sentence, DayWords.Of(end)) : Texts.SentenceOn(sentence, DayWords.Of(validAt));
}
