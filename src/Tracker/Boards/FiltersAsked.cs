using Tracker.Recording;

namespace Tracker.Boards;

/// <summary>Filters as a query gives them, and the first that is not of its form.</summary>
public sealed class FiltersAsked(HttpRequest request)
{
    public Refusal? Refusal { get; private set; }

    public DateOnly? Day(string name)
    {
        if (request.One(name) is not { } text) return null;
        if (Days.TryParse(text, out var day)) return day;
        Refusal ??= Refuse.Unreadable($"'{name}' must be a day, YYYY-MM-DD.", name);
        return null;
    }

    public string? Word<T>(string name) where T : struct, Enum
    {
        if (request.One(name) is not { } text) return null;
        if (!Words.TryParse<T>(text, out _)) Refusal ??= Refuse.Unreadable($"'{name}' must be one of {Words.All<T>()}.", name);
        return text;
    }
}
