using System.Globalization;
using System.Text;
using Npgsql;
using Tracker.Api.Tests.Harness;
using Tracker.Boards.Known;

namespace Tracker.Api.Tests.Boards;

public sealed class reading_a_list(PostgresUnderTest postgres)
{
    [Theory]
    [InlineData("activities", 7)]
    [InlineData("sources", 8)]
    [InlineData("commitments", 7)]
    [InlineData("evidence", 7)]
    public async Task goes_on_in_the_list_it_began_whatever_arrives_meanwhile(string what, int expected)
    {
        var ledger = await postgres.OpenAgendaAsync();
        await ledger.SourceAsync();
        for (var i = 0; i < 7; i++) await OneMoreAsync(ledger, $"b{i}");
        var position = await ledger.PositionAsync();
        var whole = Names((await ledger.Owner.GetAsync(position, $"{ledger.Path}/{what}")).Should(200));
        whole.Length.ShouldBe(expected);
        whole.ShouldBe(whole.Order(StringComparer.Ordinal));

        var (read, next, part) = (new List<string>(), (string?)null, 0);
        do
        {
            var page = (await ledger.Owner.GetAsync(part == 0 ? position : 0, $"{ledger.Path}/{what}?limit=2{(next is null ? "" : $"&after={next}")}")).Should(200);
            page.Json["position"]!.GetValue<long>().ShouldBe(position);
            read.AddRange(Names(page));
            next = (string?)page.Json["next"];
            // Before, between and after what is read.
            await OneMoreAsync(ledger, $"a{part}");
            await OneMoreAsync(ledger, $"b{part}x");
            await OneMoreAsync(ledger, $"z{part++}");
        }
        while (next is not null);

        read.ShouldBe(whole);
        Names((await ledger.Owner.GetAsync(await ledger.PositionAsync(), $"{ledger.Path}/{what}")).Should(200)).Length.ShouldBe(expected + (3 * part));
    }

    [Fact]
    public async Task refuses_a_next_that_was_never_given()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        static string Next(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
        var position = await ledger.PositionAsync();
        (await ledger.GetAsync(position, "sources")).Should(200);

        foreach (var forged in (string[])[Next("0/visit"), Next("99/visit"), Next($"{long.MaxValue}/visit"), Next("99999999999999999999/visit"), Next("-1/visit"), Next("1"), Next("1/"), Next("1/A"),
            Next("1/a/b"), Next($"{position.ToString(CultureInfo.InvariantCulture)}/visit"), Next("1/visit//"), Next("1/visit//a.b.c"), Next("1/visit/2023-02-30/a.b"), Next("/visit"), Next("1/' or 1=1 --"), Next("1/a\0b"), Next(""), "visit", "%00", "%ff%fe", "....", "=", "AA==", "%20", "é", new string('A', 201), new string('A', 4_000)])
            foreach (var what in (string[])["activities", "sources", "commitments", "evidence"])
                (await ledger.GetAsync($"{what}?after={forged}")).ShouldRefuse(400, "unreadable");
        // Not of one moment and another.
        foreach (var what in (string[])["sources", "commitments"])
            (await ledger.GetAsync($"{what}?knownAt={position - 1}&after={Next($"{position.ToString(CultureInfo.InvariantCulture)}/a")}")).ShouldRefuse(400, "unreadable");
    }

