using System.Collections.Concurrent;
using System.Diagnostics;

namespace Tracker.Api.Tests.Harness;

/// <summary>The statements that databases are sent by this process, from now on: those of one request, or those of one database.</summary>
public sealed class Statements : IDisposable
{
    private readonly ConcurrentQueue<(string Trace, string Database, string Text)> _sent = new();
    private readonly ActivityListener _listener;

    public Statements()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.GetTagItem("db.query.text") is string text) _sent.Enqueue((activity.TraceId.ToHexString(), activity.GetTagItem("db.namespace") as string ?? "", text));
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The header that gives a request a trace of its own, and what tells its statements by it.</summary>
    public static (string Name, string Value) Traced(out string trace)
    {
        trace = ActivityTraceId.CreateRandom().ToHexString();
        return ("traceparent", $"00-{trace}-0123456789abcdef-01");
    }

    public IReadOnlyList<string> OfRequest(string trace) => [.. _sent.Where(x => x.Trace == trace).Select(x => x.Text)];

    public IReadOnlyList<string> OfDatabase(string database) => [.. _sent.Where(x => x.Database == database).Select(x => x.Text)];

    public void Dispose() => _listener.Dispose();
}
