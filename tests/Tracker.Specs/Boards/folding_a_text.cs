using Tracker.Boards.Known;

namespace Tracker.Specs.Boards;

/// <summary>What is searched, and what for, are folded alike; no text of the record may stop that.</summary>
public sealed class folding_a_text
{
    [Theory]
    [InlineData("ＢＡＬＩ", "bali")]
    [InlineData("ﬁne", "fine")]
    [InlineData("e\u0301", "e")]
    [InlineData("é", "e")]
    [InlineData("İSTANBUL", "istanbul")]
    [InlineData("Diyarbakır", "diyarbakir")]
    [InlineData("Türkiye", "turkiye")]
    [InlineData("Ο Έλληνας", "ο ελληνασ")]
    [InlineData("Ο ΈΛΛΗΝΑΣ", "ο ελληνασ")]
    [InlineData("Łódź", "lodz")]
    [InlineData("Weißenfels", "weissenfels")]
    [InlineData("Côte d’Ivoire", "cote d'ivoire")]
    [InlineData("D'IVOIRE", "d'ivoire")]
    [InlineData("“one”", "\"one\"")]
    [InlineData("twenty\u2013five", "twenty-five")]
    [InlineData("Fisher\u00ADies", "fisheries")]
    [InlineData("sub\u200Bsidies", "subsidies")]
    [InlineData("\u202Bالحوار\u202C", "الحوار")]
    [InlineData("ทําให้น้ําสะอาด", "ทําให้น้ําสะอาด")]
    [InlineData("ท\u0E33", "ท\u0E4D\u0E32")]
    [InlineData("हिन्दी", "हिन्दी")]
    [InlineData("がぎ", "がぎ")]
    [InlineData("한국", "한국")]
    [InlineData("会谈", "会谈")]
    [InlineData("a\uFFFEb", "a\uFFFDb")]
    [InlineData("\uD83D\uDE80\uFFFF\u0001", "\uD83D\uDE80\uFFFF\u0001")]
    public void makes_alike_what_looks_alike_and_what_is_typed_without_its_accents(string text, string folded)
    {
        Folded.Of(text).ShouldBe(folded);
        Folded.Words(text).ShouldBe(folded.Split(' '));
    }

    [Fact]
    public void takes_half_a_pair_for_a_character_that_is_missing() => Folded.Of($"a{(char)0xD800}b{(char)0xDC00}").ShouldBe("a\uFFFDb\uFFFD");
}
