using JasperFx.Events;
using Marten;
using Npgsql;

namespace Tracker.Recording;

/// <summary>Enters events into the tables that are read from, in the transaction that records them.</summary>
public interface IEnterTables
{
    /// <summary>The header of an event that entered the tables with its recording: the version of those tables.</summary>
    const string Header = "entered";

    /// <summary>Which tables: whoever keeps others enters the events there by itself.</summary>
    int Version { get; }

    /// <summary>Whether the tables hold all of an agenda up to a position; waits some seconds for what they are about to take in.</summary>
    /// <param name="connection">The one that holds the agenda's line, so that nothing is recorded meanwhile.</param>
    Task<bool> HoldAsync(NpgsqlConnection connection, string agenda, long position, CancellationToken ct);

    /// <summary>
    /// Whether the next recording of an agenda should enter the tables itself, because they will not follow soon: a large recording's numbers stand
    /// between, committed or not. Asked before anything is appended; a large recording then waits until this transaction ends.
    /// </summary>
    /// <param name="connection">The one that holds the agenda's line.</param>
    /// <param name="agenda">Whose next recording.</param>
    /// <param name="position">The last before it; what the tables do not hold all of cannot be entered.</param>
    Task<bool> MustEnterAsync(NpgsqlConnection connection, string agenda, long position, CancellationToken ct);

    /// <summary>Has the database count what the tables hold since a large recording entered them: without it, plans take an agenda for a row.</summary>
    Task CountAsync(NpgsqlConnection connection, CancellationToken ct);

    /// <summary>
    /// Called by a large recording before it appends: waits for the small ones at work, which the tables follow as ever. Whatever begins
    /// until the transaction ends must enter by itself.
    /// </summary>
    Task LetOthersPassAsync(NpgsqlConnection connection, CancellationToken ct);

    /// <summary>Enters the next events of an agenda of which the tables hold all that came before.</summary>
    /// <param name="session">What it writes with; saved by the caller.</param>
    /// <param name="connection">The transaction's own.</param>
    /// <param name="events">With their positions, instants and authors; an event without a version is the next of its stream.</param>
    /// <param name="ct">Gives up; nothing is entered then.</param>
    Task EnterAsync(IDocumentSession session, NpgsqlConnection connection, IReadOnlyList<IEvent> events, CancellationToken ct);
}
