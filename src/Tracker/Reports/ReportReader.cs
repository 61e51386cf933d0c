using System.Text;
using Tracker.Boards;
using Tracker.Recording;
using Tracker.Reports.Paper;
using Tracker.Reports.Pdf;

namespace Tracker.Reports;

/// <summary>A report as it was issued, and made again.</summary>
public sealed record ReportAgain(string Agenda, Report Report, ReportDocument Document, byte[] Json, string Digest);

/// <summary>Makes issued reports again, in every form.</summary>
public sealed class ReportReader(RecordReader records, ReportWriter writer, IServiceProvider services)
{
    public async Task<(ReportAgain? Again, Refusal? Refusal)> MakeAgainAsync(string agenda, string name, long? atLeast, CancellationToken ct)
    {
        var (report, _, refusal) = await records.OneAsync(ReportTables.Reports, "report", agenda, name, new ReadAt(AtLeast: atLeast), ct);
        if (report is null) return (null, refusal);
        (var document, refusal) = await writer.WriteAgainAsync(agenda, report, ct);
        if (document is null) return (null, refusal);
        var json = document.CanonicalJson();
        return (new ReportAgain(agenda, report, document, json, ReportDocument.DigestOf(json)), null);
    }

    /// <summary>An issued report as it is read.</summary>
    public static Sheet SheetOf(ReportAgain again) => ReportProse.Of(again.Document, again.Digest, issued: true);

    public Task<byte[]> InFormAsync(ReportAgain again, string form) => InFormAsync(again.Document, again.Json, form, again.Report.IssuedAt, issued: true);

    /// <summary>A report in one form.</summary>
    /// <param name="made">When it was issued, or is made where it is a draft.</param>
    public async Task<byte[]> InFormAsync(ReportDocument document, byte[] json, string form, DateTimeOffset made, bool issued)
    {
        switch (form)
        {
            case ReportForms.Json: return json;
            case ReportForms.Csv: return Encoding.UTF8.GetBytes(BoardText.Csv(document.AsBoard()));
        }

        var sheet = ReportProse.Of(document, ReportDocument.DigestOf(json), issued);
        return form switch
        {
            ReportForms.Markdown => Encoding.UTF8.GetBytes(MarkdownFormat.Write(sheet)),
            ReportForms.Html => Encoding.UTF8.GetBytes(await HtmlFormat.WriteAsync(sheet, services)),
            _ => PdfFormat.Write(sheet, made),
        };
    }
}
