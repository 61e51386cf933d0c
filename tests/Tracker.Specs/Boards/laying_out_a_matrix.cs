using SkiaSharp;
using Tracker.Agendas;
using Tracker.Boards.Matrices;
using Tracker.Embeds;
using Tracker.Prose;
using Tracker.Status;

namespace Tracker.Specs.Boards;

public sealed class laying_out_a_matrix
{
    [Fact]
    public void has_a_row_for_each_party_of_the_agenda_and_a_column_for_each_commitment()
    {
        var matrix = Matrix.Of(TwentyParties.Board());

        matrix.Parties.ShouldBe(TwentyParties.Codes);
        matrix.Commitments.Length.ShouldBe(12);
        matrix.Cells.Length.ShouldBe(20);
        matrix.Cells.ShouldAllBe(row => row.Length == 12);
        // Of the eighth commitment, the tenth to the thirteenth party acted: 7 × 7 = 49, and 49 mod 20 is 9.
        for (var i = 0; i < 20; i++) matrix.Cells[i][7]!.Value.ConcreteSinceBaseline.ShouldBe(i is >= 9 and <= 12, $"row {i}");
        matrix.Cells[9][7]!.Value.ShouldBe(new MatrixCell(CommitmentStatus.ConcreteAction, true, new EvidenceCounts(0, 0, 0, 1, 0, 0)));
        matrix.Cells[0][7]!.Value.ShouldBe(new MatrixCell(CommitmentStatus.NoneFound, false, new EvidenceCounts(0, 0, 0, 0, 0, 0)));
    }

    [Fact]
    public void counts_its_rows_and_columns_as_the_board_counts_parties_and_commitments()
    {
        var board = TwentyParties.BoardWithGaps();
        var matrix = Matrix.Of(board);

        matrix.RowCounts.Sum(x => x.WithConcreteAction).ShouldBe(board.Summary.Cells.WithConcreteAction);
        matrix.ColumnCounts.Sum(x => x.WithConcreteAction).ShouldBe(board.Summary.Cells.WithConcreteAction);
        matrix.RowCounts.Sum(x => x.Of).ShouldBe(board.Summary.Cells.Of);
        matrix.ColumnCounts.Sum(x => x.Of).ShouldBe(229);
        matrix.RowCounts[0].ShouldBe(new MatrixCount(1, 1));
        matrix.ColumnCounts[1].ShouldBe(new MatrixCount(19, 1));
        matrix.Cells[0][1].ShouldBeNull();
        matrix.Cells[0][0].ShouldNotBeNull();
    }

    [Fact]
    public void keeps_a_party_that_made_no_commitment_on_the_board()
    {
        var board = TwentyParties.BoardWithGaps();
        var matrix = Matrix.Of(board with { About = board.About! with { Parties = board.About.Parties.Add(new("ZZ", "An observer")) } });

        matrix.Parties[^1].ShouldBe("ZZ");
        matrix.Cells[^1].ShouldAllBe(x => x == null);
        matrix.RowCounts[^1].ShouldBe(new MatrixCount(0, 0));
    }

    [Fact]
    public void has_in_its_picture_a_title_from_right_to_left_at_the_foot_of_its_column_as_others_are()
    {
        // Without a title there is nothing in its place that could be lower than the others'.
        var (none, english, arabic) = (Pixels(""), Pixels("Export"), Pixels("تصدير"));

        Lowest(arabic).ShouldBeInRange(Lowest(english) - 16, Lowest(english) + 16);

        SKBitmap Pixels(string title)
        {
            var board = TwentyParties.Board();
            return SKBitmap.Decode(MatrixPicture.Of(Matrix.Of(board with { Commitments = board.Commitments.SetItem(0, board.Commitments[0] with { Title = title }) })));
        }

        int Lowest(SKBitmap picture) => Enumerable.Range(0, picture.Height).Last(y => Enumerable.Range(0, picture.Width).Any(x => picture.GetPixel(x, y) != none.GetPixel(x, y)));
    }

    [Fact]
    public void has_in_its_picture_the_days_on_which_a_party_joined_and_left()
    {
        var board = TwentyParties.Board();
        var left = new Party("AA", "Party AA", LeftOn: new(2022, 12, 31));

        PartyWords.DaysOf(left).ShouldBe("left 31 Dec 2022");
        PartyWords.DaysOf(left with { JoinedOn = new(2022, 12, 1) }).ShouldBe("joined 1 Dec 2022, left 31 Dec 2022");
        PartyWords.DaysOf(board.About!.Parties[0]).ShouldBeNull();
        MatrixPicture.Of(Matrix.Of(board with { About = board.About with { Parties = board.About.Parties.SetItem(0, left) } })).ShouldNotBe(MatrixPicture.Of(Matrix.Of(board)));
    }

    [Fact]
    public void is_written_for_a_spreadsheet_without_a_formula()
    {
        var board = TwentyParties.BoardWithGaps();
        var csv = MatrixText.Csv(Matrix.Of(board with { About = board.About! with { Parties = board.About.Parties.SetItem(0, new("AA", "=HYPERLINK(\"x\")")) } })).Split("\r\n");

        csv[0].ShouldStartWith("partyCode,partyName,ofCommitments,withConcreteAction,validAt,coveredThrough,atPosition,knownAt,promise-00,promise-01,");
        csv[1].ShouldStartWith("AA,\"'=HYPERLINK(\"\"x\"\")\",1,1,2023-01-31,2023-01-31,1,2026-01-01T00:00:00.000000Z,concreteAction,,");
        csv[2].ShouldStartWith("BB,Party BB,12,");
        csv.Length.ShouldBe(22);
    }
}
