using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Recording;

public sealed class matching_versions(PostgresUnderTest postgres)
{
    [Fact]
    public async Task records_where_nobody_was_faster()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var read = (await ledger.GetAsync(await ledger.PositionAsync(), "commitments/visit")).Should(200);

        (await ledger.Owner.PostAsync($"{ledger.Path}/commitments/visit/searches", Given.Search(), ("If-Match", read.ETag!))).Should(201);
    }

    [Fact]
    public async Task refuses_what_was_decided_on_an_old_version()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var first = await ledger.RecordAsync("commitments/visit/clauses", Given.Clause());
        await ledger.RecordAsync("commitments/visit/clauses", Given.Clause("BB"));

        var refusal = await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/commitments/visit/searches", Given.Search(), ("If-Match", first.ETag!)));

        refusal.ShouldRefuse(412, "stale-version");
    }

    [Fact]
    public async Task takes_the_version_of_any_answer_about_the_thing()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var clause = await ledger.RecordAsync("commitments/visit/clauses", Given.Clause());

        (await ledger.Owner.PostAsync($"{ledger.Path}/commitments/visit/searches", Given.Search(), ("If-Match", clause.ETag!))).Should(201);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("\"1-x\"")]
    [InlineData("\"1\"")]
    [InlineData("\"7-abc\", \"1-abc\"")]
    [InlineData("W/\"7-abc\", \"1-abc\"")]
    public async Task compares_the_version_and_nothing_else(string ifMatch)
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();

        (await ledger.Owner.PostAsync($"{ledger.Path}/commitments/visit/searches", Given.Search(), ("If-Match", ifMatch))).Should(201);
    }

    [Theory]
    [InlineData("\"2-abc\"", 412, "stale-version", "It has changed since you read it: its version is now 1.")]
    [InlineData("W/\"1-abc\", \"2-abc\"", 412, "stale-version", "It has changed since you read it: its version is now 1.")]
    [InlineData("W/\"1-abc\"", 412, "weak-tag", "it compares strongly")]
    [InlineData("\"\"", 412, "stale-version", "names no version of it")]
    [InlineData("\"abc\"", 412, "stale-version", "names no version of it")]
    [InlineData("\"-1\"", 412, "stale-version", "names no version of it")]
    [InlineData("\"99999999999999999999-x\"", 412, "stale-version", "names no version of it")]
    [InlineData("1-abc", 400, "unreadable", "must be the ETag of an answer with its quotes")]
    [InlineData("nonsense\"", 400, "unreadable", "must be the ETag of an answer with its quotes")]
    public async Task says_of_what_it_does_not_take_only_what_is_so(string ifMatch, int status, string code, string said)
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();

        var refused = await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/commitments/visit/searches", Given.Search(), ("If-Match", ifMatch)));

        refused.ShouldRefuse(status, code);
        refused["detail"].ShouldContain(said);
        if (!said.Contains("has changed", StringComparison.Ordinal)) refused["detail"].ShouldContain($"'{ifMatch}'");
    }

    [Fact]
    public async Task takes_no_tag_that_is_not_of_its_form_for_an_import_either()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/import", Bundles.Of(ledger.Slug), ("If-Match", "1-abc")))).ShouldRefuse(400, "unreadable");
    }

    [Fact]
    public async Task is_the_agendas_for_what_is_made_on_it()
    {
        var ledger = await postgres.OpenAgendaAsync();
        var agenda = (await ledger.GetAsync(1, "")).Should(200);

        (await ledger.Owner.PostAsync($"{ledger.Path}/sources", Given.Source(), ("If-Match", agenda.ETag!))).Should(201);
        await ledger.RecordAsync("milestones", new { slug = "m", name = "M", date = "2023-01-01" });
        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/sources", Given.Source("b"), ("If-Match", agenda.ETag!)))).ShouldRefuse(412, "stale-version");
    }

    [Fact]
    public async Task holds_for_a_batch_and_an_import_too()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var agenda = (await ledger.GetAsync(await ledger.PositionAsync(), "")).Should(200);
        await ledger.RecordAsync("milestones", new { slug = "m", name = "M", date = "2023-01-01" });

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/activities:batch", new[] { Given.Activity("new") }, ("If-Match", agenda.ETag!))))
            .ShouldRefuse(412, "stale-version");
        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/import", Bundles.Of(ledger.Slug), ("If-Match", agenda.ETag!))))
            .ShouldRefuse(412, "stale-version");
    }

    [Fact]
    public async Task takes_the_version_that_a_batch_answered_with()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var first = (await ledger.Owner.PostAsync($"{ledger.Path}/activities:batch", new[] { Given.Activity("a") })).Should(200);

        (await ledger.Owner.PostAsync($"{ledger.Path}/activities:batch", new[] { Given.Activity("b") }, ("If-Match", first.ETag!))).Should(200);
    }

    [Fact]
    public async Task lets_one_of_many_through_that_read_the_same()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ =>
            ledger.Owner.PostAsync($"{ledger.Path}/commitments/visit/searches", Given.Search(), ("If-Match", "\"1-any\""))));

        replies.Count(x => (int)x.Status == 201).ShouldBe(1);
        replies.Count(x => (int)x.Status == 412).ShouldBe(11);
    }
}

public sealed class asking_only_for_what_is_new(PostgresUnderTest postgres)
{
    [Theory]
    [InlineData("board?validAt=2023-01-01")]
    [InlineData("")]
    [InlineData("commitments/visit?validAt=2023-01-01")]
    [InlineData("activities")]
    [InlineData("sources/readout")]
    public async Task answers_304_to_whoever_has_it(string what)
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var first = (await ledger.GetAsync(await ledger.PositionAsync(), what)).Should(200);

        foreach (var tag in (string[])[first.ETag!, $"W/{first.ETag}", $"\"other\", {first.ETag}", "*"])
        {
            var again = (await ledger.GetAsync(what, ("If-None-Match", tag))).Should(304);
            again.Bytes.ShouldBeEmpty();
            again.ETag.ShouldBe(first.ETag);
            again.PositionIfAny.ShouldBe(first.PositionIfAny);
        }

        foreach (var tag in (string[])["\"other\"", first.ETag![..^3] + "x\"", "nonsense"])
            (await ledger.GetAsync(what, ("If-None-Match", tag))).Should(200).Bytes.ShouldBe(first.Bytes);
    }

    [Fact]
    public async Task answers_anew_once_something_was_recorded()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var first = (await ledger.GetAsync(await ledger.PositionAsync(), "board?validAt=2023-01-01")).Should(200);
        var search = await ledger.RecordAsync("commitments/visit/searches", Given.Search());

        var second = (await ledger.GetAsync(search.Position, "board?validAt=2023-01-01", ("If-None-Match", first.ETag!))).Should(200);

        second.ETag.ShouldNotBe(first.ETag);
    }

    [Fact]
    public async Task tells_apart_what_the_same_version_says_on_different_days()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var search = await ledger.RecordAsync("commitments/visit/searches", Given.Search());

        var before = await ledger.GetAsync(search.Position, "commitments/visit?validAt=2022-11-20");
        (await ledger.GetAsync("commitments/visit?validAt=2022-12-20", ("If-None-Match", before.ETag!))).Should(200)["status"].ShouldBe("noneFound");
    }
}
