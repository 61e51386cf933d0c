using Tracker.Recording;

namespace Tracker.Hosting;

/// <summary>Guesses which of the words that there are an operator meant by one that there is not.</summary>
internal static class Nearest
{
    /// <summary>The word that was probably meant: one misspelt, or one that this begins or that begins this; null where none is near.</summary>
    public static string? To(string word, IReadOnlyList<string> words) =>
        QueryParameters.Nearest(words, word) ?? words.FirstOrDefault(x => Begins(x, word) || Begins(word, x));

    /// <summary>What follows an error: a space and a question, where there is something to ask.</summary>
    public static string Asked(string word, IReadOnlyList<string> words) => To(word, words) is { } meant ? $" Did you mean {meant}?" : "";

    private static bool Begins(string whole, string part) => part.Trim('-').Length > 1 && whole.StartsWith(part, StringComparison.OrdinalIgnoreCase);
}
