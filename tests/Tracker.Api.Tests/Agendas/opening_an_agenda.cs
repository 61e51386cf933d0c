using Tracker.Api.Tests.Harness;
using Tracker.Recording;

namespace Tracker.Api.Tests.Agendas;

public sealed class opening_an_agenda(PostgresUnderTest postgres)
{
    [Fact]
    public async Task answers_with_the_agenda_and_its_address()
    {
        var tracker = await postgres.SharedAsync();
        var slug = TrackerUnderTest.NewName();

        var reply = (await tracker.Owner.PostAsync("agendas", Given.Agenda(slug))).Should(201);

        reply.Location.ShouldBe($"/api/v1/agendas/{slug}");
        reply.Position.ShouldBe(1);
        Owed.VersionOf(reply).ShouldBe(1);
        reply["slug"].ShouldBe(slug);
        reply.Json["codebook"]!.ToJsonString().ShouldBe("""{"version":"depth-ladder/2","bar":"mechanism","staleAfterDays":90,"coverageDays":30,"review":"second"}""");
        reply.Json["baseline"]!["date"]!.ToString().ShouldBe("2022-11-14");
        var got = (await tracker.Public.GetAsync(1, reply.Location!)).Should(200);
        got["slug"].ShouldBe(slug);
        got.Position.ShouldBe(1);
        var recorded = (await tracker.EventsAsync(slug)).ShouldHaveSingleItem();
        recorded.Type.ShouldBe("agenda_opened");
        recorded.Stream.ShouldBe($"{slug}/agenda");
        recorded.By.ShouldBe(await tracker.PrincipalOfAsync("owner"));
        recorded.Last.ShouldBeTrue();
    }

    [Fact]
    public async Task takes_the_codebook_it_is_given()
    {
        var tracker = await postgres.SharedAsync();
        var command = Given.Agenda(TrackerUnderTest.NewName()).With("codebook", """{"version":"depth-ladder/1","bar":"measure","staleAfterDays":30,"coverageDays":30,"review":"none"}""");

        (await tracker.Owner.PostAsync("agendas", command)).Should(201).Json["codebook"]!.ToJsonString()
            .ShouldBe("""{"version":"depth-ladder/1","bar":"measure","staleAfterDays":30,"coverageDays":30,"review":"none"}""");
    }

    [Fact]
    public async Task asks_for_a_second_reviewer_where_nothing_is_said()
    {
        var tracker = await postgres.SharedAsync();

        (await tracker.Owner.PostAsync("agendas", Given.Agenda(TrackerUnderTest.NewName()).Without("codebook"))).Should(201)
            .Json["codebook"]!["review"]!.ToString().ShouldBe("second");
    }

    [Fact]
    public async Task is_refused_where_the_name_is_taken()
    {
        var ledger = await postgres.OpenAgendaAsync();

        var refusal = await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync("agendas", Given.Agenda(ledger.Slug)));

