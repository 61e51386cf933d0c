using System.Buffers;
using System.Text;
using CsvHelper;
using Tracker.Exchange.Sheets;
using Tracker.Recording;

namespace Tracker.Exchange.Staging;

/// <summary>Takes a sheet (CSV in UTF-8) apart: its first row names the columns, each further row is one thing.</summary>
public static class SheetBody
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    public static async Task<StagedBundle> StageAsync(Stream body, Sheet sheet, CancellationToken ct)
    {
        var staged = new StagedBundle(BodyForm.Sheet);
        await TakeAsync(staged, sheet, body);
        ct.ThrowIfCancellationRequested();
        return staged;
    }

    private static async Task TakeAsync(StagedBundle staged, Sheet sheet, Stream body)
    {
        var last = 0;
        try
        {
            using var text = new StreamReader(body, Utf8, detectEncodingFromByteOrderMarks: false, bufferSize: 64 * 1024, leaveOpen: true);
            var json = new ArrayBufferWriter<byte>();
            List<Column?>? columns = null;
            await foreach (var (row, cells) in Csv.RowsAsync(text))
            {
                last = row;
                if (columns is null)
                {
                    columns = Head(staged, sheet, cells);
                    continue;
                }

                if (Array.TrueForAll(cells, string.IsNullOrWhiteSpace)) continue;
                if (cells.Length != columns.Count)
                {
                    // Of no item: it is known by its row alone.
                    staged.Problems.Add($"row {row}", "wrong-cells", $"Row {row}: It has {cells.Length} cells, and the first row {columns.Count}. A cell with a separator or a line break in it stands in quotes.");
                    continue;
                }

                var at = staged.At(staged.Problems, sheet.List, new StagedItem(staged.Count(sheet.List), row, default));
                json.ResetWrittenCount();
                sheet.Write(json, columns, cells, at);
                staged.Add(sheet.List, row, json.WrittenSpan);
            }

            if (columns is null) Broken(1, "The sheet is empty: its first row must name the columns.");
        }
        catch (DecoderFallbackException)
        {
            Broken(last + 1, $"The sheet is not UTF-8, after row {last}. Save it as 'CSV UTF-8'.");
        }
        catch (CsvFormatException)
        {
            Broken(last + 1, $"The sheet cannot be read after row {last}: a cell with quotes in it stands in quotes, each of its own doubled, and no row is larger than {Csv.MaxRow / 1024 / 1024} MiB.");
        }

        void Broken(int row, string why) => staged.Problems.Add($"row {row}", Refuse.UnreadableCode, why);
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
