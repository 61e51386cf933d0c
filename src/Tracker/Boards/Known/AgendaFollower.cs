using System.Threading.Channels;
using Npgsql;
using Tracker.Recording;

namespace Tracker.Boards.Known;

/// <summary>
/// Does something with each agenda that has come further: with a few at once, so that a large one does not hold back the others, and with each
/// one step after the other. Every node follows, and mostly another was there first: what is
/// done and how far is for the one who does it to lock. A database that is away just now is asked again.
/// </summary>
public abstract class AgendaFollower(NpgsqlDataSource database, Announcements announcements, ILogger log) : BackgroundService
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);

    /// <summary>How many agendas are followed at once.</summary>
    private const int AtOnce = 4;

    private readonly Channel<string> _behind = Channel.CreateUnbounded<string>();
    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);

    /// <summary>Where an agenda is of which there is something to do.</summary>
    private enum Place
    {
        Waiting,
        AtWork,

        /// <summary>It has come further since the work on it began.</summary>
        AtWorkAndBehind,
    }

    /// <summary>The channel on which it is announced that an agenda has come further.</summary>
    protected abstract string Follows { get; }

    /// <summary>What is done, for the log: "the changes of an agenda cannot be told".</summary>
    protected abstract (string What, string Done) InWords { get; }

    /// <summary>A query for the agendas of which there is something to do.</summary>
    protected abstract string Behind { get; }

    /// <summary>Does the next of what there is to do of an agenda; false where there is no more.</summary>
    protected abstract Task<bool> StepAsync(string agenda, CancellationToken ct);

    /// <summary>Does all there is to do of an agenda, for whoever starts no node: another may do it meanwhile.</summary>
    public async Task CatchUpAsync(string agenda, CancellationToken ct)
    {
        while (await StepAsync(agenda, ct)) ;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        announcements.Announced += Heard;
        try
        {
            Queue("");
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => FollowEachAsync(stoppingToken)));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        finally
        {
            announcements.Announced -= Heard;
        }
    }

    private async Task FollowEachAsync(CancellationToken ct)
    {
        await foreach (var agenda in _behind.Reader.ReadAllAsync(ct))
        {
            lock (_places) _places[agenda] = Place.AtWork;
            await FollowAsync(agenda, ct);
            bool isBehind;
            lock (_places) isBehind = _places.Remove(agenda, out var place) && place is Place.AtWorkAndBehind;
            if (isBehind) Queue(agenda);
        }
    }

    private async Task FollowAsync(string agenda, CancellationToken ct)
    {
        try
        {
            if (agenda.Length == 0) await QueueAllAsync(ct);
            else await CatchUpAsync(agenda, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            if (DatabaseErrors.IsAway(e)) log.LogWarning(e, "{What} of '{Agenda}' cannot be {Done} just now.", InWords.What, agenda, InWords.Done);
            else log.LogError(e, "{What} of '{Agenda}' cannot be {Done}.", InWords.What, agenda, InWords.Done);
            _ = Task.Delay(TryAgain, ct).ContinueWith(_ => Queue(agenda), ct, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        }
    }

    private void Heard(string channel, string? agenda)
    {
        if (channel == Follows) Queue(agenda ?? "");
    }

    /// <param name="agenda">An agenda that has come further; empty for whichever has.</param>
    private void Queue(string agenda)
    {
        lock (_places)
        {
            if (_places.TryAdd(agenda, Place.Waiting)) _behind.Writer.TryWrite(agenda);
            else if (_places[agenda] is Place.AtWork) _places[agenda] = Place.AtWorkAndBehind;
        }
    }

    private async Task QueueAllAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand(Behind);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) Queue(reader.GetString(0));
    }
}
