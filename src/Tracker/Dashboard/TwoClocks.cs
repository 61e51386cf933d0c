using Tracker.Boards;
using Tracker.Boards.Known;

namespace Tracker.Dashboard;

/// <summary>
/// One day told twice: as it was known when the agenda was first recorded, and as it is known now. Shown where the two differ, so that a reader
/// sees that when something was true and when it was known are two questions.
/// </summary>
/// <param name="Then">The board of the day on which the first recording ended, as known by it.</param>
/// <param name="Now">The board of the same day, as known now: in the words that the page of that day has.</param>
public sealed record TwoClocks(Board Then, Board Now)
{
    private const int MostCommitments = 200;

    /// <summary>Reads them; null where there is nothing to tell: one recording alone, no commitment in the first, the same in both, or too much to judge for a list.</summary>
    public static async Task<TwoClocks?> ReadAsync(BoardReader boards, Board latest, CancellationToken ct)
    {
        if (latest.Position < 2 || latest.Commitments.Length > MostCommitments) return null;
        var first = new ReadAt(KnownAt: new KnownAt(1, null)) { ToRecordEnd = true };
        if ((await boards.ReadAsync(latest.Agenda, first, ct)).Board is not { Ended: true, Commitments.IsEmpty: false } then) return null;
        if ((await boards.ReadAsync(latest.Agenda, new ReadAt(then.ValidAt) { ToRecordEnd = true }, ct)).Board is not { } now) return null;
        return now.Summary.ByStatus == then.Summary.ByStatus ? null : new TwoClocks(then, now);
    }
}
