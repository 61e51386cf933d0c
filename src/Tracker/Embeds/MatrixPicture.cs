using SkiaSharp;
using Tracker.Agendas;
using Tracker.Boards;
using Tracker.Boards.Matrices;
using Tracker.Commitments;
using Tracker.Languages;
using Tracker.Prose;
using Tracker.Reports.Paper;
using Tracker.Reports.Pdf;
using Tracker.Status;

namespace Tracker.Embeds;

/// <summary>
/// A matrix as a picture: what agenda and which day, where the record ends, the sentence, a legend, and a cell for each party and commitment, with
/// the counts of rows and columns. As large as it has cells; set in the typefaces that the program carries.
/// </summary>
internal sealed class MatrixPicture
{
    /// <summary>More rows or columns than these would be tens of megabytes of pixels; the picture says how many it leaves out.</summary>
    public const int MostRows = 100, MostColumns = 100;

    private const float Side = 30, LeastMeasure = 640, Cell = 30, Gap = 3, NameWidth = 190, CountWidth = 62, LabelHeight = 190, TotalHeight = 34;

    // Where there are more units than these, each is one pixel and not two.
    private const float LargestSharp = 2_500_000;

    private static readonly SKColor Paper = SKColor.Parse("#fbfaf7"), Outline = SKColor.Parse(Palette.Light.Outline);

    private readonly Press _press;
    private readonly SKCanvas _canvas;
    private readonly Matrix _matrix;
    private readonly int _rows, _columns;
    private readonly float _measure;

    private MatrixPicture(SKCanvas canvas, Matrix matrix)
    {
        (_canvas, _press, _matrix) = (canvas, Press.Onto(canvas), matrix);
        (_rows, _columns) = (Math.Min(matrix.Parties.Length, MostRows), Math.Min(matrix.Commitments.Length, MostColumns));
        _measure = Math.Max(LeastMeasure, NameWidth + CountWidth + (_columns * Cell));
    }

    private float Width => _measure + (2 * Side);

