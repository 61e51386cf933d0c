namespace Tracker.Boards.Known;

/// <summary>Waits for what follows an agenda's recordings. Announcements only tell when to look again.</summary>
public sealed class AnnouncedPositions(Announcements announcements, TimeProvider clock)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);

    /// <summary>Waits until what is announced on a channel has come to a position; false where patience ran out first.</summary>
    public async Task<bool> ReachedAsync(
        string channel, Func<string, CancellationToken, Task<Moment?>> latest, string agenda, long position, TimeSpan patience, CancellationToken ct)
    {
        var since = clock.GetTimestamp();
        while (true)
        {
            // Taken before looking, so that what is told in between is not missed.
            var told = announcements.Next(channel, agenda);
            if (await latest(agenda, ct) is { } reached && reached.Position >= position) return true;
            if (clock.GetElapsedTime(since) >= patience) return false;
            await Task.WhenAny(told, Task.Delay(LookAgain, ct));
            ct.ThrowIfCancellationRequested();
        }
    }
}
