using Tracker.Recording;
using Tracker.Sources;

namespace Tracker.Specs.Sources;

public sealed class dating_a_source
{
    private static readonly DateOnly Today = new(2023, 1, 31);

    [Fact]
    public void is_refused_where_it_would_have_been_published_later_than_tomorrow()
    {
        Record("2023-02-02").ShouldBeOfType<Refusal>().Errors.Keys.ShouldBe(["publishedOn"]);
        Record("2099-01-01").ShouldBeOfType<Refusal>().Code.ShouldBe("bad-date");
        // Somewhere on Earth it is tomorrow already.
        Record("2023-02-01").ShouldBeOfType<Happened>();
        Record(null).ShouldBeOfType<Happened>();
    }

    [Fact]
    public void is_held_to_it_by_a_correction_of_the_day_alone()
    {
        var old = new Source("paper", default, default, "AA", "Paper", null, null, null, new(2099, 1, 1), null, null);

        CorrectSourceEndpoint.Decide(new("Wrong.", Title: new("Another", true)), old, Today).ShouldBeOfType<Happened>();
        CorrectSourceEndpoint.Decide(new("Wrong.", PublishedOn: new("2098-01-01", true)), old, Today).ShouldBeOfType<Refusal>().Errors.Keys.ShouldBe(["publishedOn"]);
    }

    private static Decided Record(string? publishedOn) => RecordSourceEndpoint.Decide(new("paper", "article", "press", "AA", "Paper", PublishedOn: publishedOn), Today);
}
