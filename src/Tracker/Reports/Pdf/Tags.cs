using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SkiaSharp;

namespace Tracker.Reports.Pdf;

/// <summary>
/// Ties what is drawn to the parts of the document (ISO 32000-1, 14.7 and 14.8): a tagged PDF, which software can read aloud in order. The library that draws
/// has no word for it, so a stamp is drawn where a part begins or ends, and put into the words of the standard when the file is there.
/// </summary>
internal sealed partial class Tags
{
    // Nothing else that is drawn has this size.
    private const float StampWidth = .25f, StampHeight = .0625f;

    /// <summary>How many stamps stand in a row. The library leaves out what lies beyond the page.</summary>
    private const int StampsAcross = 500;

    private readonly List<Page> _pages = [];

    private Page Now => _pages[^1];

    public void Turn() => _pages.Add(new Page());

    /// <summary>What is drawn from here on belongs to a part; to none, where it is an ornament or repeats what was said.</summary>
    public void Begin(SKCanvas canvas, Part? part)
    {
        if (part is null)
        {
            Stamp(canvas, "/Artifact BMC");
            return;
        }

        Stamp(canvas, string.Create(CultureInfo.InvariantCulture, $"/{part.Role} <</MCID {Now.Parts.Count}>> BDC"));
        part.Kids.Add(new Drawn(_pages.Count - 1, Now.Parts.Count));
        Now.Parts.Add(part);
    }

    public void End(SKCanvas canvas) => Stamp(canvas, "EMC");

    /// <summary>What is drawn until the end reads so, whatever its glyphs (ISO 32000-1, 14.9.4).</summary>
    public void BeginText(SKCanvas canvas, string text) => Stamp(canvas, $"/Span <</ActualText {PdfObjects.Quoted(text)}>> BDC");

    public void EndText(SKCanvas canvas) => Stamp(canvas, "EMC");

    /// <summary>The next link of the page belongs to a part.</summary>
    public void Leads(Part part, string text) => part.Kids.Add(new Linked(_pages.Count - 1, Now.Links++, text));

    private void Stamp(SKCanvas canvas, string word)
    {
        using var paint = new SKPaint { Color = SKColors.Black };
        canvas.DrawRect(SKRect.Create(Now.Words.Count % StampsAcross, Now.Words.Count / StampsAcross, StampWidth, StampHeight), paint);
        Now.Words.Add(word);
    }

    /// <summary>Puts the parts into the file, and the document's language.</summary>
    /// <exception cref="InvalidOperationException">The file is not of the form that the library writes.</exception>
    public byte[] Put(byte[] pdf, Part document, string language)
    {
        var file = PdfObjects.Read(pdf);
        var pages = Leaves(file, Numbers(file.Text(file.Of("Catalog")), "Pages")).ToArray();
        if (pages.Length != _pages.Count) throw new InvalidOperationException("The PDF has other pages than were drawn.");
        var root = file.Next();
        var parents = new SortedDictionary<int, string>();
        var links = new List<int[]>();
        var numbers = new Dictionary<Part, int>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < pages.Length; i++)
        {
            var page = file.Text(pages[i]);
            links.Add([.. Numbers(page, "Annots")]);
            if (links[i].Length != _pages[i].Links) throw new InvalidOperationException("The PDF has other links than were drawn.");
            file.Add(pages[i], string.Create(CultureInfo.InvariantCulture, $"/StructParents {i}"));
            var content = Numbers(page, "Contents").Single();
            var found = 0;
            var told = Stamped().Replace(file.Content(content), stamp =>
            {
                found++;
                return _pages[i].Words[(int.Parse(stamp.Groups[2].ValueSpan, CultureInfo.InvariantCulture) * StampsAcross) + int.Parse(stamp.Groups[1].ValueSpan, CultureInfo.InvariantCulture)] + "\n";
            });
            if (found != _pages[i].Words.Count) throw new InvalidOperationException("The PDF has other stamps than were drawn.");
            file.PutContent(content, told);
        }

