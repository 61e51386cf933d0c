using System.Globalization;

namespace Tracker.Faults.Tests.Harness;

/// <summary>Judges what a load left and what its clients saw, by the rules that hold whatever breaks.</summary>
/// <param name="struck">The nodes that the fault was of: the others are those it may not hold.</param>
/// <param name="began">When the fault began.</param>
/// <param name="ended">When it ended.</param>
internal sealed class Verdict(
    Installation installation, Load load, IReadOnlyCollection<ServerProcess> struck, TimeSpan began, TimeSpan ended)
{
    /// <summary>The longest that a node may hold others, in seconds.</summary>
    public const double HeldAtMost = 15;

    private const double BackWithin = 5, LinesASecond = 1;

    private readonly List<string> _complaints = [];

    public IReadOnlyList<string> Complaints => _complaints;

    public async Task<Row> JudgeAsync(string faults)
    {
        var until = Clock.Now;
        var (lost, doubled, partial) = await CountAsync();
        var statuses = Statuses();
        var (commands, reads) = (Back("commands", load.Writes), Back("reads", load.Reads));
        var (held, lines) = (Held(), Lines(until));
        _complaints.AddRange(await Record.DifferencesAsync(installation, load.Agendas));
        return new Row(faults, Count(Fate.Acknowledged), lost, doubled, partial, Count(Fate.Unknown), statuses,
            commands, reads, held, lines, (until - began).TotalSeconds, _complaints.Count == 0);

        int Count(Fate fate) => load.Commands.Count(x => x.Fate == fate);
    }

    /// <summary>
    /// Every command is there exactly once where it was acknowledged, not at all where nothing was changed, and else whole or not at all.
    /// </summary>
    private async Task<(int Lost, int Doubled, int Partial)> CountAsync()
    {
        var (lost, doubled, partial) = (0, 0, 0);
        foreach (var agenda in load.Agendas)
        {
            var there = await Record.NamesAsync(installation.Nodes[0], agenda);
            foreach (var command in load.Commands.Where(x => x.Agenda == agenda))
            {
                int[] counts = [.. command.Names.Select(x => there.GetValueOrDefault(x))];
                var (isThere, fate) = (counts.Any(x => x > 0), command.Fate);
                if (Complain(command, counts.Any(x => x > 1), "is there more than once")) doubled++;
                if (Complain(command, fate is Fate.Acknowledged && counts.Contains(0), "was acknowledged, and is not there")) lost++;
                if (Complain(command, counts.Distinct().Count() > 1, "is there in part")) partial++;
                Complain(command, fate is Fate.Unchanged && isThere, "was said to have changed nothing, and is there");
                Complain(command, fate is Fate.Refused, "is right, and was refused");
                Complain(command, fate is Fate.Unknown && command.Key is not null, "was never answered, however often it was repeated");
            }
        }

        return (lost, doubled, partial);
    }

    private string Statuses()
    {
        Sending[] all = [.. load.Writes, .. load.Reads];
        foreach (var (wrong, times) in all.Where(x => x.IsWrong || x.Status is >= 400 and < 500).CountBy(x => x.InWords))
            _complaints.Add(FormattableString.Invariant($"a client saw {wrong}, {times} times"));
        var seen = all.Where(x => x.EndedAt >= began).CountBy(x => x.InWords).OrderBy(x => x.Key, StringComparer.Ordinal);
        return string.Join(", ", seen.Select(x => FormattableString.Invariant($"{x.Key} × {x.Value}")));
    }

    /// <summary>Seconds from the fault's end until every node answered again, and no request failed that was sent later.</summary>
    private double Back(string what, IReadOnlyCollection<Sending> sendings)
    {
        var back = TimeSpan.Zero;
        foreach (var of in installation.Nodes.Select(node => sendings.Where(x => x.Node == node && x.SentAt >= ended).ToArray()))
        {
            var failed = of.Where(x => !x.Succeeded).Select(x => x.SentAt).DefaultIfEmpty(ended).Max();
            var again = of.Where(x => x.SentAt >= failed && x.Succeeded).Select(x => x.EndedAt).DefaultIfEmpty(TimeSpan.MaxValue).Min();
            if (again - ended > back) back = again - ended;
        }

        if (back > TimeSpan.FromHours(1)) _complaints.Add($"{what} never worked again on some node");
        else if (back.TotalSeconds > BackWithin)
            _complaints.Add(FormattableString.Invariant($"{what} worked again {back.TotalSeconds:0.0} s after the fault"));
        return back.TotalSeconds;
    }

    /// <summary>The longest that an agenda took no command from the nodes which the fault was not of, in seconds.</summary>
    private double Held()
    {
        var longest = TimeSpan.Zero;
        Sending[] others = [.. load.Writes.Where(x => !struck.Contains(x.Node) && x.Succeeded && x.EndedAt > began)];
        foreach (var agenda in load.Agendas)
        {
            TimeSpan[] answers = [began, .. others.Where(x => x.Agenda == agenda).Select(x => x.EndedAt).Order(), load.Writes.Max(x => x.EndedAt)];
            foreach (var (one, next) in answers.Zip(answers.Skip(1)))
                if (next - one > longest) longest = next - one;
        }

        if (longest.TotalSeconds > HeldAtMost) _complaints.Add(FormattableString.Invariant($"others were held for {longest.TotalSeconds:0.0} s"));
        return longest.TotalSeconds;
    }

    /// <summary>The most that a node logged.</summary>
    private int Lines(TimeSpan until)
    {
        var (node, log) = installation.Nodes.Select(x => (x.Name, Log: x.Log(began))).MaxBy(x => x.Log.Length);
        if (log.Length > (until - began).TotalSeconds * LinesASecond)
        {
            var kinds = log.CountBy(x => x[..Math.Min(x.Length, 160)]).Select(x => FormattableString.Invariant($"\n    {x.Value} × {x.Key}"));
            _complaints.Add(string.Create(CultureInfo.InvariantCulture, $"{node} logged {log.Length} lines:{string.Concat(kinds)}"));
        }

        return log.Length;
    }

    private bool Complain(Command command, bool isSo, string what)
    {
        if (!isSo) return false;
        var sent = string.Join(", then ", command.Sendings.Select(x => $"{x.InWords} by {x.Node.Name}"));
        _complaints.Add($"{command.Agenda} {string.Join('+', command.Names)} ({sent}{(command.Key is null ? "" : ", with a key")}) {what}");
        return true;
    }
}
