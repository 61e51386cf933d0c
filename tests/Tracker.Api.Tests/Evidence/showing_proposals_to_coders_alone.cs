using Tracker.Api.Tests.Harness;
using Tracker.Recording;

namespace Tracker.Api.Tests.Evidence;

/// <summary>
/// What is proposed or rejected, and who coded and reviewed, is shown to coders and above of that agenda. Readers see what was accepted, retracted or
/// not since, and how much waits.
/// </summary>
public sealed class showing_proposals_to_coders_alone(PostgresUnderTest postgres)
{
    private const string Unseen = "Nobody shall read this yet";

    [Fact]
    public async Task in_lists_and_one_by_one()
    {
        var (ledger, last) = await JudgedAsync();
        var elsewhere = await ledger.Tracker.OpenAgendaAsync();
        Client[] readers = [ledger.Tracker.Public, await ledger.Tracker.AsAsync("rae", Role.Reader, ledger.Slug), await ledger.Tracker.AsAsync("cy", Role.Coder, elsewhere.Slug), await ledger.Tracker.AsAsync("pia", Role.Publisher)];
        Client[] coders = [await ledger.CoderAsync(), await ledger.Tracker.AsAsync("cia", Role.Coder, ledger.Slug), await ledger.ReviewerAsync(), ledger.Owner];
        foreach (var (query, seen, all) in new (string, string, string)[]
        {
            ("", "accepted,retracted", "accepted,proposed,rejected,retracted,waiting"), ("?state=proposed", "", "proposed,waiting"), ("?state=rejected", "", "rejected"),
            ("?state=accepted", "accepted", "accepted"), ("?commitment=visit&activity=talks", "accepted,retracted", "accepted,proposed,rejected,retracted,waiting"),
            ("?q=Nobody shall read", "", "proposed,rejected,waiting"), ($"?coder={await ledger.Tracker.PrincipalOfAsync("ana")}", "", "accepted,proposed,rejected,retracted,waiting"),
            ("?coder=", "accepted,retracted", ""), ("?validAt=2022-12-31", "accepted,retracted", "accepted,proposed,rejected,retracted,waiting"),
        })
        {
            foreach (var reader in readers) await SeesAsync(reader, seen);
            foreach (var coder in coders) await SeesAsync(coder, all);

            async Task SeesAsync(Client client, string ids)
            {
                var page = (await client.GetAsync(last, $"{ledger.Path}/evidence{query}")).Should(200);
                string.Join(',', page.Json["items"]!.AsArray().Select(x => (string)x!["id"]!)).ShouldBe(ids, query);
                page.Json["pendingReview"]!.GetValue<int>().ShouldBe(2, query);
            }
        }

        (await ledger.GetAsync("evidence?activity=nothing")).Json["pendingReview"]!.GetValue<int>().ShouldBe(0);
        foreach (var id in (string[])["proposed", "waiting", "rejected"])
        {
            foreach (var reader in readers)
                foreach (var what in (string[])["", "/history"])
                    (await reader.GetAsync($"{ledger.Path}/evidence/{id}{what}")).ShouldRefuse(404, "not-found");
            foreach (var coder in coders) (await coder.GetAsync($"{ledger.Path}/evidence/{id}/history")).Should(200);
        }

        foreach (var id in (string[])["accepted", "retracted"])
        {
            var (told, known) = ((await ledger.GetAsync($"evidence/{id}")).Should(200), (await ledger.Owner.GetAsync($"{ledger.Path}/evidence/{id}")).Should(200));
            (told["coder"], told.Json["review"]!["reviewer"]!.ToString(), told.Json["review"]!["rationale"]!.ToString()).ShouldBe(("", "", "Two accounts agree."));
            (known["coder"], known.Json["review"]!["reviewer"]!.ToString()).ShouldBe((await ledger.Tracker.PrincipalOfAsync("ana"), await ledger.Tracker.PrincipalOfAsync("rui")));
            (told.ETag == known.ETag, told.Header("Vary")!.Split(", ")).ShouldSatisfyAllConditions(x => x.Item1.ShouldBeFalse(), x => x.Item2.ShouldBeSubsetOf(["Authorization", "Cookie", "Accept-Encoding", "Origin"]), x => x.Item2.ShouldContain("Cookie"));
            (told.CacheControl!.Split(", ").Order(), known.CacheControl!.Split(", ").Order()).ShouldSatisfyAllConditions(x => x.Item1.ShouldBe(["no-cache", "public"]), x => x.Item2.ShouldBe(["no-cache", "private"]));
            (await ledger.Owner.GetAsync($"{ledger.Path}/evidence/{id}", ("If-None-Match", told.ETag!))).Should(200);
        }

        // As it was known before it was accepted it is not theirs either, for ever.
        (await ledger.GetAsync("evidence/accepted?knownAt=5")).ShouldRefuse(404, "not-found");
        (await ledger.Owner.GetAsync($"{ledger.Path}/evidence/accepted?knownAt=5")).Should(200)["state"].ShouldBe("proposed");
    }

