using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tracker.Api.Tests.Contract;
using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Boards;

/// <summary>The second bundle, imported after the first: what was known then stays, and what is known now is told of the same days.</summary>
public sealed partial class continuing_the_Bali_record(continuing_the_Bali_record.Continued bali) : IClassFixture<continuing_the_Bali_record.Continued>
{
    private const string Bali = "agendas/us-china-bali";

    [Fact]
    public void is_a_second_recording_with_nothing_that_the_first_had()
    {
        bali.Second.Position.ShouldBe(2);
        var (created, unchanged) = (bali.Second.Json["created"]!.AsObject(), bali.Second.Json["unchanged"]!.AsObject());
        foreach (var (what, count) in ((string, int)[])[("agendas", 0), ("milestones", 1), ("sources", 35), ("commitments", 0), ("activities", 25), ("evidence", 51), ("searches", 0), ("coverage", 1)])
            created[what]!.GetValue<int>().ShouldBe(count, what);
        unchanged.ShouldAllBe(x => x.Value!.GetValue<int>() == (x.Key == "agendas" ? 1 : 0));
    }

    [Fact]
    public async Task is_harmless_to_import_again()
    {
        var again = (await bali.Tracker.Owner.PostAsync($"{Bali}/import", Continued.Bundle())).Should(200);

        again.Position.ShouldBe(2);
        again.Json["created"]!.AsObject().ShouldAllBe(x => x.Value!.GetValue<int>() == 0);
    }

    [Fact]
    public async Task names_no_published_page_twice()
    {
        var urls = (await GetAsync("sources?limit=200"))["items"]!.AsArray().Select(x => (string?)x!["url"]).OfType<string>().ToArray();

        urls.Length.ShouldBeGreaterThan(40);
        urls.Distinct().Count().ShouldBe(urls.Length);
    }

    [Fact]
    public async Task knows_of_no_concrete_action_where_only_the_first_bundle_is_known()
    {
        var board = await BoardAsync("2023-01-31", 1);

        board["summary"]!["withConcreteAction"]!.GetValue<int>().ShouldBe(0);
        Statuses(board).ShouldBe(Described("status on 2023-01-31", 1), ignoreOrder: true);
        Statuses(await BoardAsync("2022-11-14", 1)).Values.ShouldAllBe(x => x == "notYetRated");
    }

    [Theory]
    [InlineData("2023-01-31", 1)]
    [InlineData("2023-03-01", 2)]
    [InlineData("2023-07-01", 3)]
    [InlineData("2023-11-15", 4)]
    public async Task has_each_commitment_where_its_description_says(string day, int column) =>
        Statuses(await BoardAsync(day, 2)).ShouldBe(Described("as known now, on", column), ignoreOrder: true);

    [Fact]
    public async Task counts_firms_off_a_list_and_holds_measures_against_them()
    {
        var board = await BoardAsync("2023-01-31", 2);

        var concrete = Entry(board, "concrete-actions");
        ((string)concrete["status"]!).ShouldBe("contested");
        Ids(concrete["because"]!["concrete"]).ShouldBe(["concrete-actions-unverified-list"]);
        Ids(concrete["because"]!["undercutting"]).ShouldBe(["concrete-actions-defence-act", "concrete-actions-entity-list", "concrete-actions-tibet-sanctions"], ignoreOrder: true);
        ((string)Entry(board, "deepen-constructive-efforts")["status"]!).ShouldBe("concreteAction");
    }

    [Fact]
    public async Task follows_the_visit_from_its_postponement_until_it_was_made_late()
    {
        var due = Entry(await BoardAsync("2023-03-01", 2), "secretary-visit");
        (Text(due, "status"), Flag(due, "overdue"), Flag(due, "late")).ShouldBe(("undercut", true, false));
        Flag(Entry(await BoardAsync("2023-02-28", 2), "secretary-visit"), "overdue").ShouldBeFalse();

        var made = Entry(await BoardAsync("2023-07-01", 2), "secretary-visit");
        (Text(made, "status"), Flag(made, "overdue"), Flag(made, "late"), Text(made, "firstConcreteOn")).ShouldBe(("delivered", false, true, "2023-06-18"));
    }

    [Fact]
    public async Task has_the_visit_overdue_on_the_timeline_from_the_day_after_February() =>
        Entry(await GetAsync("timeline?validAt=2023-04-01&knownAt=2"), "secretary-visit")["overdue"]!.ToJsonString().ShouldBe("""[{"from":"2023-03-01","through":"2023-04-01"}]""");

    [Fact]
    public async Task says_how_far_it_reaches()
    {
        ((string)(await BoardAsync("2023-12-31", 1))["coveredThrough"]!).ShouldBe("2023-01-31");
        ((string)(await BoardAsync("2023-12-31", 2))["coveredThrough"]!).ShouldBe("2023-11-15");
        (await GetAsync(""))["coverage"]!.AsArray().ShouldHaveSingleItem()!["through"]!.ToString().ShouldBe("2023-11-15");
    }

    [Fact]
    public async Task ends_the_year_with_what_both_sides_set_up_and_with_what_undercuts()
    {
        var board = await BoardAsync("2023-11-15", 2);

        foreach (var (commitment, status) in ((string, string)[])[("joint-working-group", "delivered"), ("maintain-communication", "concreteAction"),
            ("deepen-constructive-efforts", "concreteAction"), ("concrete-actions", "contested"), ("manage-competition-responsibly", "undercut")])
            Text(Entry(board, commitment), "status").ShouldBe(status, commitment);
        Ids(Entry(board, "manage-competition-responsibly")["because"]!["undercutting"]).ShouldBe(["manage-competition-intercept"]);
        Ids(Entry(board, "joint-working-group")["because"]!["concrete"]).ShouldContain("joint-working-group-first-met");
    }

