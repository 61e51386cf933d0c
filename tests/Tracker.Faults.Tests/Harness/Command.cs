using Tracker.Api.Tests.Harness;

namespace Tracker.Faults.Tests.Harness;

/// <summary>What a client was told of a command, as far as it was told anything.</summary>
public enum Fate
{
    /// <summary>Nothing, or that it is not known.</summary>
    Unknown,

    /// <summary>That it is recorded.</summary>
    Acknowledged,

    /// <summary>That nothing was changed.</summary>
    Unchanged,

    /// <summary>That it is wrong; none of these commands is.</summary>
    Refused,
}

/// <summary>One sending of a request, and what came back.</summary>
/// <param name="Status">Zero where nothing came back.</param>
/// <param name="Code">That of the refusal; without an answer, what went wrong.</param>
/// <param name="SaysWhen">Whether it is said when to try again.</param>
public sealed record Sending(ServerProcess Node, string Agenda, TimeSpan SentAt, TimeSpan EndedAt, int Status, string? Code, bool SaysWhen)
{
    public bool Succeeded => Status is >= 200 and < 300;

    /// <summary>As a client sees it.</summary>
    public string InWords => Status == 0 ? "none" : Code is null ? $"{Status}" : $"{Status} {Code}";

    /// <summary>Whether it is an error of the server's that is not said as it should be.</summary>
    public bool IsWrong => Status >= 500 && (Status != 503 || !SaysWhen);

    /// <summary>Whether the command may have been recorded for all that its client knows.</summary>
    public bool LeavesOpen => Status == 0 || Code == "outcome-unknown";
}

/// <summary>A command with names that no other has.</summary>
/// <param name="Names">What it makes: each is there once, or none is.</param>
/// <param name="Key">Its key for repeats; null where it has none.</param>
public sealed record Command(string Agenda, string Path, object Body, string[] Names, string? Key)
{
    private readonly List<Sending> _sendings = [];

    public IReadOnlyList<Sending> Sendings => _sendings;

    public Fate Fate => _sendings.Exists(x => x.Succeeded) ? Fate.Acknowledged
        : _sendings.Exists(x => x.Status is >= 400 and < 500) ? Fate.Refused
        : _sendings.Exists(x => x.LeavesOpen) ? Fate.Unknown
        : Fate.Unchanged;

    public void Add(Sending sending) => _sendings.Add(sending);

    /// <summary>
    /// One of an agenda, by chance: a source, a search that has no name of its own, or three activities together. One in three has a key.
    /// </summary>
    public static Command Any(string agenda, int number)
    {
        var name = FormattableString.Invariant($"n-{number}");
        var key = Random.Shared.Next(3) == 0 ? $"{agenda}-{name}" : null;
        string[] three = [$"{name}-a", $"{name}-b", $"{name}-c"];
        return Random.Shared.Next(3) switch
        {
            0 => new Command(agenda, $"agendas/{agenda}/sources", Given.Source(name), [name], key),
            1 => new Command(agenda, $"agendas/{agenda}/commitments/visit/searches", Given.Search().With("note", $"\"{name}\""), [name], key),
            _ => new Command(agenda, $"agendas/{agenda}/activities:batch", new { items = three.Select(x => Given.Activity(x)) }, three, key),
        };
    }
}
