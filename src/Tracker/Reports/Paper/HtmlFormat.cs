using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Tracker.Prose;
using Tracker.Status;

namespace Tracker.Reports.Paper;

/// <summary>A sheet as one HTML file: style and drawings within it, no script, nothing fetched from anywhere.</summary>
public static class HtmlFormat
{
    /// <summary>The style of a file of its own; its colours of statuses are the palette's.</summary>
    public static string Style { get; } = $$$"""
        :root{color-scheme:light dark;--paper:#fff;--ink:#1b2530;--soft:#54606b;--line:#dcd9d0;--faint:#f3f1eb;--link:#1d4f7c;
        {{{Palette.Light.Css()}}}
        }
        @media (prefers-color-scheme:dark){:root{--paper:#12181e;--ink:#e9ecee;--soft:#a9b4bd;--line:#34404a;--faint:#222c35;--link:#8fc1ee;
        {{{Palette.Dark.Css()}}}
        }}
        *{box-sizing:border-box}
        body{margin:0;background:var(--paper);color:var(--ink);font:1.05rem/1.55 Charter,"Source Serif 4",Cambria,Georgia,"Liberation Serif","Noto Serif CJK SC",serif;overflow-wrap:break-word}
        main,footer{max-width:52rem;margin:0 auto;padding:2.5rem 1.4rem 1rem}
        footer{padding-block:0 2.5rem;color:var(--soft);font-size:.85rem}footer p{border-top:1px solid var(--line);padding-top:.8rem}
        h1{font-size:clamp(1.7rem,1.2rem + 2vw,2.4rem);line-height:1.18;margin:0 0 .6rem}h2{font-size:1.45rem;margin:2.4rem 0 .6rem}h3{font-size:1.1rem;margin:1.5rem 0 .4rem}
        p{margin:0 0 .8rem}.lead{font-size:1.3rem;line-height:1.4}.notice{border-left:.3rem solid var(--contested);background:var(--faint);padding:.6rem .9rem;font-weight:600}.small,small,figcaption,caption{font-family:system-ui,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif;font-size:.84rem;color:var(--soft)}
        a,th,td,li,summary{unicode-bidi:plaintext}
        a{color:var(--link)}ul,ol{padding-left:1.3rem}li{margin-block:.25rem}.sources li{font-size:.92rem}
        .scroll{overflow-x:auto;margin-block:.6rem 1.2rem}table{border-collapse:collapse;width:100%;font:.9rem/1.4 system-ui,"Segoe UI",Roboto,"Liberation Sans",Arial,"Noto Sans CJK SC",sans-serif}
        caption{text-align:left;padding-bottom:.5rem}th,td{text-align:left;vertical-align:top;padding:.5rem .7rem;border-bottom:1px solid var(--line)}thead th{background:var(--faint);color:var(--soft);font-weight:600}tbody th{font-weight:600;min-width:11rem}th,td{overflow-wrap:anywhere}td{min-width:6rem}.status{white-space:nowrap}
        figure{margin:.6rem 0 1rem;padding-left:1rem;border-left:3px solid var(--line)}blockquote{margin:.15rem 0;font-size:1.05rem}blockquote:lang(en){font-style:italic}
        sup{line-height:0}sup a{text-decoration:none}svg.glyph{width:.95em;height:.95em;vertical-align:-.12em;margin-right:.3em}svg.picture{width:100%;min-width:40rem;height:auto;background:#fff;border-radius:4px}
        details{margin-bottom:1.2rem}summary{cursor:pointer;color:var(--soft)}
        .s-reversed{color:var(--reversed)}.s-delivered{color:var(--delivered)}.s-contested{color:var(--contested)}.s-concreteAction{color:var(--concreteAction)}.s-undercut{color:var(--undercut)}.s-partial{color:var(--partial)}.s-dialogueOnly{color:var(--dialogueOnly)}.s-wordsOnly{color:var(--wordsOnly)}.s-noneFound{color:var(--noneFound)}.s-notYetRated{color:var(--notYetRated)}
        .glyph .fill{fill:currentColor}.glyph .line{fill:none;stroke:currentColor;stroke-width:1.8;stroke-linejoin:round;stroke-linecap:round}.glyph .dashed{stroke-dasharray:2.2 3}.glyph .cut{fill:none;stroke:var(--paper);stroke-width:1.9;stroke-linecap:round;stroke-linejoin:round}
        @media print{body{font-size:10pt}main,footer{max-width:none;padding:0}tr,figure{break-inside:avoid}.scroll{overflow:visible}tbody th{min-width:8rem}td{min-width:5.2rem}.status{white-space:normal}svg.picture{min-width:0}h2,h3{break-after:avoid}details{display:none}}
        """;

