using System.Globalization;
using CsvHelper;

namespace Tracker.Recording;

/// <summary>
/// CSV as this program writes and reads it (RFC 4180). A cell that a spreadsheet would run as a formula is guarded by an apostrophe on
/// the way out, and loses it on the way in, so that a text comes back as it was.
/// </summary>
public static class Csv
{
    /// <summary>What a row may hold at most, in bytes.</summary>
    public const int MaxRow = 4 * 1024 * 1024;

    private static readonly CsvWriterOptions Written = new() { Quoting = CsvQuoting.WhenNeededOrWhitespace };

    /// <summary>Rows of cells as text.</summary>
    public static string Text(IEnumerable<IEnumerable<string>> rows)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = CsvWriter.Create(text, Written, leaveOpen: true))
            foreach (var row in rows)
            {
                foreach (var cell in row) csv.WriteField(Guarded(cell), RunsInPart(cell) ? CsvQuoting.Always : Written.Quoting);
                csv.EndRecord();
            }

        return text.ToString();
    }

    /// <summary>
    /// Reads the rows of a text, each with its number: the first is 1, and empty ones count. Of a row whose quotes are not as they should be, the cells
    /// are a guess.
    /// </summary>
    /// <exception cref="CsvFormatException">A row is larger than <see cref="MaxRow"/>.</exception>
    public static async IAsyncEnumerable<(int Number, string[] Cells, bool IsBroken)> RowsAsync(TextReader text)
    {
        var broken = new HashSet<long>();
        var head = new char[16 * 1024];
        var length = await text.ReadBlockAsync(head);
        using var csv = CsvReader.Create(new Replayed(head.AsMemory(0, length), text), new CsvReaderOptions
        {
            Separator = Separator(head.AsSpan(0, length)),
            HasHeader = false,
            SkipEmptyLines = false,
            MalformedData = CsvMalformedDataHandling.Recover,
            OnMalformedRecord = x => broken.Add(x.RecordNumber),
            MaxRecordSize = MaxRow,
        });
        for (var number = 1; await csv.ReadAsync(); number++)
        {
            var cells = new string[csv.FieldCount];
            for (var i = 0; i < cells.Length; i++) cells[i] = Unguarded(csv.GetString(i));
            yield return (number, cells, broken.Remove(number));
        }
    }

    public static string Guarded(string cell) => Runs(cell) ? "'" + cell : cell;

    public static string Unguarded(string cell) => cell is ['\'', ..] && Runs(cell[1..]) ? cell[1..] : cell;

    /// <summary>Whether it begins as a formula does, or as one that is guarded already: so that guarding can be undone.</summary>
    private static bool Runs(string cell)
    {
        var bare = cell.AsSpan().TrimStart('\'');
        return bare is ['\t' or '\r' or '\n', ..] || bare.TrimStart() is ['=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠', ..];
    }

    /// <summary>Whether a program that parts cells otherwise would find a formula within it, where it does not stand in quotes.</summary>
    private static bool RunsInPart(string cell) => cell.IndexOfAny([';', '\t', '|']) >= 0 && cell.Split(';', '\t', '|').Skip(1).Any(Runs);

    /// <summary>What parts the cells of the first row: spreadsheets write what their locale says.</summary>
    private static char Separator(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny('\r', '\n');
        var (best, most) = (',', 0);
        foreach (var separator in (ReadOnlySpan<char>)[',', ';', '\t'])
            if (text[..(end < 0 ? text.Length : end)].Count(separator) is var count && count > most) (best, most) = (separator, count);
        return best;
    }

    /// <summary>What was read ahead, and then the rest.</summary>
    private sealed class Replayed(ReadOnlyMemory<char> ahead, TextReader rest) : TextReader
    {
        private ReadOnlyMemory<char> _ahead = ahead;

        public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
        {
            if (_ahead.IsEmpty) return await rest.ReadAsync(buffer, cancellationToken);
            var length = Math.Min(buffer.Length, _ahead.Length);
            _ahead[..length].CopyTo(buffer);
            _ahead = _ahead[length..];
            return length;
        }

        public override Task<int> ReadAsync(char[] buffer, int index, int count) => ReadAsync(buffer.AsMemory(index, count)).AsTask();

        public override int Read(char[] buffer, int index, int count) => throw new NotSupportedException("A body is read asynchronously.");
    }
}