    [Fact]
    public async Task on_a_commitment_and_in_histories()
    {
        var (ledger, last) = await JudgedAsync();
        var people = await Task.WhenAll(((string[])["ana", "rui"]).Select(ledger.Tracker.PrincipalOfAsync));

        var told = (await ledger.GetAsync(last, "commitments/visit?validAt=2022-12-31")).Should(200);
        told.Json["evidence"]!.AsArray().Select(x => (string)x!["id"]!).ShouldBe(["accepted", "retracted"]);
        told.Json["pendingReview"]!.GetValue<int>().ShouldBe(2);
        told.Json["flags"]!["pendingReview"]!.GetValue<int>().ShouldBe(2);
        var known = (await ledger.Owner.GetAsync($"{ledger.Path}/commitments/visit?validAt=2022-12-31")).Should(200);
        known.Json["evidence"]!.AsArray().Count.ShouldBe(5);

        foreach (var what in (string[])["commitments/visit/history", "activities/talks/history", "evidence/accepted/history", "evidence/retracted/history"])
        {
            var (seen, all) = ((await ledger.GetAsync(what)).Should(200), (await ledger.Owner.GetAsync($"{ledger.Path}/{what}")).Should(200));
            var items = seen.Json["items"]!.AsArray();
            items.Select(x => (string)x!["subject"]!).ShouldNotContain(x => x == "evidence/proposed" || x == "evidence/waiting" || x == "evidence/rejected");
            items.Where(x => ((string)x!["subject"]!).StartsWith("evidence/", StringComparison.Ordinal)).ShouldAllBe(x => (string)x!["by"]! == "");
            items.Where(x => !((string)x!["subject"]!).StartsWith("evidence/", StringComparison.Ordinal)).ShouldAllBe(x => (string)x!["by"]! != "");
            all.Json["items"]!.AsArray().ShouldAllBe(x => (string)x!["by"]! != "");
            if (what[0] is 'c' or 'a') all.Json["items"]!.AsArray().Count.ShouldBe(items.Count + 4);
        }

        foreach (var text in new[] { told.Text, (await ledger.GetAsync("commitments/visit/history")).Text, (await ledger.GetAsync("changes")).Text, (await ledger.GetAsync("timeline")).Text, (await ledger.GetAsync("board")).Text })
            foreach (var secret in people.Append(Unseen)) text.ShouldNotContain(secret);
    }

    [Fact]
    public async Task in_what_is_exported()
    {
        var (ledger, last) = await JudgedAsync();
        var tags = new HashSet<string>();
        foreach (var form in (string[])["json", "ndjson", "csv&kind=evidence"])
        {
            var (seen, all) = ((await ledger.GetAsync(last, $"export?format={form}")).Should(200), (await ledger.Owner.GetAsync(last, $"{ledger.Path}/export?format={form}")).Should(200));
            foreach (var secret in (string[])[Unseen, "proposed", "rejected", await ledger.Tracker.PrincipalOfAsync("ana"), await ledger.Tracker.PrincipalOfAsync("rui")])
                (seen.Text.Contains(secret, StringComparison.Ordinal), all.Text.Contains(secret, StringComparison.Ordinal)).ShouldBe((false, true), $"{secret} as {form}");
            tags.Add(seen.ETag!).ShouldBeTrue();
            tags.Add(all.ETag!).ShouldBeTrue();
            (await ledger.Owner.GetAsync($"{ledger.Path}/export?format={form}", ("If-None-Match", seen.ETag!))).Should(200);
            (seen.CacheControl!.Split(", ").Order(), all.CacheControl!.Split(", ").Order()).ShouldSatisfyAllConditions(x => x.Item1.ShouldBe(["no-cache", "public"]), x => x.Item2.ShouldBe(["no-cache", "private"]));
        }

        // It is a bundle all the same, and gives the same statuses elsewhere.
        await using var elsewhere = await TrackerUnderTest.StartAsync(postgres);
        (await elsewhere.Owner.PostAsync($"{ledger.Path}/import", (await ledger.GetAsync("export")).Bytes)).Should(200);
        static string[] Statuses(Reply board) => [.. board.Should(200).Json["commitments"]!.AsArray().Select(x => (string)x!["status"]!)];
        Statuses(await elsewhere.Public.GetAsync(1, $"{ledger.Path}/board?validAt=2022-12-31")).ShouldBe(Statuses(await ledger.GetAsync("board?validAt=2022-12-31")));
    }

