using Npgsql;

namespace Tracker.Recording;

/// <summary>What errors of the database mean.</summary>
public static class DatabaseErrors
{
    // A transaction that this node left open for too long was ended, as after a pause.
    private const string IdleInTransaction = "25P03";

    // A server that only answers reads took the place of the one that records, as while another takes over.
    private const string ReadOnly = "25006";

    /// <summary>Whether the database cannot be reached just now, rather than that it refused what it was asked: whoever asks again later may be answered.</summary>
    public static bool IsAway(Exception error) =>
        error is TimeoutException or PostgresException { SqlState: IdleInTransaction or ReadOnly } or (NpgsqlException and not PostgresException { IsTransient: false }) || (error.InnerException is { } cause && error is Marten.Exceptions.MartenException && IsAway(cause));

    /// <summary>What says in an error, or in what caused it, that the database is away; null where nothing does.</summary>
    public static NpgsqlException? FindAway(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
            if (error is NpgsqlException away && IsAway(away)) return away;
        return null;
    }
}
