using System.Text;

namespace Tracker.Hosting.Postgres;

/// <summary>PostgreSQL's log, kept below twice <see cref="Bound"/> bytes: the file and the one before it.</summary>
internal sealed class ServerLog(string file) : IDisposable
{
    private const long Bound = 4 * 1024 * 1024;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource ended = new();
    private long mark;

    /// <summary>A file the account can write, whose <see cref="Tail"/> begins here.</summary>
    public async Task OpenAsync(ServerAccount account, CancellationToken ct)
    {
        Trim();
        if (!File.Exists(file)) DataDirectory.WriteSecret(file, "");
        await account.OwnAsync(file, ct);
        mark = new FileInfo(file).Length;
    }

    /// <summary>The last lines since the log was opened.</summary>
    public string Tail()
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Position = Math.Clamp(stream.Length - 4000, Math.Min(mark, stream.Length), stream.Length);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return string.Join('\n', reader.ReadToEnd().TrimEnd().Split('\n').TakeLast(20));
    }

    public async Task KeepInBoundsAsync()
    {
        using var timer = new PeriodicTimer(BetweenLooks);
        var end = ended.Token;
        try
        {
            while (await timer.WaitForNextTickAsync(end)) Trim();
        }
        catch (OperationCanceledException)
        {
            // The server has stopped.
        }
    }

    public void Dispose()
    {
        ended.Cancel();
        ended.Dispose();
    }

    // The server appends, so cutting the file under it loses at most the lines written meanwhile.
    private void Trim()
    {
        try
        {
            if (new FileInfo(file) is not { Exists: true, Length: > Bound }) return;
            File.Copy(file, file + ".1", overwrite: true);
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            stream.SetLength(0);
        }
        catch (IOException)
        {
            // Held by someone who reads it; the next look will do.
        }
    }
}
