using System.Text.Json.Nodes;
using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Boards;

public sealed class reading_the_divergence(following_the_Bali_summit.Imported bali, PostgresUnderTest postgres) : IClassFixture<following_the_Bali_summit.Imported>
{
    private const string Bali = "agendas/us-china-bali";

    [Fact]
    public async Task finds_one_commitment_of_Bali_in_the_words_of_both_sides()
    {
        var divergence = (await BaliAsync("divergence?validAt=2023-01-31")).Json;

        divergence["summary"]!.ToJsonString().ShouldBe(
            """{"commitments":8,"shared":1,"partly":0,"oneSided":7,"unworded":0,"onlyBy":[{"party":"US","commitments":5},{"party":"PRC","commitments":2}]}""");
        Only(divergence, "joint-working-group").ShouldBeNull();
        var chinese = Commitment(divergence, "joint-working-group")["sides"]!.AsArray().Single(x => (string)x!["party"]! == "PRC")!["clauses"]![0]!;
        (chinese["language"]!.ToString(), chinese["accountOf"]!.ToString()).ShouldBe(("zh-Hant", "PRC"));
        chinese["translation"]!.ToString().ShouldContain("joint working group");
        Only(divergence, "strategic-communication").ShouldBe("PRC");
        Only(divergence, "secretary-visit").ShouldBe("US");
        divergence["commitments"]!.AsArray().Where(x => x!["shared"]!.GetValue<bool>()).Select(x => (string)x!["slug"]!).ShouldBe(["joint-working-group"]);
    }

    [Fact]
    public async Task puts_the_December_talks_where_each_account_has_them()
    {
        var talks = Told((await BaliAsync("divergence?validAt=2023-01-31")).Json, "december-talks");

        talks["differs"]!.ToJsonString().ShouldBe("""["date","place"]""");
        talks["only"]!.ToString().ShouldBe("US");
        var langfang = talks["accounts"]!.AsArray().Single(x => (string)x!["source"]! == "dbw-langfang-talks")!;
        (langfang["occurred"]!.ToString(), langfang["dated"]!.ToString(), langfang["placedElsewhere"]!.GetValue<bool>()).ShouldBe(("2022-12-11/2022-12-12", "within", true));
        langfang["accountOf"].ShouldBeNull();
    }

    [Fact]
    public async Task takes_a_joint_statement_for_no_third_party_s_account_and_for_no_one_side_s_words()
    {
        var ledger = await postgres.OpenAgendaAsync();
        await ledger.RecordAsync("sources", new { slug = "joint", kind = "jointStatement", tier = "official", issuer = "The summit", title = "Joint statement" });
        await ledger.RecordAsync("commitments", Given.Commitment());
        var worded = await ledger.RecordAsync("commitments/visit/clauses", Given.Clause(source: "joint"));

        var joint = (await ledger.GetAsync(worded.Position, "divergence?validAt=2022-12-20")).Should(200).Json;
        joint["summary"]!.ToJsonString().ShouldBe("""{"commitments":1,"shared":1,"partly":0,"oneSided":0,"unworded":0,"onlyBy":[{"party":"AA","commitments":0},{"party":"BB","commitments":0}]}""");
        Commitment(joint, "visit")["jointly"]!.GetValue<bool>().ShouldBeTrue();
        Commitment(joint, "visit")["wordedBy"]!.ToJsonString().ShouldBe("""["AA","BB"]""");
        Commitment(joint, "visit")["sides"]![0]!["clauses"]![0]!["joint"]!.GetValue<bool>().ShouldBeTrue();

        var page = await PageAsync("divergence");
        page.ShouldContain("1 of 1 commitment is on record in the words of every party, or in a joint statement; 0 are known in one side’s words alone.");
        // Who signed it is not on record: it is told who issued it, and for whom it is recorded.
        page.ShouldContain("In a joint statement.");
        page.ShouldNotContain("In the words of every party that made it.");
        page.ShouldContain("<h4>Joint statement (The summit)</h4>");
        page.ShouldContain("Recorded for: Alfa");
        var commitment = await PageAsync("commitments/visit");
        commitment.ShouldContain("<h3>Joint statement (The summit)</h3>");
        commitment.ShouldContain("Recorded for: Alfa");
        (await PageAsync("sources/joint")).ShouldContain("In a joint statement, recorded for: Alfa");
        var (own, other) = (await PageAsync("parties/AA"), await PageAsync("parties/BB"));
        // They are nobody's own words, nor those of the party that they are recorded for.
        foreach (var party in (string[])[own, other])
        {
            party.ShouldNotContain("In its own words");
            party.ShouldContain("id=\"joint-wordings\">In a joint statement");
            party.ShouldContain("Joint statement (The summit)");
            party.ShouldContain("Recorded for: Alfa");
        }

        page.ShouldMatch("<meta property=\"og:description\" content=\"1 of 1 commitment [^\"]* This record reaches 14 November 2022 and says nothing of what happened later\\.\"");
        foreach (var shown in (string[])[page, await PageAsync("commitments/visit"), await PageAsync("parties/BB"), await PageAsync("sources/joint")])
        {
            shown.ShouldContain("we shall visit");
            shown.ShouldNotContain("third party");
            shown.ShouldNotContain("in one side’s words only");
            shown.ShouldNotContain("No wording of this");
            shown.ShouldNotContain("In the words of: Alfa");
        }

        // What one party is known to have said from another's account is told as that, however many parties there are.
        await ledger.SourceAsync();
        await ledger.RecordAsync("commitments", Given.Commitment("talk"));
        worded = await ledger.RecordAsync("commitments/talk/clauses", Given.Clause("BB"));
        page = await PageAsync("divergence");
        page.ShouldContain("Known from another account: Alfa.");
        page.ShouldContain("On record in one side’s words only: Bravo.");
        page.ShouldContain("No wording of this side is on record.");

        async Task<string> PageAsync(string path) =>
            System.Net.WebUtility.HtmlDecode((await ledger.Tracker.Public.GetAsync(worded.Position, $"/{ledger.Path}/{path}?validAt=2022-12-20", ("Accept", "text/html"))).Should(200).Text);
    }