    [Fact]
    public async Task finds_words_in_any_language_however_they_are_written()
    {
        var ledger = await postgres.OpenAgendaAsync();
        await ledger.RecordAsync("sources", Given.Source("xinhua").With("title", "\"习近平同美国总统拜登举行会晤\""));
        await ledger.RecordAsync("sources", Given.Source("tass").With("title", "\"Встреча лидеров США и КНР на Бали\""));
        await ledger.RecordAsync("commitments", Given.Commitment("prc").With("clauses", """[{"party":"AA","source":"xinhua","quote":"双方同意保持沟通","language":"zh-Hans","translation":"Both sides agreed to keep communicating"}]"""));
        await ledger.RecordAsync("commitments", Given.Commitment("rus").With("clauses", """[{"party":"BB","source":"tass","quote":"Стороны Договорились продолжить ДИАЛОГ","language":"ru"}]"""));
        await ledger.RecordAsync("commitments", Given.Commitment("ara").With("clauses", """[{"party":"BB","source":"tass","quote":"اتفق الجانبان على مواصلة الحوار","language":"ar","note":"as read out"}]""").With("criteria", "\"A meeting of ministers\""));
        await ledger.RecordAsync("commitments", Given.Commitment("fra").With("clauses", """[{"party":"BB","source":"tass","quote":"Les deux cafe\u0301s \ufb01nanciers","language":"fr"}]"""));
        await ledger.RecordAsync("commitments", Given.Commitment("tur").With("title", "\"İstanbul’da kura\u00ADl\""));
        await ledger.RecordAsync("activities", Given.Activity("call", source: "tass").With("summary", "\"Телефонный РАЗГОВОР\"").With("accounts", """[{"source":"xinhua","quote":"两国元首通电话"}]"""));
        await ledger.RecordAsync("activities", Given.Activity("paper", source: "tass").With("title", "\"100% of_it\""));
        var coder = await ledger.CoderAsync();
        (await coder.PostAsync($"{ledger.Path}/commitments/prc/evidence", Given.Evidence("piece", "call").With("rationale", "\"Прямой разговор\"").With("citations", """[{"source":"xinhua","quote":"通电话"}]"""))).Should(201);
        var position = await ledger.PositionAsync();

        foreach (var (what, q, names) in new (string, string, string)[]
        {
            ("commitments", "沟通", "prc"), ("commitments", "同意 COMMUNICATING", "prc"), ("commitments", "同意\u3000沟通", "prc"), ("commitments", "沟通 диалог", ""),
            ("commitments", "диалог", "rus"), ("commitments", "ДОГОВОРИЛИСЬ", "rus"), ("commitments", "الحوار", "ara"), ("commitments", "read MINISTERS", "ara"),
            ("commitments", "CAF\u00c9S", "fra"), ("commitments", "cafe\u0301s", "fra"), ("commitments", "financiers", "fra"), ("commitments", "ｆｉｎａｎ", "fra"), ("commitments", "cafes", "fra"),
            ("commitments", "istanbul'da", "tur"), ("commitments", "ISTANBUL’DA", "tur"), ("commitments", "kural", "tur"),
            ("commitments", "visit", "ara,fra,prc,rus"), ("commitments", "", "ara,fra,prc,rus,tur"), ("commitments", "\u3000", "ara,fra,prc,rus,tur"), ("commitments", "%", ""), ("commitments", "_", ""),
            ("sources", "拜登", "xinhua"), ("sources", "бали ВСТРЕЧА", "tass"), ("sources", "бали 拜登", ""),
            ("activities", "元首", "call"), ("activities", "разговор", "call"), ("activities", "100%", "paper"), ("activities", "OF_IT", "paper"), ("activities", "f%i", ""), ("activities", "\\", ""),
            ("evidence", "通电话 прямой", "piece"), ("evidence", "nothing", ""),
        })
            string.Join(',', Names((await ledger.Owner.GetAsync(position, $"{ledger.Path}/{what}?q={Uri.EscapeDataString(q)}")).Should(200))).ShouldBe(names, $"{what} with '{q}'");
    }

    [Fact]
    public async Task looks_for_sixteen_words_and_says_how_many_are_too_many()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var words = string.Join('+', Enumerable.Range(0, 16).Select(x => $"w{x}"));
        foreach (var what in (string[])["activities", "sources", "commitments", "evidence"])
        {
            (await ledger.GetAsync($"{what}?q={words}")).Should(200);
            (await ledger.GetAsync($"{what}?q={words}+more+still")).ShouldRefuse(400, "unreadable", "q")["detail"].ShouldBe("'q' has 18 words, and at most 16 are looked for. Leave out 2 of them.");
        }

