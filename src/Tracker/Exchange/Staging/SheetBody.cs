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
            using var text = new StreamReader(body, Utf8, detectEncodingFromByteOrderMarks: false, bufferSize: 64 * 1024);
            var json = new ArrayBufferWriter<byte>();
            IReadOnlyList<Column>? columns = null;
            await foreach (var (row, cells) in Csv.RowsAsync(text))
            {
                last = row;
                if (columns is null)
                {
                    (columns, var refusal) = Head(sheet, cells);
                    if (refusal is not null) return refusal;
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

            return columns is null ? Refuse.Unreadable("The sheet is empty: its first row must name the columns.") : null;
        }
        catch (DecoderFallbackException)
        {
            return Refuse.Unreadable($"The sheet is not UTF-8, after row {last}. Save it as 'CSV UTF-8'.");
        }
        catch (CsvFormatException)
        {
            return Refuse.Unreadable($"The sheet cannot be read after row {last}: a cell with quotes in it stands in quotes, each of its own doubled, and no row is larger than {Csv.MaxRow / 1024 / 1024} MiB.");
        }
    }

    private static (IReadOnlyList<Column> Columns, Refusal? Refusal) Head(Sheet sheet, string[] names)
    {
        var problems = new Problems();
        var columns = new List<Column>();
        foreach (var name in names.Select(x => x.Trim()))
        {
            var column = sheet.Columns.FirstOrDefault(x => x.Name == name);
            if (column is null) problems.Add(name.Length == 0 ? "row 1" : name, "unknown-column", $"Row 1: there is no column '{name}'. There are {string.Join(", ", sheet.Columns.Select(x => x.Name))}.");
            else if (columns.Contains(column)) problems.Add(name, "repeated", $"Row 1: it names '{name}' twice.");
            else columns.Add(column);
        }

        foreach (var missing in sheet.Columns.Where(x => x.Required && !columns.Contains(x)))
            problems.Add(missing.Name, "missing-column", $"Row 1: the column '{missing.Name}' is required.");
        return (columns, problems.Any ? problems.Refusal() : null);
    }
}
