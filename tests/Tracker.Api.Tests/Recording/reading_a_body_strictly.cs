using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Recording;

public sealed class reading_a_body_strictly(PostgresUnderTest postgres)
{
    public static TheoryData<string, string> Unreadable { get; } = new()
    {
        { "nothing", "" },
        { "white space", " \n " },
        { "no JSON", "slug=readout" },
        { "half of it", """{"slug":"readout","kind":""" },
        { "two of them", """{"slug":"a"} {"slug":"b"}""" },
        { "a comment", """{"slug":"readout"/* so */}""" },
        { "a trailing comma", """{"slug":"readout",}""" },
        { "single quotes", "{'slug':'readout'}" },
        { "null", "null" },
        { "a list", "[]" },
        { "a text", "\"readout\"" },
        { "a number", "1" },
        { "NaN", "NaN" },
        { "what is required missing", Given.Source().Without("title").ToJsonString() },
        { "a member there is not", Given.Source().With("rating", "5").ToJsonString() },
        { "a member in other letters", Given.Source().With("Language", "\"en\"").ToJsonString() },
        { "a member twice", """{"slug":"s","slug":"s","kind":"readout","tier":"readout","issuer":"AA","title":"T"}""" },
        { "a number for a text", Given.Source().With("title", "5").ToJsonString() },
        { "a list for a text", Given.Source().With("title", "[\"T\"]").ToJsonString() },
        { "an object for a text", Given.Source().With("title", "{}").ToJsonString() },
        { "true for a text", Given.Source().With("title", "true").ToJsonString() },
        { "null for what is required", Given.Source().With("title", "null").ToJsonString() },
        { "a number for a word", Given.Source().With("kind", "0").ToJsonString() },
        { "a lone surrogate", """{"slug":"s","kind":"readout","tier":"readout","issuer":"AA","title":"\ud83d"}""" },
        { "surrogates the wrong way round", """{"slug":"s","kind":"readout","tier":"readout","issuer":"AA","title":"\ude00\ud83d"}""" },
        { "a member with U+0000 in its name", """{"slug":"s","kind":"readout","tier":"readout","issuer":"AA","title":"T","a\u0000b":1}""" },
        { "a member with a lone surrogate in its name", """{"slug":"s","kind":"readout","tier":"readout","issuer":"AA","title":"T","\ud83d":1}""" },
        { "a raw line break in a text", "{\"slug\":\"s\",\"kind\":\"readout\",\"tier\":\"readout\",\"issuer\":\"AA\",\"title\":\"a\nb\"}" },
        { "deep nesting", new string('[', 10_000) + new string(']', 10_000) },
        { "deep nesting that never ends", string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) },
        { "deep nesting in a member", Given.Source().Without("title").ToJsonString()[..^1] + ",\"title\":" + new string('[', 100) + new string(']', 100) + "}" },
        { "a huge number", Given.Source().With("title", "1e999").ToJsonString() },
        { "a number of a million digits", "{\"slug\":" + new string('9', 1_000_000) + "}" },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task refuses_what_it_cannot_read(string what, string body)
    {
        var ledger = await postgres.OpenAgendaAsync();

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/sources", body))).ShouldRefuse(400, "unreadable");

        what.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("title", null, "title")]
    [InlineData("title", "5", "title")]
    [InlineData("rating", "5", "rating")]
    public async Task names_the_member_it_stumbles_over(string member, string? json, string field)
    {
        var ledger = await postgres.OpenAgendaAsync();
        var body = json is null ? Given.Source().Without(member) : Given.Source().With(member, json);

        (await ledger.Owner.PostAsync($"{ledger.Path}/sources", body)).ShouldRefuse(400, "unreadable", field);
    }

    [Theory]
    [InlineData("sources", "[null]", "sources[0]")]
    [InlineData("participants", "[null]", "participants[0]")]
    [InlineData("tags", "[\"a\",null]", "tags[1]")]
    [InlineData("participants[0].name", "null", "participants[0].name")]
    [InlineData("participants[1].nickname", "\"x\"", "participants[1].nickname")]
    [InlineData("participants[1].name", "[]", "participants[1].name")]
    public async Task names_the_member_within_a_list(string path, string json, string field)
    {
        var ledger = await postgres.OpenAgendaAsync();
        await ledger.SourceAsync();

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/activities", Given.Activity().With(path, json)))).ShouldRefuse(400, "unreadable", field);
    }

