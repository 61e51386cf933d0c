using Npgsql;

namespace Tracker.Boards.Known;

/// <summary>How far the tables have come, agenda by agenda. The tables say so; announcements only tell when to look again.</summary>
public sealed class AppliedRecordings(NpgsqlDataSource database, Announcements announcements, TimeProvider clock)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);

    /// <summary>The last recording of an agenda that the tables hold whole; null before the first.</summary>
    public async Task<Moment?> LatestAsync(string agenda, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await LatestAsync(connection, agenda, ct);
    }

    /// <summary>The same, as a connection sees it.</summary>
    public static async Task<Moment?> LatestAsync(NpgsqlConnection connection, string agenda, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select position, recorded_at from {KnownTables.Recordings} where agenda = $1 order by position desc limit 1", connection);
        command.Parameters.Add(new() { Value = agenda });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? new Moment(agenda, reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1)) : null;
    }

    /// <summary>Waits until the tables hold a position of an agenda; false where patience ran out first.</summary>
    public Task<bool> ReachedAsync(string agenda, long position, TimeSpan patience, CancellationToken ct) =>
        ReachedAsync(KnownProjection.Channel, LatestAsync, agenda, position, patience, ct);

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
