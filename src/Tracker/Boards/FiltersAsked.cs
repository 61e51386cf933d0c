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
        Refusal ??= Refuse.Unreadable($"'{name}' must be a day, YYYY-MM-DD; it is '{text}'.{DateFaults.Of(text, oneDay: true)}", name);
        return null;
    }

    /// <summary>What the mark of a withdrawal must be: false, unless what was withdrawn is asked for as well.</summary>
    public object? Withdrawn()
    {
        var text = request.One("withdrawn");
        if (text is not (null or "true" or "false")) Refusal ??= Refuse.Unreadable($"'withdrawn' must be true or false; it is '{text}'.", "withdrawn");
        return text == "true" ? null : false;
    }

    /// <summary>What the words of <c>q</c> are looked for by; null where there are none.</summary>
    public object? Searched()
    {
        var q = request.One("q");
        Refusal ??= Filter.TooManyWords(q);
        return Filter.Words(q);
    }

    public string? Word<T>(string name) where T : struct, Enum
    {
        if (request.One(name) is not { } text) return null;
        if (!Words.TryParse<T>(text, out _)) Refusal ??= Refuse.Unreadable($"'{name}' must be one of {Words.All<T>()}; it is '{text}'.", name);
        return text;
    }
}
