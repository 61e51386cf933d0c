using System.Net;
using System.Text.RegularExpressions;
using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Boards.History;

/// <summary>The page of a commitment, where something about it was corrected.</summary>
public sealed partial class telling_what_was_put_right(PostgresUnderTest postgres)
{
    [Fact]
    public async Task shows_what_each_correction_made_otherwise_and_what_it_was()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await ledger.RecordAsync("commitments/visit/clauses", Given.Clause());
        await ledger.RecordAsync("commitments/visit/clauses", Given.Clause("BB"));
        await ledger.AcceptedAsync("e-1");
        await ledger.AcceptedAsync("e-2");
        await ledger.RecordAsync("commitments/visit/corrections", new { bar = "mechanism", criteria = "They come.", reason = "It was not said yet." });
        var first = await ledger.RecordAsync("commitments/visit/corrections", new { bar = "measure", criteria = "They come & stay.", dueOn = "2023-02", tags = new[] { "visits", "talks" }, reason = "Read again." });
        await ledger.RecordAsync("commitments/visit/clauses/2/corrections", new { quote = "we shall visit soon", translation = "Soon.", reason = "A word was left out." });
        await ledger.RecordAsync("evidence/e-1/recoding", new { depth = "mechanism", direction = "reaffirms", parties = new[] { "AA" }, citations = Array.Empty<object>(), reason = "A channel was set up." });
        var last = await ledger.RecordAsync("activities/talks/corrections", new { occurred = "2022-12-10", place = "Langfang", reason = "The day was wrong." });

        var corrections = await CorrectionsAsync(last.Position, $"/{ledger.Path}/commitments/visit");

        corrections.ShouldBe([
            "It was not said yet. What would count: [nothing] → [They come.]; Bar: [nothing] → [Mechanism]",
            "Read again. What would count: [They come.] → [They come & stay.]; Bar: [Mechanism] → [Measure]; Due: [nothing] → [February 2023]; Tags: [visits] → [visits, talks]",
            "A word was left out. Its words: [we shall visit] → [we shall visit soon]; Translation: [nothing] → [Soon.]",
            "A channel was set up. Depth: [Contact] → [Mechanism]; Direction: [Advances it] → [Reaffirms it]; Parties: [AA, BB] → [AA]; Cited: changed",
            "The day was wrong. Date: [11–12 December 2022] → [10 December 2022]; Place: [nothing] → [Langfang]"]);
        (await CorrectionsAsync(last.Position, $"/{ledger.Path}/commitments/visit?knownAt={first.Position}")).ShouldBe(corrections[..2], "what was known then, and nothing later");

        // The change log tells the same, of each commitment it concerns.
        var changes = (await ledger.Tracker.Public.GetAsync(last.Position, $"/{ledger.Path}/changes", ("Accept", "text/html"))).Should(200).Text;
        foreach (var told in corrections.SelectMany(x => x[(x.IndexOf(". ", StringComparison.Ordinal) + 2)..].Split("; ")))
            Change().Matches(changes).Select(x => Plain(x.Groups[1].Value)).ShouldContain(told);

        async Task<string[]> CorrectionsAsync(long atLeast, string page)
        {
            var text = (await ledger.Tracker.Public.GetAsync(atLeast, page, ("Accept", "text/html"))).Should(200).Text;
            return [.. from entry in Entry().Matches(text[text.IndexOf("id=\"history\"", StringComparison.Ordinal)..])
                       where entry.Value.Contains("Correction", StringComparison.Ordinal)
                       let changes = Change().Matches(entry.Groups["changes"].Value).Select(x => Plain(x.Groups[1].Value))
                       select $"{Plain(entry.Groups["reason"].Value)} {string.Join("; ", changes)}"];
        }
    }

    private static string Plain(string html)
    {
        var marked = OpensAChange().Replace(html, "[").Replace("</del>", "]", StringComparison.Ordinal).Replace("</ins>", "]", StringComparison.Ordinal);
        return WebUtility.HtmlDecode(Space().Replace(Tag().Replace(marked, ""), " ")).Trim();
    }

    [GeneratedRegex("<p class=\"rationale\">(?:(?!</p>).)*?(“(?<reason>[^”]*)”</small>)?\\s*</p>\\s*(<ul class=\"cites\"[^>]*>(?<changes>.*?)</ul>)?", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Entry();

    [GeneratedRegex("<li>(.*?)</li>", RegexOptions.Singleline)]
    private static partial Regex Change();

    [GeneratedRegex("<(del|ins)\\b[^>]*>")]
    private static partial Regex OpensAChange();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();

    [GeneratedRegex("\\s+")]
    private static partial Regex Space();
}
