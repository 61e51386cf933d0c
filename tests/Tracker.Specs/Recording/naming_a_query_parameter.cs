using Tracker.Recording;

namespace Tracker.Specs.Recording;

/// <summary>A misspelt parameter is never passed over: the answer would be true, and to another question.</summary>
public sealed class naming_a_query_parameter
{
    private static readonly string[] OfBoards = ["validAt", "knownAt", "since", "atLeast"];
    private static readonly string[] OfPages = [.. OfBoards, "status", "party", "tag", "sort", "page"];

    [Theory]
    [InlineData("vaildAt", "validAt")]
    [InlineData("valid_at", "validAt")]
    [InlineData("valid-at", "validAt")]
    [InlineData("valid", "validAt")]
    [InlineData("validate", "validAt")]
    [InlineData("knowAt", "knownAt")]
    [InlineData("sinse", "since")]
    [InlineData("atleats", "atLeast")]
    public void is_refused_with_the_nearest_there_is(string asked, string nearest)
    {
        var refusal = QueryParameters.UnknownTo(OfBoards, [asked]).ShouldNotBeNull();

        (refusal.Status, refusal.Code).ShouldBe((400, "unreadable"));
        refusal.Errors.Keys.ShouldBe([asked]);
        refusal.Detail.ShouldContain($"Did you mean '{nearest}'?");
    }

    [Theory]
    [InlineData("day")]
    [InlineData("utm_source")]
    [InlineData("")]
    [InlineData("q")]
    public void is_refused_with_all_there_are_where_it_is_like_none(string asked)
    {
        var refusal = QueryParameters.UnknownTo(OfBoards, ["validAt", asked]).ShouldNotBeNull();

        refusal.Detail.ShouldNotContain("Did you mean");
        refusal.Detail.ShouldContain("It takes validAt, knownAt, since, atLeast.");
        QueryParameters.UnknownTo([], [asked])!.Detail.ShouldContain("It takes none.");
    }

    [Fact]
    public void is_free_in_the_size_of_its_letters_as_the_values_are_found() => QueryParameters.UnknownTo(OfBoards, ["VALIDAT", "since"]).ShouldBeNull();

    [Theory]
    [InlineData("utm_source")]
    [InlineData("utm_medium")]
    [InlineData("fbclid")]
    [InlineData("gclid")]
    [InlineData("msclkid")]
    [InlineData("mc_cid")]
    [InlineData("mc_eid")]
    [InlineData("ref")]
    [InlineData("igshid")]
    public void is_passed_over_on_a_page_where_links_are_decorated_with_it(string foreign) => QueryParameters.UnknownToPage(OfPages, [foreign]).ShouldBeNull();

    [Theory]
    [InlineData("asOf")]
    [InlineData("commitment")]
    [InlineData("lang")]
    public void is_refused_on_a_page_too_where_it_is_like_none(string asked) =>
        QueryParameters.UnknownToPage(OfPages, ["utm_source", asked]).ShouldNotBeNull().Errors.Keys.ShouldBe([asked]);

    [Theory]
    [InlineData("vaildAt", "validAt")]
    [InlineData("stauts", "status")]
    public void is_refused_on_a_page_where_it_is_nearly_one_of_its_own(string asked, string nearest) =>
        QueryParameters.UnknownToPage(OfPages, ["utm_source", asked]).ShouldNotBeNull().Detail.ShouldContain($"Did you mean '{nearest}'?");
}
