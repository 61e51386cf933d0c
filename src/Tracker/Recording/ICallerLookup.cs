namespace Tracker.Recording;

/// <summary>Knows who asks. What goes on for long asks from time to time whether they still are who they were.</summary>
public interface ICallerLookup
{
    /// <summary>Who asks, as they may by now; null where their key, token or session has ended since, or was revoked.</summary>
    Task<Caller?> RevalidateAsync(HttpContext http);
}
