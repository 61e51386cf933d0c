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
    ImmutableArray<Search> Searches) : IFolded<Commitment>
{
    public static string Kind => "commitments";

    [JsonIgnore]
    public long Version { get; init; }

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
public sealed record Search(string Id, DateOnly SearchedThrough, ImmutableArray<string> Places, string? Note);

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

public sealed record SearchRecorded(string Id, DateOnly SearchedThrough, ImmutableArray<string> Places, string? Note);
