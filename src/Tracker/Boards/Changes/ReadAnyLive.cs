using System.Globalization;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http.Features;
using Npgsql;
using Tracker.Boards.Known;
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
        HttpContext http, [NotBody] NpgsqlDataSource database, [NotBody] Announcements announcements, [NotBody] LiveStreams streams,
        [NotBody] ICallerLookup callers, [NotBody] TimeProvider clock, [NotBody] IHostApplicationLifetime lifetime)
    {
        var given = http.Request.Headers["Last-Event-ID"] is { Count: > 0 } last ? last.ToString() : http.Request.One("after");
        var after = 0L;
        if (given is { Length: > 0 } && !long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out after))
            return Refuse.Unreadable("The last id must be a number of recordings.", "after").Answered();
        return streams.TryOpen(http.Asker()) is { } place
            ? new AnyLiveAnswer(given is { Length: > 0 } ? after : null, place, database, announcements, callers, clock, lifetime.ApplicationStopping)
            : streams.NoPlace.Answered();
    }
}

/// <summary>Counts again with each announcement, for as long as the client listens.</summary>
/// <param name="after">How many recordings the client knows of; null for all that there are.</param>
internal sealed class AnyLiveAnswer(
    long? after, IDisposable place, NpgsqlDataSource database, Announcements announcements, ICallerLookup callers, TimeProvider clock, CancellationToken stopping) : IResult
{

    // Room for one: announced ten times while it is looked, it is looked once more.
    private readonly Channel<bool> _announced = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var _ = place;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
        var response = httpContext.Response;
        response.ContentType = LiveAnswer.Media;
        response.Headers.CacheControl = "no-store";
        // For proxies that would keep it back until there is more.
        response.Headers["X-Accel-Buffering"] = "no";
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        announcements.Announced += Hear;
        try
        {
            await FollowAsync(response, new Listener(httpContext, callers, clock), either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // Gone, or we are: both end a stream.
        }
        finally
        {
            announcements.Announced -= Hear;
        }
    }

    private async Task FollowAsync(HttpResponse response, Listener listener, CancellationToken ct)
    {
        var told = after ?? await CountAsync(listener.Caller, ct);
        await SendAsync(response, "retry: 2000\n\n", ct);
        while (true)
        {
            if (await listener.RevalidateAsync() is not { } caller) return;
            if (await CountAsync(caller, ct) is var count && count != told)
                await SendAsync(response, string.Create(CultureInfo.InvariantCulture, $"id: {told = count}\nevent: recorded\ndata: {{\"recordings\":{count}}}\n\n"), ct);
            if (!await AnnouncedAsync(ct)) await SendAsync(response, ":\n\n", ct);
        }
    }

    private async Task<long> CountAsync(Caller caller, CancellationToken ct)
    {
        var (isReadable, everything, theirs) = ReadAccess.Condition(caller, "p.agenda");
        await using var command = database.CreateCommand($"select coalesce(sum(p.position), 0)::bigint from {ChangeTables.Progress} p where {isReadable}");
        command.Parameters.Add(new() { Value = everything });
        command.Parameters.Add(new() { Value = theirs });
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Waits for an announcement; false where it is time to show that we are still there.</summary>
    private async Task<bool> AnnouncedAsync(CancellationToken ct)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var next = _announced.Reader.ReadAsync(enough.Token).AsTask();
        var first = await Task.WhenAny(next, Task.Delay(Listener.Heartbeat, clock, enough.Token));
        await enough.CancelAsync();
        ct.ThrowIfCancellationRequested();
        return first == next;
    }

    private void Hear(string channel, string? agenda)
    {
        if (channel == ChangeTables.Channel) _announced.Writer.TryWrite(true);
    }

    private static async Task SendAsync(HttpResponse response, string text, CancellationToken ct)
    {
        await response.WriteAsync(text, ct);
        await response.Body.FlushAsync(ct);
    }
}
