using System.Globalization;

namespace Tracker.Faults.Tests.Harness;

/// <summary>Judges what a load left and what its clients saw, by the rules that hold whatever breaks.</summary>
/// <param name="struck">The nodes that the fault was of: the others are those it may not hold.</param>
/// <param name="began">When the fault began.</param>
/// <param name="ended">When it ended.</param>
internal sealed class Verdict(Installation installation, Load load, IReadOnlyCollection<ServerProcess> struck, TimeSpan began, TimeSpan ended)
{
    private const double BackWithin = 5, HeldAtMost = 15, LinesASecond = 1;

    private readonly List<string> _complaints = [];

    public IReadOnlyList<string> Complaints => _complaints;

    public async Task<Row> JudgeAsync(string faults)
    {
        var until = Clock.Now;
        var (lost, doubled, partial) = await CountAsync();
        Statuses();
        var (commands, reads) = (Back("commands", load.Writes), Back("reads", load.Reads));
        var held = Held();
        var lines = Lines(until);
        _complaints.AddRange(await Record.DifferencesAsync(installation, load.Agendas));
        return new Row(faults, load.Commands.Count(x => x.Fate is Fate.Acknowledged), lost, doubled, partial, load.Commands.Count(x => x.Fate is Fate.Unknown),
            string.Join(", ", load.Writes.Concat(load.Reads).Where(x => x.EndedAt >= began).CountBy(x => x.InWords).OrderBy(x => x.Key, StringComparer.Ordinal).Select(x => string.Create(CultureInfo.InvariantCulture, $"{x.Key} × {x.Value}"))),
            commands, reads, held, lines, (until - began).TotalSeconds, _complaints.Count == 0);
    }

    /// <summary>Every command is there exactly once where it was acknowledged, not at all where nothing was changed, and else whole or not at all.</summary>
    private async Task<(int Lost, int Doubled, int Partial)> CountAsync()
    {
        var (lost, doubled, partial) = (0, 0, 0);
        foreach (var agenda in load.Agendas)
        {
            var there = await Record.NamesAsync(installation.Nodes[0], agenda);
            foreach (var command in load.Commands.Where(x => x.Agenda == agenda))
            {
                int[] counts = [.. command.Names.Select(x => there.GetValueOrDefault(x))];
                if (counts.Any(x => x > 1)) Complain(ref doubled, command, "is there more than once");
                if (command.Fate is Fate.Acknowledged && counts.Contains(0)) Complain(ref lost, command, "was acknowledged, and is not there");
                if (counts.Distinct().Count() > 1) Complain(ref partial, command, "is there in part");
                if (command.Fate is Fate.Unchanged or Fate.Refused && counts.Any(x => x > 0)) _complaints.Add($"{Words(command)} was said to have changed nothing, and is there");
                if (command.Fate is Fate.Refused) _complaints.Add($"{Words(command)} is right, and was refused");
            }
        }

        return (lost, doubled, partial);
    }

    private void Statuses()
    {
        foreach (var (wrong, times) in load.Writes.Concat(load.Reads).Where(x => x.IsWrong || x.Status is >= 400 and < 500).CountBy(x => x.InWords))
            _complaints.Add(string.Create(CultureInfo.InvariantCulture, $"a client saw {wrong}, {times} times"));
    }

    /// <summary>Seconds from the fault's end until every node answered again, and no request failed that was sent later.</summary>
    private double Back(string what, IReadOnlyCollection<Sending> sendings)
    {
        var back = TimeSpan.Zero;
        foreach (var node in installation.Nodes)
        {
            var failed = sendings.Where(x => x.Node == node && x.SentAt >= ended && !x.Succeeded).Select(x => x.SentAt).DefaultIfEmpty(ended).Max();
            var again = sendings.Where(x => x.Node == node && x.SentAt >= failed && x.Succeeded).Select(x => x.EndedAt).DefaultIfEmpty(TimeSpan.MaxValue).Min();
            if (again - ended > back) back = again - ended;
        }

        if (back.TotalSeconds > BackWithin) _complaints.Add(back > TimeSpan.FromHours(1) ? $"{what} never worked again on some node" : string.Create(CultureInfo.InvariantCulture, $"{what} worked again {back.TotalSeconds:0.0} s after the fault"));
        return back.TotalSeconds;
    }

    /// <summary>The longest that a node which the fault was not of took no command, in seconds.</summary>
    private double Held()
    {
        var longest = TimeSpan.Zero;
        foreach (var node in installation.Nodes.Where(x => !struck.Contains(x)))
        {
            TimeSpan[] answers = [began, .. load.Writes.Where(x => x.Node == node && x.Succeeded && x.EndedAt > began).Select(x => x.EndedAt).Order()];
            foreach (var (one, next) in answers.Zip(answers.Skip(1)))
                if (next - one > longest) longest = next - one;
        }

        if (longest.TotalSeconds > HeldAtMost) _complaints.Add(string.Create(CultureInfo.InvariantCulture, $"others were held for {longest.TotalSeconds:0.0} s"));
        return longest.TotalSeconds;
    }

    /// <summary>The most that a node logged.</summary>
    private int Lines(TimeSpan until)
    {
        var (node, log) = installation.Nodes.Select(x => (x.Name, Log: x.Log(began))).MaxBy(x => x.Log.Length);
        if (log.Length > (until - began).TotalSeconds * LinesASecond) _complaints.Add($"{node} logged {log.Length} lines:\n    {string.Join("\n    ", log.CountBy(x => x[..Math.Min(x.Length, 160)]).Select(x => $"{x.Value} × {x.Key}"))}");
        return log.Length;
    }

    private void Complain(ref int count, Command command, string what)
    {
        count++;
        _complaints.Add($"{Words(command)} {what}");
    }

    private static string Words(Command command) =>
        $"{command.Agenda} {string.Join('+', command.Names)} ({string.Join(", then ", command.Sendings.Select(x => $"{x.InWords} by {x.Node.Name}"))}{(command.Key is null ? "" : ", with a key")})";
}
