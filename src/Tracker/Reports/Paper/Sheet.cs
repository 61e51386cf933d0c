using System.Collections.Immutable;
using Tracker.Commitments;
using Tracker.Status;

namespace Tracker.Reports.Paper;

/// <summary>A report as it is read, before it is Markdown, HTML or PDF: what is said, in which order, and what kind of thing each part is.</summary>
/// <param name="Title">The document's title.</param>
/// <param name="Language">The language of our own words, as a BCP 47 tag.</param>
/// <param name="Running">What stands at the foot of every page.</param>
/// <param name="Blocks">The parts, from top to bottom.</param>
public sealed record Sheet(string Title, string Language, string Running, ImmutableArray<Block> Blocks)
{
    /// <summary>Where the same can be read in a form that shows every character; null where there is no such place.</summary>
    public string? Elsewhere { get; init; }

    /// <summary>All that it says, in no particular order.</summary>
    public IEnumerable<string> Texts() => Blocks.SelectMany(x => x.Texts()).Prepend(Running);
}

/// <summary>A part of a sheet.</summary>
public abstract record Block
{
    /// <summary>All that it says.</summary>
    public abstract IEnumerable<string> Texts();
}

/// <param name="Level">1 for the document's own title, 2 for a section, 3 below it.</param>
public sealed record Heading(int Level, string Text) : Block
{
    public override IEnumerable<string> Texts() => [Text];
}

public sealed record Paragraph(Manner Manner, ImmutableArray<Piece> Pieces) : Block
{
    public override IEnumerable<string> Texts() => Pieces.Select(x => x.Said);

    public static Paragraph Of(string text, Manner manner = Manner.Body) => new(manner, [new Say(text)]);
}

/// <summary>How a paragraph is set.</summary>
public enum Manner
{
    Body,

    /// <summary>The sentence that matters, larger.</summary>
    Lead,

    /// <summary>What is said beside it, smaller.</summary>
    Small,

    /// <summary>What must not be overlooked: it limits all that follows.</summary>
    Notice,
}

/// <param name="Numbered">Whether each item has its number, from 1.</param>
public sealed record Items(bool Numbered, ImmutableArray<ImmutableArray<Piece>> Each) : Block
{
    public override IEnumerable<string> Texts() => Each.SelectMany(x => x).Select(x => x.Said);
}

/// <param name="Caption">What the table shows, in a sentence.</param>
/// <param name="Columns">Its columns; the first names the row. Where it is empty, it is what it was in the row above.</param>
/// <param name="Rows">Cells by column; a cell is lines, a line is pieces.</param>
public sealed record Table(string Caption, ImmutableArray<Column> Columns, ImmutableArray<ImmutableArray<ImmutableArray<ImmutableArray<Piece>>>> Rows) : Block
{
    public override IEnumerable<string> Texts() =>
        Rows.SelectMany(row => row).SelectMany(cell => cell).SelectMany(line => line).Select(x => x.Said).Concat(Columns.Select(x => x.Head)).Prepend(Caption);

    /// <summary>Whether a row has no name of its own, but that of the row above.</summary>
    public bool GoesOn(int row) => row > 0 && Rows[row][0].All(line => line.All(x => x is Say { Text: "" }));

    /// <summary>How many rows, from one with a name on, have that name.</summary>
    public int Named(int row)
    {
        var end = row + 1;
        while (end < Rows.Length && GoesOn(end)) end++;
        return end - row;
    }
}

/// <param name="Share">How wide it is beside the others.</param>
public sealed record Column(string Head, float Share);

/// <summary>A party's own words, verbatim.</summary>
/// <param name="Whose">Whose words, and the number of the source they stand in.</param>
/// <param name="Words">The words, in their own language.</param>
/// <param name="Language">That language, as a BCP 47 tag, where it is known.</param>
/// <param name="After">What follows: a translation marked as one, a note.</param>
public sealed record Quotation(ImmutableArray<Piece> Whose, string Words, string? Language, ImmutableArray<Piece> After) : Block
{
    public override IEnumerable<string> Texts() => Whose.Concat(After).Select(x => x.Said).Prepend(Words);
}

/// <summary>A part of a line.</summary>
public abstract record Piece
{
    /// <summary>The words of others and of ours in it; nothing where it is a mark or a status.</summary>
    public virtual string Said => "";
}

public sealed record Say(string Text, Tone Tone = Tone.Plain) : Piece
{
    public override string Said => Text;
}

public sealed record Link(string Text, string Address) : Piece
{
    public override string Said => Text;
}

/// <summary>A reference to a numbered source.</summary>
public sealed record NoteMark(int Number) : Piece;

/// <summary>A status: a shape, a colour and a word, never a colour alone.</summary>
public sealed record StatusPiece(CommitmentStatus Status, CommitmentType? Type) : Piece;

public enum Tone
{
    Plain,
    Strong,

    /// <summary>Said beside something else.</summary>
    Soft,
}

/// <summary>A drawing, in bands that stand below each other and are never cut: a page may end between two.</summary>
/// <param name="Title">What it shows, for whoever cannot see it.</param>
/// <param name="Width">The width of every band, in units of its own.</param>
/// <param name="Head">What stands above the bands, and above what of them is on a further page.</param>
/// <param name="Told">The same in words, a sentence for each thing shown.</param>
public sealed record Picture(string Title, float Width, Band Head, ImmutableArray<Band> Bands, ImmutableArray<string> Told) : Block
{
    /// <summary>What it needs above its head where it is seen without the text around it: which record, which day. Null where nothing.</summary>
    public Band? Alone { get; init; }

    public float Height => Head.Height + Bands.Sum(x => x.Height);

    public override IEnumerable<string> Texts() => Drawn();

    /// <summary>The texts that stand in the drawing.</summary>
    public IEnumerable<string> Drawn() => Whole.SelectMany(x => x.Texts());

    /// <summary>All of it from top to bottom, where there are no pages.</summary>
    public IEnumerable<Band> Whole => Bands.Prepend(Head);
}

/// <param name="Height">In the picture's own units.</param>
public sealed record Band(float Height, ImmutableArray<Mark> Marks)
{
    /// <summary>The texts that stand in it.</summary>
    public IEnumerable<string> Texts() => Marks.OfType<TextMark>().Select(x => x.Text);
}

/// <summary>A part of a drawing; colours are <c>#rrggbb</c>, lengths in the picture's own units.</summary>
public abstract record Mark;

public sealed record PathMark(string Path, string? Fill, string? Line = null, float Thick = 1) : Mark;

public sealed record TextMark(string Text, float X, float Y, float Size, string Colour, bool Strong = false, Anchor Anchor = Anchor.Start) : Mark;

public enum Anchor
{
    Start,
    Middle,
    End,
}
