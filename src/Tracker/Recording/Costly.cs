namespace Tracker.Recording;

/// <summary>What takes long to make, or holds much while it lasts: one caller may have only so much of it under way at once.</summary>
public static class Costly
{
    /// <summary>What an endpoint names in <c>[EnableRateLimiting(…)]</c>.</summary>
    public const string Policy = "costly";
}
