using System.Collections.Immutable;
using System.Globalization;
using SkiaSharp;
using Tracker.Reports.Paper;

namespace Tracker.Reports.Pdf;

/// <summary>
/// A sheet as PDF: A4, its typefaces embedded, links that work, pages numbered; title, language, and what each part is told to readers' software.
/// </summary>
public static class PdfFormat
{
    private const float PageWidth = 595, PageHeight = 842, Side = 62, Top = 66, Bottom = 74, Overhang = 4;
    private const float Measure = PageWidth - (2 * Side);
    private static readonly Setting Body = new(FaceName.Serif, FaceName.SerifStrong, 10.2f, 14.4f, Inks.Ink);
    private static readonly Setting Lead = new(FaceName.Serif, FaceName.SerifStrong, 13.2f, 18.6f, Inks.Ink);
    private static readonly Setting Notice = new(FaceName.SansStrong, FaceName.SansStrong, 9.4f, 13.2f, Inks.Ink);
    private static readonly Setting Small = new(FaceName.Sans, FaceName.SansStrong, 8.4f, 11.6f, Inks.Soft);
    private static readonly Setting Cell = new(FaceName.Sans, FaceName.SansStrong, 8.3f, 11f, Inks.Ink);
    private static readonly Setting CellHead = new(FaceName.SansStrong, FaceName.SansStrong, 7.6f, 10f, Inks.Soft);
    private static readonly Setting Quoted = new(FaceName.SerifSlanted, FaceName.SerifStrong, 10.4f, 14.6f, Inks.Ink);
    private static readonly Setting Foot = new(FaceName.Sans, FaceName.SansStrong, 7.6f, 10f, Inks.Soft);

    /// <summary>Writes the sheet.</summary>
    /// <param name="made">When the report was issued: the same report is the same bytes.</param>
    public static byte[] Write(Sheet sheet, DateTimeOffset made)
    {
        sheet = Telling(sheet);
        var flow = new Flow();
        for (var i = 0; i < sheet.Blocks.Length; i++) flow.Take(sheet.Blocks[i], i + 1 < sheet.Blocks.Length ? sheet.Blocks[i + 1] : null);
        flow.Foot(sheet.Running);
        var press = new Press();
        foreach (var draw in flow.Pages.SelectMany(x => x)) draw(press);
        var tags = new Tags();
        press.Ready(tags);
        using var bytes = new MemoryStream();
        var about = new SKDocumentPdfMetadata(300)
        {
            Title = sheet.Title,
            Creator = Texts.Product,
            Producer = Texts.Product,
            Creation = made.UtcDateTime,
            Modified = made.UtcDateTime,
        };
        using (var pdf = SKDocument.CreatePdf(bytes, about))
        {
            foreach (var page in flow.Pages)
            {
                using var canvas = pdf.BeginPage(PageWidth, PageHeight);
                press.On(canvas);
                foreach (var draw in page) draw(press);
                pdf.EndPage();
            }

            pdf.Close();
        }

        return tags.Put(bytes.ToArray(), flow.Document, sheet.Language);
    }

    /// <summary>A sheet that says itself, below its title, what of it cannot be set here.</summary>
    private static Sheet Telling(Sheet sheet)
    {
        const int Examples = 3;
        var lacking = Faces.All.Lacks(string.Concat(sheet.Texts())).ToArray();
        if (lacking.Length == 0) return sheet;
        var examples = string.Join(", ", lacking.Take(Examples).Select(x => string.Create(CultureInfo.InvariantCulture, $"U+{x.Value:X4}"))) + (lacking.Length > Examples ? ", …" : "");
        var title = sheet.Blocks is [Heading { Level: 1 }, ..] ? 1 : 0;
        return sheet with { Blocks = sheet.Blocks.Insert(title, Paragraph.Of(Texts.PrintLacks(lacking.Length, examples, sheet.Elsewhere), Manner.Small)) };
    }

    private static void Rule(SKCanvas canvas, float x, float y, float width, SKColor colour, float thick)
    {
        using var paint = new SKPaint { Color = colour, StrokeWidth = thick, IsStroke = true };
        canvas.DrawLine(x, y, x + width, y, paint);
    }

    /// <summary>Puts blocks below each other, and begins a page where one is full.</summary>
    private sealed class Flow
    {
        private float _y = Top;
        private float _owed;