    [Fact]
    public async Task counts_what_was_delivered_and_contested_among_what_saw_concrete_action() =>
        (await BoardAsync("2023-12-31", 2))["headline"]!.ToString().ShouldBe("In the 366 days from Bali to 15 November 2023, where this record ends, 5 of 8 commitments saw concrete action "
            + "(of which 2 were delivered, 1 was contested); 1 was undercut, 1 saw talks only, 1 saw words only.");

    [Fact]
    public async Task can_be_counted_since_Woodside() =>
        (await GetAsync("board?validAt=2023-11-15&since=woodside"))["commitments"]!.AsArray().ShouldAllBe(x => (string)x!["status"]! == "notYetRated");

    [Fact]
    public async Task tells_what_was_recorded_first_beside_what_is_known_now()
    {
        var home = await PageAsync("/");
        home.ShouldContain("31 January 2023: as first recorded, and as known now");
        home.ShouldContain("In the 78 days from Bali to 31 January 2023, where this record then ended, 0 of 8 commitments saw concrete action");
        home.ShouldContain("Of the time to 31 January 2023, as known now");
        foreach (var rule in (string[])["/method/depth-ladder-2", "/method/depth-ladder-1"])
            (await PageAsync(rule)).ShouldContain($"<a href=\"/{Bali}?validAt=2023-01-31&amp;knownAt=1\">");
    }

    /// <summary>The visit of June stands on the same page, below.</summary>
    [Fact]
    public async Task says_of_a_day_only_what_is_dated_by_it()
    {
        var page = await PageAsync($"/{Bali}/commitments/secretary-visit?validAt=2023-01-31");

        page.ShouldContain("no accepted evidence dated within this period reaches the bar (mechanism).");
        page.ShouldNotContain("nothing on record");
        page.ShouldContain("After the day asked about, does not count");
    }

    [Fact]
    public async Task is_told_as_accepted_elsewhere_alone()
    {
        var counted = (await BoardAsync("2023-11-15", 2))["reviewed"]!;
        counted["here"]!.GetValue<int>().ShouldBe(0);

        (await PageAsync($"/{Bali}?validAt=2023-11-15")).ShouldContain(
            $"All {counted["stated"]} pieces of accepted evidence on these commitments were accepted elsewhere, as the imported file says; their acceptance was not reviewed here.");
        (await PageAsync($"/{Bali}/commitments/secretary-visit")).ShouldContain(">accepted elsewhere, as the imported file says<");
    }

    private async Task<string> PageAsync(string path)
    {
        await GetAsync("board");
        return (await bali.Tracker.Public.GetAsync(path, ("Accept", "text/html"))).Should(200).Text;
    }

    private Task<JsonNode> BoardAsync(string day, long known) => GetAsync(string.Create(CultureInfo.InvariantCulture, $"board?validAt={day}&knownAt={known}"));

    private async Task<JsonNode> GetAsync(string what) => (await bali.Tracker.Public.GetAsync(2, what.Length == 0 ? Bali : $"{Bali}/{what}")).Should(200).Json;

    private static JsonNode Entry(JsonNode board, string slug) => board["commitments"]!.AsArray().Single(x => (string)x!["slug"]! == slug)!;

    private static string Text(JsonNode entry, string member) => (string)entry[member]!;

    private static bool Flag(JsonNode entry, string flag) => entry["flags"]![flag]!.GetValue<bool>();

    private static string[] Ids(JsonNode? list) => [.. list!.AsArray().Select(x => (string)x!)];

    private static Dictionary<string, string> Statuses(JsonNode board) => board["commitments"]!.AsArray().ToDictionary(x => (string)x!["slug"]!, x => (string)x!["status"]!);

    /// <summary>The statuses that the seeds' own description gives, from a column of the table with that heading.</summary>
    private static Dictionary<string, string> Described(string heading, int column)
    {
        var rows = File.ReadLines(TheContract.Repository("seeds", "README.md"))
            .SkipWhile(x => !(x.StartsWith('|') && x.Contains(heading, StringComparison.Ordinal))).Skip(2).TakeWhile(x => x.StartsWith('|'))
            .Select(x => x.Split('|', StringSplitOptions.TrimEntries)).ToDictionary(x => x[1].Trim('`'), x => Word().Match(x[1 + column]).Value);
        rows.Count.ShouldBe(8, heading);
        return rows;
    }

    [GeneratedRegex("^[a-zA-Z]+")]
    private static partial Regex Word();

    /// <summary>Both bundles, imported one after the other into a fresh tracker.</summary>
    public sealed class Continued(PostgresUnderTest postgres) : IAsyncLifetime
    {
        public TrackerUnderTest Tracker { get; private set; } = null!;

        public Reply Second { get; private set; } = null!;

        public static byte[] Bundle() => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "seeds", "us-china-bali-followup.json"));

        public async ValueTask InitializeAsync()
        {
            Tracker = await TrackerUnderTest.StartAsync(postgres);
            (await Tracker.Owner.PostAsync($"{Bali}/import", following_the_Bali_summit.Imported.Bundle())).Should(200);
            Second = (await Tracker.Owner.PostAsync($"{Bali}/import", Bundle())).Should(200);
        }

        public ValueTask DisposeAsync() => Tracker.DisposeAsync();
    }
}
