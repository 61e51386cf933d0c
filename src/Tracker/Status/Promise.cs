using System.Collections.Immutable;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Commitments;

namespace Tracker.Status;

/// <summary>What the rule asks of a commitment, as known at the moment asked about.</summary>
/// <param name="Slug">Its name in the agenda; the rule never reads it.</param>
/// <param name="Type">Only a deliverable can be delivered; only what is continuing goes stale.</param>
/// <param name="MadeOn">Evidence counts from the day after; before this day it is not on the board.</param>
/// <param name="Bar">The depth from which action is concrete; the codebook's where absent.</param>
/// <param name="DueOn">When it was to be done, as precisely as was said.</param>
/// <param name="Parties">The codes of those who made it.</param>
/// <param name="Withdrawn">Taken off the board.</param>
public sealed record Promise(
    string Slug,
    CommitmentType Type,
    DateOnly MadeOn,
    Depth? Bar,
    FuzzyDate? DueOn,
    ImmutableArray<string> Parties,
    bool Withdrawn = false);
