namespace Tracker.Recording;

/// <summary>Takes a thing back: it stays in the record, and counts no more.</summary>
/// <param name="Reason">Why, for whoever reads the history.</param>
public sealed record Withdraw(string Reason);

/// <summary>Takes a withdrawal back: the thing counts again from now on.</summary>
/// <param name="Reason">Why, for whoever reads the history.</param>
public sealed record Reinstate(string Reason);

/// <summary>It was taken back: it stays in the record, and counts no more.</summary>
/// <param name="Reason">Why, in the words of whoever took it back.</param>
/// <param name="By">The opaque principal id of who took it back.</param>
/// <param name="At">When that was recorded.</param>
public sealed record Withdrawal(string Reason, string By, DateTimeOffset At)
{
    public static Withdrawal Of(string reason, Stamp stamp) => new(reason, stamp.By, stamp.At);
}
