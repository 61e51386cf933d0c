using System.Buffers;
using System.Text;
using System.Text.Json;
using CsCheck;
using Tracker.Exchange;
using Tracker.Exchange.Sheets;
using Tracker.Recording;

namespace Tracker.Specs.Exchange;

public sealed class writing_a_sheet
{
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.Char["ab;|\\'=+-@ \t\r\n,\"，习é"].Array[1, 12].Select(x => new string(x)),
        Gen.Int[0, 7].Select(i => ((string[])["=1+1", "'=1+1", "''@x", "- maintain", "\tx", "n\\n", "a | b; c", "\\"])[i]))
        .Where(x => !string.IsNullOrWhiteSpace(x));

    [Fact]
    public void gives_each_text_of_a_list_back() => Texts.Array[0, 4].Sample(texts => Cell.Texts(Cell.OfTexts(texts)).ShouldBe(texts));

    [Fact]
    public void gives_each_part_of_a_list_of_things_back() => Gen.Select(Texts, Texts.Null(), Texts.Null()).Array[0, 3].Sample(things =>
    {
        var told = Cell.Things(Cell.OfThings(things.Select(x => (string?[])[x.Item1, x.Item2, x.Item3])));
        told.Select(x => (x[0], x.ElementAtOrDefault(1) ?? "", x.ElementAtOrDefault(2) ?? "")).ShouldBe(things.Select(x => (x.Item1, x.Item2 ?? "", x.Item3 ?? "")));
    });

    [Fact]
    public void takes_what_a_person_types() => Cell.Things("Wang Yi | PRC | host\r\n  Antony Blinken|US\n\n").ShouldBe([["Wang Yi", "PRC", "host"], ["Antony Blinken", "US"]]);

    [Theory]
    [InlineData("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@a", "'@a")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "'\rx")]
    [InlineData("'=x", "''=x")]
    [InlineData("'tis", "'tis")]
    [InlineData("a=b", "a=b")]
    public void guards_what_a_spreadsheet_would_run(string text, string cell)
    {
        Csv.Guarded(text).ShouldBe(cell);
        Csv.Unguarded(cell).ShouldBe(text);
    }

    [Fact]
    public void gives_every_cell_back() => Gen.OneOf(Texts, Gen.Const("")).Array[3].Array[1, 6].Sample(rows =>
        RowsOf(Csv.Text(rows.Prepend(["first", "second", "third"])))[1..].ShouldBe(rows), iter: 300);

    [Theory]
    [InlineData("a,b\r\n1,\"2\n3\"\r\n")]
    [InlineData("a;b\n1;\"2\n3\"\n")]
    [InlineData("a\tb\r\n1\t\"2\n3\"")]
    public void is_read_by_commas_semicolons_and_tabs(string text) => RowsOf(text).ShouldBe([["a", "b"], ["1", "2\n3"]]);

    [Fact]
    public void gives_a_piece_of_evidence_back() => Text(Sheet.Evidence, new BundledEvidence(
        "e-1", "visit", "talks", "contact", "advances", ["AA", "BB"], "=They; met | \"there\"\nand then", "retracted", [new("readout", "a | b"), new("other")], "ana",
        new("accept", "Two accounts agree.", "rui", "2022-12-14T09:30:00.123456Z"), new("Not they."))).ShouldBeTrue();

    [Theory]
    [InlineData("x;=1+1", "\"x;=1+1\"")]
    [InlineData("x\t@SUM(A1)", "\"x\t@SUM(A1)\"")]
    [InlineData("US; PRC", "US; PRC")]
    public void keeps_a_formula_within_its_cell_for_who_parts_cells_otherwise(string text, string cell) => Csv.Text([[text, "next"]]).ShouldBe($"{cell},next\r\n");

    [Fact]
    public void gives_a_commitment_back() => Text(Sheet.Commitments, new BundledCommitment(
        "visit", "A visit", "deliverable", "2022-11-14", ["AA"], [new("AA", "readout", "we\nshall | visit", "en", null, "-note"), new("BB", "other", "将访问", "zh-Hans", "will visit")],
        "Someone comes.", "contact", "2023-02", ["a;b", "c"])).ShouldBeTrue();

    [Fact]
    public void gives_an_activity_back() => Text(Sheet.Activities, new BundledActivity(
        "talks", "meeting", "Talks", "2022-12-11/2022-12-12", [new("Wang Yi", "BB", "host"), new("An envoy")], ["readout"], "In short.", "Langfang",
        [new("readout", null, "2022-12", "Langfang"), new("other", "quoted")], ["t"], new("Another one."))).ShouldBeTrue();

    /// <summary>Whether a thing comes back from its row as it was, all of it.</summary>
    private static bool Text(Sheet sheet, object thing)
    {
        var was = JsonSerializer.SerializeToElement(thing, thing.GetType(), Bundle.Written);
        var cells = RowsOf(Csv.Text([sheet.Cells(was)]))[0];
        var json = new ArrayBufferWriter<byte>();
        var problems = new Problems();
        sheet.Write(json, sheet.Columns, cells, problems, (column, doubt) => Assert.Fail($"{column}: {doubt}"));
        problems.Any.ShouldBeFalse();
        var read = JsonSerializer.Deserialize(json.WrittenSpan, thing.GetType(), WireJson.Options);
        Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(read, thing.GetType(), Bundle.Written)).ShouldBe(was.GetRawText());
        return true;
    }

    private static string[][] RowsOf(string text) => Csv.RowsAsync(new StringReader(text)).Select(x => x.Cells).ToArrayAsync().AsTask().GetAwaiter().GetResult();
}

