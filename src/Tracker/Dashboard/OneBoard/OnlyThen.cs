using System.Collections.Immutable;
using Tracker.Boards;
using Tracker.Boards.Known;
using Tracker.Recording;

namespace Tracker.Dashboard.OneBoard;

/// <summary>A commitment that is on the other day's board and not on this day's: not made yet, or withdrawn since.</summary>
/// <param name="Then">Where it stood on the other day.</param>
/// <param name="Withdrawal">Why it was taken back, after that day; null where it was made later than this day.</param>
public sealed record OnlyThen(BoardEntry Then, DateOnly MadeOn, Withdrawal? Withdrawal)
{
    /// <param name="here">The board of the day asked about, whole.</param>
    /// <param name="there">What the board of the other day is judged from.</param>
    public static async Task<ImmutableArray<OnlyThen>> OfAsync(Board here, BoardReader.Material there, RecordReader record, CancellationToken ct)
    {
        var shown = here.Commitments.Select(x => x.Slug).ToHashSet(StringComparer.Ordinal);
        var withdrawn = await record.NamedAsync(KnownTables.Commitments, there.Moment, there.Promises.Where(x => x.Promise.Withdrawn).Select(x => x.Promise.Slug), ct);
        var only = ImmutableArray.CreateBuilder<OnlyThen>();
        foreach (var (promise, title, searches, tags) in there.Promises.Where(x => !shown.Contains(x.Promise.Slug)))
        {
            var withdrawal = withdrawn.GetValueOrDefault(promise.Slug)?.Withdrawal;
            // What was withdrawn by the end of that day was on its board no more.
            if (withdrawal is not null && DateOnly.FromDateTime(withdrawal.At.UtcDateTime) <= there.ValidAt) continue;
            if (there.Judge(promise with { Withdrawn = false }, searches) is not { } verdict) continue;
            only.Add(new OnlyThen(BoardEntry.Of(promise.Slug, title, promise.Type, verdict) with { Tags = [.. tags] }, promise.MadeOn, withdrawal));
        }

        return only.ToImmutable();
    }
}
