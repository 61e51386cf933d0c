namespace Tracker.Delivery;

/// <summary>What becomes of a parcel after an attempt. Pure: the chance in it is handed in.</summary>
/// <param name="Wait">How long until the next attempt; null where there is none.</param>
public sealed record Fate(DeliveryState State, TimeSpan? Wait, string? Error)
{
    /// <summary>After how many attempts a parcel is given up: about two and a half days.</summary>
    public const int MaxTries = 12;

    private const double FirstSeconds = 10, Factor = 4;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>The longest that a recipient may ask us to wait.</summary>
    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(24);

    /// <param name="mayRepeat">Whether it may be sent again where nobody knows whether it arrived.</param>
    /// <param name="tries">How many attempts there were, this one among them.</param>
    /// <param name="chance">From 0 to 1, anew each time: recipients that failed together are not tried again together.</param>
    public static Fate Of(Carried carried, bool mayRepeat, int tries, double chance) => carried switch
    {
        { Outcome: Outcome.Delivered } => new(DeliveryState.Delivered, null, null),
        { Outcome: Outcome.GiveUp } => new(DeliveryState.Dead, null, carried.Error),
        { Outcome: Outcome.Unwanted } => new(DeliveryState.Unwanted, null, carried.Error),
        { Outcome: Outcome.Uncertain } when !mayRepeat => new(DeliveryState.Dead, null, Uncertain(carried.Error)),
        _ when tries >= MaxTries => new(DeliveryState.Dead, null, carried.Error),
        _ => new(DeliveryState.Waiting, WaitAfter(tries, chance, carried.NotBefore), carried.Error),
    };

    /// <summary>How an error says that nobody knows whether the parcel arrived.</summary>
    public static string Uncertain(string? error) => $"Uncertain whether it arrived. {error}";

    /// <summary>10 s after the first attempt, then four times as long each time and at most 12 hours, a fifth more or less.</summary>
    public static TimeSpan WaitAfter(int tries, double chance, TimeSpan? notBefore = null)
    {
        var seconds = Math.Min(FirstSeconds * Math.Pow(Factor, tries - 1), Longest.TotalSeconds);
        var wait = TimeSpan.FromSeconds(seconds * (0.8 + 0.4 * chance));
        return notBefore is not { } asked || asked <= wait ? wait : asked < LongestAsked ? asked : LongestAsked;
    }
}
