using System.Collections.Immutable;
using MimeKit;
using Tracker.Boards.Known;
using Tracker.Recording;
using Tracker.Reports;
using Tracker.Reports.Paper;
using Tracker.Reports.Pdf;
using Tracker.Reports.Schedules;

namespace Tracker.Delivery.Mail;

/// <summary>
/// Makes the mail of a report: what it says as text and as HTML, its timeline as a picture that comes along, the PDF and the other forms attached.
/// </summary>
public sealed class ReportMail(ReportReader reports, Moments moments, UnsubscribeTokens tokens, PublicAddress address, IServiceProvider services)
{
    private const string PictureId = "timeline@report";

    // What goes to many is made once.
    private (string Agenda, string Report, long? Redacted, Task<(Parts?, Refusal?)> Parts)? _last;
    private readonly Lock _one = new();

    /// <summary>The message, but for whom it comes from and when; or why there is none.</summary>
    public async Task<(MimeMessage? Message, Refusal? Refusal)> WriteAsync(Parcel parcel, MailedReport mailed, Recipient recipient, MailboxAddress from, CancellationToken ct)
    {
        var (parts, refusal) = await PartsAsync(parcel.Agenda, parcel.Key, await moments.RedactedAsync(parcel.Agenda, ct)).WaitAsync(ct);
        if (parts is null) return (null, refusal);
        var unsubscribe = address.Set is not { Length: > 0 } web ? null : $"{web}/unsubscribe/{tokens.Of(recipient.Id)}";
        var after = After(parts, unsubscribe, from);
        var sheet = parts.Sheet;
        var body = new MultipartAlternative
        {
            new TextPart("plain") { Text = $"{MarkdownFormat.Write(sheet)}\n\n-- \n{string.Join('\n', after.Select(Plain))}\n" },
            await HtmlAsync(parts, after),
        };
        var name = $"{parcel.Agenda}-{parts.Again.Report.Slug}";
        var mixed = new Multipart("mixed") { body, Attached(parts.Pdf, ReportForms.Pdf, name) };
        foreach (var format in mailed.Formats.Where(x => x is not ReportFormat.Pdf))
        {
            var form = ReportForms.ByEnding(Words.Text(format))!;
            mixed.Add(Attached(await reports.InFormAsync(parts.Again, form, ct: ct), form, name));
        }

        var message = new MimeMessage { Subject = sheet.Title, Body = mixed };
        // A link that a program may follow by itself must be https, and one click enough (RFC 8058).
        message.Headers.Add(HeaderId.ListUnsubscribe, unsubscribe is null ? $"<mailto:{from.Address}?subject=unsubscribe%20{parcel.Agenda}>" : $"<{unsubscribe}>");
        if (unsubscribe is not null) message.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        return (message, null);
    }

    private Task<(Parts?, Refusal?)> PartsAsync(string agenda, string report, long? redacted)
    {
        lock (_one)
        {
            if (_last is { } last && (last.Agenda, last.Report, last.Redacted) == (agenda, report, redacted) && !HasFailed(last.Parts)) return last.Parts;
            _last = (agenda, report, redacted, MakeAsync(agenda, report));
            return _last.Value.Parts;
        }
    }

    private static bool HasFailed(Task<(Parts?, Refusal?)> parts) => parts.IsCompleted && (!parts.IsCompletedSuccessfully || parts.Result.Item1 is null);

    private async Task<(Parts?, Refusal?)> MakeAsync(string agenda, string report)
    {
        var (again, refusal) = await reports.MakeAgainAsync(agenda, report, null, CancellationToken.None);
        if (again is null) return (null, refusal);
        // Another report under this one's name would be a silent revision.
        if (again.WhyNotShown is { } no) return (null, no);
        var sheet = reports.SheetOf(again);
        // What limits all the rest comes before the title: the first line is all that many see.
        if (sheet.Blocks.Any(IsNotice)) sheet = sheet with { Blocks = [.. sheet.Blocks.Where(IsNotice), .. sheet.Blocks.Where(x => !IsNotice(x))] };
        var picture = sheet.Blocks.OfType<Picture>().FirstOrDefault();
        return (new Parts(again, sheet, picture is null ? null : PngFormat.Write(picture), picture is not null && PngFormat.Lacks(picture), await reports.InFormAsync(again, ReportForms.Pdf, ct: CancellationToken.None)), null);
    }

    private async Task<MimeEntity> HtmlAsync(Parts parts, ImmutableArray<ImmutableArray<Piece>> after)
    {
        var html = new TextPart("html") { Text = await HtmlFormat.WriteForMailAsync(parts.Sheet, new InMail(parts.Png is null ? null : $"cid:{PictureId}", after, parts.PictureLacks), services) };
        if (parts.Png is null) return html;
        return new MultipartRelated
        {
            html,
            new MimePart("image", "png")
            {
                Content = new MimeContent(new MemoryStream(parts.Png, writable: false)),
                ContentTransferEncoding = ContentEncoding.Base64,
                ContentDisposition = new ContentDisposition(ContentDisposition.Inline) { FileName = "timeline.png" },
                ContentId = PictureId,
            },
        };
    }

    private ImmutableArray<ImmutableArray<Piece>> After(Parts parts, string? unsubscribe, MailboxAddress from)
    {
        var (agenda, report) = (parts.Again.Agenda, parts.Again.Report);
        var after = ImmutableArray.CreateBuilder<ImmutableArray<Piece>>();
        if (report.Late) after.Add([new Say(Texts.MailLate)]);
        if (address.Set is { Length: > 0 } web) after.Add([new Link(Texts.MailReadOnline, $"{web}/api/v1/agendas/{agenda}/reports/{report.Slug}.html")]);
        after.Add([new Say(Texts.MailWhy(parts.Again.Document.Title))]);
        after.Add(unsubscribe is null ? [new Say(Texts.MailUnsubscribeByMail(from.Address))] : [new Link(Texts.Unsubscribe, unsubscribe)]);
        return after.ToImmutable();
    }

    private static string Plain(ImmutableArray<Piece> pieces) => string.Concat(pieces.Select(x => x switch
    {
        Say it => it.Text,
        Link it => $"{it.Text}: {it.Address}",
        _ => "",
    }));

    private static MimePart Attached(byte[] bytes, string form, string name) => new(ContentType.Parse(form))
    {
        Content = new MimeContent(new MemoryStream(bytes, writable: false)),
        ContentTransferEncoding = ContentEncoding.Base64,
        ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) { FileName = $"{name}.{ReportForms.EndingOf(form)}" },
    };

    private static bool IsNotice(Block block) => block is Paragraph { Manner: Manner.Notice };

    private sealed record Parts(ReportAgain Again, Sheet Sheet, byte[]? Png, bool PictureLacks, byte[] Pdf);
}
