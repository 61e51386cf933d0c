using Tracker.Access;
using Tracker.Boards.Known;
using Tracker.Recording;
using Tracker.Reports;
using Tracker.Reports.Schedules;

namespace Tracker.Hosting;

/// <summary>Has scheduled reports issued when their instants come: waits for the next, or for word that a schedule is another now.</summary>
public sealed class ScheduleTick(Timetable timetable, Announcements announcements, Principals principals, TimeProvider clock, ILogger<ScheduleTick> log) : BackgroundService
{
    // A machine that slept, or whose clock was set, does not wait out what has gone by.
    private static readonly TimeSpan AtMost = TimeSpan.FromHours(1);
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TryAgainAtMost = TimeSpan.FromMinutes(1);

    private TaskCompletionSource _word = NewWord();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        announcements.Announced += Hear;
        try
        {
            for (var pause = TryAgain; ;)
            {
                // Taken before looking, so that what is told in between is not missed.
                var word = Volatile.Read(ref _word).Task;
                var (next, all) = await IssueAsync(stoppingToken);
                pause = all ? TryAgain : pause < TryAgainAtMost ? 2 * pause : TryAgainAtMost;
                await WaitAsync(word, next, all ? null : pause, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        finally
        {
            announcements.Announced -= Hear;
        }
    }

    private async Task WaitAsync(Task word, DateTimeOffset? next, TimeSpan? pause, CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var left = next - clock.GetUtcNow() is { } it && it < AtMost ? it : AtMost;
        List<Task> waits = [word, Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock, over.Token)];
        if (pause is { } real) waits.Add(Task.Delay(real, over.Token));
        await Task.WhenAny(waits);
        await over.CancelAsync();
        ct.ThrowIfCancellationRequested();
    }

    private async Task<(DateTimeOffset? Next, bool All)> IssueAsync(CancellationToken ct)
    {
        try
        {
            return await timetable.IssueDueAsync(new Caller(await principals.OfAsync(Principals.Service, "schedules", ct), []), ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            if (DatabaseErrors.IsAway(e)) log.LogWarning(e, "The schedules cannot be looked at just now.");
            else log.LogError(e, "The schedules cannot be looked at.");
            return (null, false);
        }
    }

    private void Hear(string channel, string? agenda)
    {
        if (channel == ReportTables.Schedules.Channel) Interlocked.Exchange(ref _word, NewWord()).TrySetResult();
    }

    private static TaskCompletionSource NewWord() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
