using JasperFx.Events;
using Marten;
using Npgsql;

namespace Tracker.Recording;

/// <summary>Enters events into the tables that are read from, in the transaction that records them. Nothing else fills them.</summary>
public interface IEnterTables
{
    /// <summary>The table with a row for each recording that the tables hold, by agenda and position.</summary>
    string Recordings { get; }

    /// <summary>Whether the tables hold the recording that was made at an instant.</summary>
    Task<bool> HoldAsync(NpgsqlConnection connection, string agenda, long position, DateTimeOffset recordedAt, CancellationToken ct);

    /// <summary>Has the database count what the tables hold since a large recording entered them: without it, plans take an agenda for a row.</summary>
    Task AnalyzeAsync(NpgsqlConnection connection, CancellationToken ct);

    /// <summary>Enters the next events of an agenda of which the tables hold all that came before.</summary>
    /// <param name="session">What it writes with; saved by the caller.</param>
    /// <param name="connection">The transaction's own.</param>
    /// <param name="events">With their positions, instants and authors; an event without a version is the next of its stream.</param>
    /// <param name="before">The states before them of streams that go on; those that are not there are read from the tables.</param>
    /// <param name="ct">Gives up; nothing is entered then.</param>
    Task EnterAsync(IDocumentSession session, NpgsqlConnection connection, IReadOnlyList<IEvent> events, IReadOnlyDictionary<StreamKey, object> before, CancellationToken ct);
}
