namespace Tracker.Faults.Tests.Harness;

/// <summary>How long faults last: as long as they must to be seen, or with <c>TRACKER_FAULTS=long</c> as long as they do in earnest.</summary>
internal static class Lasting
{
    /// <summary>Whether they last as in earnest.</summary>
    public static readonly bool IsLong = Environment.GetEnvironmentVariable("TRACKER_FAULTS") == "long";

    public static TimeSpan For(int seconds, int inEarnest) => TimeSpan.FromSeconds(IsLong ? inEarnest : seconds);

    public static int Times(int times, int inEarnest) => IsLong ? inEarnest : times;
}
