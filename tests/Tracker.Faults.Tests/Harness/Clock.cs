using System.Diagnostics;

namespace Tracker.Faults.Tests.Harness;

/// <summary>One clock for all that is measured, which nobody sets.</summary>
public static class Clock
{
    private static readonly long Began = Stopwatch.GetTimestamp();

    public static TimeSpan Now => Stopwatch.GetElapsedTime(Began);

    /// <summary>Waits until something is so.</summary>
    /// <exception cref="TimeoutException">It did not become so in time.</exception>
    public static async Task UntilAsync(Func<Task<bool>> so, TimeSpan patience, string otherwise)
    {
        var until = Now + patience;
        while (!await so())
        {
            if (Now > until) throw new TimeoutException(otherwise);
            await Task.Delay(50);
        }
    }
}