    [Fact]
    public async Task on_pages_which_say_how_much_waits()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var ana = await ledger.CoderAsync();
        foreach (var id in (string[])["one", "two"])
            (await ana.PostAsync($"{ledger.Path}/commitments/visit/evidence", Given.Evidence(id).With("rationale", $"\"{Unseen}\""))).Should(201);
        var last = await ledger.PositionAsync();
        foreach (var page in (string[])["commitments/visit", "activities/talks"])
        {
            var seen = (await ledger.Tracker.Public.GetAsync(last, $"/{ledger.Path}/{page}?validAt=2022-12-31", ("Accept", "text/html"))).Should(200);
            seen.Text.ShouldContain("No accepted evidence; 2 pieces await review.");
            foreach (var wrong in (string[])[Unseen, "dated within this period is on record", "vidence is on record for this commitment", "It is not evidence on any commitment"])
                seen.Text.Contains(wrong, StringComparison.Ordinal).ShouldBeFalse($"{page}: {wrong}");
            (await ana.GetAsync($"/{ledger.Path}/{page}?validAt=2022-12-31", ("Accept", "text/html"))).Should(200).Text.ShouldContain(Unseen);
        }

        // Whose action the proposals are of is theirs alone to know who may see them.
        var visit = (await ledger.Tracker.Public.GetAsync(last, $"/{ledger.Path}/commitments/visit?validAt=2022-12-31", ("Accept", "text/html"))).Should(200).Text;
        visit.Split("No accepted evidence of its own action is dated within this period.").Length.ShouldBe(3, "once for each party");

        (await ledger.Tracker.Public.GetAsync($"/{ledger.Path}/sources/readout", ("Accept", "text/html"))).Should(200).Text.ShouldNotContain("#evidence-one");
        (await ledger.Tracker.Public.GetAsync($"/{ledger.Path}", ("Accept", "text/html"))).Should(200).Text.ShouldContain("No accepted evidence");
    }

    [Fact]
    public async Task also_where_they_would_come_in_by_a_form()
    {
        var (ledger, _) = await JudgedAsync();
        foreach (var form in (string[])["evidence/proposed/review", "evidence/proposed/recoding"])
            foreach (var client in (Client[])[ledger.Tracker.Public, await ledger.Tracker.AsAsync("rae", Role.Reader)])
            {
                (await client.GetAsync($"/{ledger.Path}/desk/{form}", ("Accept", "text/html"))).Text.ShouldNotContain(Unseen);
                (await client.SendAsync(HttpMethod.Post, $"/{ledger.Path}/desk/{form}", new FormUrlEncodedContent([new("rationale", "So.")]))).Text.ShouldNotContain(Unseen);
            }
    }

    /// <summary>A piece of evidence in each state, and two that wait.</summary>
    private async Task<(Ledger Ledger, long Last)> JudgedAsync()
    {
        var ledger = await postgres.OpenAgendaAsync();
        await ledger.SourceAsync();
        await ledger.CommitmentAsync();
        await ledger.ActivityAsync();
        var (ana, rui) = (await ledger.CoderAsync(), await ledger.ReviewerAsync());
        foreach (var id in (string[])["accepted", "retracted", "proposed", "waiting", "rejected"])
            (await ana.PostAsync($"{ledger.Path}/commitments/visit/evidence", Given.Evidence(id).With("rationale", id is "accepted" or "retracted" ? "\"They met.\"" : $"\"{Unseen}\""))).Should(201);
        foreach (var id in (string[])["accepted", "retracted"]) (await rui.PostAsync($"{ledger.Path}/evidence/{id}/review", Given.Review())).Should(200);
        (await rui.PostAsync($"{ledger.Path}/evidence/rejected/review", new { decision = "reject", rationale = Unseen })).Should(200);
        var last = (await rui.PostAsync($"{ledger.Path}/evidence/retracted/retraction", new { reason = "They did not meet." })).Should(200);
        return (ledger, last.Position);
    }
}
