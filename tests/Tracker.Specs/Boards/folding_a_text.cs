using Tracker.Boards.Known;

namespace Tracker.Specs.Boards;

/// <summary>What is searched, and what for, are folded alike; no text of the record may stop that.</summary>
public sealed class folding_a_text
{
    [Theory]
    [InlineData("ＢＡＬＩ", "bali")]
    [InlineData("ﬁne", "fine")]
    [InlineData("e\u0301", "é")]
    [InlineData("会谈", "会谈")]
    [InlineData("a\uFFFEb", "a\uFFFDb")]
    [InlineData("\uD83D\uDE80\uFFFF\u0001", "\uD83D\uDE80\uFFFF\u0001")]
    public void makes_alike_what_looks_alike_and_passes_over_nothing(string text, string folded)
    {
        Folded.Of(text).ShouldBe(folded);
        Folded.Words(text).ShouldBe([folded]);
    }

    [Fact]
    public void takes_half_a_pair_for_a_character_that_is_missing() => Folded.Of($"a{(char)0xD800}b{(char)0xDC00}").ShouldBe("a\uFFFDb\uFFFD");
}
