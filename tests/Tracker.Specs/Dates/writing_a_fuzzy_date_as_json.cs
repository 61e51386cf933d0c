using System.Text.Json;
using Tracker.Activities;

namespace Tracker.Specs.Dates;

public sealed class writing_a_fuzzy_date_as_json
{
    [Theory]
    [InlineData("2022-11-22")]
    [InlineData("2022-12")]
    [InlineData("2022")]
    [InlineData("2022-12-11/2022-12")]
    public void keeps_its_text_there_and_back(string text)
    {
        var json = JsonSerializer.Serialize(FuzzyDate.Parse(text));

        json.ShouldBe($"\"{text}\"");
        JsonSerializer.Deserialize<FuzzyDate>(json).ShouldBe(FuzzyDate.Parse(text));
    }

    [Fact]
    public void keeps_an_absent_date_absent()
    {
        JsonSerializer.Serialize<FuzzyDate?>(null).ShouldBe("null");
        JsonSerializer.Deserialize<FuzzyDate?>("null").ShouldBeNull();
    }

    [Theory]
    [InlineData("\"2022-13\"")]
    [InlineData("\"\"")]
    [InlineData("\"2022/..\"")]
    [InlineData("null")]
    [InlineData("2022")]
    [InlineData("true")]
    [InlineData("[\"2022\"]")]
    [InlineData("{\"text\":\"2022\"}")]
    public void refuses_what_is_not_a_date(string json) =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<FuzzyDate>(json));
}
