using Npgsql;

namespace Tracker.Boards.Changes;

/// <summary>
/// Connections that keep what they have prepared, for the few statements by which changes are told, again and again: planning one costs more than running it.
/// </summary>
public sealed class ChangeLogConnections(NpgsqlDataSource database) : IAsyncDisposable, IDisposable
{
    /// <summary>What the database calls them, after the program's name.</summary>
    public const string Name = "changes";

    /// <summary>So many at most: those who wait for one hold none.</summary>
    public const int Most = 10;

    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken ct) => database.OpenConnectionAsync(ct);

    public void Dispose() => database.Dispose();

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
