using System.Globalization;
using SkiaSharp;
using Tracker.Boards;
using Tracker.Languages;
using Tracker.Prose;
using Tracker.Reports.Paper;
using Tracker.Reports.Pdf;

namespace Tracker.Embeds;

/// <summary>
/// A board as a picture of 1200 × 630 pixels, the size at which sites show what a link leads to: title, the count, the sentence, the
/// strip, and as of when. Set in the typefaces that the program carries.
/// </summary>
internal sealed class BoardPicture
{
    public const int Width = 1_200, Height = 630;

    private const float Side = 64, Measure = Width - (2 * Side);
    private const int MostCells = 40;

    private static readonly SKColor Paper = SKColor.Parse("#fbfaf7"), Mast = SKColor.Parse("#1d3446"), Rule = SKColor.Parse("#dcd9d0"), Outline = SKColor.Parse(Palette.Light.Outline);

    private readonly SKCanvas _canvas;
    private readonly Press _press;
    private readonly Board _board;

    private BoardPicture(SKCanvas canvas, Board board) => (_canvas, _press, _board) = (canvas, Press.Onto(canvas), board);

    /// <summary>The picture as PNG.</summary>
    public static byte[] Of(Board board)
    {
        using var surface = SKSurface.Create(new SKImageInfo(Width, Height)) ?? throw new InvalidOperationException("No room for a picture.");
        new BoardPicture(surface.Canvas, board).Draw();
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private void Draw()
    {
        _canvas.Clear(Paper);
        DrawMast();
        var title = FittedText.Of(_board.About!.Title, Measure, 2, 52, 34);
        title.Draw(_press, Side, 110, 0, Math.Min(title.Count, 2));
        var top = 110 + (Math.Min(title.Count, 2) * title.Setting.Leading) + 26;
        DrawVerdict(top, 430);
        DrawStrip(440, 46);
        DrawCounts(512);
        DrawFoot();
    }

    private void DrawMast()
    {
        Fill(new SKRect(0, 0, Width, 78), Mast);
        foreach (var (x, y, height) in ((float, float, float)[])[(Side, 46, 8), (Side + 11, 37, 17), (Side + 22, 26, 28)]) Fill(new SKRect(x, y, x + 7.5f, y + height), SKColors.White);
        _press.Draw(Faces.All.Shape(Texts.Product, FaceName.SerifStrong, 30), Side + 44, 52, SKColors.White);
        Right(_board.EndsOn is { } end ? Texts.RecordEndsOn(DayWords.Of(end)) : Texts.AsOfDay(DayWords.Of(_board.ValidAt)), FaceName.SansStrong, 26, 50, SKColors.White);
    }

    /// <summary>The count in large, and beside it the sentence, in the middle of the room between two heights.</summary>
    private void DrawVerdict(float from, float to)
    {
        var middle = (from + to) / 2;
        if (_board.Summary.Commitments == 0 || !Headline.HasCounts(_board))
        {
            DrawSentence(Side, from, to);
            return;
        }

        var figure = Faces.All.Shape(Texts.Number(_board.Summary.Leading.WithConcreteAction), FaceName.SerifStrong, 150);
        _press.Draw(figure, Side, middle + 50, Inks.Ink);
        var x = Side + figure.Sum(run => run.Width) + 18;
        var of = Faces.All.Shape(Texts.Of(_board.Summary.Leading.Commitments), FaceName.Serif, 46);
        _press.Draw(of, x, middle + 2, Inks.Ink);
        var (says, room) = _board.Summary.LeadsByCell ? (Texts.PartyCommitmentsWithConcreteAction, 200) : (Texts.HaveSeenConcreteAction, 150);
        var with = Lines.Of([new Say(says)], room, new Setting(FaceName.Sans, FaceName.SansStrong, 23, 28, Inks.Soft));
        with.Draw(_press, x, middle + 10, 0, Math.Min(with.Count, 3));
        x += Math.Max(of.Sum(run => run.Width), room) + 34;
        Fill(new SKRect(x, middle - 78, x + 1.5f, middle + 78), Rule);
        DrawSentence(x + 34, from, to);
    }

    private void DrawSentence(float x, float from, float to)
    {
        var sentence = FittedText.Of(Headline.Write(_board), Width - Side - x, 5, 31, 22, FaceName.Serif, FaceName.SerifStrong);
        var lines = Math.Min(sentence.Count, (int)((to - from) / sentence.Setting.Leading));
        sentence.Draw(_press, x, ((from + to) / 2) - (lines * sentence.Setting.Leading / 2), 0, lines);
    }

    /// <summary>A cell for each commitment, with more than two parties for each of its parties; of many, a band for each status.</summary>
    private void DrawStrip(float y, float height)
    {
        var all = _board.Summary.Leading.Commitments;
        if (all == 0)
        {
            Fill(new SKRect(Side, y, Side + Measure, y + height), Rule);
            return;
        }

        var gap = all > MostCells ? 0f : 5f;
        var cell = (Measure - (gap * (all - 1))) / all;
        var x = Side;
        foreach (var status in StatusWords.InOrder)
        {
            var count = _board.Summary.Leading.ByStatus.At(status);
            if (count == 0) continue;
            if (all > MostCells)
            {
                StatusGlyphs.DrawArea(_canvas, status, new SKRect(x, y, x + (cell * count), y + height), 0, Outline);
                x += cell * count;
                continue;
            }

            for (var i = 0; i < count; i++, x += cell + gap)
                StatusGlyphs.DrawCell(_canvas, status, new SKRect(x, y, x + cell, y + height), 5, Math.Min(24, cell * .7f), Outline);
        }
    }

    /// <summary>How many stand where, in as many lines as there is room for.</summary>
    private void DrawCounts(float y)
    {
        var x = Side;
        var line = 0;
        foreach (var tally in Tally.Leading(_board))
        {
            var colour = SKColor.Parse(Palette.Light.Of(tally.Status).Ink);
            var count = Faces.All.Shape(Texts.Number(tally.Count), FaceName.SansStrong, 24);
            var word = Faces.All.Shape(tally.Word, FaceName.Sans, 24);
            var searched = tally.Qualifier is { } qualifier ? Faces.All.Shape(qualifier, FaceName.Sans, 20) : [];
            var width = 36 + count.Sum(run => run.Width) + word.Sum(run => run.Width) + (searched.IsEmpty ? 0 : 10 + searched.Sum(run => run.Width));
            if (x + width > Side + Measure && x > Side)
            {
                if (++line == 2) return;
                (x, y) = (Side, y + 34);
            }

            // As it looks in the strip, so that this is the strip's legend.
            StatusGlyphs.DrawCell(_canvas, tally.Status, new SKRect(x - 2, y - 3, x + 23, y + 22), 4, 17, Outline);
            _press.Draw(count, x + 29, y + 18, colour);
            _press.Draw(word, x + 36 + count.Sum(run => run.Width), y + 18, colour);
            _press.Draw(searched, x + 46 + count.Sum(run => run.Width) + word.Sum(run => run.Width), y + 18, Inks.Soft);
            x += width + 32;
        }
    }

    private void DrawFoot()
    {
        Fill(new SKRect(Side, 580, Side + Measure, 581), Rule);
        var since = Headline.SinceLine(_board);
        var foot = FittedText.Of(since, Measure - 420, 1, 21, 21, FaceName.Sans, FaceName.SansStrong);
        foot.Draw(_press, Side, 590, 0, 1);
        // Said where it is, in letters that each of these typefaces has.
        if (Faces.All.Lacks(_board.About!.Title + Headline.Write(_board) + since).Any())
            _press.Draw(Faces.All.Shape(Texts.BoardPictureLacks, FaceName.Sans, 15), Side, 625, Inks.Soft);
        Right(string.Create(CultureInfo.InvariantCulture, $"{Texts.Position} {Texts.Number(_board.Position)} · {_board.Codebook.Version}"), FaceName.Sans, 21, 610, Inks.Soft);
    }

    private void Right(string text, FaceName face, float size, float y, SKColor colour)
    {
        var runs = Faces.All.Shape(text, face, size);
        _press.Draw(runs, Side + Measure - runs.Sum(x => x.Width), y, colour);
    }

    private void Fill(SKRect rect, SKColor colour)
    {
        using var paint = new SKPaint { Color = colour, IsAntialias = true };
        _canvas.DrawRect(rect, paint);
    }
}