        public List<List<Action<Press>>> Pages { get; } = [[]];

        public Part Document { get; } = new("Document");

        /// <summary>What stands at the foot of every page, once it is known how many there are.</summary>
        public void Foot(string running)
        {
            const float Y = PageHeight - 48;
            for (var i = 0; i < Pages.Count; i++)
            {
                var number = Faces.All.Shape(string.Create(CultureInfo.InvariantCulture, $"{i + 1} / {Pages.Count}"), FaceName.Sans, PdfFormat.Foot.Size);
                var text = Lines.Of([new Say(running)], Measure - 60, PdfFormat.Foot);
                Draw(Pages[i], null, press =>
                {
                    Rule(press.Canvas, Side, Y, Measure, Inks.Line, .5f);
                    text.Draw(press, Side, Y + 6, 0, 1);
                    press.Draw(number, PageWidth - Side - number.Sum(x => x.Width), Y + 14, Inks.Soft);
                });
            }
        }

        public void Take(Block block, Block? next)
        {
            switch (block)
            {
                case Heading heading: Take(heading, next); break;
                case Paragraph { Manner: Manner.Lead } it:
                    Space(9);
                    Text(Lines.Even(it.Pieces, Measure, Lead), 10);
                    break;
                case Paragraph { Manner: Manner.Notice } it: TakeNotice(it); break;
                case Paragraph { Manner: Manner.Small } it: Text(Lines.Of(it.Pieces, Measure, Small), 5); break;
                case Paragraph it: Text(Lines.Of(it.Pieces, Measure, Body), 7); break;
                case Items items: Take(items); break;
                case Quotation quotation: Take(quotation); break;
                case Table table: Take(table); break;
                case Picture picture: Take(picture); break;
                default: throw new InvalidOperationException($"A sheet cannot hold {block.GetType().Name}.");
            }
        }

        private void Take(Heading heading, Block? next)
        {
            var (size, before, after) = heading.Level switch { 1 => (23f, 0f, 8f), 2 => (15f, 18f, 6f), _ => (11.4f, 10f, 3f) };
            var setting = new Setting(FaceName.SerifStrong, FaceName.SerifStrong, size, size * 1.24f, Inks.Ink);
            var lines = Lines.Even([new Say(heading.Text)], Measure, setting);
            Space(before);
            // A heading never stands alone at the foot of a page.
            Room(lines.Height + after + WantedBy(next));
            Put(Document.Add(string.Create(CultureInfo.InvariantCulture, $"H{heading.Level}")), lines, Side);
            Space(after);
        }

        private void Text(Lines lines, float after)
        {
            Put(Document.Add("P"), lines, Side);
            Space(after);
        }

        private void TakeNotice(Paragraph notice)
        {
            const float Indent = 12, Pad = 6;
            var lines = Lines.Of(notice.Pieces, Measure - (2 * Indent), Notice);
            Space(4);
            Room(lines.Height + (2 * Pad));
            var (top, height) = (_y + _owed, lines.Height + (2 * Pad));
            Draw(null, press =>
            {
                using var ground = new SKPaint { Color = Inks.Faint };
                press.Canvas.DrawRect(Side, top, Measure, height, ground);
                using var bar = new SKPaint { Color = Inks.Notice };
                press.Canvas.DrawRect(Side, top, 3, height, bar);
            });
            (_y, _owed) = (top + Pad, 0);
            Put(Document.Add("P"), lines, Side + Indent);
            _y = top + height;
            Space(7);
        }

        private void Take(Items items)
        {
            const float Indent = 18;
            var list = Document.Add("L");
            for (var i = 0; i < items.Each.Length; i++)
            {
                var mark = items.Numbered ? string.Create(CultureInfo.InvariantCulture, $"{i + 1}.") : "•";
                var setting = items.Numbered ? Small with { Ink = Inks.Ink } : Body;
                var lines = Lines.Of(items.Each[i], Measure - Indent, setting);
                var marked = Lines.Of([new Say(mark)], Indent, setting);
                Room(Math.Min(lines.Height, setting.Leading * 2));
                var (y, place) = (_y + _owed, items.Numbered ? Lines.PlaceOf(i + 1)[1..] : null);
                var item = list.Add("LI");
                Draw(item.Add("Lbl"), press =>
                {
                    if (place is not null) press.Place(place, Side, y);
                    marked.Draw(press, Side, y, 0, 1);
                });
                Put(item.Add("LBody"), lines, Side + Indent);
                Space(items.Numbered ? 3 : 3.5f);
            }

            Space(6);
        }

