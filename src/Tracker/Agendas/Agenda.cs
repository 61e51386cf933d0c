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
    ImmutableArray<Milestone> Milestones,
    ImmutableArray<CoverageStatement> Coverage,
    Visibility Visibility = Visibility.Public) : IFolded<Agenda>
{
    public static string Kind => "agenda";

    [JsonIgnore]
    public long Version { get; init; }

    /// <summary>The texts that were taken out of it; absent where none was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<Redaction> Redactions { get; init; }

    /// <summary>The last day recorded on which the calendar alone changed something; no part of what the agenda is.</summary>
    [JsonIgnore]
    public DateOnly? ReachedOn { get; init; }

    public static Agenda Fold(Agenda? state, object happened, Stamp stamp) => (state, happened) switch
    {
        (null, AgendaOpened e) => new Agenda(stamp.Name, e.Title, e.Summary, e.Parties, e.Baseline, e.Codebook.Fill(), [], [], e.Visibility ?? Visibility.Public) { Version = 1 },
        ({ } agenda, MilestoneAdded e) => agenda with
        {
            Milestones = agenda.Milestones.Add(new Milestone(e.Slug, e.Name, e.Date)),
            Version = stamp.Version,
        },
        ({ } agenda, MilestoneCorrected e) => agenda.WithMilestone(e.Slug, x => x with { Name = e.Name, Date = e.Date }, stamp),
        ({ } agenda, MilestoneWithdrawn e) => agenda.WithMilestone(e.Slug, x => x with { Withdrawal = Withdrawal.Of(e.Reason, stamp) }, stamp),
        ({ } agenda, MilestoneReinstated e) => agenda.WithMilestone(e.Slug, x => x with { Withdrawal = null }, stamp),
        ({ } agenda, AgendaCorrected e) => agenda with
        {
            Title = e.Title,
            Summary = e.Summary,
            Parties = e.Parties,
            Baseline = e.Baseline ?? agenda.Baseline,
            Codebook = e.Codebook.Fill(),
            Visibility = e.Visibility ?? agenda.Visibility,
            Version = stamp.Version,
        },
        ({ } agenda, CoverageReinstated e) => agenda with
        {
            Coverage = [.. agenda.Coverage.Select(x => x.Id == e.Id ? x with { Withdrawal = null } : x)],
            Version = stamp.Version,
        },
        ({ } agenda, CoverageStated e) => agenda with
        {
            Coverage = agenda.Coverage.Add(new CoverageStatement(e.Id, e.Through, e.Places, e.Note)),
            Version = stamp.Version,
        },
        ({ } agenda, CoverageWithdrawn e) => agenda with
        {
            Coverage = [.. agenda.Coverage.Select(x => x.Id == e.Id ? x with { Withdrawal = Withdrawal.Of(e.Reason, stamp) } : x)],
            Version = stamp.Version,
        },
        ({ } agenda, DayReached e) => agenda with { ReachedOn = e.Day, Version = stamp.Version },
        ({ } it, TextRedacted e) => it with { Redactions = Redaction.After(it.Redactions, e, stamp), Version = stamp.Version },
        _ => throw UnknownEventException.For<Agenda>(happened),
    };

    /// <summary>The milestones that may be counted from: those that were not withdrawn.</summary>
    [JsonIgnore]
    public IEnumerable<Milestone> StandingMilestones => Milestones.Where(x => x.Withdrawal is null);

    private Agenda WithMilestone(string slug, Func<Milestone, Milestone> change, Stamp stamp) =>
        this with { Milestones = [.. Milestones.Select(x => x.Slug == slug ? change(x) : x)], Version = stamp.Version };

    /// <summary>A party's name; its code, where the agenda has no such party.</summary>
    public string NameOf(string party) => Party.NameIn(Parties, party);

    public bool HasParty(string? code) => Parties.Any(x => x.Code == code);

    /// <summary>That the agenda has no such party, and which it has.</summary>
    internal string NoParty(string code) => $"The agenda has no party '{code}'. It has {NameList.Of(Parties.Select(x => x.Code))}.";

    /// <summary>Reads the party a command names: one of this agenda.</summary>
    public string ReadParty(Problems problems, string code)
    {
        if (!HasParty(code)) problems.Add("party", "unknown-party", NoParty(code));
        return code;
    }

    /// <summary>Reads the parties a command names: at least one, each of this agenda, none twice.</summary>
    public ImmutableArray<string> ReadParties(Problems problems, string[] codes)
    {
        if (codes.Length == 0) problems.Add("parties", "no-parties", "'parties' must name at least one.");
        for (var i = 0; i < codes.Length; i++)
            if (!HasParty(codes[i]) && !string.IsNullOrWhiteSpace(codes[i])) problems.At("parties", i).Add("", "unknown-party", NoParty(codes[i]));
        return problems.Texts("parties", codes);
    }
}