    [Fact]
    public async Task reads_a_number_only_where_it_fits()
    {
        var tracker = await postgres.SharedAsync();

        foreach (var number in (string[])["1e999", "1.5", "99999999999999999999", "2147483648", "\"90\""])
            (await tracker.Owner.PostAsync("agendas", Given.Agenda(TrackerUnderTest.NewName()).With("codebook.review", "\"none\"").ToJsonString()
                .Replace("\"review\":\"none\"", $"\"staleAfterDays\":{number}", StringComparison.Ordinal))).ShouldRefuse(400, "unreadable", "codebook.staleAfterDays");
    }

    [Fact]
    public async Task refuses_bytes_that_are_no_text()
    {
        var ledger = await postgres.OpenAgendaAsync();
        byte[] body = [.. Encoding.UTF8.GetBytes("""{"slug":"s","kind":"readout","tier":"readout","issuer":"AA","title":" """), 0xC3, 0x28, .. Encoding.UTF8.GetBytes("\"}")];

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/sources", body))).ShouldRefuse(400, "unreadable");
        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/sources", Encoding.Unicode.GetBytes(Given.Source().Json().ToJsonString()))))
            .ShouldRefuse(400, "unreadable");
    }

    [Theory]
    [InlineData("title")]
    [InlineData("slug")]
    [InlineData("kind")]
    [InlineData("publishedOn")]
    public async Task refuses_U0000_in_a_text(string member)
    {
        var ledger = await postgres.OpenAgendaAsync();

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/sources", Given.Source().With(member, "\"a\\u0000b\"")))).ShouldRefuse(422, "bad-text", member);
    }

    [Fact]
    public async Task names_the_place_of_U0000_in_a_list()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var body = Given.Activity("other").With("participants[1].role", "\"\\u0000\"").With("tags", "[\"a\",\"\\u0000\"]");

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/activities", body))).ShouldRefuse(422, "bad-text", "participants[1].role", "tags[1]");
    }

    [Fact]
    public async Task reads_past_a_byte_order_mark()
    {
        var ledger = await postgres.OpenAgendaAsync();

        (await ledger.Owner.PostAsync($"{ledger.Path}/sources", (byte[])[.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Given.Source().Json().ToJsonString())])).Should(201);
    }

    [Fact]
    public async Task keeps_every_character_as_it_came()
    {
        var ledger = await postgres.OpenAgendaAsync();
        const string Title = "习近平 “Bali” 👩‍👩‍👧 \u0001\u007f\u2028 ﬁ é e\u0301 \\u0000 \"quoted\" <script>";

        var reply = await ledger.RecordAsync("sources", Given.Source().With("title", System.Text.Json.JsonSerializer.Serialize(Title)));

        reply["title"].ShouldBe(Title);
        (await ledger.GetAsync(reply.Position, "sources/readout"))["title"].ShouldBe(Title);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/octet-stream")]
    [InlineData(null)]
    public async Task refuses_what_does_not_say_it_is_JSON(string? type)
    {
        var ledger = await postgres.OpenAgendaAsync();
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Given.Source().Json().ToJsonString()));
        if (type is not null) content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        (await ledger.LeavesNothingAsync(() => ledger.Owner.SendAsync(HttpMethod.Post, $"{ledger.Path}/sources", content))).ShouldRefuse(415, "unsupported-media-type");
    }

    [Fact]
    public async Task refuses_a_text_too_long_to_be_meant()
    {
        var ledger = await postgres.OpenAgendaAsync();

        (await ledger.Owner.PostAsync($"{ledger.Path}/sources", Given.Source().With("title", $"\"{new string('文', 20_000)}\""))).Should(201);
        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/sources", Given.Source("b").With("title", $"\"{new string('x', 20_001)}\""))))
            .ShouldRefuse(422, "too-long", "title");
    }

    [Theory]
    [InlineData("activities", "participants", """{"name":"Someone"}""")]
    [InlineData("activities", "sources", "\"readout\"")]
    [InlineData("activities", "accounts", """{"source":"readout"}""")]
    [InlineData("activities", "tags", "\"x\"")]
    [InlineData("commitments", "parties", "\"AA\"")]
    [InlineData("commitments", "clauses", """{"party":"AA","source":"readout","quote":"x"}""")]
    [InlineData("commitments/visit/evidence", "citations", """{"source":"readout"}""")]
    [InlineData("commitments/visit/searches", "places", "\"x\"")]
    public async Task refuses_a_list_too_long_to_be_meant(string to, string list, string item)
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var command = to switch { "activities" => Given.Activity("new"), "commitments" => Given.Commitment("new"), "commitments/visit/evidence" => Given.Evidence(), _ => Given.Search() };

        (await ledger.LeavesNothingAsync(() => ledger.Owner.PostAsync($"{ledger.Path}/{to}", command.With(list, $"[{string.Join(',', Enumerable.Repeat(item, 1_001))}]"))))
            .ShouldRefuse(422, "too-many", list);
    }

    [Fact]
    public async Task reads_a_list_of_a_thousand()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();

        (await ledger.RecordAsync("commitments/visit/searches", Given.Search().With("places", $"[{string.Join(',', Enumerable.Range(0, 1_000).Select(x => $"\"place {x}\""))}]")))
            .Json["places"]!.AsArray().Count.ShouldBe(1_000);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task refuses_a_body_that_is_too_large_whether_or_not_it_says_so(bool saysSo)
    {
        var ledger = await postgres.OpenAgendaAsync();
        var body = Encoding.UTF8.GetBytes("{\"slug\":\"" + new string(' ', 4 * 1024 * 1024) + "\"}");
        using HttpContent content = saysSo ? new ByteArrayContent(body) : new UnmeasuredContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        (await ledger.LeavesNothingAsync(() => ledger.Owner.SendAsync(HttpMethod.Post, $"{ledger.Path}/sources", content))).ShouldRefuse(413, "too-large");
    }

    [Fact]
    public async Task answers_an_address_or_a_method_there_is_not()
    {
        var ledger = await postgres.OpenAgendaAsync();

        (await ledger.Owner.PostAsync($"{ledger.Path}/nonsense", new { })).ShouldRefuse(404, "not-found");
        (await ledger.Owner.PostAsync($"{ledger.Path}/board", new { })).ShouldRefuse(405, "method-not-allowed");
        (await ledger.Owner.SendAsync(HttpMethod.Put, $"{ledger.Path}/sources", null)).ShouldRefuse(405, "method-not-allowed");
        (await ledger.Owner.PostAsync("agendas/No%20Such/sources", Given.Source())).ShouldRefuse(404, "not-found");
        (await ledger.Owner.PostAsync($"agendas/{ledger.Slug.ToUpperInvariant()}/sources", Given.Source())).ShouldRefuse(404, "not-found");
    }

    private sealed class UnmeasuredContent(byte[] body) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) => stream.WriteAsync(body).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}

