using Npgsql;
using Tracker.Boards.Known;

namespace Tracker.Boards.Changes;

/// <summary>Puts what is to be delivered of an agenda's changes where it is sent from, in the transaction that writes the changes.</summary>
public interface IEnqueueDeliveries
{
    /// <summary>Puts all that was not put before.</summary>
    /// <param name="connection">That of the transaction: it sees the changes.</param>
    /// <param name="write">Executed last in the transaction; it may be added to.</param>
    /// <param name="through">The last recording whose changes are written.</param>
    Task EnqueueAsync(NpgsqlConnection connection, NpgsqlBatch write, Moment through, CancellationToken ct);

    /// <summary>How far it has come with each agenda: a table with the agenda and the position.</summary>
    string Progress { get; }
}