        (await ledger.Owner.GetAsync($"/{ledger.Path}/desk?q={words}", ("Accept", "text/html"))).Should(200);
        (await ledger.Owner.GetAsync($"/{ledger.Path}/desk?q={words}+more", ("Accept", "text/html"))).Should(400).Text.ShouldContain("Leave out 1 of them");
    }

    [Fact]
    public async Task ends_what_takes_the_database_too_long()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        // Held in memory, a board asks the database for nothing that takes long: one of an agenda that nobody has read yet does.
        var (ledger, unread) = (await (await tracker.OpenAgendaAsync()).WithTalksAsync(), await (await tracker.OpenAgendaAsync()).WithTalksAsync());
        // Whoever writes their changes has both in memory; a node that comes later has neither.
        foreach (var each in (Ledger[])[ledger, unread]) (await each.GetAsync($"changes?atLeast={await each.PositionAsync()}")).Should(200);
        await using var node = await tracker.AnotherNodeAsync(["--Tracker:Limits:ReadSeconds=1"]);
        var reader = node.With(null);
        (await reader.GetAsync($"{ledger.Path}/board")).Should(200);
        await using var database = NpgsqlDataSource.Create(tracker.ConnectionString);
        await using var connection = await database.OpenConnectionAsync();
        await using (var held = await connection.BeginTransactionAsync())
        {
            // Whoever reads it waits, as for an answer that takes long.
            await using var hold = new NpgsqlCommand($"lock table {KnownTables.Activities.Name} in access exclusive mode", connection, held);
            await hold.ExecuteNonQueryAsync();
            (await reader.GetAsync($"{ledger.Path}/board")).Should(200);
            (await reader.GetAsync($"{ledger.Path}/timeline")).Should(200);
            foreach (var (of, what) in ((Ledger, string)[])[(ledger, "activities?q=talks"), (unread, "board"), (unread, "timeline"), (ledger, "divergence")])
            {
                var refused = await reader.GetAsync($"{of.Path}/{what}").WaitAsync(TimeSpan.FromSeconds(20));
                refused.ShouldRefuse(503, "unavailable")["detail"].ShouldContain("within the time limit");
                refused.RetryAfter.ShouldBe("10");
            }
        }

        (await reader.GetAsync($"{ledger.Path}/activities?q=talks")).Should(200);
    }

    [Fact]
    public async Task keeps_to_what_was_asked_for()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await ledger.RecordAsync("commitments", Given.Commitment("talk", "continuing").With("parties", """["AA"]""").With("tags", """["talks","military"]"""));
        await ledger.RecordAsync("commitments", Given.Commitment("later", madeOn: "2023-06-01"));
        await ledger.AcceptedAsync("e-1", depth: "mechanism", commitment: "talk");
        await (await ledger.CoderAsync()).PostAsync($"{ledger.Path}/commitments/visit/evidence", Given.Evidence("e-2", parties: "BB"));
        await ledger.RecordAsync("commitments/visit/searches", Given.Search());
        await ledger.RecordAsync("activities", Given.Activity("call", "2023-01-15", "call").With("tags", """["phone"]"""));
        await ledger.RecordAsync("sources", Given.Source("paper").With("kind", "\"article\"").With("publishedOn", "\"2022-12-01\""));
        var position = await ledger.PositionAsync();

        foreach (var (what, names) in new (string, string)[]
        {
            ("commitments?validAt=2023-01-31", "later,talk,visit"),
            ("commitments?validAt=2023-01-31&status=concreteAction", "talk"), ("commitments?validAt=2022-11-20&status=concreteAction", ""),
            ("commitments?validAt=2023-01-31&status=noneFound", "visit"), ("commitments?validAt=2022-11-20&status=notYetRated", "talk,visit"),
            ("commitments?validAt=2023-01-31&status=delivered", ""), ("commitments?type=continuing", "talk"), ("commitments?type=deliverable&limit=1", "later"),
            ("commitments?party=BB", "later,visit"), ("commitments?party=AA&tag=military", "talk"), ("commitments?tag=nothing", ""), ("commitments?party=aa", ""),
            ("commitments?knownAt=4&status=noneFound&validAt=2023-01-31", ""),
            ("activities?kind=call", "call"), ("activities?tag=phone", "call"), ("activities?from=2023-01-01", "call"), ("activities?to=2022-12-11", "talks"), ("activities?party=CC", ""),
            ("evidence?state=proposed", "e-2"), ("evidence?commitment=talk", "e-1"), ("evidence?party=AA", "e-1"), ("evidence?party=BB&activity=talks", "e-1,e-2"),
            ("sources?kind=readout&party=AA", "readout"), ("sources?kind=speech", ""),
            // What there was by a day, as far as its dates tell.
            ("activities?validAt=2022-12-10", ""), ("activities?validAt=2022-12-11", "talks"), ("activities?validAt=2023-01-15", "call,talks"), ("activities?validAt=2023-01-15&since=2023-01-01", "call,talks"),
            ("evidence?validAt=2022-12-10", ""), ("evidence?validAt=2022-12-11&state=proposed", "e-2"), ("evidence?validAt=2022-12-11&knownAt=8", "e-1"),
            ("sources?validAt=2022-11-30", "readout"), ("sources?validAt=2022-12-01", "paper,readout"),
        })
            string.Join(',', Names((await ledger.Owner.GetAsync(position, $"{ledger.Path}/{what}")).Should(200))).ShouldBe(names, what);
        foreach (var what in (string[])["commitments?status=fine", "commitments?status=", "commitments?status=1", "commitments?type=Deliverable", "commitments?status=delivered&status=partial", "activities?validAt=2023-02-30", "export?atLeast="])
            (await ledger.GetAsync(what)).ShouldRefuse(400, "unreadable");
        foreach (var what in (string[])["commitments", "activities", "sources", "evidence", "board", "activities/talks", "sources/readout", "evidence/e-1", "commitments/talk", ""])
        {
            (await ledger.GetAsync($"{what}?since=nowhere")).ShouldRefuse(422, "unknown-milestone", "since");
            (await ledger.GetAsync($"{what}?knownAt=99999999999999999999")).ShouldRefuse(422, "in-future");
        }

        (await ledger.Tracker.Public.GetAsync("agendas?since=nowhere")).ShouldRefuse(400, "unreadable", "since");
    }

    [Fact]
    public async Task filters_each_part_of_a_list_alike()
    {
        var ledger = await postgres.OpenAgendaAsync();
        for (var i = 0; i < 5; i++)
        {
            await ledger.RecordAsync("commitments", Given.Commitment($"c-{i}").With("tags", $"""["{(i % 2 == 0 ? "even" : "odd")}"]"""));
            await ledger.RecordAsync($"commitments/c-{i}/searches", Given.Search());
        }

        var position = await ledger.PositionAsync();
        const string Asked = "commitments?tag=even&status=noneFound&validAt=2023-01-01&limit=2";
        var first = (await ledger.GetAsync(position, Asked)).Should(200);
        var second = (await ledger.GetAsync($"{Asked}&after={first["next"]}")).Should(200);

        Names(first).ShouldBe(["c-0", "c-2"]);
        Names(second).ShouldBe(["c-4"]);
        second.Json["next"].ShouldBeNull();
    }

    private static async Task OneMoreAsync(Ledger ledger, string name)
    {
        await ledger.SourceAsync(name);
        await ledger.CommitmentAsync(name);
        await ledger.ActivityAsync(name);
        await ledger.RecordAsync($"commitments/{name}/evidence", Given.Evidence(name, name));
    }

    private static string[] Names(Reply page) => [.. page.Json["items"]!.AsArray().Select(x => (string)(x!["slug"] ?? x["id"])!)];
}
