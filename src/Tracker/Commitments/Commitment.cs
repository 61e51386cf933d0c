using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Recording;

namespace Tracker.Commitments;

/// <summary>A discrete, publicly expressed statement of intent to act, with each party's own wording of it.</summary>
public sealed record Commitment(
    string Slug,
    string Title,
    CommitmentType Type,
    DateOnly MadeOn,
    ImmutableArray<string> Parties,
    string? Criteria,
    Depth? Bar,
    FuzzyDate? DueOn,
    ImmutableArray<string> Tags,
    ImmutableArray<Clause> Clauses,
    ImmutableArray<Search> Searches,
    Withdrawal? Withdrawal = null) : IFolded<Commitment>
{
    public static string Kind => "commitments";

    [JsonIgnore]
    public long Version { get; init; }

    /// <summary>The texts that were taken out of it; absent where none was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<Redaction> Redactions { get; init; }

    /// <summary>The version since which it has been neither corrected nor withdrawn: wordings and searches are beside that. Decisions alone ask for it.</summary>
    [JsonIgnore]
    public long SaidSince { get; init; } = 1;

    /// <summary>A search says that somebody looked since the promise was made.</summary>
    public void CheckSearches(Problems problems, DateOnly madeOn)
    {
        if (Searches.FirstOrDefault(x => x.Withdrawal is null && x.SearchedThrough < madeOn) is { } search)
            problems.Add("madeOn", "bad-date", $"'madeOn' would be {Days.Text(madeOn)}, after the search '{search.Id}', through {Days.Text(search.SearchedThrough)}. Withdraw the search first.");
    }

    /// <summary>What stands in the way of a correction: wordings and evidence of a party that would be gone.</summary>
    public Refusal? WhyNotCorrected(CommitmentCorrected corrected, ImmutableArray<Resting> resting)
    {
        var without = Parties.Where(x => !corrected.Parties.Contains(x)).ToArray();
        resting = [.. resting.Where(x => x.Parties.Any(without.Contains))];
        return Clauses.Where(x => without.Contains(x.Party)).Select(x => x.Id).ToArray() switch
        {
            { Length: > 0 } clauses => Refuse.Conflict("in-use", $"Clauses are the wording of a party that would be none of its parties any more: {string.Join(", ", clauses)}."),
            _ when resting.Length > 0 => Refuse.InUse("Accepted evidence says it was the action of a party that would be none of its parties any more", resting),
            _ => null,
        };
    }

    /// <summary>Whether a correction says otherwise what accepted evidence is judged by.</summary>
    public bool IsMovedBy(CommitmentCorrected corrected) =>
        Type != corrected.Type || MadeOn != corrected.MadeOn || Bar != corrected.Bar || DueOn != corrected.DueOn;

    public static Commitment Fold(Commitment? state, object happened, Stamp stamp) => (state, happened) switch
    {
        (null, CommitmentMade e) => new Commitment(stamp.Name, e.Title, e.Type, e.MadeOn, e.Parties, e.Criteria, e.Bar, e.DueOn, e.Tags,
            [.. e.Clauses.Select((clause, i) => Clause.Of(NthId(i), clause))], [])
        { Version = 1 },
        ({ } it, ClauseAdded e) => it with { Clauses = it.Clauses.Add(Clause.Of(e.Id, e.Clause)), Version = stamp.Version },
        ({ } it, SearchRecorded e) => it with
        {
            Searches = it.Searches.Add(new Search(e.Id, e.SearchedThrough, e.Places, e.Note)),
            Version = stamp.Version,
        },
        ({ } it, CommitmentCorrected e) => it with
        {
            Title = e.Title,
            Type = e.Type,
            MadeOn = e.MadeOn,
            Parties = e.Parties,
            Criteria = e.Criteria,
            Bar = e.Bar,
            DueOn = e.DueOn,
            Tags = e.Tags,
            Version = stamp.Version,
            SaidSince = stamp.Version,
        },
        ({ } it, ClauseCorrected e) => it with
        {
            Clauses = [.. it.Clauses.Select(x => x.Id == e.Id ? Clause.Of(e.Id, e.Clause) : x)],
            Version = stamp.Version,
        },
        ({ } it, SearchWithdrawn e) => it with
        {
            Searches = [.. it.Searches.Select(x => x.Id == e.Id ? x with { Withdrawal = Withdrawal.Of(e.Reason, stamp) } : x)],
            Version = stamp.Version,
        },
        ({ } it, SearchReinstated e) => it with
        {
            Searches = [.. it.Searches.Select(x => x.Id == e.Id ? x with { Withdrawal = null } : x)],
            Version = stamp.Version,
        },
        ({ } it, CommitmentWithdrawn e) => it with { Withdrawal = Withdrawal.Of(e.Reason, stamp), Version = stamp.Version, SaidSince = stamp.Version },
        ({ } it, CommitmentReinstated _) => it with { Withdrawal = null, Version = stamp.Version, SaidSince = stamp.Version },
        ({ } it, TextRedacted e) => it with { Redactions = Redaction.After(it.Redactions, e, stamp), Version = stamp.Version },
        _ => throw UnknownEventException.For<Commitment>(happened),
    };

    /// <summary>The id the next clause gets: clauses are numbered as they come, and never renumbered.</summary>
    public string NextClauseId() => NthId(Clauses.Length);

    private static string NthId(int index) => (index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>One party's own wording of a commitment, verbatim, in its original language.</summary>
/// <param name="Party">Whose wording it is.</param>
/// <param name="Source">The account it stands in.</param>
/// <param name="Quote">The source's words only; brackets of whoever quotes belong in the note.</param>
public sealed record Wording(string Party, string Source, string Quote, string? Language, string? Translation, string? Note);

/// <summary>A wording with its number within the commitment.</summary>
public sealed record Clause(string Id, string Party, string Source, string Quote, string? Language, string? Translation, string? Note)
{
    public static Clause Of(string id, Wording wording) =>
        new(id, wording.Party, wording.Source, wording.Quote, wording.Language, wording.Translation, wording.Note);
}

/// <summary>Someone looked, in named places, through a day, and found nothing.</summary>
/// <param name="Withdrawal">Where it was taken back: it stays in the list, and counts no more.</param>
public sealed record Search(string Id, DateOnly SearchedThrough, ImmutableArray<string> Places, string? Note, Withdrawal? Withdrawal = null);

public sealed record CommitmentMade(
    string Title,
    CommitmentType Type,
    DateOnly MadeOn,
    ImmutableArray<string> Parties,
    string? Criteria,
    Depth? Bar,
    FuzzyDate? DueOn,
    ImmutableArray<string> Tags,
    ImmutableArray<Wording> Clauses);

public sealed record ClauseAdded(string Id, Wording Clause);

public sealed record SearchRecorded(string Id, DateOnly SearchedThrough, ImmutableArray<string> Places, string? Note) : INotRestedOn;

/// <summary>What is said of the commitment was wrong: all of it but its clauses, as it is from now on.</summary>
/// <param name="Reason">Why, in the words of whoever corrected it.</param>
public sealed record CommitmentCorrected(
    string Title,
    CommitmentType Type,
    DateOnly MadeOn,
    ImmutableArray<string> Parties,
    string? Criteria,
    Depth? Bar,
    FuzzyDate? DueOn,
    ImmutableArray<string> Tags,
    string Reason);

/// <param name="Reason">Why, in the words of whoever withdrew it.</param>
public sealed record CommitmentWithdrawn(string Reason);

/// <param name="Reason">Why, in the words of whoever reinstated it.</param>
public sealed record CommitmentReinstated(string Reason);

/// <summary>A correction that would move accepted evidence: it begins a proposal, and moves nothing.</summary>
/// <param name="Version">The version of the commitment that it corrects.</param>
/// <param name="By">Whom an imported bundle names as its author; else its recorder is.</param>
public sealed record CommitmentCorrectionProposed(string Commitment, long Version, CommitmentCorrected Correction, string? By = null);

/// <summary>A withdrawal that would take accepted evidence out of the count: it begins a proposal, and moves nothing.</summary>
/// <param name="Version">The version of the commitment that it withdraws.</param>
/// <param name="Reason">Why, in the words of whoever proposed it.</param>
/// <param name="By">Whom an imported bundle names as its author; else its recorder is.</param>
public sealed record CommitmentWithdrawalProposed(string Commitment, long Version, string Reason, string? By = null);

/// <summary>A wording was wrong: all of it, as it is from now on.</summary>
/// <param name="Reason">Why, in the words of whoever corrected it.</param>
public sealed record ClauseCorrected(string Id, Wording Clause, string Reason);

/// <param name="Reason">Why, in the words of whoever withdrew it.</param>
public sealed record SearchWithdrawn(string Id, string Reason) : INotRestedOn;

/// <param name="Reason">Why, in the words of whoever reinstated it.</param>
public sealed record SearchReinstated(string Id, string Reason) : INotRestedOn;
