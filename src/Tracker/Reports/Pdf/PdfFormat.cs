using System.Collections.Immutable;
using System.Globalization;
using SkiaSharp;
using Tracker.Reports.Paper;

namespace Tracker.Reports.Pdf;

/// <summary>A sheet as PDF: A4, its typefaces embedded, links that work, pages numbered, title and language told to readers' software.</summary>
public static class PdfFormat
{
    private const float PageWidth = 595, PageHeight = 842, Side = 62, Top = 66, Bottom = 74;
    private const float Measure = PageWidth - (2 * Side);
    private static readonly Setting Body = new(FaceName.Serif, FaceName.SerifStrong, 10.2f, 14.4f, Inks.Ink);
    private static readonly Setting Lead = new(FaceName.Serif, FaceName.SerifStrong, 13.2f, 18.6f, Inks.Ink);
    private static readonly Setting Small = new(FaceName.Sans, FaceName.SansStrong, 8.4f, 11.6f, Inks.Soft);
    private static readonly Setting Cell = new(FaceName.Sans, FaceName.SansStrong, 8.3f, 11f, Inks.Ink);
    private static readonly Setting CellHead = new(FaceName.SansStrong, FaceName.SansStrong, 7.6f, 10f, Inks.Soft);
    private static readonly Setting Quoted = new(FaceName.SerifSlanted, FaceName.SerifStrong, 10.4f, 14.6f, Inks.Ink);
    private static readonly Setting Foot = new(FaceName.Sans, FaceName.SansStrong, 7.6f, 10f, Inks.Soft);