        private const float QuoteIndent = 16, LongQuotation = 220;

        private void Take(Quotation quotation)
        {
            var (whose, words, after) = Set(quotation);
            Room(Math.Min(whose.Height + words.Height + after.Height, LongQuotation));
            var quote = Document.Add("BlockQuote");
            var (from, top) = (Pages.Count, _y + _owed);
            Put(quote.Add("P"), whose, Side + QuoteIndent);
            Put(quote.Add(new Part("P") { Language = quotation.Language }), words, Side + QuoteIndent);
            if (after.Count > 0) Put(quote.Add("P"), after, Side + QuoteIndent);
            for (var page = from; page <= Pages.Count; page++)
            {
                var (begin, end) = (page == from ? top : Top, page == Pages.Count ? _y : PageHeight - Bottom);
                Draw(Pages[page - 1], null, press =>
                {
                    using var bar = new SKPaint { Color = Inks.Line, StrokeWidth = 2.2f, IsStroke = true };
                    press.Canvas.DrawLine(Side + 3, begin + 2, Side + 3, end - 2, bar);
                });
            }

            Space(9);
        }

        private static (Lines Whose, Lines Words, Lines After) Set(Quotation quotation) => (
            Lines.Of(quotation.Whose, Measure - QuoteIndent, Small with { Plain = Small.Strong }),
            Lines.Of([new Say(quotation.Words)], Measure - QuoteIndent, Quoted),
            Lines.Of(quotation.After, Measure - QuoteIndent, Small));

        private void Take(Table table)
        {
            const float Gap = 9, Pad = 4.5f;
            var all = table.Columns.Sum(x => x.Share);
            var widths = table.Columns.Select(x => ((Measure + Gap) * x.Share / all) - Gap).ToArray();
            var whole = Document.Add("Table");
            Room(70);
            Put(whole.Add("Caption"), Lines.Of([new Say(table.Caption)], Measure, Small), Side);
            Space(3);
            var heads = whole.Add("TR");
            Head(table.Columns.Select(_ => heads.Add(new Part("TH") { Cell = "/Scope /Column" })).ToArray());
            ImmutableArray<ImmutableArray<Piece>> name = [];
            for (var n = 0; n < table.Rows.Length; n++)
            {
                var row = table.Rows[n];
                var tr = whole.Add("TR");
                var goesOn = table.GoesOn(n);
                if (!goesOn) name = row[0];
                var parts = row.Select((_, i) => i > 0 ? tr.Add("TD")
                    : goesOn ? null
                    : tr.Add(new Part("TH") { Cell = string.Create(CultureInfo.InvariantCulture, $"/Scope /Row /RowSpan {table.Named(n)}") })).ToArray();
                var cells = row.Select((cell, i) => CellOf(cell, i)).ToArray();
                // A row longer than what is left of the page goes on on the next, line by line.
                var total = Math.Max(1, cells.Max(x => x.Count));
                if (!Fits((Math.Min(total, 8) * Cell.Leading) + (2 * Pad)))
                {
                    Turn();
                    Head(null);
                    if (goesOn)
                    {
                        cells[0] = CellOf([.. name, [new Say(Texts.Continued, Tone.Soft)]], 0);
                        total = Math.Max(total, cells[0].Count);
                    }
                }

                for (var from = 0; from < total;)
                {
                    var count = Math.Min(total - from, Math.Max(1, (int)((PageHeight - Bottom - _y - (2 * Pad)) / Cell.Leading)));
                    var (y, first, x) = (_y, from, Side);
                    for (var i = 0; i < cells.Length; i++)
                    {
                        var (cell, at, shown) = (cells[i], x, Math.Clamp(cells[i].Count - first, 0, count));
                        if (shown > 0) Draw(parts[i], press => cell.Draw(press, at, y + Pad, first, shown));
                        x += widths[i] + Gap;
                    }

                    _y += (count * Cell.Leading) + (2 * Pad);
                    from += count;
                    if (from >= total) continue;
                    Turn();
                    Head(null);
                }

                // Rows of one name stand together.
                var (line, begin) = (_y, n + 1 < table.Rows.Length && table.GoesOn(n + 1) ? widths[0] + Gap : -Overhang);
                Draw(null, press => Rule(press.Canvas, Side + begin, line, Measure + Overhang - begin, Inks.Line, .4f));
            }

            Space(12);

            Lines CellOf(ImmutableArray<ImmutableArray<Piece>> cell, int column) =>
                Lines.Of(cell, widths[column], column == 0 ? Cell with { Plain = FaceName.SansStrong } : Cell);

            // On further pages it repeats what was said.
            void Head(Part[]? parts)
            {
                var cells = table.Columns.Select((x, i) => Lines.Of([new Say(x.Head)], widths[i], CellHead)).ToArray();
                var (y, height) = (_y + _owed, cells.Max(x => x.Height) + 7);
                _owed = 0;
                Draw(null, press =>
                {
                    using var ground = new SKPaint { Color = Inks.Faint };
                    press.Canvas.DrawRect(Side - Overhang, y, Measure + (2 * Overhang), height, ground);
                });
                var x = Side;
                for (var i = 0; i < cells.Length; i++)
                {
                    var (cell, at) = (cells[i], x);
                    Draw(parts?[i], press => cell.Draw(press, at, y + 3.5f, 0, cell.Count));
                    x += widths[i] + Gap;
                }

                _y = y + height;
            }
        }

