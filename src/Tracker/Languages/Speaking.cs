namespace Tracker.Languages;

/// <summary>
/// The language that is spoken: on a page its reader's, and English in all that is kept, sent or read by machines, so that a report says the same to
/// everybody. Visible everywhere without a word, as <c>Texts</c>.
/// </summary>
public static class Speaking
{
    private static readonly AsyncLocal<Language?> Chosen = new();

    /// <summary>The words of the language that is spoken.</summary>
    public static Language Texts => Chosen.Value ?? Language.English;

    /// <summary>Says one thing in a language, and goes on in the one that was spoken.</summary>
    public static T SayIn<T>(Language language, Func<T> say)
    {
        var before = Chosen.Value;
        Chosen.Value = language;
        try
        {
            return say();
        }
        finally
        {
            Chosen.Value = before;
        }
    }

    /// <summary>Speaks a language from here on, in what the caller does and awaits.</summary>
    public static void Speak(Language language) => Chosen.Value = language;
}
