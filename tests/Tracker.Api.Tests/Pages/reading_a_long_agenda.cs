using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Pages;

/// <summary>However much an agenda holds, its pages stay small, and what they leave out is a link away; the API gives the same in parts.</summary>
public sealed partial class reading_a_long_agenda(PostgresUnderTest postgres)
{
    private const int Most = 500_000;
    private const int Commitments = 250, Activities = 600, EvidenceOnTheFirst = 260;
    private const string Told = "双方就共同关心的问题坦诚、深入地交换了意见。 By the readout it is unclear what substantive progress was made, if any.";

    private static readonly Lock Sharing = new();
    private static Task<Ledger>? shared;

    [Theory]
    [InlineData("", "<tr id=\"on-(c-[0-9]+)\"", "commitments", Commitments)]
    [InlineData("/timeline", "id=\"lane-(c-[0-9]+)\"", "lanes", Commitments)]
    [InlineData("/divergence", "id=\"commitment-(c-[0-9]+)\"", "wordings", Commitments)]
    [InlineData("/matrix", "class=\"upright\" href=\"[^\"]*/commitments/(c-[0-9]+)", "the-matrix", Commitments)]
    [InlineData("/parties/US", "id=\"on-(c-[0-9]+)\"", "commitments", Commitments)]
    [InlineData("/commitments/c-0", "id=\"evidence-(e-[0-9]+)\"", "evidence", EvidenceOnTheFirst + 1)]
    [InlineData("/activities/x-0", "#evidence-(e-[0-9]+)\"", "what-it-did", Commitments + 1)]
    [InlineData("/sources/s-0", "#evidence-(e-[0-9]+)\"", "cited-for", EvidenceOnTheFirst + Commitments)]
    public async Task tells_all_of_it_page_by_page(string page, string item, string section, int all)
    {
        var ledger = await SharedAsync();
        var told = new List<string>();
        var pages = 0;
        for (string? path = $"/agendas/{ledger.Slug}{page}"; path is not null; pages++)
        {
            var html = (await ledger.Tracker.Public.GetAsync(path, ("Accept", "text/html"))).Should(200).Text;
            html.Length.ShouldBeLessThan(Most, path);
            told.AddRange(Regex.Matches(html, item).Select(x => x.Groups[1].Value).Distinct());
            path = NextOf(html, section);
        }

        pages.ShouldBeGreaterThan(1);
        told.Count.ShouldBe(all);
        told.Distinct().Count().ShouldBe(all);
    }

    [Fact]
    public async Task leads_to_the_part_that_a_piece_of_evidence_is_in()
    {
        var ledger = await SharedAsync();
        var page = $"/agendas/{ledger.Slug}/commitments/c-0";
        var last = $"e-{EvidenceOnTheFirst - 1}";
        (await ledger.Tracker.Public.GetAsync(page, ("Accept", "text/html"))).Should(200).Text.ShouldNotContain($"id=\"evidence-{last}\"");

        var link = Regex.Match((await ledger.Tracker.Public.GetAsync($"/agendas/{ledger.Slug}/activities/x-{EvidenceOnTheFirst - 1}", ("Accept", "text/html"))).Should(200).Text, $"href=\"({page}\\?piece={last})#evidence-{last}\"");
        link.Success.ShouldBeTrue();
        (await ledger.Tracker.Public.GetAsync(link.Groups[1].Value, ("Accept", "text/html"))).Should(200).Text.ShouldContain($"id=\"evidence-{last}\"");
    }

    [Theory]
    [InlineData("timeline", 100)]
    [InlineData("divergence", 200)]
    public async Task gives_the_same_in_parts_also_while_more_is_recorded(string read, int limit)
    {
        var ledger = await LongAsync();
        var whole = (await ledger.GetAsync($"{read}?validAt=2023-06-30")).Should(200).Json;
        whole.AsObject().ContainsKey("next").ShouldBeFalse();

        var (commitments, activities, next, parts) = (new List<string>(), new List<string>(), "", 0);
        do
        {
            var part = (await ledger.GetAsync($"{read}?validAt=2023-06-30&limit={limit}{next}")).Should(200).Json;
            commitments.AddRange(part["commitments"]!.AsArray().Select(x => x!.ToJsonString()));
            activities.AddRange(part["activities"]?.AsArray().Select(x => x!.ToJsonString()) ?? []);
            next = (string?)part["next"] is { } after ? $"&after={after}" : null;
            if (parts++ == 0) await ledger.RecordAsync("commitments", Given.Commitment(TrackerUnderTest.NewName("a")).With("parties", """["US"]"""));
        }
        while (next is not null);

        parts.ShouldBeGreaterThan(2);
        commitments.ShouldBe(whole["commitments"]!.AsArray().Select(x => x!.ToJsonString()));
        activities.ShouldBe(whole["activities"]?.AsArray().Select(x => x!.ToJsonString()) ?? []);
    }

