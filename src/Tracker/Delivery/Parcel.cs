namespace Tracker.Delivery;

/// <summary>Something for someone: put into the outbox in the transaction of what it tells of, and carried until it has arrived or is given up.</summary>
/// <param name="Agenda">The agenda it is of.</param>
/// <param name="Channel">How it goes: one of <see cref="Channels"/>.</param>
/// <param name="Destination">To whom: a webhook's id, or an address.</param>
/// <param name="Key">What it is about: a change's id, or a report's slug. The same to the same enters once.</param>
/// <param name="Kind">What it tells: the word of an <see cref="Occasion"/>, or one of the channel's own.</param>
/// <param name="Body">What is sent, or enough to make it from.</param>
public sealed record Parcel(string Agenda, string Channel, string Destination, string Key, string Kind, string Body)
{
    /// <summary>Its id, whenever and however often it is sent.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Which attempt this is, of all there were: the first is 1.</summary>
    public int Attempt { get; init; }

    /// <summary>Which attempt this is since it was put, or resent on purpose: the first is 1.</summary>
    public int Try { get; init; }

    /// <summary>When it was put into the outbox.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>The ways that things go.</summary>
public static class Channels
{
    public const string Webhook = "webhook";
    public const string Email = "email";
}

/// <summary>Where a delivery stands.</summary>
public enum DeliveryState
{
    /// <summary>To be sent, at once or later.</summary>
    Waiting,

    /// <summary>On its way.</summary>
    Sending,

    /// <summary>The recipient took it.</summary>
    Delivered,

    /// <summary>Given up: it stays until someone resends or dismisses it.</summary>
    Dead,

    /// <summary>Not sent, for whoever it was for wants it no more.</summary>
    Unwanted,

    /// <summary>Given up, and someone has seen to it otherwise.</summary>
    Dismissed,
}
