using Tracker.Recording;

namespace Tracker.Boards.Known;

/// <summary>The tables do not hold an agenda at the moment that is asked about: they are being filled anew. A client is told to ask again soon.</summary>
public sealed class NotInTablesYetException(string agenda) : Exception($"The tables do not hold '{agenda}' yet.")
{
    /// <summary>What a client is told.</summary>
    public Refusal Refusal => new(503, "behind", Message) { RetryAfter = 1 };
}