        Number(document);
        var next = pages.Length;
        Write(document, root);
        for (var i = 0; i < pages.Length; i++) parents[i] = $"[{string.Join(' ', _pages[i].Parts.Select(x => $"{numbers[x]} 0 R"))}]";
        file.Put(root, string.Create(CultureInfo.InvariantCulture,
            $"<</Type /StructTreeRoot\n/K {numbers[document]} 0 R\n/ParentTreeNextKey {next}\n/ParentTree <</Nums [{string.Join('\n', parents.Select(x => $"{x.Key} {x.Value}"))}]>>>>"));
        file.Add(file.Of("Catalog"), string.Create(CultureInfo.InvariantCulture, $"/Lang ({language})\n/MarkInfo <</Marked true>>\n/StructTreeRoot {root} 0 R"));
        return file.Write();

        void Number(Part part)
        {
            numbers.Add(part, file.Next());
            foreach (var kid in part.Kids.OfType<Part>()) Number(kid);
        }

        void Write(Part part, int parent)
        {
            var number = numbers[part];
            var body = new StringBuilder();
            body.Append(CultureInfo.InvariantCulture, $"<</Type /StructElem\n/S /{part.Role}\n/P {parent} 0 R");
            if (part.Told is { } told) body.Append("\n/Alt ").Append(PdfObjects.Quoted(told));
            if (part.Language is { } tag) body.Append("\n/Lang ").Append(PdfObjects.Quoted(tag));
            if (part.Cell is { } cell) body.Append(CultureInfo.InvariantCulture, $"\n/A <</O /Table {cell}>>");
            // Marks on the page that it begins on go by their numbers alone.
            var begins = part.Kids.OfType<Drawn>().FirstOrDefault()?.Page;
            if (begins is { } first) body.Append(CultureInfo.InvariantCulture, $"\n/Pg {pages[first]} 0 R");
            body.Append("\n/K [");
            foreach (var kid in part.Kids)
            {
                switch (kid)
                {
                    case Part it: body.Append(CultureInfo.InvariantCulture, $"{numbers[it]} 0 R\n"); break;
                    case Drawn it when it.Page == begins: body.Append(CultureInfo.InvariantCulture, $"{it.Number} "); break;
                    case Drawn it: body.Append(CultureInfo.InvariantCulture, $"<</Type /MCR /Pg {pages[it.Page]} 0 R /MCID {it.Number}>>\n"); break;
                    case Linked it:
                        var link = links[it.Page][it.Number];
                        body.Append(CultureInfo.InvariantCulture, $"<</Type /OBJR /Pg {pages[it.Page]} 0 R /Obj {link} 0 R>>\n");
                        file.Add(link, string.Create(CultureInfo.InvariantCulture, $"/StructParent {next}\n/Contents {PdfObjects.Quoted(it.Text)}"));
                        parents.Add(next++, string.Create(CultureInfo.InvariantCulture, $"{number} 0 R"));
                        break;
                }
            }

            file.Put(number, body.Append("]>>").ToString());
            foreach (var kid in part.Kids.OfType<Part>()) Write(kid, number);
        }
    }

    /// <summary>The pages of a tree of pages, from the first to the last.</summary>
    private static IEnumerable<int> Leaves(PdfObjects file, IEnumerable<int> tree) =>
        tree.SelectMany(x => Numbers(file.Text(x), "Kids").ToArray() is { Length: > 0 } kids ? Leaves(file, kids) : [x]);

    /// <summary>The objects, one or an array, that an entry of a dictionary names.</summary>
    private static IEnumerable<int> Numbers(string dictionary, string entry) =>
        Regex.Match(dictionary, $@"/{entry} (\[(?<all>[^\]]*)\]|(?<all>\d+ 0 R))").Groups["all"].Value is { Length: > 0 } all
            ? Reference().Matches(all).Select(x => int.Parse(x.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
            : [];

    [GeneratedRegex(@"(\d+) 0 R")]
    private static partial Regex Reference();

    [GeneratedRegex(@"^(\d+) (\d+) \.25 \.0625 re\nf\n", RegexOptions.Multiline)]
    private static partial Regex Stamped();

    private sealed class Page
    {
        /// <summary>What each stamp stands for.</summary>
        public List<string> Words { get; } = [];

        /// <summary>Whose each mark is.</summary>
        public List<Part> Parts { get; } = [];

        public int Links { get; set; }
    }
}
