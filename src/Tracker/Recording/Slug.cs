namespace Tracker.Recording;

/// <summary>
/// The name of a thing within its agenda and kind: <c>[a-z0-9][a-z0-9-]{0,79}</c>. It is part of a stream's key and of a URL, and
/// never changes.
/// </summary>
public static class Slug
{
    public const int MaxLength = 80;
    public const string Pattern = "^[a-z0-9][a-z0-9-]{0,79}$";

    public static bool IsValid(string? text)
    {
        if (text is not { Length: > 0 and <= MaxLength } || text[0] == '-') return false;
        foreach (var c in text)
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-')) return false;
        return true;
    }
}