    /// <summary>What a browser may load for such a file: the one style it holds. Behind it, because fields are set in order.</summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>What mail programs keep of a style: plain colours, no variables, no media.</summary>
    public const string MailStyle = """
        body{margin:0;padding:16px;background:#ffffff;color:#1b2530;font:16px/1.5 Georgia,"Times New Roman",serif}
        main,footer{max-width:760px;margin:0 auto}h1{font-size:28px;line-height:1.2;margin:0 0 10px}h2{font-size:21px;margin:32px 0 8px}h3{font-size:17px;margin:22px 0 6px}
        p{margin:0 0 12px}.lead{font-size:20px;line-height:1.4}.notice{border-left:4px solid #54606b;background:#f3f1eb;padding:9px 14px;font-weight:bold}.small,small,figcaption,caption,footer{font:14px/1.45 Arial,Helvetica,sans-serif;color:#54606b}
        a{color:#1d4f7c}li{margin:4px 0}img{max-width:100%;height:auto}
        table{border-collapse:collapse;width:100%;font:14px/1.4 Arial,Helvetica,sans-serif}caption{text-align:left;padding-bottom:8px}th,td{text-align:left;vertical-align:top;padding:7px 9px;border-bottom:1px solid #dcd9d0}thead th{background:#f3f1eb;color:#54606b}
        figure{margin:10px 0 16px;padding-left:14px;border-left:3px solid #dcd9d0}blockquote{margin:3px 0}footer{border-top:1px solid #dcd9d0;margin-top:32px;padding-top:12px}
        """;

    /// <summary>Writes the sheet.</summary>
    public static Task<string> WriteAsync(Sheet sheet, IServiceProvider services) => WriteAsync(sheet, null, services);

    /// <summary>Writes the sheet to be read in mail: no drawings but the one picture that comes along.</summary>
    public static Task<string> WriteForMailAsync(Sheet sheet, InMail mail, IServiceProvider services) => WriteAsync(sheet, mail, services);

    private static async Task<string> WriteAsync(Sheet sheet, InMail? mail, IServiceProvider services)
    {
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<SheetPage>(ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(SheetPage.Sheet)] = sheet, [nameof(SheetPage.Mail)] = mail }))).ToHtmlString());
    }

    /// <summary>A status's shape.</summary>
    public static string Svg(CommitmentStatus status) =>
        $"""<svg class="glyph {StatusWords.ClassOf(status)}" viewBox="0 0 16 16" aria-hidden="true">{string.Concat(StatusShapes.Of(status).Select(x => $"<path class=\"{StatusShapes.ClassOf(x.Stroke)}\" d=\"{x.Path}\"/>"))}</svg>""";

    /// <summary>A picture as SVG, its bands below each other.</summary>
    public static string Svg(Picture picture)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"picture\" role=\"img\" aria-label=\"{Encoded(picture.Title)}\" viewBox=\"0 0 {picture.Width} {picture.Height}\" xmlns=\"http://www.w3.org/2000/svg\" font-family=\"system-ui,'Liberation Sans',Arial,sans-serif\">");
        var y = 0f;
        foreach (var band in picture.Whole)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate(0 {y})\">");
            foreach (var mark in band.Marks)
            {
                switch (mark)
                {
                    case PathMark it:
                        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{it.Path}\" fill=\"{it.Fill ?? "none"}\"");
                        if (it.Line is not null) svg.Append(CultureInfo.InvariantCulture, $" stroke=\"{it.Line}\" stroke-width=\"{it.Thick}\"");
                        svg.Append("/>");
                        break;
                    case TextMark it:
                        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{it.X}\" y=\"{it.Y}\" font-size=\"{it.Size}\" fill=\"{it.Colour}\"");
                        if (it.Strong) svg.Append(" font-weight=\"600\"");
                        if (it.Anchor is not Anchor.Start) svg.Append(it.Anchor is Anchor.Middle ? " text-anchor=\"middle\"" : " text-anchor=\"end\"");
                        svg.Append('>').Append(Encoded(it.Text)).Append("</text>");
                        break;
                }
            }

            svg.Append("</g>");
            y += band.Height;
        }

        return svg.Append("</svg>").ToString();
    }

    private static string Encoded(string text) => HtmlEncoder.Default.Encode(text);
}

/// <summary>What a sheet has in mail and not in a file of its own.</summary>
/// <param name="Picture">Where the picture is, within the message; null where none comes along.</param>
/// <param name="After">What is said at the end: where it can be read otherwise, how to get no more.</param>
/// <param name="PictureLacks">Whether a box stands for something in the picture.</param>
public sealed record InMail(string? Picture, ImmutableArray<ImmutableArray<Piece>> After, bool PictureLacks = false);