        private void Take(Picture picture)
        {
            var figure = Document.Add(new Part("Figure") { Told = string.Join(' ', picture.Told.Prepend(picture.Title)) });
            // Whole on one page where it can be, else cut between its bands.
            Room(WantedBy(picture));
            Put(figure, picture, picture.Head);
            foreach (var band in picture.Bands)
            {
                if (!Fits(band.Height * Measure / picture.Width))
                {
                    Turn();
                    Put(null, picture, picture.Head);
                }

                Put(figure, picture, band);
            }

            Space(10);
        }

        private void Put(Part? part, Picture picture, Band band)
        {
            var (y, scale) = (_y + _owed, Measure / picture.Width);
            Draw(part, press =>
            {
                press.Canvas.Save();
                press.Canvas.Translate(Side, y);
                press.Canvas.Scale(scale);
                foreach (var mark in band.Marks) PictureMarks.Draw(press, mark);
                press.Canvas.Restore();
            });
            _y = y + (band.Height * scale);
            _owed = 0;
        }

        private void Put(Part part, Lines lines, float x)
        {
            var leading = lines.Setting.Leading;
            for (var from = 0; from < lines.Count;)
            {
                if (!Fits(leading)) Turn();
                _y += _owed;
                _owed = 0;
                var count = Math.Clamp((int)((PageHeight - Bottom - _y) / leading), 1, lines.Count - from);
                var (y, first) = (_y, from);
                Draw(part, press => lines.Draw(press, x, y, first, count));
                _y += count * leading;
                from += count;
            }
        }

        /// <summary>How much of a page a block wants below its heading.</summary>
        private static float WantedBy(Block? block)
        {
            const float Some = 64;
            switch (block)
            {
                case Quotation quotation:
                    var (whose, words, after) = Set(quotation);
                    return Math.Min(whose.Height + words.Height + after.Height, LongQuotation);
                case Picture picture:
                    var scale = Measure / picture.Width;
                    // One that leaves half a page empty is rather cut.
                    return picture.Height * scale <= (PageHeight - Top - Bottom) / 2 ? picture.Height * scale : (picture.Head.Height * scale) + (3 * Some);
                case Table: return 2 * Some;
                default: return Some;
            }
        }

        private void Draw(Part? part, Action<Press> draw) => Draw(Pages[^1], part, draw);

        private static void Draw(List<Action<Press>> page, Part? part, Action<Press> draw) => page.Add(press =>
        {
            press.Begin(part);
            draw(press);
            press.End();
        });

        private bool Fits(float height) => _y + _owed + height <= PageHeight - Bottom;

        private void Room(float height)
        {
            if (!Fits(Math.Min(height, PageHeight - Top - Bottom))) Turn();
        }

        /// <summary>Distance before what comes next, unless a page begins between.</summary>
        private void Space(float height) => _owed = Math.Max(_owed, _y == Top && Pages[^1].Count == 0 ? 0 : height);

        private void Turn()
        {
            Pages.Add([]);
            (_y, _owed) = (Top, 0);
        }
    }
}
