using System.Collections.Immutable;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Evidence;
using Tracker.Recording;
using Tracker.Sources;
using Wolverine.Http;

namespace Tracker.Exchange;

/// <summary>Imports a bundle: all or nothing, harmless to repeat, and with every problem told by its path.</summary>
public static class ImportBundleEndpoint
{
    [WolverinePost("/api/v1/agendas/{a}/import"), Needs(Right.Review)]
    [Operation("importBundle", "Imports a bundle", Takes = typeof(Bundle), Gives = typeof(Imported), Asks = Asks.Command,
        Refuses = ["422 unknown-format", "422 wrong-agenda", "422 different-content", "422 not-a-participant"])]
    [Query("dryRun", typeof(bool), "Checks and counts, and changes nothing.")]
    public static Task<IResult> Post(string a, HttpContext http, [NotBody] Intake intake) =>
        http.Request.Query["dryRun"].ToString() is not ("" or "true" or "false")
            ? Task.FromResult(Refuse.Unreadable("'dryRun' must be true or false.", "dryRun").Answered())
            : intake.Import<Bundle>(http, a, (bundle, known) => Decide(bundle, known, http.Request.Query["dryRun"] == "true"));

    public static Decided Decide(Bundle bundle, Known known, bool dryRun)
    {
        if (!known.Has<Agenda>(known.Agenda) && !known.Caller.May(Right.Own, known.Agenda))
            return new Refusal(403, "forbidden", $"There is no agenda '{known.Agenda}', and an import that opens one needs an owner.");
        var problems = new Problems();
        if (bundle.Format != Bundle.Format1) problems.Add("format", "unknown-format", $"'format' must be {Bundle.Format1}.");
        if (bundle.Agenda.Slug != known.Agenda)
            problems.At("agenda").Add("slug", "wrong-agenda", $"The bundle is of '{bundle.Agenda.Slug}', and was sent to '{known.Agenda}'.");
        var import = new Import(known, problems);
        import.Take(bundle);
        if (problems.Any) return problems.Refusal();
        var counts = import.Counts(dryRun);
        return new HappenedOnMany(dryRun ? [] : import.Streams(), () => counts);
    }
}

/// <summary>What an import made, and what was there already.</summary>
public sealed record Imported(string Agenda, bool DryRun, ImportCounts Created, ImportCounts Unchanged);

public sealed record ImportCounts(int Agendas, int Milestones, int Sources, int Commitments, int Activities, int Evidence, int Searches);

/// <summary>
/// Compares a bundle with what is known, item by item: the same name with the same content is unchanged, with other content a
/// problem, and a new name is new.
/// </summary>
internal sealed class Import(Known known, Problems problems)
{
    private const int Agendas = 0, Milestones = 1, Sources = 2, Commitments = 3, Activities = 4, EvidencePieces = 5, Searches = 6;

    private readonly int[] _created = new int[7];
    private readonly int[] _unchanged = new int[7];
    private readonly Dictionary<StreamKey, (List<object> Events, bool Starts)> _streams = [];
    private readonly Dictionary<StreamKey, object> _bundled = [];

    public void Take(Bundle bundle)
    {
        TakeAgenda(bundle.Agenda);
        if (Find<Agenda>(known.Agenda) is not { } agenda) return;
        TakeEach(bundle.Sources, "sources", (x, at) => Take<Source>(at, Sources, x.Slug, [x.Read(at)]));
        TakeEach(bundle.Commitments, "commitments", (x, at) => Take<Commitment>(at, Commitments, x.Slug, [x.Read(at, agenda, Find<Source>)]));
        TakeEach(bundle.Activities, "activities", (x, at) => Take<Activity>(at, Activities, x.Slug, [x.Read(at, agenda, Find<Source>, known.Today)]));
        TakeEach(bundle.Evidence, "evidence", (x, at) => Take<Evidence.Evidence>(at, EvidencePieces, x.Key, Read(x, at, agenda)));
        TakeEach(bundle.Searches, "searches", TakeSearch);
    }

    public ImmutableArray<StreamEvents> Streams() => [.. _streams.Select(x => new StreamEvents(x.Key, [.. x.Value.Events], x.Value.Starts))];

    public Imported Counts(bool dryRun) => new(known.Agenda, dryRun, Of(_created), Of(_unchanged));

    private static ImportCounts Of(int[] x) =>
        new(x[Agendas], x[Milestones], x[Sources], x[Commitments], x[Activities], x[EvidencePieces], x[Searches]);

    private static void TakeEach<T>(T[] items, Problems problems, string list, Action<T, Problems> take)
    {
        for (var i = 0; i < items.Length; i++) take(items[i], problems.At(list, i));
    }

    private void TakeEach<T>(T[] items, string list, Action<T, Problems> take) => TakeEach(items, problems, list, take);

