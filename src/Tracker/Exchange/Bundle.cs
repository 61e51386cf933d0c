using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Evidence;
using Tracker.Sources;

namespace Tracker.Exchange;

/// <summary>
/// An agenda's record as it stands, each item in the shape of its command: what is exported, what is imported, what a seed is.
/// </summary>
public sealed record Bundle(
    string Format,
    BundledAgenda Agenda,
    RecordSource[] Sources,
    RecordCommitment[] Commitments,
    RecordActivity[] Activities,
    BundledEvidence[] Evidence,
    BundledSearch[] Searches)
{
    public const string Format1 = "tracker-bundle/1";
}

/// <summary>An agenda in a bundle: its command, and its milestones.</summary>
public sealed record BundledAgenda(
    string Slug,
    string Title,
    PartyNamed[] Parties,
    OpenAgenda.BaselineNamed Baseline,
    OpenAgenda.CodebookChosen? Codebook = null,
    string? Summary = null,
    AddMilestone[]? Milestones = null)
{
    public OpenAgenda AsCommand() => new(Slug, Title, Parties, Baseline, Codebook, Summary);
}

/// <summary>A piece of evidence in a bundle: its command, the commitment it is on, and what became of it.</summary>
/// <param name="Coder">Who judged, by the bundle's own statement; the recorder is whoever imports.</param>
/// <param name="Review">What was decided, by whom, by the bundle's own statement.</param>
public sealed record BundledEvidence(
    string Key,
    string Commitment,
    string Activity,
    string Depth,
    string Direction,
    string[] Parties,
    string Rationale,
    string State,
    CitationGiven[]? Citations = null,
    string? Coder = null,
    BundledReview? Review = null)
{
    public ProposeEvidence AsCommand() => new(Activity, Depth, Direction, Parties, Rationale, Key, Citations);
}

/// <summary>A review as a bundle states it.</summary>
public sealed record BundledReview(string Decision, string? Rationale = null, string? Reviewer = null, string? At = null);

/// <summary>A search in a bundle.</summary>
public sealed record BundledSearch(string Key, string Commitment, string SearchedThrough, string[] Places, string? Note = null)
{
    public RecordSearch AsCommand() => new(SearchedThrough, Places, Note);
}
