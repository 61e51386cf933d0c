using System.Buffers;
using System.Text;
using CsvHelper;
using Tracker.Exchange.Sheets;
using Tracker.Recording;

namespace Tracker.Exchange.Staging;

/// <summary>Takes a sheet (CSV in UTF-8) apart: its first row names the columns, each further row is one thing.</summary>
public static class SheetBody
{
    // What is no UTF-8 becomes this, which no text holds.
    private const char NoText = '\uFFFF';

    private static readonly Encoding Utf8 = Encoding.GetEncoding("utf-8", EncoderFallback.ExceptionFallback, new DecoderReplacementFallback(NoText.ToString()));

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
            using var text = new StreamReader(body, Utf8, detectEncodingFromByteOrderMarks: false, bufferSize: 64 * 1024, leaveOpen: true);
            var json = new ArrayBufferWriter<byte>();
            List<Column?>? columns = null;
            await foreach (var (row, cells, isBroken) in Csv.RowsAsync(text))
            {
                last = row;
                var isText = !Array.Exists(cells, x => x.Contains(NoText, StringComparison.Ordinal));
                if (columns is null && !isText) return Refuse.Unreadable("The sheet is not UTF-8, from its first row on. Save it as 'CSV UTF-8'.", "row 1");
                if (columns is null) columns = Head(staged, sheet, cells);
                else if (!isText) Unreadable(staged, sheet, row, "It is not UTF-8. Save the sheet as 'CSV UTF-8'.");
                else if (isBroken) Unreadable(staged, sheet, row, "A cell with quotes in it stands in quotes, each of its own doubled; from here on the rows may not be those that were meant.");
                else if (Array.TrueForAll(cells, string.IsNullOrWhiteSpace)) continue;
                else if (cells.Length != columns.Count)
                    // Of no item: it is known by its row alone.
                    staged.Problems.Add($"row {row}", "wrong-cells", $"Row {row}: It has {cells.Length} cells, and the first row {columns.Count}. A cell with a separator or a line break in it stands in quotes.");
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
        var at = staged.At(staged.Problems, sheet.List, new StagedItem(staged.Count(sheet.List), row, default));
        json.ResetWrittenCount();
        sheet.Write(json, columns, cells, at);
        staged.Add(sheet.List, row, json.WrittenSpan);
    }

    private static void Unreadable(StagedBundle staged, Sheet sheet, int row, string why)
    {
        staged.HasGaps[(int)sheet.List] = true;
        staged.Problems.Add($"row {row}", Refuse.UnreadableCode, $"Row {row}: {why}");
    }

    /// <summary>The columns in the order in which the sheet has them; null in the place of one that is not taken.</summary>
    private static List<Column?> Head(StagedBundle staged, Sheet sheet, string[] names)
    {
        var columns = new List<Column?>();
        foreach (var name in names.Select(x => x.Trim()))
        {
            var column = sheet.Columns.FirstOrDefault(x => x.Name == name);
            var isRepeated = column is not null && columns.Contains(column);
            columns.Add(isRepeated ? null : column);
            if (column is null) staged.Problems.Add(name.Length == 0 ? "row 1" : name, "unknown-column", $"Row 1: there is no column '{name}'. There are {string.Join(", ", sheet.Columns.Select(x => x.Name))}.");
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
