using Tracker.Agendas;
using Tracker.Boards;
using Tracker.Recording;

namespace Tracker.Specs.Agendas;

/// <summary><c>since</c> takes a day or a milestone: neither may be taken for the other.</summary>
public sealed class adding_a_milestone
{
    [Theory]
    [InlineData("2023-01-31", "2024-01-01", "bad-slug", "slug")]
    [InlineData("2023-02-30", "2024-01-01", "bad-slug", "slug")]
    [InlineData("woodside", "2022-11-13", "bad-date", "date")]
    [InlineData("woodside", "0001-01-01", "bad-date", "date")]
    public void is_refused_where_it_would_be_taken_for_a_day_or_lies_before_the_baseline(string slug, string date, string code, string field)
    {
        var refusal = Add(slug, date).ShouldBeOfType<Refusal>();

        (refusal.Status, refusal.Code).ShouldBe((422, code));
        refusal.Errors.Keys.ShouldBe([field]);
    }

    [Theory]
    [InlineData("woodside", "2023-11-15")]
    [InlineData("on-the-day", "2022-11-14")]
    [InlineData("2023", "2023-01-01")]
    [InlineData("2023-01-31-talks", "2023-01-31")]
    public void is_taken_otherwise(string slug, string date) => Add(slug, date).ShouldBeOfType<Happened>();

    [Fact]
    public void keeps_what_looks_like_a_day_and_is_none_from_being_taken_for_a_milestone()
    {
        Since.Parse("2023-02-30").ShouldBeNull();
        ReadAt.Parse(null, null, "2023-02-30").Refusal.ShouldNotBeNull().Detail.ShouldContain("no day of the calendar");
        Since.Parse("2023-01-31-talks").ShouldBe(new Since(null, "2023-01-31-talks"));
    }

    private static Decided Add(string slug, string date) => AddMilestoneEndpoint.Decide(new(slug, "A summit", date),
        new("a", "A", null, [new("AA", "Alfa")], new("Bali", new(2022, 11, 14), null), Codebook.Default, [], []));
}
