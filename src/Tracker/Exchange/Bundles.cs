using Tracker.Recording;

namespace Tracker.Exchange;

/// <summary>Bundles that do not come over HTTP: a seed, a file on the command line.</summary>
public static class Bundles
{
    /// <summary>Imports a bundle that did not come over HTTP.</summary>
    public static async Task<(Answer? Answer, Refusal? Refusal)> ImportAsync(Recorder recorder, Caller caller, byte[] body, bool dryRun, CancellationToken ct)
    {
        var (bundle, refusal) = WireJson.Read<Bundle>(body);
        if (bundle is null) return (null, refusal);
        var agenda = StreamKey.ForAgenda(bundle.Agenda.Slug);
        if (!agenda.IsValid) return (null, Refuse.As("bad-slug", "agenda.slug", "'agenda.slug' must be a slug."));
        return await recorder.RecordAsync(new Attempt(
            agenda.Agenda, Opens: true, caller, [],
            known => ImportBundleEndpoint.Decide(bundle, known, dryRun), agenda,
            recorded => new Answer(200, "", null, recorded.Position, WireJson.Bytes(((HappenedOnMany)recorded.Outcome).Answer())))
        { ReadsWholeAgenda = true }, ct);
    }
}