    [Fact]
    public async Task repeats_what_it_said_then_byte_for_byte_whatever_came_after()
    {
        var agenda = await (await postgres.SharedAsync()).OpenAgendaAsync();
        await agenda.SourceAsync();
        var committed = await agenda.CommitmentAsync();
        var one = await agenda.RecordAsync("commitments/visit/clauses", Given.Clause());
        var then = (await agenda.GetAsync(one.Position, "divergence?validAt=2023-01-31")).Should(200);
        var both = await agenda.RecordAsync("commitments/visit/clauses", new { party = "BB", source = "readout", quote = "我们将访问", language = "zh", translation = "we will visit" });

        var now = (await agenda.GetAsync(both.Position, "divergence?validAt=2023-01-31")).Should(200);
        var before = (await agenda.GetAsync($"divergence?validAt=2023-01-31&knownAt={committed.Position}")).Should(200);
        var again = (await agenda.GetAsync($"divergence?validAt=2023-01-31&knownAt={then.Position}")).Should(200);

        again.Bytes.ShouldBe(then.Bytes);
        Only(then.Json, "visit").ShouldBe("AA");
        before.Json["summary"]!["unworded"]!.GetValue<int>().ShouldBe(1);
        Commitment(now.Json, "visit")["shared"]!.GetValue<bool>().ShouldBeTrue();
        var clause = Commitment(now.Json, "visit")["sides"]![1]!["clauses"]![0]!;
        (clause["quote"]!.ToString(), clause["language"]!.ToString(), clause["translation"]!.ToString(), clause["accountOf"]!.ToString()).ShouldBe(("我们将访问", "zh", "we will visit", "AA"));
    }

    [Fact]
    public async Task leaves_out_what_was_not_promised_yet_and_refuses_what_it_cannot_read()
    {
        var agenda = await (await postgres.SharedAsync()).OpenAgendaAsync();
        var made = await agenda.RecordAsync("commitments", Given.Commitment(madeOn: "2023-01-10"));

        (await agenda.GetAsync(made.Position, "divergence?validAt=2023-01-09")).Should(200).Json["commitments"]!.AsArray().ShouldBeEmpty();
        (await agenda.GetAsync("divergence?validAt=2023-01-10")).Should(200).Json["commitments"]!.AsArray().Count.ShouldBe(1);
        (await agenda.GetAsync("divergence?since=no-such-day")).ShouldRefuse(422, "unknown-milestone", "since");
        (await agenda.GetAsync("divergence?knownAt=never")).ShouldRefuse(400, "unreadable", "knownAt");
    }

    private async Task<Reply> BaliAsync(string what) => (await bali.Tracker.Public.GetAsync(1, $"{Bali}/{what}")).Should(200);

    private static JsonNode Commitment(JsonNode divergence, string slug) => divergence["commitments"]!.AsArray().Single(x => (string)x!["slug"]! == slug)!;

    private static string? Only(JsonNode divergence, string slug) => Commitment(divergence, slug)["only"]?.ToString();

    private static JsonNode Told(JsonNode divergence, string slug) => divergence["activities"]!.AsArray().Single(x => (string)x!["slug"]! == slug)!;
}
