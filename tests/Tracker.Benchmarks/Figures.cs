using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tracker.Benchmarks;

/// <summary>The outcomes of a run: as a table for people, as JSON for what compares runs, and in the README.</summary>
/// <param name="Conditions">On what it was measured, and how.</param>
internal sealed record Figures(string Conditions, IReadOnlyList<Outcome> Outcomes)
{
    private const string Begin = "<!-- figures: begin -->", End = "<!-- figures: end -->";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public bool AllSucceeded => Outcomes.All(x => x.Failure is null);

    /// <summary>What the machine is, and what else it had to do before the run.</summary>
    public static string ConditionsOf(Bench bench, string load)
    {
        var o = bench.Options;
        return string.Create(CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} processors, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 30)} GB, {bench.Database}, {RuntimeInformation.FrameworkDescription}; load before the run {load}; "
            + $"seed {o.Seed}, {o.Events:N0} events in the store, {o.Rounds} rounds of {o.Seconds} s a side");
    }

    /// <summary>How busy the machine is, as it says itself.</summary>
    public static string LoadOfMachine() => OperatingSystem.IsLinux() ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    /// <summary>Markdown, aligned so that a terminal shows it as well.</summary>
    public string Table()
    {
        string[] head = ["measure", "a second", "p50 ms", "p95 ms", "p99 ms", "CPU service", "CPU database", "memory MB", "bytes", "ratio (least–greatest)"];
        List<string[]> rows = [head, [.. head.Select(_ => "---")]];
        foreach (var outcome in Outcomes)
        {
            var notes = outcome.Measured.Concat(outcome.Baseline).Select(x => x.Note).OfType<string>().Append(outcome.Failure is { } why ? $"FAILED: {why.ReplaceLineEndings(" ").Replace('|', '/')}" : null).OfType<string>();
            rows.Add([$"**{outcome.Measure.Name}** {outcome.Measure.Says}{string.Concat(notes.TakeLast(1).Select(x => $" — {x}"))}", .. Cells(outcome.Measured), Ratio(outcome)]);
            if (outcome.Measure.Beside is { } beside) rows.Add([$"· {beside}", .. Cells(outcome.Baseline), ""]);
        }

        var widths = Enumerable.Range(0, head.Length).Select(i => rows.Max(row => row[i].Length)).ToArray();
        var table = new StringBuilder().Append(Conditions).Append(".\n\n");
        foreach (var row in rows) table.Append("| ").AppendJoin(" | ", row.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i], cell == "---" ? '-' : ' '))).Append(" |\n");
        return table.ToString();
    }

    public string ToJson() => JsonSerializer.Serialize(new
    {
        Conditions,
        Measures = Outcomes.Select(x => new
        {
            x.Measure.Name,
            x.Measure.Says,
            x.Measure.Beside,
            x.Failure,
            Ratio = x.Ratios.Length > 0 ? Median(x.Ratios) : (double?)null,
            x.Ratios,
            Measured = x.Measured.Select(InShort),
            Baseline = x.Baseline.Select(InShort),
        }),
    }, Json);

    /// <summary>Puts the table between the two marks of a README.</summary>
    public async Task WriteIntoAsync(string readme)
    {
        var text = await File.ReadAllTextAsync(readme);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        if (from < 0 || to < from) throw new InvalidOperationException($"{readme} lacks the marks {Begin} and {End}.");
        await File.WriteAllTextAsync(readme, $"{text[..(from + Begin.Length)]}\n{Table()}{text[to..]}");
    }

    private static object InShort(Sample x) => new
    {
        x.PerSecond,
        P50 = x.Percentile(0.50),
        P95 = x.Percentile(0.95),
        P99 = x.Percentile(0.99),
        Greatest = x.Percentile(1),
        x.Done,
        ServiceCpuPerThousand = PerThousand(x, x.Used.ServiceCpu),
        DatabaseCpuPerThousand = PerThousand(x, x.Used.DatabaseCpu),
        x.Used.PeakMemory,
        x.Bytes,
        x.Used.Seconds,
        x.Note,
    };

    private static string[] Cells(IReadOnlyList<Sample> samples) =>
    [
        .. ((Func<Sample, double>[])[x => x.PerSecond, x => x.Percentile(0.50), x => x.Percentile(0.95), x => x.Percentile(0.99),
            x => PerThousand(x, x.Used.ServiceCpu), x => PerThousand(x, x.Used.DatabaseCpu), x => x.Used.PeakMemory / (1 << 20), x => x.Bytes])
            .Select(x => Number(Median([.. samples.Select(x)]))),
    ];

    private static string Ratio(Outcome outcome) =>
        outcome.Ratios is { Length: > 0 } ratios ? $"{Number(Median(ratios))} ({Number(ratios.Min())}–{Number(ratios.Max())})" : "";

    private static double PerThousand(Sample x, double cpu) => cpu / x.Done * 1000;

    private static double Median(double[] of) => of.Length == 0 ? double.NaN : of.Order().ElementAt(of.Length / 2);

    private static string Number(double x) => x switch
    {
        _ when !double.IsFinite(x) => "",
        >= 100 => x.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => x.ToString("N1", CultureInfo.InvariantCulture),
        >= 1 => x.ToString("N2", CultureInfo.InvariantCulture),
        _ => x.ToString("N3", CultureInfo.InvariantCulture),
    };
}
