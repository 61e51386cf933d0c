using Tracker.Recording;

namespace Tracker.Specs.Recording;

/// <summary>One visit to the database serves all who ask at a time.</summary>
public sealed class looking_up_for_many
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task asks_once_for_all_who_came_while_it_was_asking()
    {
        var database = new Visits();
        var lookup = new BatchedLookup<string, string>(database.LookAsync);
        var first = lookup.FindAsync("a", Ct);
        var visit = await database.NextAsync();
        var rest = new[] { "a", "b", "b", "c" }.Select(x => lookup.FindAsync(x, Ct)).ToArray();
        visit.Answer(("a", "A"));
        (await first).ShouldBe("A");

        visit = await database.NextAsync();
        visit.Keys.ShouldBe(["a", "b", "c"], ignoreOrder: true);
        visit.Answer(("a", "A, later"), ("b", "B"));

        (await Task.WhenAll(rest)).ShouldBe(["A, later", "B", "B", null]);
        database.Count.ShouldBe(2);
    }

    [Fact]
    public async Task tells_a_failure_to_those_who_waited_for_it_and_to_no_one_else()
    {
        var database = new Visits();
        var lookup = new BatchedLookup<string, string>(database.LookAsync);
        var (one, other) = (lookup.FindAsync("a", Ct), default(Task<string?>));
        var visit = await database.NextAsync();
        other = lookup.FindAsync("a", Ct);
        visit.Fail(new TimeoutException("away"));
        await Should.ThrowAsync<TimeoutException>(one);

        (await database.NextAsync()).Answer(("a", "A"));
        (await other).ShouldBe("A");
    }

    [Fact]
    public async Task goes_on_for_others_when_one_gives_up()
    {
        var database = new Visits();
        var lookup = new BatchedLookup<string, string>(database.LookAsync);
        using var gone = new CancellationTokenSource();
        var (one, other) = (lookup.FindAsync("a", gone.Token), lookup.FindAsync("b", Ct));
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(one);
        // Whether the first visit was of both, or of the one alone.
        var visit = await database.NextAsync();
        if (!visit.Keys.Contains("b"))
        {
            visit.Answer();
            visit = await database.NextAsync();
        }

        visit.Answer(("b", "B"));
        (await other).ShouldBe("B");
    }

    private sealed class Visits
    {
        private readonly System.Threading.Channels.Channel<Visit> _visits = System.Threading.Channels.Channel.CreateUnbounded<Visit>();

        public int Count { get; private set; }

        public Task<IReadOnlyDictionary<string, string>> LookAsync(IReadOnlyCollection<string> keys)
        {
            Count++;
            var visit = new Visit([.. keys]);
            _visits.Writer.TryWrite(visit);
            return visit.Found.Task;
        }

        public async Task<Visit> NextAsync() => await _visits.Reader.ReadAsync(Ct);
    }

    private sealed record Visit(string[] Keys)
    {
        public TaskCompletionSource<IReadOnlyDictionary<string, string>> Found { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Answer(params (string Key, string Value)[] found) => Found.SetResult(found.ToDictionary(x => x.Key, x => x.Value));

        public void Fail(Exception error) => Found.SetException(error);
    }
}
