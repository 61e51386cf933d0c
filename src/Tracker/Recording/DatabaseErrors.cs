using Npgsql;

namespace Tracker.Recording;

/// <summary>What errors of the database mean.</summary>
public static class DatabaseErrors
{
    /// <summary>Whether the database cannot be reached just now, rather than that it refused what it was asked: whoever asks again later may be answered.</summary>
    public static bool IsAway(Exception error) =>
        error is TimeoutException or (NpgsqlException and not PostgresException { IsTransient: false }) || (error.InnerException is { } cause && error is Marten.Exceptions.MartenException && IsAway(cause));
}
