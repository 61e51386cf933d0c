using System.Diagnostics;
using System.Globalization;

namespace Tracker.Benchmarks;

/// <summary>What one side of a measure did in one round. What was not measured is not a number.</summary>
/// <param name="PerSecond">How much was done in a second: requests, pieces, starts.</param>
/// <param name="Durations">How long each took, in milliseconds, sorted: all are kept, so a percentile is exact.</param>
/// <param name="Used">What the server and the database used for it.</param>
/// <param name="Done">How many were done.</param>
/// <param name="Bytes">Of one answer, head and body, on the wire.</param>
/// <param name="Note">What a reader must know of it, such as that it could not keep up.</param>
internal sealed record Sample(double PerSecond, double[] Durations, Usage Used, int Done, double Bytes = double.NaN, string? Note = null)
{
    public double Percentile(double part) => Durations.Length == 0 ? double.NaN : Durations[(int)Math.Min(Durations.Length - 1, Math.Ceiling(part * Durations.Length) - 1)];

    /// <summary>One thing that was done once and timed.</summary>
    public static Sample Once(TimeSpan took, Usage used, int count = 1, double bytes = double.NaN) =>
        new(count / took.TotalSeconds, [took.TotalMilliseconds], used, count, bytes);
}

/// <summary>Makes requests of a server: as many as it answers (closed loop), or so many a second whatever it answers (open loop).</summary>
internal static class Load
{
    private static readonly long Start = Stopwatch.GetTimestamp();

    /// <summary>Milliseconds on one clock for all of this process.</summary>
    public static double Now => Stopwatch.GetElapsedTime(Start).TotalMilliseconds;

    /// <summary>Each connection asks again as soon as it is answered, until the time is over; once at least.</summary>
    /// <param name="next">The next request; asked for from several threads.</param>
    /// <exception cref="UnexpectedAnswerException">An answer was neither a success nor "not modified".</exception>
    public static Task<Sample> ClosedAsync(Server server, int connections, TimeSpan time, Func<byte[]> next, CancellationToken ct) =>
        RunAsync(server, connections, async (connection, began, durations, stop) =>
        {
            var bytes = 0.0;
            do
            {
                var (request, asked) = (next(), Now);
                bytes += (await AskAsync(connection, request, stop)).Bytes;
                durations.Add(Now - asked);
            }
            while (Now < began + time.TotalMilliseconds);
            return bytes;
        }, ct);

    /// <summary>
    /// Requests fall due at a steady rate; one that finds all connections busy waits, and its waiting counts. What is due and not sent when the time
    /// is over is not sent.
    /// </summary>
    /// <param name="next">The next request, and what it is of.</param>
    /// <param name="answered">Told of each answer: what it is of, and when its request was due, or sent where nothing held it up.</param>
    public static Task<Sample> OpenAsync<T>(
        Server server, int connections, double perSecond, TimeSpan time, Func<(byte[] Request, T Of)> next, Action<T, double, Answer> answered, CancellationToken ct)
    {
        var index = -1;
        return RunAsync(server, connections, async (connection, began, durations, stop) =>
        {
            var bytes = 0.0;
            while (true)
            {
                var due = began + (Interlocked.Increment(ref index) * 1000 / perSecond);
                if (Math.Max(due, Now) > began + time.TotalMilliseconds) return bytes;
                if (due > Now)
                {
                    // That a timer rings late is not the server's fault.
                    await Task.Delay(TimeSpan.FromMilliseconds(Math.Max(0, due - Now)), stop.Token);
                    due = Now;
                }

                var (request, of) = next();
                var answer = await AskAsync(connection, request, stop);
                bytes += answer.Bytes;
                durations.Add(Now - due);
                answered(of, due, answer);
            }
        }, ct);
    }

    private static async Task<Sample> RunAsync(
        Server server, int connections, Func<Connection, double, List<double>, CancellationTokenSource, Task<double>> runAsync, CancellationToken ct)
    {
        var open = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Connection.OpenAsync(server.Address, ct)));
        try
        {
            using var broken = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var durations = open.Select(_ => new List<double>(1024)).ToArray();
            var meter = Meter.Begin(server);
            var began = Now;
            var bytes = await Task.WhenAll(open.Select((connection, i) => Task.Run(() => runAsync(connection, began, durations[i], broken), ct)));
            var used = meter.End();
            double[] all = [.. durations.SelectMany(x => x).Order()];
            return new Sample(all.Length / used.Seconds, all, used, all.Length, bytes.Sum() / all.Length);
        }
        finally
        {
            foreach (var connection in open) connection.Dispose();
        }
    }

    private static async ValueTask<Answer> AskAsync(Connection connection, byte[] request, CancellationTokenSource stop)
    {
        try
        {
            var answer = await connection.AskAsync(request, stop.Token);
            return answer.Status is >= 200 and < 300 or 304 ? answer : throw new UnexpectedAnswerException(request, answer);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The others would go on until the time is over.
            await stop.CancelAsync();
            throw;
        }
    }
}

/// <summary>A measure asked for something and was refused: it would have measured refusals.</summary>
internal sealed class UnexpectedAnswerException(byte[] request, Answer answer) : Exception(string.Create(CultureInfo.InvariantCulture,
    $"{System.Text.Encoding.UTF8.GetString(request).Split('\r')[0]}: {answer.Status} {answer.Refusal}"));
