using Tracker.Recording;

namespace Tracker.Boards.Changes;

/// <summary>Who listens to a stream: looked at again with each heartbeat, so that a stream does not outlive the key it was opened with.</summary>
internal sealed class Listener(HttpContext http, ICallerLookup callers, TimeProvider clock)
{
    /// <summary>After so long in which there was nothing to tell, a stream shows that it is there.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    // Less than a heartbeat, so that none passes without a look.
    private static readonly TimeSpan LookAgain = Heartbeat / 2;

    private long _looked = clock.GetTimestamp();

    public Caller Caller { get; private set; } = http.Caller();

    /// <summary>The caller, as they may by now; null where their credential has ended. Looked up where that was some seconds ago.</summary>
    public async Task<Caller?> RevalidateAsync()
    {
        if (clock.GetElapsedTime(_looked) < LookAgain) return Caller;
        if (await callers.RevalidateAsync(http) is not { } still) return null;
        _looked = clock.GetTimestamp();
        return Caller = still;
    }
}
