using Npgsql;

namespace Tracker.Recording;

/// <summary>Tells how far an agenda's record reaches, while its line is locked.</summary>
public interface ITellReach
{
    /// <summary>The day through which the record reaches, as of today; null where there is none.</summary>
    /// <param name="connection">The one that holds the agenda's line.</param>
    /// <param name="agenda">The agenda's state, as it is from this recording on.</param>
    /// <param name="name">The agenda's slug.</param>
    /// <param name="position">The last recording before.</param>
    Task<DateOnly?> CoveredThroughAsync(NpgsqlConnection connection, object agenda, string name, long position, DateOnly today, CancellationToken ct);
}
