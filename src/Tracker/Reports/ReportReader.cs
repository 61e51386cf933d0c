using System.Collections.Immutable;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;
using Tracker.Boards;
using Tracker.Recording;
using Tracker.Reports.Paper;
using Tracker.Reports.Pdf;

namespace Tracker.Reports;

/// <summary>A report as it was issued, and made again.</summary>
/// <param name="Redactions">Where it is not what was issued because texts were taken out of the record since: which.</param>
public sealed record ReportAgain(string Agenda, Report Report, ReportDocument Document, byte[] Json, string Digest, ImmutableArray<RedactedSince> Redactions)
{
    /// <summary>Whether it is what was issued: null where that cannot be told any more, because texts were taken out of it.</summary>
    public bool? Matches => Digest == Report.Digest ? true : Redactions.IsEmpty ? false : null;

    /// <summary>Why it cannot be shown under its name: what the record gives now is another report. Null where it can.</summary>
    public Refusal? WhyNotShown => Matches is false
        ? Refuse.Conflict("not-reproducible", $"What the record gives now has the digest {Digest}, and what was issued has {Report.Digest}.")
        : null;

    /// <summary>The digest that it was issued with, where texts were taken out of it since.</summary>
    public string? IssuedDigest => Matches is null ? Report.Digest : null;
}

/// <summary>Makes issued reports again, in every form.</summary>
public sealed class ReportReader(NpgsqlDataSource database, RecordReader records, ReportWriter writer, PublicAddress address, IServiceProvider services) : IDisposable
{
    private const long MostKept = 64 * 1024 * 1024;

    // Forms that were made lately. Of one document, name and retraction each is the same for ever.
    private readonly MemoryCache _made = new(new MemoryCacheOptions { SizeLimit = MostKept });

    // A report holds all of a record while it is made, and takes a processor; whoever asks for many waits for their own.
    private readonly ConcurrencyLimiter _hands = new(new() { PermitLimit = Math.Max(2, Environment.ProcessorCount), QueueLimit = int.MaxValue });

    public async Task<(ReportAgain? Again, Refusal? Refusal)> MakeAgainAsync(string agenda, string name, long? atLeast, CancellationToken ct)
    {
        var (report, _, refusal) = await records.OneAsync(ReportTables.Reports, "report", agenda, name, new ReadAt(AtLeast: atLeast), ct);
        if (report is null) return (null, refusal);
        using var hand = await _hands.AcquireAsync(1, ct);
        (var document, refusal) = await writer.WriteAgainAsync(agenda, report, ct);
        if (document is null) return (null, refusal);
        var json = document.CanonicalJson();
        var digest = ReportDocument.DigestOf(json);
        var redactions = digest == report.Digest ? [] : await RedactedSince.ReadAsync(database, agenda, report.Position, json, ct);
        return (new ReportAgain(agenda, report, document, json, digest, redactions), null);
    }

    /// <summary>An issued report as it is read away from here: links are whole, or there are none.</summary>
    public Sheet SheetOf(ReportAgain again) => ReportProse.Of(again.Document, again.Digest, again.Report.Slug, again.Report.Retraction, Home, again.IssuedDigest);

    private string? Home => address.Set is { Length: > 0 } home ? home : null;

    /// <summary>An issued report in one form: made once on this node, and kept for as long as there is room.</summary>
    /// <param name="path">The path under which the service was asked, where that is not the root of its site.</param>
    public async Task<byte[]> InFormAsync(ReportAgain again, string form, string path = "", CancellationToken ct = default)
    {
        // Said within it, beside what the digest is of.
        if (form == ReportForms.Json) return again.Report.Retraction is { } why ? (again.Document with { Retraction = why }).CanonicalJson() : again.Json;
        var key = (again.Digest, form, path, Texts.Tag, again.Agenda, again.Report.Slug, again.Report.IssuedAt, again.Report.Retraction);
        if (_made.TryGetValue(key, out byte[]? made)) return made!;
        using var hand = await _hands.AcquireAsync(1, ct);
        if (_made.TryGetValue(key, out made)) return made!;
        made = await InFormAsync(again.Document, again.Json, form, again.Report.IssuedAt, again.Report.Slug, again.Report.Retraction, path, again.IssuedDigest);
        return _made.Set(key, made, new MemoryCacheEntryOptions { Size = made.Length });
    }

    public void Dispose()
    {
        _made.Dispose();
        _hands.Dispose();
    }

    /// <summary>A report in one form.</summary>
    /// <param name="made">When it was issued, or is made where it is a draft.</param>
    /// <param name="name">The name it was issued under; null for a draft.</param>
    /// <param name="issuedDigest">The digest it was issued with, where texts were taken out of it since.</param>
    /// <param name="retraction">Where it was issued in error: every form says so; to the JSON it is added where an issued report is served.</param>
    public async Task<byte[]> InFormAsync(ReportDocument document, byte[] json, string form, DateTimeOffset made, string? name, Withdrawal? retraction = null, string path = "", string? issuedDigest = null)
    {
        switch (form)
        {
            case ReportForms.Json: return json;
            case ReportForms.Csv: return Encoding.UTF8.GetBytes(BoardText.Csv(document.AsBoard(), countsParties: document.Template != ReportDocument.Template1, inError: retraction?.Reason));
        }

        // What is printed does not know where it came from.
        var sheet = ReportProse.Of(document, ReportDocument.DigestOf(json), name, retraction, form == ReportForms.Pdf ? Home : Home ?? path, issuedDigest);
        return form switch
        {
            ReportForms.Markdown => Encoding.UTF8.GetBytes(MarkdownFormat.Write(sheet)),
            ReportForms.Html => Encoding.UTF8.GetBytes(await HtmlFormat.WriteAsync(sheet, services)),
            _ => PdfFormat.Write(sheet, made),
        };
    }
}
