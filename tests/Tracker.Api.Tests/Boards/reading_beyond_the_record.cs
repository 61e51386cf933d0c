using System.Diagnostics;
using System.Globalization;
using Tracker.Api.Tests.Harness;
using Tracker.Recording;

namespace Tracker.Api.Tests.Boards;

/// <summary>What was never recorded is not waited for: a tracker restored from a backup has forgotten positions that its clients remember.</summary>
public sealed class reading_beyond_the_record(PostgresUnderTest postgres)
{
    [Theory]
    [InlineData("board?atLeast={0}", "atLeast")]
    [InlineData("board?knownAt={0}", "knownAt")]
    [InlineData("commitments?atLeast={0}", "atLeast")]
    [InlineData("sources?atLeast={0}", "atLeast")]
    [InlineData("history?atLeast={0}", "atLeast")]
    [InlineData("reports?atLeast={0}", "atLeast")]
    [InlineData("schedules?atLeast={0}", "atLeast")]
    [InlineData("feed.atom?atLeast={0}", "atLeast")]
    [InlineData("calendar.ics?atLeast={0}", "atLeast")]
    [InlineData("export?atLeast={0}", "atLeast")]
    [InlineData("changes?atLeast={0}", "atLeast")]
    [InlineData("changes?after={0}", "after")]
    [InlineData("changes?after={0}.1", "after")]
    [InlineData("live?after={0}", "after")]
    [InlineData("live?after={0}.1", "after")]
    public async Task is_refused_at_once(string what, string field)
    {
        var ledger = await postgres.OpenAgendaAsync();
        var last = await ledger.PositionAsync();
        (await ledger.GetAsync(last, "changes")).Should(200);

        foreach (var position in (long[])[last + 1, 999_999, long.MaxValue])
        {
            // A wait takes five seconds each time, and a machine that is busy for so long is not so five times.
            var fastest = TimeSpan.MaxValue;
            for (var asked = 0; asked < 5 && fastest > TimeSpan.FromSeconds(4); asked++)
            {
                var since = Stopwatch.GetTimestamp();
                var reply = (await ledger.GetAsync(string.Format(CultureInfo.InvariantCulture, what, position))).ShouldRefuse(422, "in-future", field);
                fastest = Stopwatch.GetElapsedTime(since);
                reply["detail"].ShouldContain($"last position is {last}");
                reply["detail"].ShouldContain(position == long.MaxValue ? "a position that none can have" : $"position {position}:");
            }

            fastest.ShouldBeLessThan(TimeSpan.FromSeconds(4));
        }
    }

    /// <summary>Before the first recording there is nothing to answer from; at its very instant there is.</summary>
    [Fact]
    public async Task is_refused_before_the_first_recording()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var first = (await ledger.EventsAsync())[0].At;
        var (before, then) = (Client.Escape(Instants.Text(first.AddMicroseconds(-1))), Client.Escape(Instants.Text(first)));
        await ledger.GetAsync(await ledger.PositionAsync(), "board");

        foreach (var what in (string[])["", "board", "matrix", "commitments", "commitments/visit", "evidence", "activities", "activities/talks", "sources", "timeline", "divergence", "badge.svg"])
            (await ledger.GetAsync($"{what}?knownAt={before}")).ShouldRefuse(404, "not-yet-recorded");
        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/reports", new { knownAt = Instants.Text(first.AddMicroseconds(-1)) }))).ShouldRefuse(404, "not-yet-recorded");
        (await ledger.GetAsync("board?knownAt=0")).ShouldRefuse(404, "not-yet-recorded");
        (await ledger.GetAsync($"board?knownAt={then}")).Should(200).Position.ShouldBe(1);
    }

    [Fact]
    public async Task is_refused_to_a_follower_that_comes_back_with_an_id_of_a_lost_time()
    {
        var ledger = await postgres.OpenAgendaAsync();

        (await ledger.GetAsync("live", ("Last-Event-ID", "999.1"))).ShouldRefuse(422, "in-future", "after");
    }

    [Fact]
    public async Task is_told_from_the_end_of_the_record()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var last = await ledger.PositionAsync();

        foreach (var what in (string[])[$"board?atLeast={last}", $"board?knownAt={last}", $"changes?after={last}&atLeast={last}", $"changes?after={last}.99", "changes?after=0"])
            (await ledger.GetAsync(what)).Should(200);
    }
}
