using System.Collections.Immutable;
using Tracker.Boards;
using Tracker.Embeds;
using Tracker.Prose;
using Tracker.Reports.Pdf;
using Tracker.Status;

namespace Tracker.Specs.Boards;

/// <summary>What a picture of a board has no room for is not left out without a word.</summary>
public sealed class drawing_a_board
{
    private const float Measure = 1_072;

    private static readonly ImmutableArray<Tally> Every =
    [
        .. StatusWords.InOrder.Select((x, i) => new Tally(x, StatusWords.Of(x), (i * 37) + 3, x is CommitmentStatus.NoneFound ? "each searched at least through 31 January 2023" : null)),
    ];

    [Fact]
    public void has_every_status_among_its_counts_in_smaller_letters_where_there_are_many()
    {
        var (few, all) = (CountLines.Of(Every[..2], Measure), CountLines.Of(Every, Measure));

        all.Parts.Select(x => x.Tally).ShouldBe(Every);
        few.Size.ShouldBe(CountLines.Largest);
        all.Size.ShouldBeLessThan(few.Size);
        foreach (var part in all.Parts)
        {
            var (last, end) = (part.Text[^1], part.X + part.Text[^1].At);
            (end + last.Runs.Sum(x => x.Width)).ShouldBeLessThan(Measure);
            part.Line.ShouldBeLessThan(3);
        }
    }

    [Fact]
    public void sums_up_the_counts_that_have_no_room_even_so()
    {
        var narrow = CountLines.Of(Every, 500);

        narrow.Parts[^1].Tally.ShouldBeNull();
        var shown = narrow.Parts.Select(x => x.Tally).OfType<Tally>().ToArray();
        shown.ShouldBe(Every[..shown.Length]);
        narrow.Rest.ShouldBe(Every[shown.Length..].Sum(x => x.Count));
    }

    [Theory]
    [InlineData(165, 621)]
    [InlineData(230, 621)]
    public void sets_the_whole_sentence_in_the_room_it_has_and_ends_what_is_longer_with_an_ellipsis(float height, float width)
    {
        var headline = Headline.Write(TwentyParties.Board() with { Ended = true });
        var (fits, cut) = (Within(headline), Within(string.Join(' ', Enumerable.Repeat(headline, 4))));

        foreach (var lines in (Lines[])[fits, cut]) lines.Height.ShouldBeLessThanOrEqualTo(height);
        string.Join(' ', fits.Texts()).ShouldBe(headline);
        cut.Texts()[^1].ShouldEndWith("…");

        Lines Within(string text) => FittedText.Within(text, width, height, 31, 18, FaceName.Serif, FaceName.SerifStrong);
    }
}
