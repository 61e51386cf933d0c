using Tracker.Recording;

namespace Tracker.Specs.Boards;

public sealed class writing_a_cell
{
    [Theory]
    [InlineData("A visit", "A visit")]
    [InlineData("", "")]
    [InlineData("a-b", "a-b")]
    [InlineData("a, b", "\"a, b\"")]
    [InlineData("they \"met\"", "\"they \"\"met\"\"\"")]
    [InlineData("one\ntwo", "\"one\ntwo\"")]
    public void is_as_RFC_4180_has_it(string value, string cell) => Csv.Text([["x", value]])[2..^2].ShouldBe(cell);

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData(" =1", "' =1")]
    [InlineData("\u00a0=1", "'\u00a0=1")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("\nx", "\"'\nx\"")]
    [InlineData("＝1", "'＝1")]
    [InlineData("＠x", "'＠x")]
    [InlineData("=HYPERLINK(\"http://x/\",\"y\")", "\"'=HYPERLINK(\"\"http://x/\"\",\"\"y\"\")\"")]
    public void is_text_where_a_spreadsheet_would_run_it(string value, string cell) => Csv.Text([["x", value]])[2..^2].ShouldBe(cell);
}
