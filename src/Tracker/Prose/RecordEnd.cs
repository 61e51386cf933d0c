using Tracker.Boards;
using Tracker.Languages;

namespace Tracker.Prose;

/// <summary>How far the record behind a board reaches: its newest evidence and its last search.</summary>
public sealed record RecordEnd(DateOnly? LatestActivityOn, DateOnly? LastSearchedThrough)
{
    public static RecordEnd Of(Board board) => new(
        board.Commitments.Max(x => x.LatestActivityOn),
        board.Commitments.Max(x => x.Because.LastSearchedThrough));

    /// <summary>The last day that anything on the board speaks of; null where nothing does.</summary>
    public DateOnly? Day => LatestActivityOn > LastSearchedThrough ? LatestActivityOn : LastSearchedThrough ?? LatestActivityOn;

    /// <summary>
    /// Says that a board asked for long after its record ends is silent about the time between, so that nobody reads silence as
    /// inaction. Null where the record is fresh by the codebook's own measure.
    /// </summary>
    public string? Warning(Board board) =>
        Day is { } end && board.ValidAt.DayNumber - end.DayNumber > board.Codebook.StaleAfterDays
            ? Texts.RecordEnds(
                DayWords.Of(end),
                LatestActivityOn is { } activity ? DayWords.Of(activity) : null,
                LastSearchedThrough is { } search ? DayWords.Of(search) : null)
            : null;
}
