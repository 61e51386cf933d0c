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

    /// <summary>How many parties took concrete action on which of a summit's commitments.</summary>
    private static readonly int[] Acting = [1, 1, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5];

    private static readonly string[] Names =
        ["Alfa", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India", "Juliett", "Kilo", "Lima", "Mike", "November", "Oscar", "Papa", "Quebec", "Romeo", "Sierra", "Tango"];

    /// <summary>
    /// Twelve commitments of twenty parties: each has seen concrete action by a few of them, 37 of 240 cells; on the second, three more were in contact;
    /// on the first, someone searched. The record ends on 2023-01-31.
    /// </summary>
    public static JsonObject Summit(string agenda)
    {
        var codes = Names.Select(x => new string(x[0], 2)).ToArray();
        string[] topics = ["Phase out subsidies for fossil fuels", "Cut methane emissions", "Finance adaptation in vulnerable countries", "Publish national plans",
            "Report on debt transparently", "Open vaccine production", "Protect a third of land and sea by 2030", "Tax multinational firms where they earn", "Restore degraded forests",
            "Lower the cost of remittances", "Train inspectors", "Keep trade in food and fertiliser open, and lift no less than half of the restrictions that were put on it since the last meeting"];
        return new
        {
            format = "tracker-bundle/1",
            agenda = new
            {
                slug = agenda,
                title = "What twenty parties said in Rio",
                parties = codes.Select((code, i) => new { code, name = Names[i] }),
                baseline = new { name = "Rio", date = Given.Baseline, place = "Rio" },
            },
            sources = new[] { Given.Source() },
            commitments = topics.Select((title, j) => new
            {
                slug = $"promise-{j:D2}",
                title,
                type = j % 3 == 0 ? "continuing" : "deliverable",
                madeOn = Given.Baseline,
                parties = codes,
                clauses = new[] { new { party = codes[j], source = "readout", quote = $"We shall do it: {title}.", language = "en" } },
            }),
            activities = new[]
            {
                new
                {
                    slug = "talks",
                    kind = "meeting",
                    title = "Talks",
                    occurred = "2022-12-11/2022-12-12",
                    participants = codes.Select((party, i) => new { party, name = $"The envoy of {Names[i]}" }),
                    sources = new[] { "readout" },
                },
            },
            evidence = Acting.Select((count, j) => Coded($"e-{j:D2}", $"promise-{j:D2}", "measure", [.. Enumerable.Range(0, count).Select(k => codes[((j * 7) + k) % codes.Length])]))
                .Append(Coded("e-contact", "promise-01", "contact", ["AA", "BB", "CC"])),
            searches = new[] { new { key = "s-1", commitment = "promise-00", searchedThrough = "2023-01-31", places = new[] { "the gazettes" } } },
        }.Json();

        static object Coded(string key, string commitment, string depth, string[] parties) => new
        {
            key,
            commitment,
            activity = "talks",
            depth,
            direction = "advances",
            parties,
            rationale = "They did.",
            citations = new[] { new { source = "readout", quote = "they did" } },
            state = "accepted",
            coder = "someone",
            review = new { decision = "accept", rationale = "So it is.", reviewer = "another" },
        };
    }
}
