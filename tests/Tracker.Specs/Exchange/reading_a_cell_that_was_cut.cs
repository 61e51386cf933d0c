using System.Text;
using Tracker.Exchange.Sheets;
using Tracker.Exchange.Staging;

namespace Tracker.Specs.Exchange;

/// <summary>Nothing that was said is shortened without a word on its way through a spreadsheet.</summary>
public sealed class reading_a_cell_that_was_cut
{
    private const string Clauses = "slug,title,type,madeOn,parties,clauses\r\nrail,Rail,deliverable,2022-11-14,US,";

    [Theory]
    [InlineData(32_767)]
    [InlineData(32_759)]
    [InlineData(50_000)]
    public void as_long_as_a_cell_can_be_is_a_doubt(int length) => TruncatedCell.Remark(new string('x', length)).ShouldNotBeNull().ShouldContain(length.ToString(System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void with_breaks_of_two_characters_is_as_long_as_the_spreadsheet_had_it() => TruncatedCell.Remark("a\r\n" + new string('x', 32_765)).ShouldNotBeNull();

    [Theory]
    [InlineData(255, "...")]
    [InlineData(280, "…")]
    [InlineData(53, "...")]
    public void ending_in_an_ellipsis_at_a_length_at_which_programs_cut_is_a_doubt(int length, string end) => TruncatedCell.Mark(new string('x', length - end.Length) + end).ShouldNotBeNull();

    [Theory]
    [InlineData(32_768, "")]
    [InlineData(255, "")]
    [InlineData(61, "...")]
    [InlineData(12, "…")]
    public void of_another_length_is_none(int length, string end) => TruncatedCell.Remark(new string('x', length - end.Length) + end).ShouldBeNull();

    [Theory]
    [InlineData("US | readout-us | We build roads | rails | and bridges.", "'rails' is not the language")]
    [InlineData("US | readout-us | Yes | or | no.", "'or' is not the language")]
    [InlineData("US | readout-us | Roads | and | rails.", "'and' is not the language")]
    public async Task with_a_bar_in_a_quote_that_was_not_escaped_is_a_doubt(string clause, string why)
    {
        await using var staged = await StageAsync(Sheet.Commitments, Clauses + clause + "\r\n");
        var (column, what) = staged.DoubtsOf(0).ShouldHaveSingleItem();
        column.ShouldBe("clauses");
        what.ShouldContain(why);
        what.ShouldContain("""\|""");
    }

    [Theory]
    [InlineData(@"US | readout-us | We build roads \| rails \| and bridges. | en")]
    [InlineData("US | readout-us | 双方同意 | zh-Hans | Both agreed.")]
    [InlineData("US | readout-us | Dwustronne | pl | Both sides.")]
    [InlineData("US | readout-us | دفع 150 | ar | Pay 150.")]
    [InlineData("US | readout-us | Da i net | ru-Latn | Yes and no.")]
    [InlineData("US | readout-us | Rua ne'e | tet")]
    public async Task as_it_should_be_is_none(string clause)
    {
        await using var staged = await StageAsync(Sheet.Commitments, Clauses + clause + "\r\n");
        staged.DoubtsOf(0).ShouldBeEmpty();
        staged.Problems.Any.ShouldBeFalse();
    }

    [Theory]
    [InlineData("US | readout-us | Reports become mandatory.\n- Factories report yearly. | en")]
    [InlineData("US | readout-us | Reports become mandatory.\nAnd they | are read.")]
    [InlineData("US | readout-us | Reports become mandatory.\nFactories | report | yearly | to | the | state | and | us")]
    public async Task with_a_line_break_in_a_quote_that_was_not_escaped_is_told_how_to_write_one(string clauses)
    {
        await using var staged = await StageAsync(Sheet.Commitments, $"{Clauses}\"{clauses}\"\r\n");
        var told = staged.Problems.Refusal();
        told.Code.ShouldBe("bad-cell");
        told.Detail.ShouldStartWith("Row 2, column clauses: ");
        told.Detail.ShouldContain("""\n""");
    }

    [Theory]
    [InlineData("accounts", "readout | We met | and agreed", "'and agreed' is no date")]
    [InlineData("accounts", "The readout says | we met", "'The readout says' is no source's slug")]
    public async Task of_another_kind_is_told_likewise(string column, string cell, string why)
    {
        await using var staged = await StageAsync(Sheet.Activities, $"slug,kind,title,occurred,{column}\r\ntalks,meeting,Talks,2022-12-11,{cell}\r\n");
        staged.Problems.Refusal().Detail.ShouldContain(why);
    }

    [Fact]
    public async Task of_nothing_but_an_error_is_told_by_it()
    {
        await using var staged = await StageAsync(Sheet.Commitments, Clauses + "#REF!\r\n");
        staged.Problems.Refusal().Detail.ShouldBe("Row 2, column clauses: '#REF!' is an error of a spreadsheet, not a text: enter what the cell should have held.");
    }

    [Fact]
    public async Task may_be_left_out_at_the_end_of_a_row_and_be_too_many_where_it_is_empty()
    {
        await using var staged = await StageAsync(Sheet.Activities, "slug,kind,title,occurred,summary,,\r\na,meeting,A,2022-12-01\r\nb,meeting,B,2022-12-02,In short.,,,,\r\n,,,,,,\r\n");
        staged.Problems.Any.ShouldBeFalse();
        staged.Count(BundleList.Activities).ShouldBe(2);
    }

    [Fact]
    public async Task beyond_the_named_columns_is_told_with_what_it_holds()
    {
        await using var staged = await StageAsync(Sheet.Activities, "slug,kind,title,occurred,\r\na,meeting,A,2022-12-01,lost\r\nb,meeting,B,2022-12-01,,lost too\r\n");
        var errors = staged.Problems.Refusal().Errors;
        errors["row 2"].ShouldHaveSingleItem().ShouldStartWith("Row 2: Its cell 5 holds 'lost'");
        errors["row 3"].ShouldHaveSingleItem().ShouldStartWith("Row 3: Its cell 6 holds 'lost too'");
    }

    [Fact]
    public async Task of_a_title_above_the_names_of_the_columns_is_told_once()
    {
        var rows = string.Concat(Enumerable.Range(0, 40).Select(x => $"t{x},meeting,T,2022-12-01\r\n"));
        var (staged, refusal) = await SheetBody.StageAsync(Body("Table 3: what was done\r\n\r\nslug,kind,title,occurred\r\n" + rows), Sheet.Activities, TestContext.Current.CancellationToken);
        staged.ShouldBeNull();
        refusal.ShouldNotBeNull().Detail.ShouldStartWith("The first row must name the columns, and 'Table 3: what was done' names none of them");
        refusal.Errors.ShouldBeEmpty();
    }

    private static async Task<StagedBundle> StageAsync(Sheet sheet, string text)
    {
        var (staged, refusal) = await SheetBody.StageAsync(Body(text), sheet, TestContext.Current.CancellationToken);
        refusal.ShouldBeNull();
        return staged.ShouldNotBeNull();
    }

    private static MemoryStream Body(string text) => new(Encoding.UTF8.GetBytes(text));
}
