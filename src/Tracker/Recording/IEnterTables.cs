using JasperFx.Events;
using Marten;
using Npgsql;

namespace Tracker.Recording;

/// <summary>Enters events into the tables that are read from, in the transaction that records them. Nothing else fills them.</summary>
public interface IEnterTables
{
    /// <summary>Whether the tables hold all of an agenda up to a position: what comes next can be entered.</summary>
    /// <param name="connection">The one that holds the agenda's line, so that nothing is recorded meanwhile.</param>
    Task<bool> HoldAsync(NpgsqlConnection connection, string agenda, long position, CancellationToken ct);

    /// <summary>Has the database count what the tables hold since a large recording entered them: without it, plans take an agenda for a row.</summary>
    Task AnalyzeAsync(NpgsqlConnection connection, CancellationToken ct);

    /// <summary>Enters the next events of an agenda of which the tables hold all that came before.</summary>
    /// <param name="session">What it writes with; saved by the caller.</param>
    /// <param name="connection">The transaction's own.</param>
    /// <param name="events">With their positions, instants and authors; an event without a version is the next of its stream.</param>
    /// <param name="ct">Gives up; nothing is entered then.</param>
    Task EnterAsync(IDocumentSession session, NpgsqlConnection connection, IReadOnlyList<IEvent> events, CancellationToken ct);
}
