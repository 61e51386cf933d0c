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
    [WolverineGet("/live"), Needs(Right.Read), EachTheirOwn]
    public static IResult Get(
        HttpContext http, [NotBody] NpgsqlDataSource database, [NotBody] Announcements announcements, [NotBody] LiveStreams streams,
        [NotBody] TimeProvider clock, [NotBody] IHostApplicationLifetime lifetime)
    {
        var given = http.Request.Headers["Last-Event-ID"] is { Count: > 0 } last ? last.ToString() : http.Request.One("after");
        var after = 0L;
        if (given is { Length: > 0 } && !long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out after))
            return Refuse.Unreadable("The last id must be a number of recordings.", "after").Answered();
        return streams.TryOpen(http.Asker()) is { } place
            ? new AnyLiveAnswer(http.Caller(), given is { Length: > 0 } ? after : null, place, database, announcements, clock, lifetime.ApplicationStopping)
            : (new Refusal(429, "too-many-requests", "You have as many streams open as one may have.") { RetryAfter = 15 }).Answered();
    }
}

/// <summary>Counts again with each announcement, for as long as the client listens.</summary>
/// <param name="after">How many recordings the client knows of; null for all that there are.</param>
internal sealed class AnyLiveAnswer(
    Caller caller, long? after, IDisposable place, NpgsqlDataSource database, Announcements announcements, TimeProvider clock, CancellationToken stopping) : IResult
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

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
            await FollowAsync(response, either.Token);
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

    private async Task FollowAsync(HttpResponse response, CancellationToken ct)
    {
        var told = after ?? await CountAsync(ct);
        await SendAsync(response, "retry: 2000\n\n", ct);
        while (true)
        {
            if (await CountAsync(ct) is var count && count > told)
                await SendAsync(response, string.Create(CultureInfo.InvariantCulture, $"id: {told = count}\nevent: recorded\ndata: {{\"recordings\":{count}}}\n\n"), ct);
            if (!await AnnouncedAsync(ct)) await SendAsync(response, ":\n\n", ct);
        }
    }

    private async Task<long> CountAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select coalesce(sum(position), 0)::bigint from {ChangeTables.Progress} where $1::text[] is null or agenda = any($1)");
        string?[]? theirs = caller.May(Right.Read, null) ? null : [.. caller.Grants.Where(x => x.Role.Carries(Right.Read)).Select(x => x.Agenda)];
        command.Parameters.Add(new() { Value = theirs ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Text });
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Waits for an announcement; false where it is time to show that we are still there.</summary>
    private async Task<bool> AnnouncedAsync(CancellationToken ct)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var next = _announced.Reader.ReadAsync(enough.Token).AsTask();
        var first = await Task.WhenAny(next, Task.Delay(Heartbeat, clock, enough.Token));
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
