using SkiaSharp;
using Tracker.Boards;
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
        Right(DatedWords.Reach(_board), FaceName.SansStrong, 26, 50, SKColors.White);
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
        var sentence = FittedText.Within(Headline.Show(_board), Width - Side - x, to - from, 31, 18, FaceName.Serif, FaceName.SerifStrong);
        sentence.Draw(_press, x, ((from + to) / 2) - (sentence.Height / 2), 0, sentence.Count);
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
        var shares = Shares.Of([.. StatusWords.InOrder.Select(_board.Summary.Leading.ByStatus.At)], all, Shares.Narrowest);
        foreach (var status in StatusWords.InOrder)
        {
            var count = _board.Summary.Leading.ByStatus.At(status);
            if (count == 0) continue;
            if (all > MostCells)
            {
                var width = (float)(Measure * shares[(int)status] / 100);
                StatusGlyphs.DrawArea(_canvas, status, new SKRect(x, y, x + width, y + height), 0, Outline);
                x += width;
                continue;
            }

            for (var i = 0; i < count; i++, x += cell + gap)
                StatusGlyphs.DrawCell(_canvas, status, new SKRect(x, y, x + cell, y + height), 5, Math.Min(24, cell * .7f), Outline);
        }
    }

    /// <summary>How many stand where: all of them, as large as they fit.</summary>
    private void DrawCounts(float y)
    {
        var counts = CountLines.Of([.. Tally.Leading(_board)], Measure);
        var scale = counts.Size / CountLines.Largest;
        foreach (var (tally, text, left, line) in counts.Parts)
        {
            var (x, top) = (Side + left, y + (line * counts.Pitch));
            // As it looks in the strip, so that this is the strip's legend.
            if (tally is not null)
                StatusGlyphs.DrawCell(_canvas, tally.Status, new SKRect(x - (2 * scale), top - (3 * scale), x + (23 * scale), top + (22 * scale)), 4, 17 * scale, Outline);
            var colour = tally is null ? Inks.Soft : SKColor.Parse(Palette.Light.Of(tally.Status).Ink);
            foreach (var (runs, at, isSoft) in text) _press.Draw(runs, x + at, top + (18 * scale), isSoft ? Inks.Soft : colour);
        }
    }

    private void DrawFoot()
    {
        Fill(new SKRect(Side, 580, Side + Measure, 581), Rule);
        var since = Headline.SinceLine(_board);
        var foot = FittedText.Of(since, Measure - 40 - Right(RestsOn(_board), FaceName.Sans, 21, 610, Inks.Soft), 1, 21, 21, FaceName.Sans, FaceName.SansStrong);
        foot.Draw(_press, Side, 590, 0, 1);
        // Said where it is, in letters that each of these typefaces has.
        if (Faces.All.Lacks(_board.About!.Title + Headline.Show(_board) + since).Any())
            _press.Draw(Faces.All.Shape(Texts.BoardPictureLacks, FaceName.Sans, 15), Side, 625, Inks.Soft);
    }

    /// <summary>"Position 2 · depth-ladder/2"; what was asked for as known at a position says so.</summary>
    public static string RestsOn(Board board) =>
        $"{(board.AsKnownAt is { } position ? Texts.Capital(Texts.AsKnownAtPosition(position)) : $"{Texts.Position} {Texts.Number(board.Position)}")} · {board.Codebook.Version}";

    /// <summary>Draws a text that ends at the right edge, and says how wide it is.</summary>
    private float Right(string text, FaceName face, float size, float y, SKColor colour)
    {
        var runs = Faces.All.Shape(text, face, size);
        var width = runs.Sum(x => x.Width);
        _press.Draw(runs, Side + Measure - width, y, colour);
        return width;
    }

    private void Fill(SKRect rect, SKColor colour)
    {
        using var paint = new SKPaint { Color = colour, IsAntialias = true };
        _canvas.DrawRect(rect, paint);
    }
}
