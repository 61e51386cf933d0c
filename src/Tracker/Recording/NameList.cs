namespace Tracker.Recording;

/// <summary>The names there are, for whoever gave one that there is not.</summary>
public static class NameList
{
    private const int Most = 12;

    /// <summary>The first dozen, and how many more there are: "US, PRC", "a, b, … and 8 more".</summary>
    public static string Of(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return all.Length <= Most ? string.Join(", ", all) : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{string.Join(", ", all[..Most])} and {all.Length - Most} more");
    }
}
