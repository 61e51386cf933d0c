using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using Tracker.Benchmarks;

// What it costs, beside what the machine can do: see the README beside this file.
var names = new Argument<string[]>("MEASURE") { Description = "Measures by name or by the first words of it: all, board, activity-1 …" };
var list = new Option<bool>("--list") { Description = "Lists the measures." };
var quick = new Option<bool>("--quick") { Description = "A small store and short rounds: two minutes for all, and much noise." };
var json = new Option<FileInfo?>("--json") { Description = "Writes every round of every measure to a file." };
var readme = new Option<bool>("--readme") { Description = "Writes the table into the README of this program." };
var seed = new Option<int>("--seed") { Description = "What the record is made from.", DefaultValueFactory = _ => 1 };
var events = new Option<int?>("--events") { Description = "Events in the store that most measures share: 100,000; with --quick 20,000. Above a million, growth goes as far, to ten millions." };
var seconds = new Option<double?>("--seconds") { Description = "How long each side takes in each round: 5; with --quick 0.4." };
var rounds = new Option<int>("--rounds") { Description = "How often both sides take turns.", DefaultValueFactory = _ => 3 };
var server = new Option<DirectoryInfo?>("--server") { Description = "The folder of a server that was published before; else this source's is published." };
var baseline = new Command("baseline", "Serves what the service is compared with; started by the measures.");
baseline.SetAction((_, _) => Baseline.RunAsync());
var pure = new Command("pure", "Times what needs neither server nor database, by BenchmarkDotNet.") { quick };
pure.SetAction(parsed => Pure.Run(parsed.GetValue(quick)));
var root = new RootCommand("Measures Tracker beside what the machine can do.") { names, list, quick, json, readme, seed, events, seconds, rounds, server, baseline, pure };
root.SetAction((parsed, _) => MeasureAsync(parsed));
// Signals are ours: the library would give up on us after two seconds, and stopping a database may take longer.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });

async Task<int> MeasureAsync(ParseResult parsed)
{
    var isQuick = parsed.GetValue(quick);
    var all = parsed.GetValue(events) ?? (isQuick ? 20_000 : 100_000);
    int[] growth = isQuick ? [10_000, 100_000] : [10_000, 100_000, 1_000_000, .. all > 1_000_000 ? [Math.Min(all, 10_000_000)] : Array.Empty<int>()];
    var options = new Options(parsed.GetValue(seed), Math.Min(all, 1_000_000), parsed.GetValue(seconds) ?? (isQuick ? 0.4 : 5), parsed.GetValue(rounds), growth, parsed.GetValue(server)?.FullName);
    var asked = parsed.GetValue(names) ?? [];
    Measure[] chosen = [.. Measure.All(options).Where(x => asked.Any(x.IsCalled))];
    if (asked.FirstOrDefault(name => !Measure.All(options).Any(x => x.IsCalled(name))) is { } unknown) return Complain($"There is no measure '{unknown}'.");
    if (parsed.GetValue(list) || asked.Length == 0)
    {
        foreach (var measure in asked.Length == 0 ? Measure.All(options) : chosen) Console.WriteLine($"{measure.Name,-26} {measure.Says}{(measure.Beside is { } beside ? $"; beside {beside}" : "")}");
        return parsed.GetValue(list) ? 0 : Complain("Name the measures to run, or 'all'.");
    }

    // Ten million events take their time to go in.
    var bound = isQuick ? TimeSpan.FromMinutes(5) : TimeSpan.FromMinutes(20 + (growth[^1] / 150_000));
    using var stop = new CancellationTokenSource(6 * bound);
    using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    var (load, outcomes) = (Figures.LoadOfMachine(), new List<Outcome>());
    var results = new Figures("", outcomes);
    var whole = true;
    try
    {
        await using var bench = await Bench.StartAsync(options, Say, stop.Token);
        results = results with { Conditions = Figures.ConditionsOf(bench, load) };
        foreach (var measure in chosen)
        {
            var began = Load.Now;
            outcomes.Add(await Outcome.OfAsync(measure, bench, bound, stop.Token));
            Say(string.Create(CultureInfo.InvariantCulture, $"{measure.Name}: {outcomes[^1].Failure ?? "measured"}, {(Load.Now - began) / 1000:N1} s"));
        }
    }
    catch (OperationCanceledException)
    {
        whole = false;
        Complain("Stopped before its end.");
    }

    if (outcomes.Count > 0) Console.WriteLine(results.Table());
    if (parsed.GetValue(json) is { } file) await File.WriteAllTextAsync(file.FullName, results.ToJson());
    // Half a table would look like a whole one.
    if (whole && parsed.GetValue(readme)) await results.WriteIntoAsync(Path.Combine(Published.Repository, "tests", "Tracker.Benchmarks", "README.md"));
    return whole ? results.AllSucceeded ? 0 : 1 : 130;

    void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        stop.Cancel();
    }
}

static void Say(string line) => Console.Error.WriteLine(line);

static int Complain(string line)
{
    Console.Error.WriteLine(line);
    return 2;
}
