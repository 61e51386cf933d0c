using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tracker.Recording;

namespace Tracker.Agendas;

/// <summary>A set of commitments between named parties, tracked from a baseline.</summary>
public sealed record Agenda(
    string Slug,
    string Title,
    string? Summary,
    ImmutableArray<Party> Parties,
    Baseline Baseline,
    Codebook Codebook,
    ImmutableArray<Milestone> Milestones) : IFolded<Agenda>
{
    public static string Kind => "agenda";

    [JsonIgnore]
    public long Version { get; init; }

    /// <summary>The last day recorded on which the calendar alone changed something; no part of what the agenda is.</summary>
    [JsonIgnore]
    public DateOnly? ReachedOn { get; init; }

    public static Agenda Fold(Agenda? state, object happened, Stamp stamp) => (state, happened) switch
    {
        (null, AgendaOpened e) => new Agenda(stamp.Name, e.Title, e.Summary, e.Parties, e.Baseline, e.Codebook, []) { Version = 1 },
        ({ } agenda, MilestoneAdded e) => agenda with
        {
            Milestones = agenda.Milestones.Add(new Milestone(e.Slug, e.Name, e.Date)),
            Version = stamp.Version,
        },
        ({ } agenda, AgendaCorrected e) => agenda with
        {
            Title = e.Title,
            Summary = e.Summary,
            Parties = e.Parties,
            Codebook = e.Codebook,
            Version = stamp.Version,
        },
        ({ } agenda, DayReached e) => agenda with { ReachedOn = e.Day, Version = stamp.Version },
        _ => throw UnknownEventException.For<Agenda>(happened),
    };

    public bool HasParty(string? code) => Parties.Any(x => x.Code == code);

    /// <summary>Reads the party a command names: one of this agenda.</summary>
    public string ReadParty(Problems problems, string code)
    {
        if (!HasParty(code)) problems.Add("party", "unknown-party", $"The agenda has no party '{code}'.");
        return code;
    }

    /// <summary>Reads the parties a command names: at least one, each of this agenda, none twice.</summary>
    public ImmutableArray<string> ReadParties(Problems problems, string[] codes)
    {
        if (codes.Length == 0) problems.Add("parties", "no-parties", "'parties' must name at least one.");
        for (var i = 0; i < codes.Length; i++)
            if (!HasParty(codes[i]) && !string.IsNullOrWhiteSpace(codes[i])) problems.At("parties", i).Add("", "unknown-party", $"The agenda has no party '{codes[i]}'.");
        return problems.Texts("parties", codes);
    }
}

/// <summary>One who made the promises: a short code ("US") and a name.</summary>
public sealed record Party(string Code, string Name);

/// <summary>What the agenda is counted from. What happened on its day is the baseline, not a follow-up.</summary>
public sealed record Baseline(string Name, DateOnly Date, string? Place);

/// <summary>A later date that may be counted from instead of the baseline.</summary>
public sealed record Milestone(string Slug, string Name, DateOnly Date);

public sealed record AgendaOpened(string Title, string? Summary, ImmutableArray<Party> Parties, Baseline Baseline, Codebook Codebook);

/// <summary>What is said of the agenda was wrong or too little: all that can be corrected, as it is from now on.</summary>
/// <param name="Parties">All parties, those added last.</param>
/// <param name="Reason">Why, in the words of whoever corrected it.</param>
public sealed record AgendaCorrected(string Title, string? Summary, ImmutableArray<Party> Parties, Codebook Codebook, string Reason);

public sealed record MilestoneAdded(string Slug, string Name, DateOnly Date);

/// <param name="Day">The day on which a status or a flag differs from the day before, with nothing more known.</param>
/// <param name="Late">Whether it had gone by when it was recorded.</param>
public sealed record DayReached(DateOnly Day, bool Late);