    private void TakeAgenda(BundledAgenda bundled)
    {
        var at = problems.At("agenda");
        Take<Agenda>(at, Agendas, bundled.Slug, [bundled.AsCommand().Read(at)]);
        TakeEach(bundled.Milestones ?? [], at, "milestones", (x, where) =>
        {
            var added = x.Read(where);
            if (Find<Agenda>(bundled.Slug) is not { } agenda) return;
            var same = agenda.Milestones.FirstOrDefault(m => m.Slug == added.Slug);
            TakePart(where, Milestones, agenda, added, same is not null, same == new Milestone(added.Slug, added.Name, added.Date));
        });
    }

    private void TakeSearch(BundledSearch bundled, Problems at)
    {
        at.Name("key", bundled.Key);
        var recorded = bundled.AsCommand().Read(at, bundled.Key, known.Today);
        if (Find<Commitment>(bundled.Commitment) is not { } commitment)
        {
            at.Add("commitment", "unknown-commitment", $"The agenda has no commitment '{bundled.Commitment}'.");
            return;
        }

        var same = commitment.Searches.FirstOrDefault(x => x.Id == bundled.Key);
        var isSame = same is not null && same.SearchedThrough == recorded.SearchedThrough && same.Note == recorded.Note && same.Places.SequenceEqual(recorded.Places);
        TakePart(at, Searches, commitment, recorded, same is not null, isSame);
    }

    private object[] Read(BundledEvidence bundled, Problems at, Agenda agenda)
    {
        if (!Has<Commitment>(bundled.Commitment))
            at.Add("commitment", "unknown-commitment", $"The agenda has no commitment '{bundled.Commitment}'.");
        at.OptionalText("coder", bundled.Coder);
        var state = at.Word<EvidenceState>("state", bundled.State);
        var proposed = bundled.AsCommand().Read(at, bundled.Commitment, agenda, Find<Activity>, Find<Source>, bundled.Coder);
        if (bundled.Review is { } review)
        {
            var decision = at.At("review").Word<ReviewDecision>("decision", review.Decision);
            if (state is EvidenceState.Proposed || decision is ReviewDecision.Accept == state is EvidenceState.Rejected)
                at.At("review").Add("decision", "bad-decision", $"The review says {review.Decision}, and the evidence is {bundled.State}.");
        }

        var rationale = bundled.Review?.Rationale ?? "Imported so; the bundle gives no rationale of a review.";
        return state switch
        {
            EvidenceState.Accepted => [proposed, new EvidenceAccepted(rationale, bundled.Review?.Reviewer)],
            EvidenceState.Rejected => [proposed, new EvidenceRejected(rationale, bundled.Review?.Reviewer)],
            _ => [proposed],
        };
    }

    private void Take<T>(Problems at, int kind, string name, object[] events) where T : class, IFolded<T>
    {
        if (!Slug.IsValid(name)) return;
        var key = StreamKey.Of<T>(known.Agenda, name);
        T? state = null;
        for (var i = 0; i < events.Length; i++) state = T.Fold(state, events[i], new Stamp(name, i + 1, 0, known.Now, known.Principal));
        if (_bundled.ContainsKey(key))
        {
            at.Add("", "repeated", $"The bundle names '{name}' twice.");
        }
        else if (known.Find<T>(name) is { } before)
        {
            _bundled[key] = before;
            if (Content(before) == Content(state!)) _unchanged[kind]++;
            else at.Add("", "different-content", $"There is '{name}' already, with other content.");
        }
        else
        {
            _bundled[key] = state!;
            _created[kind]++;
            _streams[key] = ([.. events], true);
        }
    }

    private void TakePart<T>(Problems at, int kind, T whole, object @event, bool exists, bool isSame) where T : class, IFolded<T>
    {
        if (exists)
        {
            if (isSame) _unchanged[kind]++;
            else at.Add("", "different-content", "There is one of that name already, with other content.");
            return;
        }

        var key = StreamKey.Of<T>(known.Agenda, whole switch { Agenda => known.Agenda, Commitment x => x.Slug, _ => throw new InvalidOperationException() });
        _bundled[key] = T.Fold(whole, @event, new Stamp(key.Name, whole.Version + 1, 0, known.Now, known.Principal));
        if (_streams.TryGetValue(key, out var stream)) stream.Events.Add(@event);
        else _streams[key] = ([@event], false);
        _created[kind]++;
    }

    private T? Find<T>(string name) where T : class, IFolded<T> =>
        _bundled.TryGetValue(StreamKey.Of<T>(known.Agenda, name), out var state) ? (T)state : known.Find<T>(name);

    private bool Has<T>(string name) where T : class, IFolded<T> => Find<T>(name) is not null;

    /// <summary>What a bundle states of a thing: not when it was recorded or by whom, and not its parts that are items of their own.</summary>
    private static string Content(object state) => System.Text.Encoding.UTF8.GetString(WireJson.Bytes(state switch
    {
        Agenda x => x with { Milestones = [] },
        Commitment x => x with { Searches = [] },
        Evidence.Evidence x => x with { ProposedAt = default, Coder = "", Review = x.Review is { } r ? r with { At = default, Reviewer = "" } : null },
        _ => state,
    }));
}
