using System.Text.Encodings.Web;
using System.Text.RegularExpressions;

namespace Tracker.Dashboard.Frame;

/// <summary>
/// The path under which a proxy has put the service, where that is not the root of its site. Pages name addresses from the service's own root, each
/// the same everywhere; what leads there from a browser gets the path before it, here and for all pages at once.
/// </summary>
internal static partial class SubPath
{
    /// <summary>A page whose links, forms, pictures and scripts lead to where the service is.</summary>
    public static string Before(string html, PathString path)
    {
        if (!path.HasValue) return html;
        var encoded = HtmlEncoder.Default.Encode(path.ToUriComponent());
        return Ours().Replace(html, _ => encoded);
    }

    // Attributes alone: in a text a quotation mark is encoded.
    [GeneratedRegex("""(?<=\s(?:href|src|action|formaction|hx-get|data-live)="|\scontent="0;url=)(?=/(?!/))""")]
    private static partial Regex Ours();
}
