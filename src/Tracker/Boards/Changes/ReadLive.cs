using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
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
    [Operation("followChanges", "What changes, as it is told", Gives = typeof(Change), Media = LiveAnswer.Media, Refuses = ["400 unreadable", "422 in-future", "503 behind", "503 newer-version"])]
    [Query("recordings", typeof(bool), "Tells of each later position too, as `recorded` without an id, also where nothing on the change log came with it.")]
    [Query("after", typeof(string), "As `Last-Event-ID`, for clients that cannot set a header: the id of a change, or a position.")]
    public static async Task<IResult> Get(
        string a, HttpContext http, [NotBody] ChangeReader changes, [NotBody] Announcements announcements, [NotBody] LiveStreams streams,
        [NotBody] ReadAccess readAccess, [NotBody] ICallerLookup callers, [NotBody] TimeProvider clock, [NotBody] IHostApplicationLifetime lifetime, CancellationToken ct)
    {
        var given = http.Request.Headers["Last-Event-ID"] is { Count: > 0 } last ? last.ToString() : http.Request.One("after");
        ChangeId? after = null;
        if (given is { Length: > 0 } && (after = ChangeId.Parse(given)) is null)
            return Refuse.Unreadable("The last id must be that of a change, or a position.", "after").Answered();
        if (http.Request.One("recordings") is var recordings and not (null or "true" or "false")) return Refuse.NotOfForm("recordings", "true or false", recordings).Answered();
        var (moment, refusal) = await changes.TellsToAsync(a, null, ct);
        if ((refusal ?? await changes.BeyondAsync(moment!, after, ct)) is { } no) return no.Answered();
        return streams.TryOpen(http.Asker()) is { } place
            ? new LiveAnswer(a, after, moment!, http.Request.One("recordings") is "true", place, changes, announcements, readAccess, callers, clock, lifetime.ApplicationStopping)
            : streams.NoPlace.Answered();
    }
}

/// <summary>
/// Writes an agenda's changes for as long as the client listens. What waits to be sent stands in the table and not in memory: it is read
/// part by part, as fast as the client takes it.
/// </summary>
internal sealed class LiveAnswer(
    string agenda, ChangeId? after, Moment start, bool recordings, IDisposable place, ChangeReader changes, Announcements announcements, ReadAccess readAccess,
    ICallerLookup callers, TimeProvider clock, CancellationToken stopping) : IResult
{
    public const string Media = "text/event-stream";

    private const int AtOnce = 100;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var _ = place;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
        var response = httpContext.Response;
        response.ContentType = Media;
        response.Headers.CacheControl = "no-store";
        // For proxies that would keep it back until there is more.
        response.Headers["X-Accel-Buffering"] = "no";
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            await FollowAsync(response, new Listener(httpContext, callers, clock), either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // Gone, or we are: both end a stream.
        }
    }

    private async Task FollowAsync(HttpResponse response, Listener listener, CancellationToken ct)
    {
        // An id without data is no event, but a browser that loses the stream before the first one comes back with it.
        await SendAsync(response, after is null ? string.Create(CultureInfo.InvariantCulture, $"retry: 2000\nid: {start.Position}\n\n") : "retry: 2000\n\n", ct);
        var sent = after ?? new ChangeId(start.Position, int.MaxValue);
        var told = sent.Position;
        while (true)
        {
            // Taken before looking, so that what is told in between is not missed.
            var next = announcements.Next(ChangeTables.Channel, agenda);
            // Their key may have ended while they listened, or the agenda become internal: then there is nothing more to hear.
            if (await listener.RevalidateAsync() is not { } caller || !await readAccess.MayReadAsync(caller, agenda, ct)) return;
            // A newer node tells on, from where this one ends.
            if (await readAccess.IsLeftAsync(agenda, ct)) return;
            if (await changes.LatestAsync(agenda, ct) is { } moment && moment.Position >= sent.Position)
            {
                var page = await changes.PageAsync(moment, sent, AtOnce, ct);
                foreach (var change in page.Items) await SendAsync(response, EventOf(change), ct);
                sent = page.Next is null ? new ChangeId(moment.Position, int.MaxValue) : ChangeId.Parse(page.Next)!.Value;
                if (page.Next is not null) continue;
                if (recordings && moment.Position > told) await SendAsync(response, string.Create(CultureInfo.InvariantCulture, $"event: recorded\ndata: {{\"position\":{told = moment.Position}}}\n\n"), ct);
            }

            if (!await ToldAsync(next, ct)) await SendAsync(response, ":\n\n", ct);
        }
    }

    /// <summary>Waits for something to be told; false where it is time to show that we are still there.</summary>
    private async Task<bool> ToldAsync(Task told, CancellationToken ct)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var first = await Task.WhenAny(told, Task.Delay(Listener.Heartbeat, clock, enough.Token));
        await enough.CancelAsync();
        ct.ThrowIfCancellationRequested();
        return first == told;
    }

    private static string EventOf(Change change) => $"id: {change.Id}\nevent: {Words.Text(change.Kind)}\ndata: {Encoding.UTF8.GetString(WireJson.Bytes(change))}\n\n";

    private static async Task SendAsync(HttpResponse response, string text, CancellationToken ct)
    {
        await response.WriteAsync(text, ct);
        await response.Body.FlushAsync(ct);
    }
}