public sealed class reading_a_query_strictly(PostgresUnderTest postgres)
{
    [Theory]
    [InlineData("board?validAt=2023-02-30", "validAt")]
    [InlineData("board?validAt=2023-02", "validAt")]
    [InlineData("board?validAt=", "validAt")]
    [InlineData("board?validAt=2023-01-01&validAt=2023-01-02", "validAt")]
    [InlineData("board?validAt=0000-01-01", "validAt")]
    [InlineData("board?validAt=%00", "validAt")]
    [InlineData("board?knownAt=yesterday", "knownAt")]
    [InlineData("board?knownAt=2023-01-01", "knownAt")]
    [InlineData("board?knownAt=-1", "knownAt")]
    [InlineData("board?knownAt=1.5", "knownAt")]
    [InlineData("board?knownAt=2023-01-01T25:00:00Z", "knownAt")]
    [InlineData("board?knownAt=2023-01-01T00:00:00", "knownAt")]
    [InlineData("board?knownAt=0001-01-01T00:00:00%2B14:00", "knownAt")]
    [InlineData("board?knownAt=٣", "knownAt")]
    [InlineData("board?since=Not+A+Slug", "since")]
    [InlineData("board?since=", "since")]
    [InlineData("board?atLeast=x", "atLeast")]
    [InlineData("board?atLeast=-1", "atLeast")]
    [InlineData("board?atLeast=99999999999999999999", "atLeast")]
    [InlineData("activities?limit=0", "limit")]
    [InlineData("activities?limit=1001", "limit")]
    [InlineData("activities?limit=1e3", "limit")]
    [InlineData("activities?limit=99999999999", "limit")]
    [InlineData("activities?after=!!", "after")]
    [InlineData("activities?after=AAAA", "after")]
    [InlineData("activities?after=", "after")]
    [InlineData("activities?from=2022-13-01", "from")]
    [InlineData("activities?to=soon", "to")]
    [InlineData("activities?kind=party", "kind")]
    [InlineData("sources?kind=Readout", "kind")]
    [InlineData("evidence?state=maybe", "state")]
    [InlineData("commitments?limit=0", "limit")]
    [InlineData("commitments?validAt=x", "validAt")]
    [InlineData("commitments/visit?validAt=x", "validAt")]
    [InlineData("sources/readout?knownAt=x", "knownAt")]
    public async Task refuses_a_value_of_the_wrong_form(string what, string field)
    {
        var ledger = await postgres.OpenAgendaAsync();

        (await ledger.GetAsync(what)).ShouldRefuse(400, "unreadable", field);
    }

