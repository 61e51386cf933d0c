namespace Tracker.Recording;

/// <summary>
/// The names an endpoint takes in its query. The contract lists them and requests are held to them, both from here: a misspelt
/// <c>validAt</c> must not be answered as if no day had been asked for.
/// </summary>
public static class QueryParameters
{
    /// <summary>The names that come with what an operation asks for.</summary>
    public static IReadOnlyList<(Asks Asks, string[] Names)> Common { get; } =
    [
        (Asks.AsOf, ["validAt", "knownAt", "since", "atLeast"]),
        (Asks.AtLeast, ["atLeast"]),
        (Asks.Page, ["limit", "after"]),
    ];

    /// <summary>All that an operation of the API takes.</summary>
    public static IReadOnlyList<string> Of(OperationAttribute operation, IEnumerable<QueryAttribute> own) =>
        [.. own.Select(x => x.Name).Concat(Common.Where(x => operation.Asks.HasFlag(x.Asks)).SelectMany(x => x.Names)).Distinct(StringComparer.Ordinal)];

    /// <summary>Those that other sites and mail programs add to links they pass on: they ask for nothing, and a page passes over them.</summary>
    private static readonly string[] OfLinks = ["fbclid", "gclid", "msclkid", "mc_cid", "mc_eid", "ref", "igshid"];

    /// <summary>What such names begin with.</summary>
    private const string OfCampaigns = "utm_";

    /// <summary>The refusal of the first name that an operation of the API does not take; null where it takes them all.</summary>
    public static Refusal? UnknownTo(IReadOnlyList<string> known, IEnumerable<string> asked) => UnknownTo(known, asked, "this request");

    /// <summary>The refusal of the first name that a page does not take; null where it takes them all, or passes over them.</summary>
    public static Refusal? UnknownToPage(IReadOnlyList<string> known, IEnumerable<string> asked) =>
        UnknownTo(known, asked.Where(x => !x.StartsWith(OfCampaigns, StringComparison.OrdinalIgnoreCase) && !OfLinks.Contains(x, StringComparer.OrdinalIgnoreCase)), "this page");

    private static Refusal? UnknownTo(IReadOnlyList<string> known, IEnumerable<string> asked, string what)
    {
        foreach (var name in asked)
        {
            if (known.Contains(name, StringComparer.OrdinalIgnoreCase)) continue;
            var takes = known.Count == 0 ? "It takes none." : $"It takes {string.Join(", ", known)}.";
            var hint = Nearest(known, name) is { } nearest ? $" Did you mean '{nearest}'?" : "";
            return Refuse.Unreadable($"'{Shown(name)}' is not a parameter of {what}.{hint} {takes}", name);
        }

        return null;
    }

    /// <summary>The one of some names that another is most likely a misspelling of; null where it is like none.</summary>
    public static string? Nearest(IReadOnlyList<string> known, string name)
    {
        if (name.Length > MostLetters) return null;
        var plain = Plain(name);
        return known.Select(x => (Name: x, Edits: Edits(Plain(x), plain)))
            .Where(x => x.Edits <= Allowed(x.Name)).OrderBy(x => x.Edits).Select(x => x.Name).FirstOrDefault();
    }

    private const int MostLetters = 40;

    /// <summary>Short names are near to everything: of these only the same letters, written otherwise, are a misspelling.</summary>
    private static int Allowed(string name) => name.Length switch { < 5 => 0, < 7 => 1, _ => 2 };

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static string Shown(string name) => name.Length > MostLetters ? name[..MostLetters] + "…" : name;

    /// <summary>How many letters to add, drop, replace or swap with their neighbour (optimal string alignment).</summary>
    private static int Edits(string x, string y)
    {
        var edits = new int[x.Length + 1, y.Length + 1];
        for (var i = 0; i <= x.Length; i++) edits[i, 0] = i;
        for (var j = 0; j <= y.Length; j++) edits[0, j] = j;
        for (var i = 1; i <= x.Length; i++)
            for (var j = 1; j <= y.Length; j++)
            {
                var same = x[i - 1] == y[j - 1] ? 0 : 1;
                edits[i, j] = Math.Min(Math.Min(edits[i - 1, j] + 1, edits[i, j - 1] + 1), edits[i - 1, j - 1] + same);
                if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1]) edits[i, j] = Math.Min(edits[i, j], edits[i - 2, j - 2] + 1);
            }

        return edits[x.Length, y.Length];
    }
}
