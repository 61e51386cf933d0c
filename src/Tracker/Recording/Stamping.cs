using JasperFx.Events;
using Marten;

namespace Tracker.Recording;

/// <summary>Makes what a decision says the store's events: with their position, their instant and their author.</summary>
/// <param name="Session">Which writes them.</param>
/// <param name="Position">The recording's.</param>
/// <param name="At">The recording's instant.</param>
/// <param name="By">The principal's opaque id.</param>
internal sealed record Stamping(IDocumentSession Session, long Position, DateTimeOffset At, string By)
{
    /// <param name="stream">What happened on one stream.</param>
    /// <param name="isLast">Whether the recording ends with it.</param>
    public IEvent[] Stamp(StreamEvents stream, bool isLast)
    {
        var events = new IEvent[stream.Events.Length];
        for (var n = 0; n < events.Length; n++)
        {
            var @event = events[n] = Session.Events.BuildEvent(stream.Events[n]);
            @event.StreamKey = stream.Key.ToString();
            @event.Version = stream.Starts ? n + 1 : 0;
            @event.Timestamp = At;
            @event.UserName = By;
            @event.SetHeader(Recorder.PositionHeader, Position);
            if (isLast && n == events.Length - 1) @event.SetHeader(Recorder.LastHeader, true);
        }

        return events;
    }
}
