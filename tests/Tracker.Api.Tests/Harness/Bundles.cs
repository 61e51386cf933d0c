using System.Text.Json.Nodes;

namespace Tracker.Api.Tests.Harness;

/// <summary>Bundles for import.</summary>
public static class Bundles
{
    /// <summary>An agenda as <see cref="Given.Agenda"/> opens it, with a source, a commitment, and as many activities and pieces of evidence as wanted.</summary>
    public static JsonObject Of(string agenda, int activities = 1) => new
    {
        format = "tracker-bundle/1",
        agenda = Given.Agenda(agenda),
        sources = new[] { Given.Source() },
        commitments = new[] { Given.Commitment() },
        activities = Enumerable.Range(0, activities).Select(x => Given.Activity($"act-{x}")),
        evidence = Enumerable.Range(0, activities).Select(x => new
        {
            key = $"e-{x}",
            commitment = "visit",
            activity = $"act-{x}",
            depth = "contact",
            direction = "advances",
            parties = new[] { "AA" },
            rationale = "They met.",
            state = "accepted",
            coder = "someone",
            review = new { decision = "accept", rationale = "So it is.", reviewer = "another" },
        }),
        searches = new[] { new { key = "s-1", commitment = "visit", searchedThrough = "2022-12-01", places = new[] { "Xinhua" } } },
    }.Json();
}
