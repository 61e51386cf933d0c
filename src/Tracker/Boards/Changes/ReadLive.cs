using System.Globalization;
using System.Text;
using Tracker.Boards.Known;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Boards.Changes;

/// <summary>
/// What changes, as it is told, as Server-Sent Events: each with its id, its kind as the event's name, and itself as the data. Whoever comes back
/// with the last id they had gets what was told since, without a gap or a repeat; whoever comes without one gets what is told from now on.
/// </summary>
public static class ReadLiveEndpoint
{
    [WolverineGet("/api/v1/agendas/{a}/live"), Needs(Right.Read)]
    [Operation("followChanges", "What changes, as it is told", Gives = typeof(Change), Media = EventStreamAnswer.Media, Refuses = ["400 unreadable", "422 in-future", "503 behind", "503 newer-version"])]
    [Query("recordings", typeof(bool), "Tells of each later position too, as `recorded` without an id, also where nothing on the change log came with it.")]
    [Query("after", typeof(string), "As `Last-Event-ID`, for clients that cannot set a header: the id of a change, or a position.")]
    public static async Task<IResult> Get(
        string a, HttpContext http, [NotBody] ChangeReader changes, [NotBody] LiveFeeds feeds, [NotBody] LiveStreams streams,
        [NotBody] ICallerLookup callers, [NotBody] TimeProvider clock, [NotBody] IHostApplicationLifetime lifetime, CancellationToken ct)
    {
        var given = http.Request.Headers["Last-Event-ID"] is { Count: > 0 } last ? last.ToString() : http.Request.One("after");
        ChangeId? after = null;
        if (given is { Length: > 0 } && (after = ChangeId.Parse(given)) is null)
            return Refuse.Unreadable("The last id must be that of a change, or a position.", "after").Answered();
        if (http.Request.One("recordings") is var recordings and not (null or "true" or "false")) return Refuse.NotOfForm("recordings", "true or false", recordings).Answered();
        var (moment, refusal) = await changes.TellsToAsync(a, null, ct);
        if ((refusal ?? await changes.BeyondAsync(moment!, after, ct)) is { } no) return no.Answered();
        return streams.TryOpen(http.Asker()) is { } place
            ? new LiveAnswer(a, after, moment!, http.Request.One("recordings") is "true", place, changes, feeds, new Listener(http, callers, clock), lifetime.ApplicationStopping)
            : streams.NoPlace.Answered();
    }
}

/// <summary>Sends an agenda's changes for as long as the client listens.</summary>
/// <param name="after">What the client had last; null for all that was told when it came.</param>
/// <param name="recordings">Whether it is told of each recording too.</param>
internal sealed class LiveAnswer(
    string agenda, ChangeId? after, Moment start, bool recordings, IDisposable place, ChangeReader changes, LiveFeeds feeds, Listener listener, CancellationToken stopping)
    : EventStreamAnswer(place, stopping)
{
    private const int AtOnce = 100;

    public static LiveEvent EventOf(Change change) =>
        new(ChangeId.Parse(change.Id)!.Value, Encoding.UTF8.GetBytes($"id: {change.Id}\nevent: {Words.Text(change.Kind)}\ndata: {Encoding.UTF8.GetString(WireJson.Bytes(change))}\n\n"));

    protected override async Task FollowAsync(EventStream stream, CancellationToken ct)
    {
        // An id without data is no event, but a browser that loses the stream before the first one comes back with it.
        await stream.SendAsync(after is null ? string.Create(CultureInfo.InvariantCulture, $"{EventStream.Retry}id: {start.Position}\n\n") : $"{EventStream.Retry}\n", ct);
        var sent = after ?? new ChangeId(start.Position, int.MaxValue);
        var told = sent.Position;
        var (reader, following) = feeds.Follow(agenda);
        using var _ = following;
        while (true)
        {
            var (feed, next) = await reader.LatestAsync(ct);
            // Their key may have ended while they listened, or the agenda become internal: then there is nothing more to hear. A newer node tells on,
            // from where this one ends.
            if (await listener.RevalidateAsync() is not { } caller || !ReadAccess.MayRead(caller, agenda, feed.Head.IsInternal) || feed.Head.IsNewer) return;
            if (feed.Last is { } last && last.Position >= sent.Position)
            {
                // What waits to be sent stands in the table and not in memory: whoever is behind reads it, part by part, as fast as they take it.
                if (IsBefore(sent, feed.After))
                {
                    var page = await changes.PageAsync(last, sent, AtOnce, ct);
                    await stream.SendAsync(page.Items.Select(EventOf), ct);
                    sent = page.Next is null ? new ChangeId(last.Position, int.MaxValue) : ChangeId.Parse(page.Next)!.Value;
                    if (page.Next is not null) continue;
                }
                else
                {
                    await stream.SendAsync(feed.Events.Where(x => IsBefore(sent, x.Id)), ct);
                    sent = new ChangeId(last.Position, int.MaxValue);
                }

                if (recordings && last.Position > told) await stream.SendAsync(string.Create(CultureInfo.InvariantCulture, $"event: recorded\ndata: {{\"position\":{told = last.Position}}}\n\n"), ct);
            }

            await stream.WaitAsync(next, ct);
        }
    }

    private static bool IsBefore(ChangeId one, ChangeId other) => (one.Position, one.Number).CompareTo((other.Position, other.Number)) < 0;
}
