using System.Collections.Immutable;
using System.Text;
using Tracker.Commitments;
using Tracker.Reports.Paper;
using Tracker.Reports.Pdf;
using Tracker.Status;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Graphics.Operations.MarkedContent;
using UglyToad.PdfPig.Tokens;

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
        Encoding.Latin1.GetString(bytes).ShouldContain("/MarkInfo <</Marked true>>");
        Encoding.Latin1.GetString(bytes).ShouldContain("/DisplayDocTitle true");
        bytes.Length.ShouldBeLessThan(200_000);
    }

    [Fact]
    public void in_print_tells_what_each_part_is_in_the_order_of_reading()
    {
        using var pdf = PdfDocument.Open(PdfFormat.Write(Sheet(rows: 90), Made));

        Outline(pdf).ShouldStartWith("Document(H1 P P(Link Link) BlockQuote(P(Link) P P) Table(Caption TR(TH TH) TR(TH TD) TR(TH TD) ");
        Outline(pdf).ShouldEndWith(" TR(TH TD)) L(LI(Lbl LBody)))");
        Outline(pdf).Split("TR(").Length.ShouldBe(92, "the head of a table is told once, on however many pages it stands");
        Told(pdf, "/H1").ShouldBe(["A status report"]);
        Told(pdf, "/LBody").ShouldBe(["Readout"]);
        Told(pdf, "/TH").Take(3).ShouldBe(["Commitment", "COLUMN OF STATUS", "Commitment 0"]);
        Told(pdf, "/Link").ShouldBe(["a readout", "[1]", "[1]"]);
        // Whatever is drawn is of a part, or said to be an ornament.
        foreach (var page in pdf.GetPages())
            Drawn(page).Distinct().Except(["/Artifact", "/H1", "/P", "/Link", "/Caption", "/TH", "/TD", "/Lbl", "/LBody"]).ShouldBeEmpty();
    }

    [Fact]
    public void in_print_tells_what_a_picture_shows_and_repeats_its_head()
    {
        var picture = new Picture("Two courses.", 100, new Band(20, [new TextMark("HEAD", 0, 10, 8, "#000000")]),
            [.. Enumerable.Range(0, 30).Select(x => new Band(20, [new TextMark($"lane{x}", 0, 10, 8, "#000000")]))], ["The one: words only from 1 January 2023."]);
        var sheet = new Sheet("T", "en", "foot", [new Heading(2, "How it came to this"), picture]);

        using var pdf = PdfDocument.Open(PdfFormat.Write(sheet, Made));

        pdf.NumberOfPages.ShouldBeGreaterThan(1);
        Outline(pdf).ShouldBe("Document(H2 Figure)");
        foreach (var page in pdf.GetPages()) Flat(page.Text).ShouldContain("HEAD");
        Encoding.Latin1.GetString(PdfFormat.Write(sheet, Made)).ShouldContain(Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes("The one: words only from 1 January 2023.")));
    }

    [Fact]
    public void in_print_says_on_a_further_page_what_a_row_goes_on_with()
    {
        var table = new Table("Evidence.", [new("Commitment", 1), new("What", 1)],
            [.. Enumerable.Range(0, 90).Select(x => ImmutableArray.Create<ImmutableArray<ImmutableArray<Piece>>>([[[new Say(x == 0 ? "A visit" : "")]], [[new Say($"Talks {x}")]]]))]);

        using var pdf = PdfDocument.Open(PdfFormat.Write(new Sheet("T", "en", "foot", [table]), Made));

        pdf.NumberOfPages.ShouldBeGreaterThan(2);
        foreach (var page in pdf.GetPages()) Flat(page.Text).Contains("Avisit(continued)", StringComparison.Ordinal).ShouldBe(page.Number > 1);
        Told(pdf, "/TH").ShouldBe(["Commitment", "What", "A visit"], "it is told once");
    }

    [Fact]
    public void in_print_leaves_no_heading_alone_at_the_foot_of_a_page()
    {
        for (var lines = 20; lines < 60; lines++)
        {
            var sheet = new Sheet("T", "en", "foot",
                [.. Enumerable.Range(0, lines).Select(_ => Paragraph.Of("line", Manner.Small)), new Heading(3, "HEADING"), new Quotation([new Say("Bravo")], string.Join(' ', Enumerable.Repeat("QUOTED", 60)), "en", [])]);
            using var pdf = PdfDocument.Open(PdfFormat.Write(sheet, Made));

            var page = pdf.GetPages().Single(x => x.Text.Contains("HEADING", StringComparison.Ordinal));
            page.Text.ShouldContain("QUOTED", Case.Sensitive, $"after {lines} lines");
        }
    }

    [Fact]
    public void in_print_keeps_the_beginning_of_an_address_together()
    {
        for (var words = 1; words < 40; words++)
        {
            var sheet = new Sheet("T", "en", "foot", [new Paragraph(Manner.Body, [new Say(string.Concat(Enumerable.Repeat("wi ", words))), new Link("https://example.org/a/b", "https://example.org/a/b")])]);
            using var pdf = PdfDocument.Open(PdfFormat.Write(sheet, Made));

            var colon = pdf.GetPage(1).Letters.Single(x => x.Value == ":");
            pdf.GetPage(1).Letters.Where(x => x.Value == "/").Take(2).ShouldAllBe(x => Math.Abs(x.StartBaseLine.Y - colon.StartBaseLine.Y) < 1);
        }
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

    /// <summary>The parts within each other, as the file's structure has them.</summary>
    private static string Outline(PdfDocument pdf)
    {
        var root = (DictionaryToken)pdf.Structure.GetObject(((IndirectReferenceToken)pdf.Structure.Catalog.CatalogDictionary.Data["StructTreeRoot"]).Data).Data;
        return Of(root.Data["K"])!;

        string? Of(IToken token) => token is IndirectReferenceToken reference && pdf.Structure.GetObject(reference.Data).Data is DictionaryToken part && part.Data.TryGetValue("S", out var role)
            ? $"{((NameToken)role).Data}{(((ArrayToken)part.Data["K"]).Data.Select(Of).Where(x => x is not null).ToArray() is { Length: > 0 } kids ? $"({string.Join(' ', kids)})" : "")}"
            : null;
    }

    /// <summary>The texts of the parts of a role, from the first page to the last.</summary>
    private static string[] Told(PdfDocument pdf, string role) =>
        [.. pdf.GetPages().SelectMany(x => x.GetMarkedContents()).Where(x => $"/{x.Tag}" == role && x.Letters.Count > 0).Select(x => string.Concat(x.Letters.Select(y => y.Value)).Trim())];

    /// <summary>What each thing that is drawn on a page is marked as.</summary>
    private static IEnumerable<string> Drawn(UglyToad.PdfPig.Content.Page page)
    {
        var marks = new Stack<string>();
        foreach (var operation in page.Operations)
        {
            switch (operation)
            {
                case BeginMarkedContent it: marks.Push($"/{it.Name.Data}"); break;
                case BeginMarkedContentWithProperties it: marks.Push($"/{it.Name.Data}"); break;
                case EndMarkedContent: marks.Pop(); break;
                case { Operator: "Tj" or "f" or "S" or "B" }: yield return marks.TryPeek(out var mark) ? mark : "none"; break;
            }
        }

        marks.ShouldBeEmpty();
    }

    private static string Flat(string text) => string.Concat(text.Where(x => !char.IsWhiteSpace(x)));

    private static Sheet Sheet(int rows) => new("A status report", "en", "Bali · position 7",
    [
        new Heading(1, "A status report"),
        Paragraph.Of("In the 78 days since Bali, 0 of 8 commitments have seen concrete action.", Manner.Lead),
        new Paragraph(Manner.Body, [new Say("Русский текст, Ελληνικά, affirmative office, "), new Link("a readout", "https://example.org/readout"), new NoteMark(1)]),
        new Quotation([new Say("Bravo"), new NoteMark(1)], "双方要保持沟通，管控分歧。", "zh-Hans", [new Say("Translation: keep talking.")]),
        new Table("Statuses.", [new("Commitment", 2), new("COLUMN OF STATUS", 1)],
            [.. Enumerable.Range(0, rows).Select(x => ImmutableArray.Create<ImmutableArray<ImmutableArray<Piece>>>([[[new Say($"Commitment {x}")]], [[new StatusPiece((CommitmentStatus)(x % 10), CommitmentType.Deliverable)]]]))]),
        new Items(true, [[new Say("Readout")]]),
    ]);
}
