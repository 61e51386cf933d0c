using System.Globalization;
using Npgsql;
using Tracker.Boards.Changes;

namespace Tracker.Boards.Known;

/// <summary>
/// What the database announces to all nodes: that an agenda has come further. It only says when to look again; what is so stands in
/// the tables.
/// </summary>
public sealed class Announcements(NpgsqlDataSource database, IEnumerable<AnnouncedOn> channels, ILogger<Announcements> log) : BackgroundService
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);

    // No agenda has this name.
    private const string AnyAgenda = "";

    private readonly string[] _channels = [KnownTablesWriter.Channel, ChangeTables.Channel, .. channels.Select(x => x.Channel)];

    // Agendas share places, so that asking for what is not there leaves nothing behind: who is woken for another looks, and waits again.
    private readonly TaskCompletionSource[] _places = [.. Enumerable.Range(0, 1_024).Select(_ => NewPlace())];

    /// <summary>Told of each announcement: the channel and the agenda, or of a channel alone where some may have been missed.</summary>
    public event Action<string, string?>? Announced;

    /// <summary>Completes with the next announcement about an agenda. Take it before looking, so that what comes in between is not missed.</summary>
    public Task Next(string channel, string agenda) => Volatile.Read(ref _places[PlaceOf(channel, agenda)]).Task;

    /// <summary>Completes with the next announcement about any agenda.</summary>
    public Task Next(string channel) => Next(channel, AnyAgenda);

    /// <summary>What an announcement says.</summary>
    public static string Text(string agenda, long position) => string.Create(CultureInfo.InvariantCulture, $"{agenda}:{position}");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(stoppingToken);
                connection.Notification += (_, e) => Announce(e.Channel, e.Payload.Split(':')[0]);
                await using (var listen = new NpgsqlCommand(string.Join(';', _channels.Select(x => $"listen {x}")), connection))
                    await listen.ExecuteNonQueryAsync(stoppingToken);
                foreach (var channel in _channels) AnnounceAll(channel);
                while (true) await connection.WaitAsync(stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or InvalidOperationException or IOException)
            {
                if (stoppingToken.IsCancellationRequested) return;
                log.LogWarning(e, "Lost the connection that tells of new recordings; readers look for themselves until it is back.");
                await Task.Delay(LookAgain, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private void Announce(string channel, string agenda)
    {
        Release(PlaceOf(channel, agenda));
        Release(PlaceOf(channel, AnyAgenda));
        Announced?.Invoke(channel, agenda);
    }

    private void AnnounceAll(string channel)
    {
        for (var i = 0; i < _places.Length; i++) Release(i);
        Announced?.Invoke(channel, null);
    }

    private void Release(int place) => Interlocked.Exchange(ref _places[place], NewPlace()).TrySetResult();

    private int PlaceOf(string channel, string agenda) => (int)((uint)HashCode.Combine(channel, agenda) % (uint)_places.Length);

    private static TaskCompletionSource NewPlace() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>A PostgreSQL channel that is listened to beside those of the tables; what it announces begins with whom it concerns.</summary>
public sealed record AnnouncedOn(string Channel);
