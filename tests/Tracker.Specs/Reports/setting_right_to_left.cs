using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Tracker.Languages;
using Tracker.Reports.Paper;
using Tracker.Reports.Pdf;
using UglyToad.PdfPig;

namespace Tracker.Specs.Reports;

/// <summary>Arabic and Hebrew in print and in pictures: letters from right to left, numbers from left to right, and what cannot be set is said.</summary>
public sealed class setting_right_to_left
{
    private const string Pay = "دفع 150 مليون دولار في 2023", Hebrew = "שלב 150 (2023).";
    private static readonly DateTimeOffset Made = new(2023, 1, 31, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Cases of the standard: capitals are Hebrew letters, lower case Latin ones.</summary>
    [Theory]
    [InlineData("abc ABC 12", "abc 12 CBA")]
    [InlineData("ABC 12 abc", "abc 12 CBA")]
    // Brackets are mirrored when their glyphs are chosen.
    [InlineData("ABC (12).", ".)12( CBA")]
    [InlineData("a ABC-12, DEF b", "a FED ,12-CBA b")]
    [InlineData("abc 12", "abc 12")]
    public void stands_in_the_order_of_the_standard(string read, string seen)
    {
        var text = string.Concat(read.Select(x => char.IsAsciiLetterUpper(x) ? (char)('א' + (x - 'A')) : x));
        var levels = Bidi.Of(text)?.Levels ?? new byte[text.Length];
        string.Concat(Bidi.Visual(levels).Select(x => read[x])).ShouldBe(seen);
    }

    [Fact]
    public void is_in_order_on_this_machine() => Bidi.CanOrder.ShouldBeTrue();

    [Fact]
    public void begins_at_the_right_and_keeps_numbers_as_they_are()
    {
        foreach (var text in (string[])[Pay, Hebrew])
        {
            var runs = Faces.All.Shape(text, FaceName.Sans, 10);
            var numbers = runs.Where(x => x.Text.Contains("150", StringComparison.Ordinal)).ShouldHaveSingleItem();
            numbers.Level.ShouldBe((byte)2);
            (numbers.Points[1].X - numbers.Points[0].X).ShouldBeGreaterThan(0);
            // What is read first stands to the right.
            runs[^1].Text.ShouldStartWith(text[..3]);
            runs.Where(x => x.Glyphs.Any(glyph => glyph == 0)).ShouldBeEmpty("each character has its glyph");
        }
    }

    [Fact]
    public void joins_the_letters_of_Arabic()
    {
        var apart = "دفع".Sum(x => Faces.All.Shape(x.ToString(), FaceName.Sans, 10).Sum(run => run.Width));
        MathF.Abs(Faces.All.Shape("دفع", FaceName.Sans, 10).Sum(x => x.Width) - apart).ShouldBeGreaterThan(.5f);
    }

    [Fact]
    public void in_print_is_read_as_it_was_said_and_seen_from_the_right()
    {
        var sheet = new Sheet("T", "en", "foot", [Paragraph.Of(Pay), new Quotation([new Say("Norway")], Hebrew, "he", [])]);
        var bytes = PdfFormat.Write(sheet, Made);
        var words = Encoding.Latin1.GetString(Unpacked(bytes));
        // Letter by letter, in the order of reading; one that is not shaped for its place needs no telling.
        words.IndexOf(Told("ف"), StringComparison.Ordinal).ShouldBeInRange(0, words.IndexOf(Told("ع"), StringComparison.Ordinal));

        using var pdf = PdfDocument.Open(bytes);
        var letters = pdf.GetPage(1).Letters;
        foreach (var digits in (string[])["150", "2023"])
            letters.Where((_, i) => i + digits.Length <= letters.Count && string.Concat(letters.Skip(i).Take(digits.Length).Select(x => x.Value)) == digits).ShouldNotBeEmpty();
        // A paragraph from right to left ends at the right edge.
        letters.Max(x => x.BoundingBox.Right).ShouldBeInRange(520, 540);
        // Hebrew needs no telling: its letters are what they are, drawn as they are read.
        string.Concat(letters.Select(x => x.Value)).ShouldContain("שלב");

        static string Told(string text) => $"/ActualText <FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";
    }

    /// <summary>Each letter has marks of its own in the file, more than a page is wide.</summary>
    [Fact]
    public void in_print_may_be_as_long_as_a_page_holds()
    {
        const int Words = 500;
        var said = string.Concat(Enumerable.Repeat("ببب ", Words));
        var bytes = PdfFormat.Write(new Sheet("T", "en", "foot", [new Quotation([new Say("Norway")], said, "ar", [])]), Made);

        using var pdf = PdfDocument.Open(bytes);
        pdf.NumberOfPages.ShouldBe(1);
        System.Text.RegularExpressions.Regex.Count(Encoding.Latin1.GetString(Unpacked(bytes)), "/ActualText <FEFF0628>").ShouldBe(3 * Words);
    }

    [Fact]
    public async Task in_html_leaves_a_sentence_of_ours_in_its_own_direction()
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var sheet = new Sheet("T", "en", "foot", [new Heading(1, $"{RightToLeft.Isolated(Pay)}: status report, 29 November 2026"), new Heading(3, Hebrew)]);

        var html = await HtmlFormat.WriteAsync(sheet, services);

        html.ShouldContain("<h1>");
        html.ShouldContain("<h3 dir=\"auto\">");
    }