        refusal.ShouldRefuse(409, "slug-taken");
        refusal.Location.ShouldBe($"/api/v1/agendas/{ledger.Slug}");
    }

    [Theory]
    [InlineData("slug", "\"Bali\"", "bad-slug", "slug")]
    [InlineData("slug", "\"a/b\"", "bad-slug", "slug")]
    [InlineData("slug", "\"\"", "bad-slug", "slug")]
    [InlineData("slug", "\"-a\"", "bad-slug", "slug")]
    [InlineData("slug", "\"abc\\n\"", "bad-slug", "slug")]
    [InlineData("title", "\" \"", "empty-text", "title")]
    [InlineData("summary", "\"\"", "empty-text", "summary")]
    [InlineData("parties", "[]", "no-parties", "parties")]
    [InlineData("parties[0].code", "\"A A\"", "bad-party-code", "parties[0].code")]
    [InlineData("parties[0].name", "\"\"", "empty-text", "parties[0].name")]
    [InlineData("parties[1].code", "\"AA\"", "repeated", "parties[1].code")]
    [InlineData("baseline.date", "\"2022-11-31\"", "bad-date", "baseline.date")]
    [InlineData("baseline.date", "\"2022-11\"", "bad-date", "baseline.date")]
    [InlineData("baseline.date", "\"14.11.2022\"", "bad-date", "baseline.date")]
    [InlineData("baseline.name", "\"\"", "empty-text", "baseline.name")]
    [InlineData("codebook.version", "\"depth-ladder/3\"", "unknown-codebook", "codebook.version")]
    [InlineData("codebook.bar", "\"deep\"", "bad-depth", "codebook.bar")]
    [InlineData("codebook.bar", "\"Mechanism\"", "bad-depth", "codebook.bar")]
    [InlineData("codebook.staleAfterDays", "0", "bad-stale-after-days", "codebook.staleAfterDays")]
    [InlineData("codebook.staleAfterDays", "-1", "bad-stale-after-days", "codebook.staleAfterDays")]
    [InlineData("codebook.coverageDays", "0", "bad-coverage-days", "codebook.coverageDays")]
    [InlineData("codebook.coverageDays", "36526", "bad-coverage-days", "codebook.coverageDays")]
    [InlineData("codebook.review", "\"third\"", "bad-review", "codebook.review")]
    public async Task is_refused_with_what_is_wrong(string path, string json, string code, string field)
    {
        var tracker = await postgres.SharedAsync();
        var slug = TrackerUnderTest.NewName();

        (await tracker.Owner.PostAsync("agendas", Given.Agenda(slug).With(path, json))).ShouldRefuse(422, code, field);

        (await tracker.AskAsync<long>("select count(*) from tracker.agenda_line where agenda = $1", slug)).ShouldBe(0);
    }

    [Fact]
    public async Task is_told_of_all_that_is_wrong_at_once()
    {
        var tracker = await postgres.SharedAsync();
        var command = Given.Agenda("Bad").With("title", "\"\"").With("baseline.date", "\"never\"").With("parties[1].name", "\"\"");

        (await tracker.Owner.PostAsync("agendas", command)).ShouldRefuse(422, "bad-slug", "slug", "title", "baseline.date", "parties[1].name");
    }

    [Fact]
    public async Task is_an_owners()
    {
        var tracker = await postgres.SharedAsync();
        var command = Given.Agenda(TrackerUnderTest.NewName());

        (await tracker.Public.PostAsync("agendas", command)).ShouldRefuse(401, "unauthenticated");
        foreach (var role in (Role[])[Role.Reader, Role.Coder, Role.Reviewer, Role.Publisher])
            (await (await tracker.AsAsync("someone", role)).PostAsync("agendas", command)).ShouldRefuse(403, "forbidden");
    }

    [Fact]
    public async Task keeps_names_of_eighty_characters_and_no_longer()
    {
        var tracker = await postgres.SharedAsync();
        var longest = TrackerUnderTest.NewName().PadRight(80, 'x');

        (await tracker.Owner.PostAsync("agendas", Given.Agenda(longest))).Should(201);
        (await tracker.Owner.PostAsync("agendas", Given.Agenda(longest + "x"))).ShouldRefuse(422, "bad-slug", "slug");
    }
}

public sealed class adding_a_milestone(PostgresUnderTest postgres)
{
    private static readonly object Woodside = new { slug = "woodside", name = "Woodside summit", date = "2023-11-15" };

    [Fact]
    public async Task makes_another_since()
    {
        var ledger = await postgres.OpenAgendaAsync();
        var reply = await ledger.RecordsAsync(ledger.Owner, "owner", "milestones", Woodside, 201, "agenda", "milestone_added");

        reply["slug"].ShouldBe("woodside");
        reply["date"].ShouldBe("2023-11-15");
        var board = (await ledger.GetAsync(reply.Position, "board?since=woodside&validAt=2023-12-01")).Should(200);
        board["since"].ShouldBe("2023-11-15");
        board["daysSince"].ShouldBe("0", "nothing is on record after the baseline");
        var covered = await ledger.RecordAsync("coverage", new { through = "2023-12-01" });
        (await ledger.GetAsync(covered.Position, "board?since=woodside&validAt=2023-12-01"))["daysSince"].ShouldBe("16");
    }

    [Fact]
    public async Task has_an_address_that_answers()
    {
        var ledger = await postgres.OpenAgendaAsync();

        await ledger.CreatesAsync(ledger.Owner, "owner", "milestones", Woodside, "milestones/woodside", "agenda", "milestone_added");
    }

    [Fact]
    public async Task is_refused_twice()
    {
        var ledger = await postgres.OpenAgendaAsync();
        await ledger.RecordAsync("milestones", Woodside);

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/milestones", Woodside)))
            .ShouldRefuse(409, "slug-taken").Location.ShouldBe($"/api/v1/{ledger.Path}/milestones/woodside");
    }

    [Theory]
    [InlineData("slug", "\"W\"", "bad-slug")]
    [InlineData("name", "\"\"", "empty-text")]
    [InlineData("date", "\"2023-02-29\"", "bad-date")]
    public async Task is_refused_with_what_is_wrong(string path, string json, string code)
    {
        var ledger = await postgres.OpenAgendaAsync();

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/milestones", Woodside.With(path, json)))).ShouldRefuse(422, code, path);
    }

    [Fact]
    public async Task is_refused_on_an_agenda_there_is_not()
    {
        var tracker = await postgres.SharedAsync();

        (await tracker.Owner.PostAsync("agendas/none-such/milestones", Woodside)).ShouldRefuse(404, "not-found");
    }
}
