namespace Tracker.Specs.Events;

/// <summary>The events and their words as committed beside these specs.</summary>
internal static class Golden
{
    private const string Folder = "golden/";

    public static string Words { get; } = Text("words.json");

    /// <summary>Each file of <c>golden/</c> by its stored name.</summary>
    public static IReadOnlyDictionary<string, string> Files { get; } = typeof(Golden).Assembly.GetManifestResourceNames()
        .Where(x => x.StartsWith(Folder, StringComparison.Ordinal))
        .ToDictionary(x => Path.GetFileNameWithoutExtension(x), Text);

    private static string Text(string name)
    {
        using var reader = new StreamReader(typeof(Golden).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
