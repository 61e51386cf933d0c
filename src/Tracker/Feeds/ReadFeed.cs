using Tracker.Boards;
using Tracker.Boards.Changes;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Feeds;

/// <summary>
/// What changed on an agenda, corrections among it, and the reports that were issued, the newest first: the last hundred, and by
/// <c>next</c> those before them.
/// </summary>
public static class ReadFeedEndpoint
{
    [WolverineGet("/api/v1/agendas/{a}/feed.atom"), Needs(Right.Read)]
    [Operation("readFeed", "Changes and reports, as an Atom feed", Gives = typeof(string), Media = AtomFormat.Media, Asks = Asks.Tag | Asks.Date | Asks.AtLeast)]
    [Query("before", typeof(string), "Only what stands before this entry: what the feed's `next` link says.")]
    [Query("kind", typeof(string), "Only changes of this kind, or of these, with commas between them, and no reports.")]
    public static async Task<IResult> Get(
        string a, HttpRequest request, [NotBody] FeedReader feeds, [NotBody] PublicAddress address, [NotBody] TimeProvider clock, CancellationToken ct)
    {
        var (read, unreadable) = ReadAt.Parse(null, null, null, request.One("atLeast"));
        if (read is null) return unreadable!.Answered();
        ChangeId? before = null;
        if (request.One("before") is { } id && (before = ChangeId.Parse(id)) is null) return Refuse.NotOfForm("before", "the place of an entry", id).Answered();
        (var kinds, unreadable) = ChangeKinds.Asked(request.One("kind"));
        if (unreadable is not null) return unreadable.Answered();
        var (feed, refusal) = await feeds.ReadAsync(a, before, read.AtLeast, kinds, ct);
        if (feed is null) return refusal!.Answered();
        return new ReadAnswer(AtomFormat.Of(feed, address.Of(request)), feed.Moment.Position, feed.Moment.Position)
        {
            Media = AtomFormat.Media + "; charset=utf-8",
            LastModified = Dated.Surely(LastModified(feed, kinds is null ? feed.Updated : feed.Moment.RecordedAt), clock),
        };
    }

    // The sentence of a current record counts the days, and so changes each day, and once more when the record is no longer current. Of some kinds alone, the
    // entries do not tell everything that it changes with.
    private static DateTimeOffset LastModified(Feed feed, DateTimeOffset told)
    {
        var board = feed.Board;
        return Dated.Later(told, board.Current ? board.ValidAt : board.CoveredThrough.AddDays(board.Codebook.CurrentForDays + 1));
    }
}

/// <summary>Dates of answers, which are to the second, for things that are told faster.</summary>
internal static class Dated
{
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);

    /// <summary>The later of an instant and a day's beginning.</summary>
    public static DateTimeOffset Later(DateTimeOffset recordedAt, DateOnly day) =>
        new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) is var midnight && midnight > recordedAt ? midnight : recordedAt;

    /// <summary>The date, once nothing more can be told under it; null before that: then the tag alone says what is new.</summary>
    public static DateTimeOffset? Surely(DateTimeOffset recordedAt, TimeProvider clock) => clock.GetUtcNow() - recordedAt > Settled ? recordedAt : null;
}
