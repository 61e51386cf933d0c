using System.Collections.Immutable;
using Tracker.Agendas;
using Tracker.Evidence;

namespace Tracker.Status;

/// <summary>What the rule asks of a piece of evidence and of its activity, as known at the moment asked about.</summary>
/// <param name="Id">The evidence's key; verdicts name it by this.</param>
/// <param name="Earliest">The first day the activity can have happened.</param>
/// <param name="Latest">The last day the activity can have happened.</param>
/// <param name="Depth">How far it went for this commitment.</param>
/// <param name="Direction">Which way it moved this commitment.</param>
/// <param name="Parties">The codes of those whose action it was.</param>
/// <param name="State">Only accepted evidence counts; proposed evidence is counted as pending.</param>
/// <param name="ActivityWithdrawn">The activity was withdrawn, and its evidence with it.</param>
public sealed record Finding(
    string Id,
    DateOnly Earliest,
    DateOnly Latest,
    Depth Depth,
    Direction Direction,
    ImmutableArray<string> Parties,
    EvidenceState State,
    bool ActivityWithdrawn = false);
