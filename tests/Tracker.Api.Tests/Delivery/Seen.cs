using Microsoft.Extensions.Time.Testing;
using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Delivery;

/// <summary>Waits for what is done beside the test.</summary>
internal static class Seen
{
    public static Task SoonAsync(Func<bool> seen, FakeTimeProvider? clock = null, TimeSpan step = default, TrackerUnderTest? between = null, Func<string>? otherwise = null) =>
        SoonAsync(() => Task.FromResult(seen()), clock, step, between, otherwise);

    /// <summary>Waits for something to be so; a clock that is handed in goes on meanwhile, as clocks do.</summary>
    /// <param name="between">Where the clock goes on only while nothing is on its way, whose time would be over by that.</param>
    public static async Task SoonAsync(Func<Task<bool>> seen, FakeTimeProvider? clock = null, TimeSpan step = default, TrackerUnderTest? between = null, Func<string>? otherwise = null)
    {
        for (var i = 0; i < 2_400; i++)
        {
            if (await seen()) return;
            await Task.Delay(50);
            if (clock is null || i % 4 != 3) continue;
            if (between is null || await between.AskAsync<long>("select count(*) from tracker.delivery where state = 'sending'") == 0) clock.Advance(step);
        }

        Assert.Fail($"It is not so. {otherwise?.Invoke()}");
    }
}
