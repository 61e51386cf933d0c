using Tracker.Boards.Known;

namespace Tracker.Delivery;

/// <summary>Has what is in the outbox carried, each channel by its carrier. Every node does; a parcel is carried by the one that claims it.</summary>
public sealed class Postman(Outbox outbox, IEnumerable<ICarrier> carriers, Announcements announcements, TimeProvider clock, ILogger<Postman> log) : BackgroundService
{
    private readonly Round[] _rounds = [.. carriers.Select(x => new Round(x, outbox, clock, log))];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        announcements.Announced += Heard;
        try
        {
            await Task.WhenAll(_rounds.Select(x => x.GoAsync(stoppingToken)));
        }
        finally
        {
            announcements.Announced -= Heard;
        }
    }

    private void Heard(string channel, string? what)
    {
        if (channel != Outbox.Channel) return;
        foreach (var round in _rounds)
            if (what is null || what == round.Channel) round.Wake();
    }
}

/// <summary>One carrier's round on one node: claims what is due, as long as there are places, and settles each by what came of it.</summary>
internal sealed class Round(ICarrier carrier, Outbox outbox, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);

    private readonly HashSet<Task> _carrying = [];
    private TaskCompletionSource _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _failed;

    public string Channel => carrier.Channel;

    /// <summary>There may be something to do.</summary>
    public void Wake() => Volatile.Read(ref _woken).TrySetResult();

    public async Task GoAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                // Taken before looking, so that what comes in between is not missed.
                var woken = Renewed();
                await ClaimAsync(stopping);
                await WaitAsync(woken, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
            }
            catch (Exception e)
            {
                log.LogWarning(e, "The outbox cannot be looked into just now.");
                await Task.Delay(TryAgain, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        // What may be sent again is let go at once; the rest is seen through.
        await Task.WhenAll(_carrying);
    }

    private async Task ClaimAsync(CancellationToken stopping)
    {
        _carrying.RemoveWhere(x => x.IsCompleted);
        var places = carrier.AtOnce - _carrying.Count;
        if (places == 0) return;
        var forFailed = Math.Clamp((carrier.AtOnce + 1) / 2 - Volatile.Read(ref _failed), 0, places);
        foreach (var parcel in await outbox.ClaimAsync(carrier, places, forFailed, stopping)) _carrying.Add(CarryAsync(parcel, stopping));
    }

    /// <summary>Waits until something is announced or settled, or is due by the clock.</summary>
    private async Task WaitAsync(Task woken, CancellationToken stopping)
    {
        var from = clock.GetUtcNow();
        var left = _carrying.Count == carrier.AtOnce ? LookAgain : await outbox.NextAsync(carrier, stopping) ?? LookAgain;
        // What is due and was not to be had, another node has at this moment, or has to wait for a place.
        left = left < TryAgain ? TryAgain : left > LookAgain ? LookAgain : left;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var due = Task.Delay(left, clock, enough.Token);
        // A clock that was set meanwhile does not wait for what has gone by.
        if (clock.GetUtcNow() - from < TryAgain) await Task.WhenAny(woken, due);
        await enough.CancelAsync();
    }

    private async Task CarryAsync(Parcel parcel, CancellationToken stopping)
    {
        if (parcel.Try > 1) Interlocked.Increment(ref _failed);
        try
        {
            var (started, since) = (clock.GetUtcNow(), clock.GetTimestamp());
            var carried = await AttemptAsync(parcel, stopping);
            var fate = Fate.Of(carried, carrier.MayRepeat, parcel.Try, Random.Shared.NextDouble());
            if (fate.State is DeliveryState.Dead) log.LogWarning("Delivery {Id} by {Channel} is given up after attempt {Attempt}: {Error}", parcel.Id, Channel, parcel.Attempt, fate.Error);
            await SettleAsync(parcel, carried, fate, started, clock.GetElapsedTime(since), stopping);
        }
        finally
        {
            if (parcel.Try > 1) Interlocked.Decrement(ref _failed);
            Wake();
        }
    }

    private async Task<Carried> AttemptAsync(Parcel parcel, CancellationToken stopping)
    {
        using var patience = new CancellationTokenSource(carrier.Patience, clock);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, carrier.MayRepeat ? stopping : CancellationToken.None);
        try
        {
            return await carrier.CarryAsync(parcel, enough.Token);
        }
        catch (Exception) when (patience.IsCancellationRequested)
        {
            return Carried.Uncertain(FormattableString.Invariant($"It did not end within {carrier.Patience.TotalSeconds:0} s."));
        }
        catch (Exception) when (enough.IsCancellationRequested)
        {
            return Carried.Uncertain("The node that sent it was stopped.");
        }
        catch (Exception e)
        {
            log.LogError(e, "Delivery {Id} by {Channel} broke off.", parcel.Id, Channel);
            return Carried.Uncertain("It broke off here; the reason is logged.");
        }
    }

    /// <summary>Settles an attempt, also where the database is away for a moment. Where it stays away, the claim lapses.</summary>
    private async Task SettleAsync(Parcel parcel, Carried carried, Fate fate, DateTimeOffset started, TimeSpan took, CancellationToken stopping)
    {
        for (var left = 60; ; left--)
        {
            try
            {
                await outbox.SettleAsync(carrier, parcel, carried, fate, started, took);
                return;
            }
            catch (Exception e)
            {
                log.LogWarning(e, "What came of delivery {Id} by {Channel} cannot be kept just now.", parcel.Id, Channel);
                if (left == 0 || stopping.IsCancellationRequested) return;
                await Task.Delay(TryAgain, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private Task Renewed()
    {
        var fresh = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _woken, fresh);
        return fresh.Task;
    }
}