    [Fact]
    public void in_print_breaks_lines_in_the_order_of_reading()
    {
        var words = string.Join(' ', Enumerable.Range(100, 80).Select(x => $"שלב {x}"));
        using var pdf = PdfDocument.Open(PdfFormat.Write(new Sheet("T", "en", "foot", [Paragraph.Of(words)]), Made));
        var lines = pdf.GetPage(1).Letters.Where(x => char.IsAsciiDigit(x.Value[0]) && x.StartBaseLine.Y > 100).GroupBy(x => Math.Round(x.StartBaseLine.Y)).OrderByDescending(x => x.Key).ToArray();
        lines.Length.ShouldBeGreaterThan(2);
        // The first number of all is the rightmost of the first line.
        string.Concat(lines[0].OrderByDescending(x => x.StartBaseLine.X).Take(3).OrderBy(x => x.StartBaseLine.X).Select(x => x.Value)).ShouldBe("100");
        string.Concat(lines[^1].OrderBy(x => x.StartBaseLine.X).Take(3).Select(x => x.Value)).ShouldBe("179");
    }

    [Fact]
    public void moves_nothing_of_the_sentence_it_stands_in()
    {
        var title = RightToLeft.Isolated(Hebrew);
        Faces.All.Shape($"{title}: status report, 31 January 2023", FaceName.Sans, 10)[^1].Text.ShouldEndWith("31 January 2023");
        RightToLeft.Isolated("A visit").ShouldBe("A visit");
    }

    [Fact]
    public void does_not_change_what_runs_from_left_to_right() => Faces.All.Shape("Русский, Ελληνικά, 保持沟通 150", FaceName.Serif, 10).ShouldAllBe(x => x.Level == 0);

    [Theory]
    [InlineData("ถนน", "U+0E16", true)]
    [InlineData("सड़क", "U+0938", true)]
    [InlineData("🚆", "U+1F686", true)]
    [InlineData("Olímpica — дорога, 道路, دفع, שלב\u200F\u2068\u2069\uFE0F", "", false)]
    public void what_cannot_be_set_is_said_with_where_it_can_be_read(string words, string example, bool isLacking)
    {
        var sheet = new Sheet("T", "en", "foot", [new Heading(1, "A report"), Paragraph.Of(words)]) { Elsewhere = "/api/v1/agendas/a/reports/R.html" };
        using var pdf = PdfDocument.Open(PdfFormat.Write(sheet, Made));
        var text = string.Concat(pdf.GetPage(1).Text.Where(x => !char.IsWhiteSpace(x)));
        text.Contains("aboxstandsforeach", StringComparison.Ordinal).ShouldBe(isLacking);
        if (!isLacking) return;
        text.ShouldContain(example);
        text.ShouldContain("/api/v1/agendas/a/reports/R.html");
    }

    [Fact]
    public void a_picture_knows_what_it_cannot_show()
    {
        PngFormat.Lacks(Of("ถนน")).ShouldBeTrue();
        PngFormat.Lacks(Of(Pay)).ShouldBeFalse();

        static Picture Of(string words) => new("Two courses.", 100, new Band(20, [new TextMark(words, 0, 10, 8, "#000000")]), [], []);
    }

    [Theory]
    [InlineData("https://example.org/order_1.0%20(2).pdf", "https://example.org/order_1.0%20(2).pdf")]
    [InlineData("https://data.example.org/8.1%20Villa%20Olímpica.csv?q=ü#ß", "https://data.example.org/8.1%20Villa%20Ol%C3%ADmpica.csv?q=%C3%BC#%C3%9F")]
    [InlineData("https://münchen.example:8443/道?x=1", "https://xn--mnchen-3ya.example:8443/%E9%81%93?x=1")]
    [InlineData("http://例え.example", "http://xn--r8jz45g.example")]
    public void links_lead_where_the_address_leads(string address, string leads)
    {
        AsciiAddress.Of(address).ShouldBe(leads);
        var sheet = new Sheet("T", "en", "foot", [new Paragraph(Manner.Body, [new Link("here", address)])]);
        using var pdf = PdfDocument.Open(PdfFormat.Write(sheet, Made));
        pdf.GetPage(1).GetHyperlinks().Select(x => x.Uri).ShouldBe([leads]);
    }

    [Fact]
    public void names_are_joined_as_a_list()
    {
        Speaking.Texts.ListOf(["Argentina"]).ShouldBe("Argentina");
        Speaking.Texts.ListOf(["Argentina", "Brazil"]).ShouldBe("Argentina and Brazil");
        Speaking.Texts.ListOf(["Argentina", "Brazil", "Canada"]).ShouldBe("Argentina, Brazil and Canada");
    }

    /// <summary>What the file's streams hold without their compression.</summary>
    private static byte[] Unpacked(byte[] pdf)
    {
        using var all = new MemoryStream();
        var text = Encoding.Latin1.GetString(pdf);
        for (var at = text.IndexOf("stream\n", StringComparison.Ordinal); at >= 0; at = text.IndexOf("stream\n", at + 7, StringComparison.Ordinal))
        {
            if (string.CompareOrdinal(text, at - 3, "end", 0, 3) == 0) continue;
            using var packed = new System.IO.Compression.ZLibStream(new MemoryStream(pdf, at + 7, pdf.Length - at - 7, writable: false), System.IO.Compression.CompressionMode.Decompress);
            try
            {
                packed.CopyTo(all);
            }
            catch (InvalidDataException)
            {
                // A stream of another form.
            }
        }

        return all.ToArray();
    }
}
