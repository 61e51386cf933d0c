using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Evidence;
using Tracker.Recording;
using Tracker.Status;

namespace Tracker.Benchmarks;

/// <summary>What needs neither server nor database: the rule, folding, dates, JSON.</summary>
[MemoryDiagnoser]
public class Pure
{
    private static readonly DateOnly Since = new(2022, 11, 14), Through = new(2024, 6, 30);

    // Of the object, so that the compiler cannot know what they hold.
    private readonly string _date = "2022-12-11/2022-12";
    private readonly Promise _promise = new("c", CommitmentType.Continuing, Since, null, null, ["US", "PRC"]);
    private readonly Finding[] _findings = [.. Enumerable.Range(0, 20).Select(i => new Finding(
        $"e-{i}", Since.AddDays(10 + (i * 25)), Since.AddDays(10 + (i * 25)), (Depth)(i % 4), (Direction)(i % 3), ["US"], EvidenceState.Accepted))];

    private readonly ActivityRecorded _recorded = new(ActivityKind.Meeting, "Senior officials hold talks", FuzzyDate.Parse("2022-12-11/2022-12-12"),
        "By the readout it is unclear what substantive progress was made, if any.", "Beijing", [new Participant("US", "Department of State", null)], ["readout"], [], []);

    private readonly Activity _activity;
    private readonly Verdict _verdict;

    public Pure() => (_activity, _verdict) = (Fold<Activity>(null, _recorded), Judge()!);

    /// <summary>Runs them all; <paramref name="quick"/> gives an order of magnitude.</summary>
    public static int Run(bool quick)
    {
        var job = (quick ? Job.Dry : Job.ShortRun).WithToolchain(InProcessEmitToolchain.Instance);
        return BenchmarkRunner.Run<Pure>(DefaultConfig.Instance.AddJob(job).WithArtifactsPath(Path.Combine(Published.Repository, "artifacts", "benchmarks", "pure"))).HasCriticalValidationErrors ? 1 : 0;
    }

    [Benchmark(Description = "Judge a commitment with 20 pieces of evidence")]
    public Verdict? Judge() => DepthLadder.Judge(_promise, _findings, [], Since, Through, Codebook.Default, RecordCoverage.Unlimited);

    [Benchmark(Description = "Follow it over its days")]
    public object Follow() => Course.Follow(_promise, _findings, [], Since, Through, Codebook.Default, RecordCoverage.Unlimited);

    [Benchmark(Description = "Fold an activity")]
    public object FoldActivity() => Fold<Activity>(null, _recorded);

    [Benchmark(Description = "Read a date")]
    public FuzzyDate ReadDate() => FuzzyDate.Parse(_date);

    [Benchmark(Description = "Write a verdict as JSON")]
    public byte[] WriteVerdict() => WireJson.Bytes(_verdict);

    [Benchmark(Description = "Write an activity as JSON")]
    public byte[] WriteActivity() => WireJson.Bytes(_activity);

    private static T Fold<T>(T? state, object happened) where T : class, IFolded<T> => T.Fold(state, happened, new Stamp("x", 1, 1, DateTimeOffset.UnixEpoch, "someone"));
}