public sealed class telling_where_things_are_wrong
{
    [Fact]
    public void is_in_the_order_of_numbers() =>
        new[] { "items[10].slug", "items[2].title", "items[2].slug", "agenda", "items[2]" }.Order(PathOrder.Instance)
            .ShouldBe(["agenda", "items[2]", "items[2].slug", "items[2].title", "items[10].slug"]);

    [Fact]
    public void lists_a_thousand_and_counts_the_others()
    {
        var problems = new Problems();
        for (var i = 0; i < 1_500; i++) problems.At("activities", i).Add("slug", "bad-slug", "wrong");
        var refusal = problems.Refusal();
        refusal.Errors.Count.ShouldBe(1_000);
        refusal.Detail.ShouldStartWith("1500 things are wrong, of which the first 1000 are listed");
    }

    [Theory]
    [InlineData("11/14/2022", true)]
    [InlineData("14.11.2022", true)]
    [InlineData("14-11-22", true)]
    [InlineData("2022/11/14", true)]
    [InlineData("Dec-22", true)]
    [InlineData("14-Nov-22", true)]
    [InlineData("November 2022", true)]
    [InlineData("44879", true)]
    [InlineData("44879.0", true)]
    [InlineData("44879,5", true)]
    [InlineData("2022-11-14 00:00:00", true)]
    [InlineData("2022-11-14T00:00:00", true)]
    [InlineData("2022-1-4", true)]
    [InlineData("14-Nov", true)]
    [InlineData("11/14", true)]
    [InlineData("14. November 2022", true)]
    [InlineData("14 novembre 2022", true)]
    [InlineData("November 14, 2022", true)]
    [InlineData("Nov 14, 2022 10:00", true)]
    [InlineData("2022年11月14日", true)]
    [InlineData("2022年11月", true)]
    [InlineData("2022-13", false)]
    [InlineData("2022-11/2022-10", false)]
    [InlineData("2022-11-15/2022-11-14", false)]
    [InlineData("20221114", false)]
    [InlineData("2023-02-30", false)]
    [InlineData("2022-13-14", false)]
    [InlineData("2022-11-14 ", false)]
    [InlineData("1/2023", true)]
    [InlineData("12-2022", true)]
    [InlineData("4.4879E+04", true)]
    [InlineData("########", true)]
    [InlineData("in 2022", false)]
    [InlineData("mid-2024", false)]
    [InlineData("early 2023", false)]
    [InlineData("Summer 2024", false)]
    [InlineData("since 2019", false)]
    [InlineData("2019-09-10T00:00:00Z", false)]
    [InlineData("soon", false)]
    public void knows_what_spreadsheets_do_to_dates(string text, bool isDamaged) => (Days.Remark(text).Length > 0).ShouldBe(isDamaged);

    [Fact]
    public void reads_a_day_out_of_a_spreadsheets_count() => Days.Remark("44879").ShouldContain("2022-11-14");
}
