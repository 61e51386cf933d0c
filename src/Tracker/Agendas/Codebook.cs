namespace Tracker.Agendas;

/// <summary>The version of the status rule an agenda uses, and the values it fills in.</summary>
/// <param name="Version">The rule's name; <c>depth-ladder/1</c> is the only one there is.</param>
/// <param name="Bar">What counts as concrete where a commitment does not say.</param>
/// <param name="StaleAfterDays">Days without advancing evidence after which a continuing commitment is stale.</param>
/// <param name="Review">Whether evidence needs a second person before it counts.</param>
public sealed record Codebook(string Version, Depth Bar, int StaleAfterDays, ReviewPolicy Review)
{
    public const string DepthLadder1 = "depth-ladder/1";

    public static Codebook Default { get; } = new(DepthLadder1, Depth.Mechanism, 90, ReviewPolicy.Second);
}

/// <summary>Who must agree before evidence counts.</summary>
public enum ReviewPolicy
{
    /// <summary>A reviewer who is not its coder.</summary>
    Second,

    /// <summary>Nobody: evidence is accepted as coded.</summary>
    None,
}