    /// <summary>The picture as PNG.</summary>
    public static byte[] Of(Matrix matrix)
    {
        // Drawn once on nothing, to see how high it is.
        using var nothing = new SKNoDrawCanvas(1, 1);
        var measured = new MatrixPicture(nothing, matrix);
        var (width, height) = (measured.Width, measured.Draw());
        var scale = width * height > LargestSharp ? 1 : 2;
        using var surface = SKSurface.Create(new SKImageInfo((int)MathF.Ceiling(width * scale), (int)MathF.Ceiling(height * scale))) ?? throw new InvalidOperationException("No room for a picture.");
        surface.Canvas.Clear(Paper);
        surface.Canvas.Scale(scale);
        new MatrixPicture(surface.Canvas, matrix).Draw();
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    /// <summary>How high it has become.</summary>
    private float Draw()
    {
        var y = DrawHead(Side);
        y = _columns == 0 || _rows == 0 ? Text(Texts.MatrixEmpty, y + 10, 16) : DrawCells(DrawLegend(y + 8) + 12);
        return DrawFoot(y + 14) + Side;
    }

    private float DrawHead(float y)
    {
        var title = FittedText.Of(_matrix.Board.About!.Title, _measure, 2, 28, 20);
        title.Draw(_press, Side, y, 0, Math.Min(title.Count, 2));
        y += (Math.Min(title.Count, 2) * title.Setting.Leading) + 6;
        y = Text(Headline.Show(_matrix.Board), y, 16, FaceName.Serif) + 6;
        var since = Headline.SinceLine(_matrix.Board);
        var reach = _matrix.Board.EndsOn is { } end
            ? $"{Texts.RecordEndsOn(DayWords.Of(end), _matrix.Board.AsKnownAt is not null)}. {since}."
            : $"{Texts.AsOfDay(DayWords.Of(_matrix.ValidAt))}. {since}. {Texts.RecordReaches(DayWords.Of(_matrix.CoveredThrough))}";
        return Text(_matrix.Board.AsKnownAt is { } position ? Texts.SentenceKnown(reach, position) : reach, y, 13, FaceName.SansStrong);
    }

    /// <summary>What the cells stand for: those statuses that are in it, with how many cells have each.</summary>
    private float DrawLegend(float y)
    {
        var x = Side;
        y = Text(Texts.MatrixLegend(_matrix.Board.Summary.Cells.Of), y, 14) + 6;
        foreach (var tally in Tally.OfCells(_matrix.Board))
        {
            var word = Faces.All.Shape($"{Texts.Number(tally.Count)} {tally.Word}", FaceName.Sans, 14);
            var searched = tally.Qualifier is { } qualifier ? Faces.All.Shape(qualifier, FaceName.Sans, 12) : [];
            var width = 24 + word.Sum(run => run.Width) + (searched.IsEmpty ? 0 : 6 + searched.Sum(run => run.Width));
            if (x > Side && x + width > Side + _measure) (x, y) = (Side, y + 24);
            DrawCell(tally.Status, new SKRect(x, y, x + 18, y + 18));
            _press.Draw(word, x + 24, y + 14, Inks.Ink);
            _press.Draw(searched, x + 30 + word.Sum(run => run.Width), y + 14, Inks.Soft);
            x += width + 20;
        }

        return y + 22;
    }

    private float DrawCells(float y)
    {
        var labels = _matrix.Board.Commitments.Take(_columns).Select(x => FittedText.Of(x.Title, LabelHeight, 2, 11, 11, FaceName.Sans, FaceName.Sans)).ToArray();
        var left = Side + NameWidth + CountWidth;
        for (var j = 0; j < _columns; j++)
        {
            // Read from below upwards, beginning above its column.
            _canvas.Save();
            _canvas.Translate(left + (j * Cell), y + LabelHeight);
            _canvas.RotateDegrees(-90);
            var lines = Math.Min(labels[j].Count, 2);
            // One from right to left ends above its column: else it would hang away from it.
            var from = labels[j].IsRightToLeft ? labels[j].Widest - LabelHeight : 0;
            labels[j].Draw(_press, 4 + from, (Cell - (lines * labels[j].Setting.Leading)) / 2, 0, lines);
            _canvas.Restore();
        }

        var head = Faces.All.Shape(Texts.CountColumn, FaceName.SansStrong, 12);
        _press.Draw(head, left - 10 - head.Sum(run => run.Width), y + LabelHeight - 4, Inks.Soft);
        y += LabelHeight + 4;
        var types = _matrix.Board.Commitments;
        var parties = _matrix.Board.About!.Parties.ToDictionary(x => x.Code, StringComparer.Ordinal);
        for (var i = 0; i < _rows; i++, y += Cell)
        {
            DrawName(parties.GetValueOrDefault(_matrix.Parties[i]) ?? new Party(_matrix.Parties[i], _matrix.Parties[i]), y);
            var count = Faces.All.Shape(PartyWords.RowCount(_matrix, i), FaceName.SansStrong, 13);
            _press.Draw(count, left - 10 - count.Sum(run => run.Width), y + (Cell / 2) + 5, Inks.Ink);
            for (var j = 0; j < _columns; j++)
            {
                var (x, area) = (left + (j * Cell), new SKRect(left + (j * Cell) + (Gap / 2), y + (Gap / 2), left + ((j + 1) * Cell) - (Gap / 2), y + Cell - (Gap / 2)));
                if (_matrix.Cells[i][j] is { } cell) DrawCell(cell.Status, area);
                else _press.Draw(Faces.All.Shape("–", FaceName.Sans, 13), x + (Cell / 2) - 3, y + (Cell / 2) + 5, Inks.Soft);
            }
        }

        return DrawTotals(y);
    }

    /// <summary>A party's name, and below it the days on which it joined and left, where those are told.</summary>
    private void DrawName(Party party, float y)
    {
        string[] said = PartyWords.DaysOf(party) is { } days ? [party.Name, days] : [party.Name];
        Lines[] lines = [.. said.Select((text, i) => FittedText.Of(text, NameWidth - 8, 1, said.Length == 1 ? 14 : 12 - (2 * i), said.Length == 1 ? 14 : 12 - (4 * i), FaceName.Sans, FaceName.Sans))];
        var top = y + ((Cell - lines.Sum(x => x.Setting.Leading)) / 2);
        foreach (var line in lines)
        {
            line.Draw(_press, Side, top, 0, Math.Min(line.Count, 1));
            top += line.Setting.Leading;
        }
    }

    /// <summary>Under each column, how many of its parties: "1 of 20" in two lines.</summary>
    private float DrawTotals(float y)
    {
        var left = Side + NameWidth + CountWidth;
        _press.Draw(Faces.All.Shape(Texts.CountRow, FaceName.SansStrong, 13), Side, y + 17, Inks.Soft);
        for (var j = 0; j < _columns; j++)
        {
            if (TotalOf(_matrix.Board.Commitments[j]) is not var (acting, all))
            {
                _press.Draw(Faces.All.Shape("–", FaceName.Sans, 13), left + (j * Cell) + (Cell / 2) - 3, y + 16, Inks.Soft);
                continue;
            }

            var (concrete, of) = (Faces.All.Shape(Texts.Number(acting), FaceName.SansStrong, 13), Faces.All.Shape(Texts.Of(all), FaceName.Sans, 10));
            var middle = left + (j * Cell) + (Cell / 2);
            _press.Draw(concrete, middle - (concrete.Sum(run => run.Width) / 2), y + 16, Inks.Ink);
            _press.Draw(of, middle - (of.Sum(run => run.Width) / 2), y + 28, Inks.Soft);
        }

        return y + TotalHeight;
    }

    /// <summary>
    /// How many of a commitment's parties took concrete action; null for a promise not to act that nobody did anything for, which is not failed by not acting,
    /// and where the record tells of no day that counts.
    /// </summary>
    internal static (int Acting, int All)? TotalOf(BoardEntry entry) =>
        entry is { Type: CommitmentType.Restraint, Parties.WithConcreteAction: 0 } or { IsUncovered: true } ? null : (entry.Parties.WithConcreteAction, entry.Parties.Of);

    private float DrawFoot(float y)
    {
        if (_rows < _matrix.Parties.Length || _columns < _matrix.Commitments.Length)
            y = Text(Texts.MatrixCut(_rows, _matrix.Parties.Length, _columns, _matrix.Commitments.Length), y, 13, FaceName.SansStrong) + 4;
        return Text($"{Texts.Product} · {BoardPicture.RestsOn(_matrix.Board)}", y, 12);
    }

    private float Text(string text, float y, float size, FaceName face = FaceName.Sans)
    {
        var lines = Lines.Of([new Say(text)], _measure, new Setting(face, face, size, size * 1.35f, size < 13 ? Inks.Soft : Inks.Ink));
        lines.Draw(_press, Side, y, 0, lines.Count);
        return y + lines.Height;
    }

    private void DrawCell(CommitmentStatus status, SKRect area) => StatusGlyphs.DrawCell(_canvas, status, area, 4, area.Width * .6f, Outline);
}
