using Marten;
using Tracker.Recording;

namespace Tracker.Feeds;

/// <summary>
/// The ids that readers and calendars know an agenda's things by. They come from the event that opened it: the same for ever, on whatever host, and no one
/// else's, though another installation may have an agenda of the same name.
/// </summary>
public sealed class FeedIds(IDocumentStore store)
{
    /// <summary>What the ids of an agenda's things begin with: <c>urn:tracker:us-china-bali:0186fb3c5a807c1e9d0b6a3c4f1f8a01</c>.</summary>
    public async Task<string> OfAsync(string agenda, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        return await session.Events.FetchStreamAsync(StreamKey.ForAgenda(agenda).ToString(), version: 1, token: ct) is [var opened]
            ? $"urn:tracker:{agenda}:{opened.Id:N}"
            : throw new InvalidOperationException($"The tables tell of '{agenda}', and nothing opened it.");
    }
}
