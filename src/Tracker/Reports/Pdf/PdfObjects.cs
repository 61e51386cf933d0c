using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Tracker.Reports.Pdf;

/// <summary>
/// A PDF as its numbered objects (ISO 32000-1, 7.5), to add to what the library that draws it has no word for. It reads the form that this
/// library writes, and no other.
/// </summary>
internal sealed partial class PdfObjects
{
    private readonly byte[] _header;
    private readonly SortedDictionary<int, byte[]> _bodies = [];
    private readonly string _trailer;
    private int _size;

    private PdfObjects(byte[] header, string trailer) => (_header, _trailer) = (header, trailer);

    /// <exception cref="InvalidOperationException">The file is of another form.</exception>
    public static PdfObjects Read(byte[] pdf)
    {
        var text = Encoding.Latin1.GetString(pdf);
        if (End().Match(text) is not { Success: true } end) throw Strange("end");
        var table = int.Parse(end.Groups["table"].ValueSpan, CultureInfo.InvariantCulture);
        var offsets = Entry().Matches(text[table..]).Select((x, i) => (Number: i, Offset: int.Parse(x.Groups[1].ValueSpan, CultureInfo.InvariantCulture), InUse: x.Groups[2].Value is "n"))
            .Where(x => x.InUse).OrderBy(x => x.Offset).ToArray();
        if (offsets.Length == 0) throw Strange("objects");
        var objects = new PdfObjects(pdf[..offsets[0].Offset], end.Groups["trailer"].Value);
        for (var i = 0; i < offsets.Length; i++)
        {
            var (number, from, to) = (offsets[i].Number, offsets[i].Offset, i + 1 < offsets.Length ? offsets[i + 1].Offset : table);
            var begin = string.Create(CultureInfo.InvariantCulture, $"{number} 0 obj\n");
            var last = text.LastIndexOf("\nendobj", to - 1, StringComparison.Ordinal);
            if (string.CompareOrdinal(text, from, begin, 0, begin.Length) != 0 || last < from) throw Strange(begin);
            objects._bodies.Add(number, pdf[(from + begin.Length)..last]);
            objects._size = Math.Max(objects._size, number + 1);
        }

        return objects;
    }

    /// <summary>An object that is no stream, or the dictionary of one.</summary>
    public string Text(int number)
    {
        var text = Encoding.Latin1.GetString(_bodies[number]);
        return text.IndexOf("stream\n", StringComparison.Ordinal) is >= 0 and var stream ? text[..stream] : text;
    }

    /// <summary>The one object of a type.</summary>
    public int Of(string type) => _bodies.Keys.Single(x => Text(x).StartsWith($"<</Type /{type}\n", StringComparison.Ordinal));

    /// <summary>Makes room for an object.</summary>
    public int Next()
    {
        _bodies.Add(_size, []);
        return _size++;
    }

    public void Put(int number, string body) => _bodies[number] = Encoding.Latin1.GetBytes(body);

    /// <summary>Adds entries to a dictionary.</summary>
    public void Add(int number, string entries)
    {
        var text = Text(number);
        Put(number, string.Concat(text.AsSpan(0, text.LastIndexOf(">>", StringComparison.Ordinal)), "\n", entries, ">>"));
    }

    /// <summary>What a stream holds, without its compression.</summary>
    public string Content(int number)
    {
        var body = _bodies[number];
        var from = Text(number).Length + "stream\n".Length;
        using var packed = new MemoryStream(body, from, body.Length - from);
        using var unpacked = new ZLibStream(packed, CompressionMode.Decompress);
        using var content = new MemoryStream();
        unpacked.CopyTo(content);
        return Encoding.Latin1.GetString(content.GetBuffer(), 0, (int)content.Length);
    }

    public void PutContent(int number, string content)
    {
        using var packed = new MemoryStream();
        using (var packing = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) packing.Write(Encoding.Latin1.GetBytes(content));
        _bodies[number] =
        [
            .. Encoding.Latin1.GetBytes(string.Create(CultureInfo.InvariantCulture, $"<</Filter /FlateDecode\n/Length {packed.Length}>> stream\n")),
            .. packed.ToArray(),
            .. "\nendstream"u8,
        ];
    }

    public byte[] Write()
    {
        using var file = new MemoryStream();
        file.Write(_header);
        var table = new StringBuilder();
        for (var number = 0; number < _size; number++)
        {
            if (!_bodies.TryGetValue(number, out var body))
            {
                table.Append("0000000000 65535 f \n");
                continue;
            }

            table.Append(CultureInfo.InvariantCulture, $"{file.Length:D10} 00000 n \n");
            Say($"{number} 0 obj\n");
            file.Write(body);
            Say($"\nendobj\n");
        }

        var at = file.Length;
        Say($"xref\n0 {_size}\n{table}trailer\n{Size().Replace(_trailer, string.Create(CultureInfo.InvariantCulture, $"/Size {_size}"))}\nstartxref\n{at}\n%%EOF\n");
        return file.ToArray();

        void Say(FormattableString text) => file.Write(Encoding.Latin1.GetBytes(text.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>A text as a string of a PDF.</summary>
    public static string Quoted(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    private static InvalidOperationException Strange(string what) => new($"The PDF has no {what.Trim()} where it is looked for.");

    [GeneratedRegex(@"\ntrailer\n(?<trailer><<[^>]*>>)\nstartxref\n(?<table>\d+)\n%%EOF\s*$")]
    private static partial Regex End();

    [GeneratedRegex(@"(\d{10}) \d{5} ([nf]) \n")]
    private static partial Regex Entry();

    [GeneratedRegex(@"/Size \d+")]
    private static partial Regex Size();
}
