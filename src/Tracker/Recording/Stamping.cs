using JasperFx.Events;
using Marten;

namespace Tracker.Recording;

/// <summary>Makes what a decision says the store's events: with their position, their instant, their author and what led to them.</summary>
/// <param name="Session">Which writes them.</param>
/// <param name="Position">The recording's.</param>
/// <param name="At">The recording's instant.</param>
/// <param name="Attempt">The command that it comes of.</param>
internal sealed record Stamping(IDocumentSession Session, long Position, DateTimeOffset At, Attempt Attempt)
{
    /// <summary>The principal's opaque id.</summary>
    public string By => Attempt.Caller.Principal!;

    /// <summary>Has the session append events.</summary>
    /// <param name="stream">What happened on one stream.</param>
    /// <param name="isLast">Whether the recording ends with it.</param>
    public IEvent[] Append(StreamEvents stream, bool isLast)
    {
        var events = new IEvent[stream.Events.Length];
        for (var n = 0; n < events.Length; n++)
        {
            var @event = events[n] = Session.Events.BuildEvent(stream.Events[n]);
            @event.StreamKey = stream.Key.ToString();
            @event.Version = stream.Starts ? n + 1 : 0;
            @event.Timestamp = At;
            @event.UserName = By;
            @event.CorrelationId = Attempt.Correlation;
            @event.CausationId = Attempt.Causation;
            @event.SetHeader(Recorder.PositionHeader, Position);
            if (isLast && n == events.Length - 1) @event.SetHeader(Recorder.LastHeader, true);
        }

        if (stream.Starts) Session.Events.StartStream(FoldedKinds.TypeOf(stream.Key.Kind), stream.Key.ToString(), events);
        else Session.Events.Append(stream.Key.ToString(), events);
        return events;
    }
}
