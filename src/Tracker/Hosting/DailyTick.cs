using Tracker.Access;
using Tracker.Boards.Changes;
using Tracker.Delivery;
using Tracker.Recording;

namespace Tracker.Hosting;

/// <summary>
/// Turns the calendar's pages: at the start, for the days missed meanwhile, and then at each midnight in UTC. Each day it also forgets what was sent long ago.
/// </summary>
public sealed class DailyTick(Calendar calendar, Outbox outbox, Principals principals, TimeProvider clock, ILogger<DailyTick> log) : BackgroundService
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);

    // A machine that slept, or whose clock was set, does not wait out a night that has gone by.
    private static readonly TimeSpan AtMost = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                var today = Today();
                while (!await ReachAsync(today, stoppingToken)) await Task.Delay(TryAgain, stoppingToken);
                await ForgetAsync(stoppingToken);
                while (Today() is var day && day == today)
                {
                    var left = Start(day.AddDays(1)) - clock.GetUtcNow();
                    if (left > TimeSpan.Zero) await Task.Delay(left < AtMost ? left : AtMost, clock, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task<bool> ReachAsync(DateOnly today, CancellationToken ct)
    {
        try
        {
            return await calendar.ReachAsync(today, new Caller(await principals.OfAsync(Principals.Service, "calendar", ct), []), ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            if (DatabaseErrors.IsAway(e)) log.LogWarning(e, "The day cannot be looked at just now.");
            else log.LogError(e, "The day cannot be looked at.");
            return false;
        }
    }

    /// <summary>What cannot be forgotten today is tomorrow.</summary>
    private async Task ForgetAsync(CancellationToken ct)
    {
        try
        {
            await outbox.ForgetAsync(ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            if (DatabaseErrors.IsAway(e)) log.LogWarning(e, "What was sent long ago cannot be forgotten just now.");
            else log.LogError(e, "What was sent long ago cannot be forgotten.");
        }
    }

    private DateOnly Today() => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    private static DateTimeOffset Start(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