/// <summary>One who made the promises: a short code ("US") and a name.</summary>
/// <param name="JoinedOn">The first day on which it was a party, where that is told.</param>
/// <param name="LeftOn">The day from which it was a party no more, where it left.</param>
public sealed record Party(
    string Code,
    string Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateOnly? JoinedOn = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateOnly? LeftOn = null)
{
    internal static string NameIn(ImmutableArray<Party> parties, string code) => parties.FirstOrDefault(x => x.Code == code)?.Name ?? code;
}

/// <summary>Who may read an agenda.</summary>
public enum Visibility
{
    /// <summary>Everybody, where the service lets everybody read.</summary>
    Public,

    /// <summary>Those alone who have a role on it, or on all agendas.</summary>
    Internal,
}

/// <summary>What the agenda is counted from. What happened on its day is the baseline, not a follow-up.</summary>
public sealed record Baseline(string Name, DateOnly Date, string? Place);

/// <summary>A later date that may be counted from instead of the baseline.</summary>
/// <param name="Withdrawal">Where it was taken back: it stays in the list, and nothing is counted from it any more.</param>
public sealed record Milestone(string Slug, string Name, DateOnly Date, Withdrawal? Withdrawal = null);

/// <param name="Visibility">Null in what was recorded before agendas could be internal: public.</param>
public sealed record AgendaOpened(
    string Title,
    string? Summary,
    ImmutableArray<Party> Parties,
    Baseline Baseline,
    Codebook Codebook,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Visibility? Visibility = null) : ISetVisibility
{
    bool? ISetVisibility.IsInternal => Visibility is { } it ? it is Agendas.Visibility.Internal : null;
}

/// <summary>What is said of the agenda was wrong or too little: all that can be corrected, as it is from now on.</summary>
/// <param name="Parties">All parties, those added last.</param>
/// <param name="Reason">Why, in the words of whoever corrected it.</param>
/// <param name="Baseline">Null where it stays as it was.</param>
/// <param name="Visibility">Null where it stays as it was.</param>
public sealed record AgendaCorrected(
    string Title,
    string? Summary,
    ImmutableArray<Party> Parties,
    Codebook Codebook,
    string Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Baseline? Baseline = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Visibility? Visibility = null) : ISetVisibility
{
    bool? ISetVisibility.IsInternal => Visibility is { } it ? it is Agendas.Visibility.Internal : null;
}

public sealed record MilestoneAdded(string Slug, string Name, DateOnly Date);

/// <summary>What is said of a milestone was wrong: all of it, as it is from now on.</summary>
/// <param name="Reason">Why, in the words of whoever corrected it.</param>
public sealed record MilestoneCorrected(string Slug, string Name, DateOnly Date, string Reason);

/// <param name="Reason">Why, in the words of whoever withdrew it.</param>
public sealed record MilestoneWithdrawn(string Slug, string Reason);

/// <param name="Reason">Why, in the words of whoever reinstated it.</param>
public sealed record MilestoneReinstated(string Slug, string Reason);

/// <param name="Day">The day on which a status or a flag differs from the day before, with nothing more known.</param>
/// <param name="Late">Whether it had gone by when it was recorded.</param>
public sealed record DayReached(DateOnly Day, bool Late);
