using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Npgsql;
using Tracker.Agendas;
using Tracker.Boards;
using Tracker.Boards.Known;
using Tracker.Evidence;
using Tracker.Exchange.Sheets;
using Tracker.Exchange.Staging;
using Tracker.Proposals;
using Tracker.Recording;

namespace Tracker.Exchange;

/// <summary>
/// Writes an agenda's record as it stood at one position, thing by thing, in the order of names: the same position gives the same bytes,
/// and no more than its names and a page of it is in memory.
/// </summary>
public sealed class Export(NpgsqlDataSource database, Moments moments, ICoderRegistry coders)
{
    private const int FlushAt = 64 * 1024;

    /// <summary>The moment an export made now is of, or why there is none.</summary>
    public Task<(Moment? Moment, Refusal? Refusal)> MomentAsync(string agenda, long? atLeast, CancellationToken ct) => moments.ResolveAsync(agenda, new ReadAt(AtLeast: atLeast), ct);

    /// <summary>Tells one export from another before it is written: of the same tag are the same bytes.</summary>
    public async Task<string> TagAsync(Moment moment, BodyForm form, SheetKind? kind, Audience audience, CancellationToken ct) =>
        // Another build may write in another way, and whom bundles named may be forgotten.
        Answer.TagOf(moment.Position, Encoding.UTF8.GetBytes($"{(audience is Audience.Coders ? await coders.VersionOfNamesAsync(ct) : "")}\n{moment.Agenda}\n{moment.Position}\n{Instants.Text(moment.RecordedAt)}\n{form}\n{kind}\n{audience}\n{typeof(Export).Module.ModuleVersionId}"));

    public static BodyForm FormOf(ExportFormat format) => format switch { ExportFormat.Ndjson => BodyForm.Lines, ExportFormat.Csv => BodyForm.Sheet, _ => BodyForm.Json };

    /// <param name="audience">Whom it is for: readers get the evidence that they see, without who coded and reviewed it.</param>
    public Task WriteAsync(Moment moment, BodyForm form, SheetKind? kind, Audience audience, Stream to, CancellationToken ct) => form switch
    {
        BodyForm.Lines => WriteLinesAsync(moment, audience, to, ct),
        BodyForm.Sheet => WriteSheetAsync(moment, Sheet.Of(kind!.Value), audience, to, ct),
        _ => WriteJsonAsync(moment, audience, to, ct),
    };

    /// <summary>One JSON document, one thing a line, so that two exports can be compared line by line.</summary>
    private async Task WriteJsonAsync(Moment moment, Audience audience, Stream to, CancellationToken ct)
    {
        using var text = new MemoryStream();
        text.Write("{\"format\":"u8);
        text.Write(WireJson.Bytes(Bundle.Format1));
        text.Write(",\n\"agenda\":"u8);
        var agenda = await AgendaAsync(moment, ct);
        text.Write(Json(BundledAgenda.Of(agenda)));
        foreach (var list in Enum.GetValues<BundleList>())
        {
            var isFirst = true;
            // A bundle need not have it.
            if (list is BundleList.Proposals && !await ThingsAsync(list, moment, audience, ct).AnyAsync(ct)) continue;
            text.Write(Encoding.UTF8.GetBytes($",\n\"{Words.Text(list)}\":["));
            await foreach (var thing in ThingsAsync(list, moment, audience, ct))
            {
                text.Write(isFirst ? "\n"u8 : ",\n"u8);
                isFirst = false;
                text.Write(Json(thing));
                await FlushAsync(text, to, FlushAt, ct);
            }

            text.Write(isFirst ? "]"u8 : "\n]"u8);
        }

        if (CoverageOf(agenda) is { } coverage)
        {
            text.Write(",\n\"coverage\":"u8);
            text.Write(Json(coverage));
        }

        text.Write("}\n"u8);
        await FlushAsync(text, to, 0, ct);
    }

    private async Task WriteLinesAsync(Moment moment, Audience audience, Stream to, CancellationToken ct)
    {
        using var text = new MemoryStream();
        var agenda = await AgendaAsync(moment, ct);
        text.Write(Json(new { Format = Bundle.Format1, Agenda = BundledAgenda.Of(agenda), Coverage = CoverageOf(agenda) }));
        text.Write("\n"u8);
        foreach (var (word, list) in LineBody.Words)
            await foreach (var thing in ThingsAsync(list, moment, audience, ct))
            {
                text.Write(Encoding.UTF8.GetBytes($"{{\"{word}\":"));
                text.Write(Json(thing));
                text.Write("}\n"u8);
                await FlushAsync(text, to, FlushAt, ct);
            }

        await FlushAsync(text, to, 0, ct);
    }

