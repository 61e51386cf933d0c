using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Tracker.Prose;

/// <summary>A word that is defined once, on the method page. Its stored name is its place there.</summary>
public enum Term
{
    Agenda,
    Commitment,
    Baseline,
    Wording,
    Activity,
    Evidence,
    Depth,
    Direction,
    Bar,
    Window,
    Search,
    Status,
    Flag,
    Coverage,
    Cell,
    Board,
    Position,
    Codebook,
}

/// <summary>The words of the method: what each is called, what it means, and where that is said.</summary>
public static partial class TermWords
{
    public static ImmutableArray<Term> All { get; } = [.. Enum.GetValues<Term>()];

    public static string Of(Term term) => Said(term).Name;

    /// <summary>What it means, with references to other words in it: see <see cref="Parts"/>.</summary>
    public static string Meaning(Term term) => Said(term).Means;

    /// <summary>What it means as plain text.</summary>
    public static string PlainMeaning(Term term) => string.Concat(Parts(Meaning(term)).Select(x => x.Text));

    /// <summary>Its place on the method page.</summary>
    public static string Anchor(Term term) => Recording.Words.Text(term);

    /// <summary>The page and place where it is defined.</summary>
    public static string Address(Term term) => $"{MethodPages.Method}#{Anchor(term)}";

    /// <summary>A text in parts: of <c>the [bar](bar) is</c>, "the ", "bar" with its term, " is".</summary>
    /// <exception cref="FormatException">A reference names no term.</exception>
    public static IEnumerable<(string Text, Term? Term)> Parts(string text)
    {
        var at = 0;
        foreach (var reference in Reference().Matches(text).Cast<Match>())
        {
            if (reference.Index > at) yield return (text[at..reference.Index], null);
            var name = reference.Groups[2].Value;
            yield return (reference.Groups[1].Value, All.Cast<Term?>().FirstOrDefault(x => Anchor(x!.Value) == name) ?? throw new FormatException($"No word of the method is called '{name}'."));
            at = reference.Index + reference.Length;
        }

        if (at < text.Length) yield return (text[at..], null);
    }

    private static (string Name, string Means) Said(Term term) => term switch
    {
        Term.Agenda => (Texts.TermAgenda, Texts.TermAgendaMeans),
        Term.Commitment => (Texts.TermCommitment, Texts.TermCommitmentMeans),
        Term.Baseline => (Texts.TermBaseline, Texts.TermBaselineMeans),
        Term.Wording => (Texts.TermWording, Texts.TermWordingMeans),
        Term.Activity => (Texts.TermActivity, Texts.TermActivityMeans),
        Term.Evidence => (Texts.TermEvidence, Texts.TermEvidenceMeans),
        Term.Depth => (Texts.TermDepth, Texts.TermDepthMeans),
        Term.Direction => (Texts.TermDirection, Texts.TermDirectionMeans),
        Term.Bar => (Texts.TermBar, Texts.TermBarMeans),
        Term.Window => (Texts.TermWindow, Texts.TermWindowMeans),
        Term.Search => (Texts.TermSearch, Texts.TermSearchMeans),
        Term.Status => (Texts.TermStatus, Texts.TermStatusMeans),
        Term.Flag => (Texts.TermFlag, Texts.TermFlagMeans),
        Term.Coverage => (Texts.TermCoverage, Texts.TermCoverageMeans),
        Term.Cell => (Texts.TermCell, Texts.TermCellMeans),
        Term.Board => (Texts.TermBoard, Texts.TermBoardMeans),
        Term.Position => (Texts.TermPosition, Texts.TermPositionMeans),
        _ => (Texts.TermCodebook, Texts.TermCodebookMeans),
    };

    [GeneratedRegex(@"\[([^\]]+)\]\(([a-zA-Z]+)\)")]
    private static partial Regex Reference();
}
