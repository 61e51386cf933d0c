using Tracker.Agendas;
using Tracker.Boards;
using Tracker.Evidence;

namespace Tracker.Dashboard.OneBoard;

/// <summary>How deep what undercuts goes. A board counts it; the rule's own window says which of it counts.</summary>
public static class DepthAgainst
{
    public static IReadOnlyDictionary<string, Depth> Of(Board board, BoardReader.Material material) => board.Commitments
        .Where(x => x.Evidence.Undercutting > 0)
        .ToDictionary(
            x => x.Slug,
            x => material.Findings[x.Slug]
                .Where(y => y is { State: EvidenceState.Accepted, ActivityWithdrawn: false, Direction: Direction.Undercuts } && y.Earliest > x.Because.After && y.Latest <= x.Because.Through)
                .Max(y => y.Depth),
            StringComparer.Ordinal);
}