    [Fact]
    public async Task refuses_the_next_part_of_something_else()
    {
        var ledger = await SharedAsync();
        var after = (string?)(await ledger.GetAsync("timeline?limit=1")).Should(200).Json["next"];
        (await ledger.GetAsync($"divergence?limit=1&after={after}")).ShouldRefuse(400, "unreadable", "after")["detail"].ShouldContain("another list");
        (await ledger.GetAsync("timeline?limit=0")).ShouldRefuse(400, "unreadable", "limit");
        (await ledger.GetAsync("timeline?after=c-0")).ShouldRefuse(400, "unreadable", "after");
        foreach (var from in (string[])["250", "2147483647"])
        {
            var beyond = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(after)).Replace("/1/", $"/{from}/", StringComparison.Ordinal)));
            (await ledger.GetAsync($"timeline?limit=1&after={beyond}")).ShouldRefuse(400, "unreadable", "after");
        }
    }

    private static string? NextOf(string html, string section) =>
        Next().Matches(html).Select(x => WebUtility.HtmlDecode(x.Groups[1].Value)).FirstOrDefault(x => x.EndsWith('#' + section, StringComparison.Ordinal))?.Split('#')[0];

    private Task<Ledger> SharedAsync()
    {
        lock (Sharing) return shared ??= LongAsync();
    }

    private async Task<Ledger> LongAsync()
    {
        var tracker = await postgres.SharedAsync();
        var slug = TrackerUnderTest.NewName("long");
        var ledger = new Ledger(tracker, slug);
        (await tracker.Owner.SendAsync(HttpMethod.Post, $"{ledger.Path}/import",
            new StringContent(string.Join('\n', LinesOf(slug).Select(x => JsonSerializer.Serialize(x))), Encoding.UTF8, "application/x-ndjson"))).Should(200);
        return ledger;
    }

    private static IEnumerable<object> LinesOf(string slug)
    {
        yield return new
        {
            format = "tracker-bundle/1",
            agenda = new
            {
                slug,
                title = "A long agenda",
                parties = new[] { new { code = "US", name = "United States" }, new { code = "PRC", name = "China" } },
                baseline = new { name = "The summit", date = "2022-11-14" },
                codebook = new { bar = "mechanism", review = "none" },
            },
        };
        yield return new { source = new { slug = "s-0", kind = "readout", tier = "readout", issuer = "US", title = "The readout", url = "https://example.org/0" } };
        for (var i = 0; i < Commitments; i++)
            yield return new { commitment = new { slug = $"c-{i}", title = $"What was said, point {i}", type = "continuing", madeOn = "2022-11-14", parties = new[] { "US", "PRC" }, clauses = new[] { new { party = "US", source = "s-0", quote = Told } } } };
        for (var i = 0; i < Activities; i++)
            yield return new { activity = new { slug = $"x-{i}", kind = "meeting", title = $"Talks, round {i}", occurred = $"2023-0{1 + (i % 6)}-{1 + (i % 28):00}", participants = new[] { new { party = "US", name = "Treasury" }, new { party = "PRC", name = "Ministry of Commerce" } }, sources = new[] { "s-0" }, accounts = new[] { new { source = "s-0", quote = Told } } } };
        for (var i = 0; i < EvidenceOnTheFirst; i++) yield return Evidence(i, "c-0", $"x-{i}");
        for (var i = 0; i < Commitments; i++) yield return Evidence(EvidenceOnTheFirst + i, $"c-{i}", "x-0");
    }

    private static object Evidence(int i, string commitment, string activity) => new
    {
        evidence = new { key = $"e-{i}", commitment, activity, depth = i % 3 == 0 ? "mechanism" : "contact", direction = "advances", parties = new[] { i % 2 == 0 ? "US" : "PRC" }, rationale = Told, state = "accepted", coder = "first reader", review = new { decision = "accept", rationale = "It does.", reviewer = "second reader" }, citations = new[] { new { source = "s-0", quote = Told } } },
    };

    [GeneratedRegex("<a href=\"([^\"]*)\" rel=\"next\"")]
    private static partial Regex Next();
}
