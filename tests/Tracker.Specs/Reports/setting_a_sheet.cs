using System.Collections.Immutable;
using System.Text;
using Tracker.Commitments;
using Tracker.Reports.Paper;
using Tracker.Reports.Pdf;
using Tracker.Status;
using UglyToad.PdfPig;

namespace Tracker.Specs.Reports;

/// <summary>One sheet, set in print and as Markdown: what stands in it can be read out again.</summary>
public sealed class setting_a_sheet
{
    private static readonly DateTimeOffset Made = new(2023, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void in_print_gives_the_same_bytes_each_time() => PdfFormat.Write(Sheet(rows: 3), Made).ShouldBe(PdfFormat.Write(Sheet(rows: 3), Made));

    [Theory]
    [InlineData("In the 78 days since Bali")]
    [InlineData("Русский текст")]
    [InlineData("Ελληνικά")]
    [InlineData("保持沟通")]
    [InlineData("affirmative office")]
    public void in_print_keeps_text_as_text(string words) => Flat(Read(PdfFormat.Write(Sheet(rows: 1), Made))).ShouldContain(Flat(words));

    [Fact]
    public void in_print_numbers_every_page_and_repeats_the_head_of_a_table()
    {
        using var pdf = PdfDocument.Open(PdfFormat.Write(Sheet(rows: 90), Made));

        pdf.NumberOfPages.ShouldBeGreaterThan(2);
        foreach (var page in pdf.GetPages())
        {
            Flat(page.Text).ShouldContain($"{page.Number}/{pdf.NumberOfPages}");
            if (page.Number < pdf.NumberOfPages) Flat(page.Text).ShouldContain("COLUMNOFSTATUS");
        }
    }

    [Fact]
    public void in_print_tells_title_and_language_and_embeds_only_the_glyphs_it_uses()
    {
        var bytes = PdfFormat.Write(Sheet(rows: 1), Made);
        using var pdf = PdfDocument.Open(bytes);

        pdf.Information.Title.ShouldBe("A status report");
        Encoding.Latin1.GetString(bytes).ShouldContain("/Lang (en)");
        bytes.Length.ShouldBeLessThan(200_000);
    }

    [Fact]
    public void in_print_leads_to_the_addresses_it_names()
    {
        using var pdf = PdfDocument.Open(PdfFormat.Write(Sheet(rows: 1), Made));

        pdf.GetPages().SelectMany(x => x.GetHyperlinks()).Select(x => x.Uri).ShouldContain("https://example.org/readout");
    }

    [Fact]
    public void in_print_breaks_what_is_longer_than_a_line_or_a_page()
    {
        var endless = new Sheet("T", "en", "foot", [Paragraph.Of(new string('x', 9_000)), Paragraph.Of(string.Join(' ', Enumerable.Repeat("word", 4_000)))]);

        using var pdf = PdfDocument.Open(PdfFormat.Write(endless, Made));

        foreach (var letter in pdf.GetPages().SelectMany(x => x.Letters)) letter.StartBaseLine.X.ShouldBeInRange(50, 545);
        Flat(Read(PdfFormat.Write(endless, Made))).Count(x => x == 'w').ShouldBe(4_000);
    }

    [Theory]
    [InlineData("# not a heading")]
    [InlineData("[no](https://link.example)")]
    [InlineData("a | b")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("1. not a list")]
    [InlineData("- not a list")]
    public void as_Markdown_leaves_others_words_what_they_are(string words)
    {
        var text = MarkdownFormat.Write(new Sheet("T", "en", "foot", [Paragraph.Of(words)])).Split('\n')[0];

        text.ShouldNotBe(words);
        text.Replace("\\", "", StringComparison.Ordinal).ShouldBe(words);
    }

    private static string Read(byte[] bytes)
    {
        using var pdf = PdfDocument.Open(bytes);
        return string.Concat(pdf.GetPages().Select(x => x.Text));
    }

    private static string Flat(string text) => string.Concat(text.Where(x => !char.IsWhiteSpace(x)));

    private static Sheet Sheet(int rows) => new("A status report", "en", "Bali · position 7",
    [
        new Heading(1, "A status report"),
        Paragraph.Of("In the 78 days since Bali, 0 of 8 commitments have seen concrete action.", Manner.Lead),
        new Paragraph(Manner.Body, [new Say("Русский текст, Ελληνικά, affirmative office, "), new Link("a readout", "https://example.org/readout"), new NoteMark(1)]),
        new Quotation("Bravo", "双方要保持沟通，管控分歧。", "zh-Hans", [new Say("Translation: keep talking.")]),
        new Table("Statuses.", [new("Commitment", 2), new("COLUMN OF STATUS", 1)],
            [.. Enumerable.Range(0, rows).Select(x => ImmutableArray.Create<ImmutableArray<ImmutableArray<Piece>>>([[[new Say($"Commitment {x}")]], [[new StatusPiece((CommitmentStatus)(x % 10), CommitmentType.Deliverable)]]]))]),
        new Items(true, [[new Say("Readout")]]),
    ]);
}
