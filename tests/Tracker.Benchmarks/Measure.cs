namespace Tracker.Benchmarks;

/// <summary>One thing that is measured, beside what it is compared with.</summary>
/// <param name="Name">How it is asked for; the first words name a group, so <c>board</c> is all boards.</param>
/// <param name="Says">What is done, in words.</param>
/// <param name="Beside">What it is compared with; none where there is nothing to compare it with.</param>
/// <param name="Prepare">Makes ready what it needs. What it does here is not measured.</param>
internal sealed record Measure(string Name, string Says, string? Beside, Func<Bench, CancellationToken, Task<Sides>> Prepare)
{
    /// <summary>Whether less memory is better, rather than more a second.</summary>
    public bool OfMemory { get; init; }

    /// <summary>Done for a while before the rounds, since the first requests of a process are slower than those that follow.</summary>
    public bool WarmsUp { get; init; } = true;

    /// <summary>How much of the baseline's it reaches: 1 is as good, 0.1 a tenth.</summary>
    public double RatioOf(Sample measured, Sample baseline) => OfMemory ? baseline.Used.PeakMemory / measured.Used.PeakMemory : measured.PerSecond / baseline.PerSecond;

    public bool IsCalled(string name) => name == "all" || name == Name || Name.StartsWith(name + "-", StringComparison.Ordinal);

    /// <summary>All there are, in the order in which they are run.</summary>
    public static IEnumerable<Measure> All(Options options) =>
        [.. Commands.All, .. Imports.All, .. Boards.All, .. Following.All, .. Pages.All, .. Reports.All, .. Growth.All(options), .. Starts.All];
}

/// <summary>Both sides of a measure, each run for a while in each round.</summary>
internal sealed record Sides(Func<TimeSpan, CancellationToken, Task<Sample>> Measured, Func<TimeSpan, CancellationToken, Task<Sample>>? Baseline = null);

/// <summary>What came of a measure: a sample of each side for each round, or why there is none.</summary>
internal sealed record Outcome(Measure Measure, IReadOnlyList<Sample> Measured, IReadOnlyList<Sample> Baseline, string? Failure)
{
    public double[] Ratios => [.. Measured.Zip(Baseline, Measure.RatioOf)];

    /// <summary>Runs a measure: both sides in turn, the one that comes first changing from round to round.</summary>
    public static async Task<Outcome> OfAsync(Measure measure, Bench bench, TimeSpan bound, CancellationToken ct)
    {
        var (measured, baseline) = (new List<Sample>(), new List<Sample>());
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
        enough.CancelAfter(bound);
        try
        {
            var sides = await measure.Prepare(bench, enough.Token);
            var time = TimeSpan.FromSeconds(bench.Options.Seconds);
            if (measure.WarmsUp)
            {
                await sides.Measured(time / 2, enough.Token);
                if (sides.Baseline is { } other) await other(time / 2, enough.Token);
            }

            for (var round = 0; round < bench.Options.Rounds; round++)
            {
                if (round % 2 == 0) measured.Add(await sides.Measured(time, enough.Token));
                if (sides.Baseline is { } other) baseline.Add(await other(time, enough.Token));
                if (round % 2 == 1) measured.Add(await sides.Measured(time, enough.Token));
            }

            return new(measure, measured, baseline, null);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(measure, measured, baseline, $"did not end within {bound.TotalSeconds:0} s");
        }
        catch (Exception e) when (e is UnexpectedAnswerException or IOException or InvalidOperationException or HttpRequestException or Npgsql.NpgsqlException)
        {
            // What is torn down under a measure fails as well.
            ct.ThrowIfCancellationRequested();
            return new(measure, measured, baseline, e.Message.Length > 200 ? e.Message[..200] + "…" : e.Message);
        }
    }
}
