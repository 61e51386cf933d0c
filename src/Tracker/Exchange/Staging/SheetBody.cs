using System.Buffers;
using CsvHelper;
using Tracker.Exchange.Sheets;
using Tracker.Recording;

namespace Tracker.Exchange.Staging;

/// <summary>Takes a sheet (CSV in UTF-8) apart: its first row names the columns, each further row is one thing.</summary>
public static class SheetBody
{
    // What is no UTF-8 is read as this, which no text may hold.
    private const char NoText = '\0';

    private const string NotUtf8 = "is not UTF-8, or has the character U+0000 in it";

    // A spreadsheet writes columns that hold nothing, and leaves out the cells that are empty at a row's end.
    private static readonly Column Nameless = new("", CellForm.Text);

    public static async Task<(StagedBundle?, Refusal?)> StageAsync(Stream body, Sheet sheet, CancellationToken ct)
    {
        var staged = new StagedBundle(BodyForm.Sheet);
        var refusal = await TakeAsync(staged, sheet, body);
        ct.ThrowIfCancellationRequested();
        if (refusal is null) return (staged, null);
        await staged.DisposeAsync();
        return (null, refusal);
    }

    private static async Task<Refusal?> TakeAsync(StagedBundle staged, Sheet sheet, Stream body)
    {
        var last = 0;
        try
        {
            using var text = new Utf8Reader(body);
            var json = new ArrayBufferWriter<byte>();
            List<Column?>? columns = null;
            await foreach (var (row, cells, isBroken) in Csv.RowsAsync(text))
            {
                last = row;
                var isText = !Array.Exists(cells, x => x.Contains(NoText, StringComparison.Ordinal));
                if (columns is null && !isText) return Refuse.Unreadable($"The sheet {NotUtf8}, from its first row on. Save it as 'CSV UTF-8'.", "row 1");
                if (columns is null)
                {
                    if (NoHead(sheet, cells) is { } refusal) return refusal;
                    columns = Head(staged, sheet, cells);
                }
                else if (!isText) Unreadable(staged, sheet, row, $"It {NotUtf8}. Save the sheet as 'CSV UTF-8'.");
                else if (isBroken) Unreadable(staged, sheet, row, "A cell with quotes in it stands in quotes, each of its own doubled; from here on the rows may not be those that were meant.");
                else if (Array.TrueForAll(cells, string.IsNullOrWhiteSpace)) continue;
                else if (Beyond(columns, cells) is { } beyond)
                    // Of no item: it is known by its row alone.
                    staged.Problems.Add($"row {row}", "wrong-cells", $"Row {row}: Its cell {beyond + 1} holds '{Shown(cells[beyond])}', and the first row has no name there: it names {columns.Count(x => x is not null)} columns. A cell with a separator or a line break in it stands in quotes.");
                else Take(staged, sheet, columns, row, cells, json);
            }

            return columns is null ? Refuse.Unreadable("The sheet is empty: its first row must name the columns.", "row 1") : null;
        }
        catch (CsvFormatException)
        {
            return new Refusal(413, "too-large", $"Row {last + 1} is larger than {Csv.MaxRow / 1024 / 1024} MiB, or a quote before it was never closed.");
        }
    }

    private static void Take(StagedBundle staged, Sheet sheet, List<Column?> columns, int row, string[] cells, ArrayBufferWriter<byte> json)
    {
        var index = staged.Count(sheet.List);
        var at = staged.At(staged.Problems, sheet.List, new StagedItem(index, row, default));
        json.ResetWrittenCount();
        sheet.Write(json, columns, cells, at, (column, doubt) => staged.Doubt(index, column, doubt));
        staged.Add(sheet.List, row, json.WrittenSpan);
    }

    private static void Unreadable(StagedBundle staged, Sheet sheet, int row, string why)
    {
        staged.HasGaps[(int)sheet.List] = true;
        staged.Problems.Add($"row {row}", Refuse.UnreadableCode, $"Row {row}: {why}");
    }

    /// <summary>The first cell that holds something where the first row has no name; null where there is none. Empty cells may be left out, and be too many.</summary>
    private static int? Beyond(List<Column?> columns, string[] cells)
    {
        for (var i = 0; i < cells.Length; i++)
            if (Visible.Any(cells[i]) && (i >= columns.Count || columns[i] == Nameless)) return i;
        return null;
    }

    /// <summary>Why a row is not the one that names the columns, where it names none of them: said once, and not of each column and row.</summary>
    private static Refusal? NoHead(Sheet sheet, string[] names) =>
        Array.Exists(names, name => sheet.Columns.Any(x => x.Name == Visible.Trim(name))) ? null
            : new Refusal(422, "missing-column", $"The first row must name the columns, and '{Shown(string.Join(", ", names.Where(Visible.Any)))}' names none of them: take away what stands above the names. There are {string.Join(", ", sheet.Columns.Select(x => x.Required ? $"{x.Name} (required)" : x.Name))}.");

    private static string Shown(string text) => text.Length <= 80 ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[78]) ? 78 : 79), "…");

    /// <summary>The columns in the order in which the sheet has them; null in the place of one that is not taken, a nameless one where the first row has no name.</summary>
    private static List<Column?> Head(StagedBundle staged, Sheet sheet, string[] names)
    {
        var columns = new List<Column?>();
        foreach (var name in names.Select(Visible.Trim))
        {
            if (name.Length == 0)
            {
                columns.Add(Nameless);
                continue;
            }

            var column = sheet.Columns.FirstOrDefault(x => x.Name == name);
            var isRepeated = column is not null && columns.Contains(column);
            columns.Add(isRepeated ? null : column);
            if (column is null) staged.Problems.Add(name, "unknown-column", $"Row 1: there is no column '{name}'. There are {string.Join(", ", sheet.Columns.Select(x => x.Name))}.");
            else if (isRepeated) staged.Problems.Add(name, "repeated", $"Row 1: it names '{name}' twice.");
        }

        foreach (var missing in sheet.Columns.Where(x => x.Required && !columns.Contains(x)))
        {
            staged.Missing = staged.Missing.Add(missing.Name);
            staged.Problems.Add(missing.Name, "missing-column", $"Row 1: the column '{missing.Name}' is required.");
        }

        return columns;
    }
}
