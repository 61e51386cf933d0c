namespace Tracker.Api.Tests.Harness;

/// <summary>Bodies of commands that are right; a test changes what it is about.</summary>
public static class Given
{
    public const string Baseline = "2022-11-14";

    public static object Agenda(string slug, string review = "second", string? version = null) => new
    {
        slug,
        title = "What AA and BB said they would do",
        parties = new[] { new { code = "AA", name = "Alfa" }, new { code = "BB", name = "Bravo" } },
        baseline = new { name = "Bali", date = Baseline, place = "Bali, Indonesia" },
        codebook = version is null ? (object)new { review } : new { review, version },
    };

    public static object Source(string slug = "readout") => new { slug, kind = "readout", tier = "readout", issuer = "AA", title = "Readout of the meeting" };

    public static object Commitment(string slug = "visit", string type = "deliverable", string? dueOn = null, string? bar = null, string madeOn = Baseline) => new
    {
        slug,
        title = "A visit",
        type,
        madeOn,
        parties = new[] { "AA", "BB" },
        dueOn,
        bar,
        tags = new[] { "visits" },
        clauses = Array.Empty<object>(),
    };

    public static object Clause(string party = "AA", string source = "readout") => new { party, source, quote = "we shall visit", language = "en" };

    public static object Search(string searchedThrough = "2022-12-01") => new { searchedThrough, places = new[] { "Xinhua", "state.gov" } };

    public static object Activity(string slug = "talks", string occurred = "2022-12-11/2022-12-12", string kind = "meeting", string source = "readout", string title = "Talks in Langfang") => new
    {
        slug,
        kind,
        title,
        occurred,
        participants = new object[] { new { party = "AA", name = "Alfa's envoy" }, new { party = "BB", name = "Bravo's envoy", role = "host" } },
        sources = new[] { source },
    };

    public static object Evidence(string? key = null, string activity = "talks", string depth = "contact", string direction = "advances", params string[] parties) => new
    {
        key,
        activity,
        depth,
        direction,
        parties = parties.Length == 0 ? ["AA", "BB"] : parties,
        rationale = "They met.",
        citations = new[] { new { source = "readout", quote = "they met" } },
    };

    public static object Review(string decision = "accept") => new { decision, rationale = "Two accounts agree." };
}