    /// <summary>With a byte order mark: without it, spreadsheets take UTF-8 for something else.</summary>
    private async Task WriteSheetAsync(Moment moment, Sheet sheet, Audience audience, Stream to, CancellationToken ct)
    {
        using var text = new MemoryStream();
        text.Write(Encoding.UTF8.Preamble);
        text.Write(Encoding.UTF8.GetBytes(Csv.Text([sheet.Columns.Select(x => x.Name)])));
        await foreach (var page in ThingsAsync(sheet.List, moment, audience, ct).Chunk(100).WithCancellation(ct))
        {
            text.Write(Encoding.UTF8.GetBytes(Csv.Text(page.Select(x => sheet.Cells(JsonSerializer.SerializeToElement(x, x.GetType(), Bundle.Written))))));
            await FlushAsync(text, to, FlushAt, ct);
        }

        await FlushAsync(text, to, 0, ct);
    }

    private static BundledCoverage[]? CoverageOf(Agenda agenda) => Bundle.Some(agenda.Coverage.Select(BundledCoverage.From));

    private async Task<Agenda> AgendaAsync(Moment moment, CancellationToken ct) =>
        await database.OneAsync(KnownTables.Agendas, moment.Agenda, moment.Agenda, moment.Position, ct)
            ?? throw new NotInTablesYetException(moment.Agenda);

    private IAsyncEnumerable<object> ThingsAsync(BundleList list, Moment moment, Audience audience, CancellationToken ct) => list switch
    {
        BundleList.Sources => EachAsync(KnownTables.Sources, moment, BundledSource.Of, ct),
        BundleList.Commitments => EachAsync(KnownTables.Commitments, moment, BundledCommitment.Of, ct),
        BundleList.Activities => EachAsync(KnownTables.Activities, moment, BundledActivity.Of, ct),
        BundleList.Evidence => EvidenceAsync(moment, audience, ct),
        BundleList.Proposals => ProposalsAsync(moment, audience, ct),
        _ => SearchesAsync(moment, ct),
    };

    private async IAsyncEnumerable<object> EachAsync<T>(
        KnownTable<T> table, Moment moment, Func<T, object?> bundled, [EnumeratorCancellation] CancellationToken ct) where T : class, IFolded<T>
    {
        await foreach (var thing in database.EachAsync(table, moment.Agenda, moment.Position, ct))
            if (bundled(thing) is { } item) yield return item;
    }

    /// <summary>Evidence with those whom a bundle named called as it named them; others by their ids.</summary>
    private async IAsyncEnumerable<object> EvidenceAsync(Moment moment, Audience audience, [EnumeratorCancellation] CancellationToken ct)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var piece in database.EachAsync(KnownTables.Evidence, moment.Agenda, moment.Position, ct))
        {
            if (piece.SeenBy(audience) is not { } seen) continue;
            var review = seen.Review is { } it ? it with { Reviewer = await NameAsync(it.Reviewer, names, ct) } : null;
            yield return BundledEvidence.Of(seen with { Coder = await NameAsync(seen.Coder, names, ct), Review = review });
        }
    }

    /// <summary>What waits for a second person, for coders and above; its authors are named as those of evidence are.</summary>
    private async IAsyncEnumerable<object> ProposalsAsync(Moment moment, Audience audience, [EnumeratorCancellation] CancellationToken ct)
    {
        if (audience is not Audience.Coders) yield break;
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var proposal in database.EachAsync(KnownTables.Proposals, moment.Agenda, moment.Position, ct))
            if (proposal.State is ProposalState.Waiting) yield return BundledProposal.Of(proposal with { By = await NameAsync(proposal.By, names, ct) });
    }

    private async ValueTask<string> NameAsync(string id, Dictionary<string, string> names, CancellationToken ct) =>
        names.TryGetValue(id, out var name) ? name : names[id] = id.Length == 0 ? "" : (await coders.NamesInBundlesOfAsync([id], ct)).GetValueOrDefault(id, id);

    /// <summary>Searches in the order of their commitments, and within one as they were recorded.</summary>
    private async IAsyncEnumerable<object> SearchesAsync(Moment moment, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var commitment in database.EachAsync(KnownTables.Commitments, moment.Agenda, moment.Position, ct))
            foreach (var search in commitment.Searches) yield return BundledSearch.Of(commitment.Slug, search);
    }

    private static byte[] Json(object thing) => JsonSerializer.SerializeToUtf8Bytes(thing, thing.GetType(), Bundle.Written);

    private static async ValueTask FlushAsync(MemoryStream text, Stream to, int at, CancellationToken ct)
    {
        if (text.Length < at) return;
        await to.WriteAsync(text.GetBuffer().AsMemory(0, (int)text.Length), ct);
        text.SetLength(0);
    }
}