    [Theory]
    [InlineData("activities?party=%00")]
    [InlineData("activities?q=%00")]
    [InlineData("activities?q=a%00b")]
    [InlineData("sources?party=%00")]
    [InlineData("sources?q=%00")]
    [InlineData("evidence?commitment=%00")]
    [InlineData("evidence?activity=%00")]
    [InlineData("evidence?coder=%00")]
    public async Task refuses_U0000_in_a_filter(string what)
    {
        var ledger = await postgres.OpenAgendaAsync();

        (await ledger.GetAsync(what)).ShouldRefuse(400, "unreadable");
    }

    /// <summary>Filters are taken for what they say, and days before and after all that is recorded for days.</summary>
    [Theory]
    [InlineData("activities?q=%25_\\", "")]
    [InlineData("activities?q=%ED%A0%80", "")]
    [InlineData("activities?q=", "talks")]
    [InlineData("activities?party='%3B drop table tracker.mt_events--", "")]
    [InlineData("activities?from=0001-01-01&to=9999-12-31", "talks")]
    [InlineData("evidence?commitment=No Such", "")]
    [InlineData("board?validAt=0001-01-01", "0 days")]
    [InlineData("board?validAt=9999-12-31", "28 days, ancient notYetRated, maintain notYetRated, visit notYetRated")]
    [InlineData("board?since=0001-01-01&validAt=9999-12-31", "738500 days, ancient notYetRated, maintain notYetRated, visit notYetRated")]
    [InlineData("board?since=9999-12-31&validAt=0001-01-01", "0 days")]
    [InlineData("board?since=9999-12-31&validAt=9999-12-31", "0 days, ancient notYetRated, maintain notYetRated, visit notYetRated")]
    [InlineData("commitments?validAt=0001-01-01", "ancient, maintain, visit")]
    [InlineData("commitments/maintain?validAt=0001-01-01", "maintain")]
    [InlineData("commitments/maintain?validAt=9999-12-31&since=9999-12-31", "maintain notYetRated")]
    public async Task answers_the_strangest_of_right_values(string what, string answer)
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        await ledger.CommitmentAsync("maintain", "continuing");
        var ancient = await ledger.RecordAsync("commitments", Given.Commitment("ancient", "continuing", madeOn: "1583-01-01"));

        var told = (await ledger.GetAsync(ancient.Position, what)).Should(200).Json;

        IEnumerable<string> parts =
        [
            .. told["daysSince"] is { } days ? [$"{days} days"] : Array.Empty<string>(),
            .. (told["items"] ?? told["commitments"])?.AsArray().Select(x => $"{x!["slug"] ?? x["id"]} {x["status"]}".TrimEnd()) ?? [$"{told["slug"]} {told["status"]}".TrimEnd()],
        ];
        string.Join(", ", parts).ShouldBe(answer);
    }

    [Fact]
    public async Task has_a_milestone_to_be_one_of_the_agendas() =>
        (await (await postgres.OpenAgendaAsync()).GetAsync("board?since=woodside")).ShouldRefuse(422, "unknown-milestone", "since");

    [Theory]
    [InlineData("agendas/none-such")]
    [InlineData("agendas/none-such/board")]
    [InlineData("agendas/none-such/board?knownAt=1")]
    [InlineData("agendas/none-such/board?knownAt=2023-01-01T00:00:00Z")]
    [InlineData("agendas/none-such/activities")]
    [InlineData("agendas/none-such/commitments")]
    [InlineData("agendas/None%20Such/board")]
    [InlineData("agendas/..%2Fx/board")]
    public async Task knows_no_agenda_there_is_not(string path) =>
        (await (await postgres.SharedAsync()).Public.GetAsync(path)).ShouldRefuse(404, "not-found");

    [Fact]
    public async Task knows_nothing_there_is_not()
    {
        var ledger = await (await postgres.OpenAgendaAsync()).WithTalksAsync();
        var position = (await ledger.PositionAsync()).ToString(CultureInfo.InvariantCulture);

        foreach (var what in (string[])["sources/none", "activities/none", "commitments/none", "evidence/none", "commitments/visit/clauses/9", "commitments/visit/searches/none",
            "sources/A", "activities/%25", "commitments/%25", "milestones/none", "commitments/none/clauses/1"])
            (await ledger.GetAsync($"{what}?atLeast={position}")).ShouldRefuse(404, "not-found");
    }
}