    /// <summary>Writes the sheet.</summary>
    /// <param name="made">When the report was issued: the same report is the same bytes.</param>
    public static byte[] Write(Sheet sheet, DateTimeOffset made)
    {
        var flow = new Flow();
        foreach (var block in sheet.Blocks) flow.Take(block);
        flow.Foot(sheet.Running);
        var press = new Press();
        foreach (var draw in flow.Pages.SelectMany(x => x)) draw(press);
        press.Ready();
        using var bytes = new MemoryStream();
        var about = new SKDocumentPdfMetadata(300)
        {
            Title = sheet.Title,
            Creator = Prose.Texts.Product,
            Producer = Prose.Texts.Product,
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

        return PdfLanguage.Told(bytes.ToArray(), sheet.Language);
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

        /// <summary>What stands at the foot of every page, once it is known how many there are.</summary>
        public void Foot(string running)
        {
            const float Y = PageHeight - 48;
            for (var i = 0; i < Pages.Count; i++)
            {
                var number = Faces.All.Shape(string.Create(CultureInfo.InvariantCulture, $"{i + 1} / {Pages.Count}"), FaceName.Sans, PdfFormat.Foot.Size);
                var text = Lines.Of([new Say(running)], Measure - 60, PdfFormat.Foot);
                Pages[i].Add(press =>
                {
                    Rule(press.Canvas, Side, Y, Measure, Inks.Line, .5f);
                    text.Draw(press, Side, Y + 6, 0, 1);
                    press.Draw(number, PageWidth - Side - number.Sum(x => x.Width), Y + 14, Inks.Soft);
                });
            }
        }

        public void Take(Block block)
        {
            switch (block)
            {
                case Heading heading: Take(heading); break;
                case Paragraph { Manner: Manner.Lead } it:
                    Space(9);
                    Text(it.Pieces, Lead, 10);
                    break;
                case Paragraph { Manner: Manner.Small } it: Text(it.Pieces, Small, 5); break;
                case Paragraph it: Text(it.Pieces, Body, 7); break;
                case Items items: Take(items); break;
                case Quotation quotation: Take(quotation); break;
                case Table table: Take(table); break;
                case Picture picture: Take(picture); break;
                default: throw new InvalidOperationException($"A sheet cannot hold {block.GetType().Name}.");
            }
        }

        private void Take(Heading heading)
        {
            var (size, before, after) = heading.Level switch { 1 => (23f, 0f, 8f), 2 => (15f, 18f, 6f), _ => (11.4f, 10f, 3f) };
            var setting = new Setting(FaceName.SerifStrong, FaceName.SerifStrong, size, size * 1.24f, Inks.Ink);
            var lines = Lines.Of([new Say(heading.Text)], Measure, setting);
            Space(before);
            // A heading never stands alone at the foot of a page.
            Room(lines.Height + 64);
            Put(lines, Side);
            Space(after);
        }

        private void Text(ImmutableArray<Piece> pieces, Setting setting, float after)
        {
            Put(Lines.Of(pieces, Measure, setting), Side, setting.Leading);
            Space(after);
        }

        private void Take(Items items)
        {
            const float Indent = 18;
            for (var i = 0; i < items.Each.Length; i++)
            {
                var mark = items.Numbered ? string.Create(CultureInfo.InvariantCulture, $"{i + 1}.") : "•";
                var (setting, lines) = items.Numbered ? (Small with { Ink = Inks.Ink }, Lines.Of(items.Each[i], Measure - Indent, Small with { Ink = Inks.Ink })) : (Body, Lines.Of(items.Each[i], Measure - Indent, Body));
                Room(Math.Min(lines.Height, setting.Leading * 2));
                var y = _y + _owed;
                Draw(press => Lines.Of([new Say(mark)], Indent, setting).Draw(press, Side, y, 0, 1));
                Put(lines, Side + Indent, setting.Leading);
                Space(items.Numbered ? 3 : 2);
            }

            Space(6);
        }

        private void Take(Quotation quotation)
        {
            const float Indent = 16;
            var whose = Lines.Of([new Say(quotation.Whose, Tone.Strong)], Measure - Indent, Small);
            var words = Lines.Of([new Say(quotation.Words)], Measure - Indent, Quoted);
            var after = Lines.Of(quotation.After, Measure - Indent, Small);
            Room(Math.Min(whose.Height + words.Height + after.Height, 220));
            var (page, top) = (Pages.Count, _y + _owed);
            Put(whose, Side + Indent);
            Put(words, Side + Indent, Quoted.Leading);
            Put(after, Side + Indent, Small.Leading);
            if (Pages.Count == page)
            {
                var bottom = _y;
                Draw(press =>
                {
                    using var bar = new SKPaint { Color = Inks.Line, StrokeWidth = 2.2f, IsStroke = true };
                    press.Canvas.DrawLine(Side + 3, top + 2, Side + 3, bottom - 2, bar);
                });
            }

            Space(9);
        }

        private void Take(Table table)
        {
            const float Gap = 9, Pad = 4.5f;
            var all = table.Columns.Sum(x => x.Share);
            var widths = table.Columns.Select(x => ((Measure + Gap) * x.Share / all) - Gap).ToArray();
            Room(70);
            Put(Lines.Of([new Say(table.Caption)], Measure, Small), Side);
            Space(3);
            Head();
            foreach (var row in table.Rows)
            {
                var cells = row.Select((cell, i) => Lines.Of(cell, widths[i], i == 0 ? Cell with { Plain = FaceName.SansStrong } : Cell)).ToArray();
                // A row longer than what is left of the page goes on on the next, line by line.
                var total = Math.Max(1, cells.Max(x => x.Count));
                if (!Fits((Math.Min(total, 8) * Cell.Leading) + (2 * Pad)))
                {
                    Turn();
                    Head();
                }

                for (var from = 0; from < total;)
                {
                    var count = Math.Min(total - from, Math.Max(1, (int)((PageHeight - Bottom - _y - (2 * Pad)) / Cell.Leading)));
                    var (y, first) = (_y, from);
                    Draw(press =>
                    {
                        var x = Side;
                        for (var i = 0; i < cells.Length; i++)
                        {
                            var shown = Math.Clamp(cells[i].Count - first, 0, count);
                            if (shown > 0) cells[i].Draw(press, x, y + Pad, first, shown);
                            x += widths[i] + Gap;
                        }
                    });
                    _y += (count * Cell.Leading) + (2 * Pad);
                    from += count;
                    if (from >= total) continue;
                    Turn();
                    Head();
                }

                var line = _y;
                Draw(press => Rule(press.Canvas, Side, line, Measure, Inks.Line, .4f));
            }

            Space(12);

            void Head()
            {
                var heads = table.Columns.Select((x, i) => Lines.Of([new Say(x.Head)], widths[i], CellHead)).ToArray();
                var (y, height) = (_y + _owed, heads.Max(x => x.Height) + 7);
                _owed = 0;
                Draw(press =>
                {
                    using var ground = new SKPaint { Color = Inks.Faint };
                    press.Canvas.DrawRect(Side - 4, y, Measure + 8, height, ground);
                    var x = Side;
                    for (var i = 0; i < heads.Length; i++)
                    {
                        heads[i].Draw(press, x, y + 3.5f, 0, heads[i].Count);
                        x += widths[i] + Gap;
                    }
                });
                _y = y + height;
            }
        }

        private void Take(Picture picture)
        {
            var scale = Measure / picture.Width;
            // Whole on one page where it can be, else cut between its bands.
            if (picture.Height * scale <= PageHeight - Top - Bottom) Room(picture.Height * scale);
            foreach (var band in picture.Bands)
            {
                Room(band.Height * scale);
                var y = _y + _owed;
                Draw(press =>
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

            Space(10);
        }

        private void Put(Lines lines, float x) => Put(lines, x, lines.Count == 0 ? 0 : lines.Height / lines.Count);

        private void Put(Lines lines, float x, float leading)
        {
            for (var from = 0; from < lines.Count;)
            {
                if (!Fits(leading)) Turn();
                _y += _owed;
                _owed = 0;
                var count = Math.Clamp((int)((PageHeight - Bottom - _y) / leading), 1, lines.Count - from);
                var (y, first) = (_y, from);
                Draw(press => lines.Draw(press, x, y, first, count));
                _y += count * leading;
                from += count;
            }
        }

        private void Draw(Action<Press> draw) => Pages[^1].Add(draw);

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
