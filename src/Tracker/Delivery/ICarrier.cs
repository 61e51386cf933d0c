using Npgsql;

namespace Tracker.Delivery;

/// <summary>Carries the parcels of one channel. It is asked for one parcel at a time, for several recipients at once, on every node.</summary>
public interface ICarrier
{
    /// <summary>One of <see cref="Channels"/>.</summary>
    string Channel { get; }

    /// <summary>Whether each destination gets its parcels one after the other, in the order in which they were put.</summary>
    bool InOrder { get; }

    /// <summary>
    /// Whether a parcel may be sent again of which nobody knows whether it arrived. Where it may not, it is given up as uncertain, and
    /// someone decides.
    /// </summary>
    bool MayRepeat { get; }

    /// <summary>How many are carried at once on one node; of those that failed before, at most half as many, so that they hold up no other.</summary>
    int AtOnce { get; }

    /// <summary>How long one attempt may take.</summary>
    TimeSpan Patience { get; }

    /// <summary>Carries a parcel once, and tells what came of it. What it throws is told as uncertain.</summary>
    Task<Carried> CarryAsync(Parcel parcel, CancellationToken ct);

    /// <summary>Does what else follows from an attempt, in the transaction that settles it and before the parcel's own row is touched.</summary>
    Task NoteAsync(NpgsqlConnection connection, Parcel parcel, Carried carried) => Task.CompletedTask;
}

/// <summary>What came of one attempt.</summary>
/// <param name="Status">The recipient's answer as a number: an HTTP status, an SMTP reply.</param>
/// <param name="Response">The beginning of the recipient's answer.</param>
/// <param name="Error">What went wrong, for the publisher to read; null where nothing did.</param>
public sealed record Carried(Outcome Outcome, int? Status = null, string? Response = null, string? Error = null)
{
    /// <summary>The recipient asks not to be tried again before this has passed.</summary>
    public TimeSpan? NotBefore { get; init; }

    public static Carried Delivered(int? status = null, string? response = null) => new(Outcome.Delivered, status, response);

    public static Carried TryAgain(string error, int? status = null, string? response = null) => new(Outcome.TryAgain, status, response, error);

    public static Carried GiveUp(string error, int? status = null, string? response = null) => new(Outcome.GiveUp, status, response, error);

    public static Carried Unwanted(string error) => new(Outcome.Unwanted, null, null, error);

    public static Carried Uncertain(string error) => new(Outcome.Uncertain, null, null, error);
}

/// <summary>How an attempt ended.</summary>
public enum Outcome
{
    Delivered,

    /// <summary>It did not arrive, and may yet.</summary>
    TryAgain,

    /// <summary>It did not arrive, and never will.</summary>
    GiveUp,

    /// <summary>It was not sent, and is not to be: whoever it was for wants it no more.</summary>
    Unwanted,

    /// <summary>Nobody knows whether it arrived.</summary>
    Uncertain,
}
