using System.Globalization;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Boards.Changes;

/// <summary>
/// That some agenda has come further, as Server-Sent Events, for the page that shows them all: how many recordings there are on those that the caller
/// may read. Not of which, nor what was recorded: whoever hears it asks again for what they show.
/// </summary>
public static class ReadAnyLiveEndpoint
{
    [WolverineGet("/live"), Needs(Right.Read), EachTheirOwn, PageQuery("after")]
    public static IResult Get(
        HttpContext http, [NotBody] LiveFeeds feeds, [NotBody] LiveStreams streams,
        [NotBody] ICallerLookup callers, [NotBody] TimeProvider clock, [NotBody] IHostApplicationLifetime lifetime)
    {
        var given = http.Request.Headers["Last-Event-ID"] is { Count: > 0 } last ? last.ToString() : http.Request.One("after");
        var after = 0L;
        if (given is { Length: > 0 } && !long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out after))
            return Refuse.Unreadable("The last id must be a number of recordings.", "after").Answered();
        return streams.TryOpen(http.Asker()) is { } place
            ? new AnyLiveAnswer(given is { Length: > 0 } ? after : null, place, feeds, new Listener(http, callers, clock), lifetime.ApplicationStopping)
            : streams.NoPlace.Answered();
    }
}

/// <summary>Sends the number with each announcement that it is another, for as long as the client listens.</summary>
/// <param name="after">How many recordings the client knows of; null for all that there are.</param>
internal sealed class AnyLiveAnswer(long? after, IDisposable place, LiveFeeds feeds, Listener listener, CancellationToken stopping) : EventStreamAnswer(place, stopping)
{
    protected override async Task FollowAsync(EventStream stream, CancellationToken ct)
    {
        await stream.SendAsync($"{EventStream.Retry}\n", ct);
        using var _ = feeds.Totals.Follow();
        for (var told = after; ;)
        {
            var (totals, next) = await feeds.Totals.LatestAsync(ct);
            if (await listener.RevalidateAsync() is not { } caller) return;
            var count = totals.For(caller);
            if (told is null) told = count;
            else if (count != told) await stream.SendAsync(string.Create(CultureInfo.InvariantCulture, $"id: {told = count}\nevent: recorded\ndata: {{\"recordings\":{count}}}\n\n"), ct);
            await stream.WaitAsync(next, ct);
        }
    }
}
