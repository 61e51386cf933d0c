using Tracker.Recording;

namespace Tracker.Boards.Changes;

/// <summary>Reads which kinds of changes are asked for.</summary>
public static class ChangeKinds
{
    /// <summary>The kinds of changes that are asked for: all where none is; or that one is no kind.</summary>
    public static (ChangeKind[]? Kinds, Refusal? Refusal) Asked(string? asked)
    {
        if (asked is null) return (null, null);
        var kinds = new List<ChangeKind>();
        foreach (var word in asked.Split(','))
        {
            if (!Words.TryParse<ChangeKind>(word, out var kind))
                return (null, Refuse.Unreadable($"'kind' is '{word}'; it must be one of {string.Join(", ", Enum.GetValues<ChangeKind>().Select(Words.Text))}.", "kind"));
            kinds.Add(kind);
        }

        return ([.. kinds], null);
    }
}
