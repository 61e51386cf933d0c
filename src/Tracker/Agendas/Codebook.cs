using System.Text.Json.Serialization;
using Tracker.Recording;

namespace Tracker.Agendas;

/// <summary>The version of the status rule an agenda uses, and the values it fills in.</summary>
/// <param name="Version">The name of the rule: <c>depth-ladder/2</c>, or <c>depth-ladder/1</c> for agendas that say so.</param>
/// <param name="Bar">What counts as concrete where a commitment does not say.</param>
/// <param name="StaleAfterDays">Days without advancing evidence after which a continuing commitment is stale.</param>
/// <param name="CoverageDays">Days after the end of a record through which it is still current; absent from what was stored before records said how far they reach.</param>
/// <param name="Review">Whether evidence needs a second person before it counts.</param>
public sealed record Codebook(string Version, Depth Bar, int StaleAfterDays, [property: LeftOutOf(LeftOutOfAttribute.Report1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? CoverageDays, ReviewPolicy Review)
{
    public const string DepthLadder1 = "depth-ladder/1";
    public const string DepthLadder2 = "depth-ladder/2";

    private const int DefaultCoverageDays = 30;

    public static Codebook Default { get; } = new(DepthLadder2, Depth.Mechanism, 90, DefaultCoverageDays, ReviewPolicy.Second);

    /// <summary>The codebook with what an older one did not say.</summary>
    public Codebook Fill() => this with { CoverageDays = CoverageDays ?? DefaultCoverageDays };

    /// <summary>Days after the end of a record through which it is still current.</summary>
    [JsonIgnore]
    public int CurrentForDays => CoverageDays ?? DefaultCoverageDays;
}

/// <summary>Who must agree before evidence counts.</summary>
public enum ReviewPolicy
{
    /// <summary>A reviewer who is not its coder.</summary>
    Second,

    /// <summary>Nobody: evidence is accepted as coded.</summary>
    None,
}
