using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Tracker.Reports.Pdf;

/// <summary>
/// Tells a PDF's language, and that its title is what a window shows, by an incremental update of its catalogue (ISO 32000-1, 7.5.6
/// and 14.9.2): the library that draws the pages has no word for either.
/// </summary>
internal static partial class PdfLanguage
{
    /// <exception cref="InvalidOperationException">The file has no catalogue in the form the library writes.</exception>
    public static byte[] Told(byte[] pdf, string language)
    {
        var text = Encoding.Latin1.GetString(pdf);
        var (catalogue, trailer, start) = (Catalogue().Matches(text).LastOrDefault(), Trailer().Matches(text).LastOrDefault(), Start().Matches(text).LastOrDefault());
        if (catalogue is null || trailer is null || start is null) throw new InvalidOperationException("The PDF has no catalogue to tell its language in.");
        var number = catalogue.Groups[1].Value;
        var added = new StringBuilder();
        added.Append('\n');
        var at = text.Length + 1;
        added.Append(CultureInfo.InvariantCulture, $"{number} 0 obj\n<<{catalogue.Groups[2].Value}\n/Lang ({language})\n/ViewerPreferences <</DisplayDocTitle true>>\n>>\nendobj\n");
        var xref = text.Length + added.Length;
        added.Append(CultureInfo.InvariantCulture, $"xref\n{number} 1\n{at:D10} 00000 n \ntrailer\n<<{trailer.Groups[1].Value}\n/Prev {start.Groups[1].Value}>>\nstartxref\n{xref}\n%%EOF\n");
        return [.. pdf, .. Encoding.Latin1.GetBytes(added.ToString())];
    }

    [GeneratedRegex(@"(\d+) 0 obj\s*<<((?:(?!endobj).)*?/Type\s*/Catalog(?:(?!endobj).)*)>>\s*endobj", RegexOptions.Singleline)]
    private static partial Regex Catalogue();

    [GeneratedRegex(@"trailer\s*<<(.*?)>>\s*startxref", RegexOptions.Singleline)]
    private static partial Regex Trailer();

    [GeneratedRegex(@"startxref\s+(\d+)\s+%%EOF")]
    private static partial Regex Start();
}
