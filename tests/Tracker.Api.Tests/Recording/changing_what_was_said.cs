using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Recording;

/// <summary>Corrections, recodings, retractions and withdrawals are commands like any other: they can be repeated, and raced.</summary>
public sealed class changing_what_was_said(PostgresUnderTest postgres)
{
    /// <summary>Each command, and what it is about: where that is read, and its version with it.</summary>
    public static TheoryData<string, string, string> Changes => new()
    {
        { "corrections", "", """{"title":"What they did say","reason":"A slip."}""" },
        { "sources/readout/corrections", "sources/readout", """{"title":"The readout","reason":"A slip."}""" },
        { "sources/spare/withdrawal", "sources/spare", """{"reason":"It is forged."}""" },
        { "commitments/visit/corrections", "commitments/visit", """{"title":"Another visit","reason":"A slip."}""" },
        { "commitments/visit/clauses/1/corrections", "commitments/visit/clauses/1", """{"quote":"we will visit","reason":"A slip."}""" },
        { "commitments/visit/searches/{search}/withdrawal", "commitments/visit/searches/{search}", """{"reason":"Nobody looked."}""" },
        { "commitments/free/withdrawal", "commitments/free", """{"reason":"Nobody said so."}""" },
        { "activities/talks/corrections", "activities/talks", """{"title":"Talks in Tianjin","reason":"A slip."}""" },
        { "activities/spare/withdrawal", "activities/spare", """{"reason":"They never met."}""" },
        { "milestones/woodside/corrections", "milestones/woodside", """{"name":"Filoli","reason":"A slip."}""" },
        { "milestones/woodside/withdrawal", "milestones/woodside", """{"reason":"There was none."}""" },
        { "milestones/gone/reinstatement", "milestones/gone", """{"reason":"There was."}""" },
        { "sources/gone/reinstatement", "sources/gone", """{"reason":"It is not forged."}""" },
        { "activities/gone/reinstatement", "activities/gone", """{"reason":"They did meet."}""" },
        { "commitments/gone/reinstatement", "commitments/gone", """{"reason":"They said so."}""" },
        { "commitments/visit/searches/{gone}/reinstatement", "commitments/visit/searches/{gone}", """{"reason":"Somebody looked."}""" },
        { "evidence/e-1/recoding", "evidence/e-1", """{"depth":"mechanism","reason":"A group was set up."}""" },
        { "evidence/e-1/retraction", "evidence/e-1", """{"reason":"It was not so."}""" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task is_done_once_however_often_it_comes_and_only_to_what_was_seen(string to, string about, string command)
    {
        (var ledger, to, var seen) = await ReadAsync(to, about);
        Task<Reply> SendAsync(string body, string key, string tag) => ledger.Owner.PostAsync($"{ledger.Path}/{to}", body, ("Idempotency-Key", key), ("If-Match", tag));

        (await ledger.LeavesNothingAsync(() => SendAsync(command, "k-1", "\"99-unseen\""))).ShouldRefuse(412, "stale-version");
        var first = (await SendAsync(command, "k-1", seen)).Should(200);

        var again = await ledger.LeavesNothingAsync(() => SendAsync(command, "k-1", seen));
        (again.Status, again.Text, again.ETag, again.Location, again.Position).ShouldBe((first.Status, first.Text, first.ETag, first.Location, first.Position));
        (await ledger.LeavesNothingAsync(() => SendAsync(command + " ", "k-1", seen))).ShouldRefuse(422, "key-reused");
        (await ledger.LeavesNothingAsync(() => SendAsync(command, "k-2", seen))).ShouldRefuse(412, "stale-version");
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task is_done_by_one_of_many_that_saw_the_same(string to, string about, string command)
    {
        (var ledger, to, var seen) = await ReadAsync(to, about);
        var position = await ledger.PositionAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ledger.Owner.PostAsync($"{ledger.Path}/{to}", command, ("If-Match", seen))));

        replies.Count(x => (int)x.Status == 200).ShouldBe(1);
        foreach (var reply in replies.Where(x => (int)x.Status != 200)) reply.ShouldRefuse(412, "stale-version");
        (await ledger.PositionAsync()).ShouldBe(position + 1);
    }

    /// <summary>An agenda where each of them is in place, and the tag of what it is about.</summary>
    private async Task<(Ledger Ledger, string To, string Seen)> ReadAsync(string to, string about)
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await ledger.SourceAsync("spare");
        await ledger.ActivityAsync("spare");
        await ledger.RecordAsync("commitments/visit/clauses", Given.Clause());
        var search = await ledger.RecordAsync("commitments/visit/searches", Given.Search());
        var gone = await ledger.RecordAsync("commitments/visit/searches", Given.Search("2022-12-02"));
        await ledger.RecordAsync("milestones", new { slug = "woodside", name = "Woodside", date = "2023-11-15" });
        await ledger.RecordAsync("milestones", new { slug = "gone", name = "Gone", date = "2023-11-15" });
        await ledger.SourceAsync("gone");
        await ledger.ActivityAsync("gone");
        await ledger.CommitmentAsync("gone");
        await ledger.CommitmentAsync("free");
        foreach (var thing in (string[])["milestones/gone", "sources/gone", "activities/gone", "commitments/gone", $"commitments/visit/searches/{gone["id"]}"])
            await ledger.RecordAsync($"{thing}/withdrawal", new { reason = "So." });
        var last = await ledger.AcceptedAsync("e-1");
        var seen = (await ledger.GetAsync(last.Position, Named(about))).Should(200);
        return (ledger, Named(to), seen.ETag!);

        string Named(string path) => path.Replace("{search}", search["id"], StringComparison.Ordinal).Replace("{gone}", gone["id"], StringComparison.Ordinal);
    }
}
