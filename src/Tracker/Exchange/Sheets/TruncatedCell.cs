using System.Globalization;

namespace Tracker.Exchange.Sheets;

/// <summary>
/// Finds cells that a program has cut: what was beyond the limit is gone, and what is left looks whole. It goes by lengths at which programs cut, so a text that
/// happens to be as long is refused too; it can be imported as JSON.
/// </summary>
public static class TruncatedCell
{
    /// <summary>What a cell holds at most: Excel, Excel by way of a formula or a script, Google Sheets, LibreOffice.</summary>
    private static readonly int[] Cells = [32_767, 32_766, 32_759, 50_000, 65_535];

    /// <summary>Lengths at which programs cut a text and put an ellipsis at its end: data frames, short messages, columns of databases.</summary>
    private static readonly int[] Texts = [47, 50, 100, 140, 200, 250, 253, 255, 256, 280, 500, 512, 1_000, 1_024, 2_000, 4_000, 4_096, 8_000, 10_000];

    /// <summary>What is wrong with a cell that was cut, and what to do; null for all others.</summary>
    public static string? Remark(string cell)
    {
        // A break is one character in a cell, and two where the file ends lines with both.
        var length = cell.Length - cell.AsSpan().Count("\r\n");
        if (Cells.Contains(length) || Cells.Contains(cell.Length))
            return string.Create(CultureInfo.InvariantCulture, $"The cell has {length} characters, as many as a spreadsheet lets it have: what came after is lost, from '{End(cell)}' on. {Remedy}");
        return Mark(cell);
    }

    /// <summary>What is wrong with a text that ends as one that a program cut; null for all others.</summary>
    public static string? Mark(string cell)
    {
        var length = cell.Length - cell.AsSpan().Count("\r\n");
        var marked = cell.EndsWith("...", StringComparison.Ordinal) || cell.EndsWith('…');
        return marked && (Texts.Contains(length) || Texts.Contains(length - (cell.EndsWith('…') ? 1 : 3)))
            ? string.Create(CultureInfo.InvariantCulture, $"The cell has {length} characters, and ends in '{End(cell)}', as a text does that a program cut. {Remedy}")
            : null;
    }

    private const string Remedy = "Give the whole text, as JSON where no cell can hold it; as JSON a text may be as long, and end so.";

    private static string End(string cell) => cell[^Math.Min(cell.Length, 20)..].ReplaceLineEndings(" ");
}
