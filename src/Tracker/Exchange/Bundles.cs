using Tracker.Exchange.Sheets;
using Tracker.Exchange.Staging;
using Tracker.Recording;

namespace Tracker.Exchange;

/// <summary>Bundles that do not come over HTTP: a seed, a file on the command line.</summary>
public static class Bundles
{
    /// <summary>Puts a body aside, item by item, or says why it cannot be read.</summary>
    public static Task<(StagedBundle? Staged, Refusal? Refusal)> StageAsync(Stream body, BodyForm form, SheetKind kind, CancellationToken ct) => form switch
    {
        BodyForm.Lines => LineBody.StageAsync(body, ct),
        BodyForm.Sheet => SheetBody.StageAsync(body, Sheet.Of(kind), ct),
        _ => JsonBody.StageAsync(body, ct),
    };

    /// <summary>Imports a bundle that did not come over HTTP.</summary>
    /// <param name="agenda">The agenda that a sheet is of; what else a body says itself.</param>
    public static async Task<(Imported? Imported, long Position, Refusal? Refusal)> ImportAsync(
        Recorder recorder, ICoderRegistry coders, Caller caller, Stream body, BodyForm form, SheetKind kind, string? agenda, bool dryRun, Action<string, int, int>? progress, CancellationToken ct)
    {
        var (taken, refusal) = await StageAsync(body, form, kind, ct);
        await using var staged = taken;
        if (staged is null) return (null, 0, refusal);
        if (staged.Agenda is not null)
        {
            (var about, refusal) = WireJson.ReadWhatCan<BundledAgenda>(staged.Agenda);
            agenda = about?.Slug;
            if (!Slug.IsValid(agenda))
            {
                if (refusal is not null) staged.Problems.At("agenda").Add(refusal);
                else staged.Problems.At("agenda").Name("slug", agenda);
            }
        }

        if (!Slug.IsValid(agenda)) return (null, 0, staged.Problems.Any ? staged.Problems.Refusal() : Refuse.As("bad-slug", "agenda", $"'{agenda}' is no agenda's name."));
        var target = StreamKey.ForAgenda(agenda!);
        (var answer, refusal) = await recorder.RecordAsync(new Attempt(
            target.Agenda, Opens: form is not BodyForm.Sheet, caller, [],
            (known, lookUp) => new Import(staged, known, lookUp, coders, dryRun, progress).DecideAsync(), target,
            recorded => new Answer(200, "", null, recorded.Position, WireJson.Bytes(((HappenedOnMany)recorded.Outcome).Answer!())))
        { IsLong = true }, ct);
        return answer is null ? (null, 0, refusal) : (System.Text.Json.JsonSerializer.Deserialize<Imported>(answer.Body, WireJson.Options), answer.Position!.Value, null);
    }
}
