namespace Tracker.Hosting.Postgres;

/// <summary>A server we started on loopback; disposing it stops it in an orderly way.</summary>
internal interface IPostgresServer : IAsyncDisposable
{
    int Port { get; }

    /// <summary>How long it may take to answer: a container makes its database while we wait.</summary>
    TimeSpan Patience { get; }

    /// <summary>Whether waiting for an answer is worth while.</summary>
    Task<bool> LivesAsync();

    /// <summary>It has answered: from now on this server's data are the directory's.</summary>
    void Settle();

    /// <summary>The end of its log.</summary>
    Task<string> LastWordsAsync();
}
