using System.Collections.Immutable;
using Tracker.Recording;

namespace Tracker.Evidence;

/// <summary>
/// Whom evidence is shown to. What is proposed or rejected, and who coded and reviewed, is for those who work on the agenda; everybody else sees what
/// was accepted, retracted or not since, and how much waits.
/// </summary>
public enum Audience
{
    /// <summary>Whoever may read the agenda.</summary>
    Readers,

    /// <summary>Whoever may code on it, and above.</summary>
    Coders,
}

/// <summary>What each audience sees.</summary>
public static class Audiences
{
    /// <summary>The states that readers see, as they are stored.</summary>
    public static ImmutableArray<string> SeenByReaders { get; } = [Words.Text(EvidenceState.Accepted), Words.Text(EvidenceState.Retracted)];

    public static Audience Of(Caller caller, string agenda) => caller.May(Right.Code, agenda) ? Audience.Coders : Audience.Readers;

    /// <summary>A piece of evidence as an audience sees it: for readers without the ids of who coded, reviewed and retracted it; null where it is not theirs to see.</summary>
    public static Evidence? SeenBy(this Evidence evidence, Audience audience) => audience switch
    {
        Audience.Coders => evidence,
        _ when evidence.State is not (EvidenceState.Accepted or EvidenceState.Retracted) => null,
        _ => evidence with
        {
            Coder = "",
            ImportedBy = null,
            Review = evidence.Review is { } review ? review with { Reviewer = "" } : null,
            Withdrawal = evidence.Withdrawal is { } withdrawal ? withdrawal with { By = "" } : null,
        },
    };
}
