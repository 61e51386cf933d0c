using System.Collections;
using System.Collections.Immutable;
using System.Text.Json;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Exchange.Staging;
using Tracker.Proposals;
using Tracker.Recording;
using Tracker.Sources;

namespace Tracker.Exchange;

/// <summary>
/// Compares a bundle with what is known, item by item: the same name with the same content is unchanged, with other content a problem,
/// and a new name is new. It looks at a page of items at a time, and remembers of each only its name, and of an activity whose it was.
/// </summary>
/// <param name="known">The agenda, where there is one.</param>
/// <param name="lookUp">Finds what a page names.</param>
/// <param name="coders">Knows whom evidence names.</param>
/// <param name="progress">Is told what is done, how many of it, and of how many.</param>
internal sealed class Import(StagedBundle staged, Known known, LookUp lookUp, ICoderRegistry coders, bool dryRun, Action<string, int, int>? progress = null)
{
    /// <summary>What progress says of things that are recorded; of those that are only looked at it says <c>Checked</c>.</summary>
    public const string Recorded = "Recorded";

    private const string Unreadable = "unreadable-item";
    private const int PageItems = 1_000;
    private const int PageBytes = 8 * 1024 * 1024;

    private readonly Problems _problems = staged.Problems;
    private readonly Counts _created = new();
    private readonly Counts _unchanged = new();
    private readonly BitArray[] _new = [.. Enum.GetValues<BundleList>().Select(x => new BitArray(staged.Count(x)))];
    private readonly HashSet<string> _sources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateOnly> _commitments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]?> _activities = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> _parties = new(StringComparer.Ordinal);
    private readonly HashSet<string> _evidence = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _proposals = new(StringComparer.Ordinal);
    private readonly HashSet<string> _searches = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private readonly HashSet<string> _newlyNamed = new(StringComparer.Ordinal);
    private readonly bool[] _hasGaps = staged.HasGaps;
    private readonly Dictionary<string, string>?[] _firstPlaces = new Dictionary<string, string>?[Enum.GetValues<BundleList>().Length];
    private bool _opens;
    private int _before;
    private int _done;

    public async ValueTask<Decided> DecideAsync()
    {
        var there = known.Find<Agenda>(known.Agenda);
        if (there is null && !known.Caller.May(Right.Own, known.Agenda))
            return new Refusal(403, "forbidden", $"There is no agenda '{known.Agenda}', and an import that opens one needs an owner.");
        _opens = there is null;
        if (staged.Format is { } format) TakeFormat(format);
        var (agenda, happened) = staged.Agenda is { } json ? TakeAgenda(there, json) : (there, []);
        var what = new Contents(agenda ?? Unread, known.Today, _ => true, _ => true, _ => null) { KnowsParties = agenda is not null, IdOf = IdOf };
        await TakeEachAsync<BundledSource>(BundleList.Sources, _ => [], TakeSource, what);
        await TakeEachAsync<BundledCommitment>(BundleList.Commitments, x => x.Clauses.Select(y => Unbundled<Source>(y.Source)), TakeCommitment, what);
        await TakeEachAsync<BundledActivity>(BundleList.Activities, x => x.AsCommand().SourcesNamed().Select(Unbundled<Source>), TakeActivity, what);
        await TakeEachAsync<BundledEvidence>(BundleList.Evidence, ReadBy, TakeEvidence, what);
        await TakeEachAsync<BundledSearch>(BundleList.Searches, x => [StreamKey.Of<Commitment>(known.Agenda, x.Commitment)], TakeSearch, what);
        await TakeEachAsync<BundledProposal>(BundleList.Proposals, x => x.ActivityAs?.AsCommand().SourcesNamed().Select(Unbundled<Source>).Append(ThingOf(x)) ?? [ThingOf(x)], TakeProposal, what);
        if (staged.Coverage is { } stated && agenda is not null) happened = [.. happened, .. TakeCoverage(agenda, stated)];
        if (_problems.Any) return _problems.Refusal();
        var counts = new Imported(known.Agenda, dryRun, _created.Told(), _unchanged.Told());
        ImmutableArray<StreamEvents> streams = happened.Length == 0 ? [] : [new StreamEvents(StreamKey.ForAgenda(known.Agenda), [.. happened], Starts: there is null)];
        // Once nothing can be refused any more, and before the events are made that keep their ids.
        if (!dryRun && _newlyNamed.Count > 0)
            foreach (var (name, id) in await coders.MakeIdsOfAsync(_newlyNamed, CancellationToken.None)) _ids[name] = id;
        return dryRun
            ? new HappenedOnMany([], () => counts)
            : new HappenedOnMany(streams, () => counts) { Further = Array.Exists(_new, x => x.HasAnySet()) ? Created(what).ToAsyncEnumerable() : null };
    }

    /// <summary>The events of what is new, read from the staged bundle once more: it was found to be right.</summary>
    private IEnumerable<StreamEvents> Created(Contents what)
    {
        _done = 0;
        foreach (var (x, _) in New<BundledSource>(BundleList.Sources)) yield return Starting<Source>(x.Slug, what.Of(x, new()));
        foreach (var (x, _) in New<BundledCommitment>(BundleList.Commitments)) yield return Starting<Commitment>(x.Slug, what.Of(x, new()));
        foreach (var (x, _) in New<BundledActivity>(BundleList.Activities)) yield return Starting<Activity>(x.Slug, what.Of(x, new()));
        foreach (var (x, _) in New<BundledEvidence>(BundleList.Evidence)) yield return Starting<Evidence.Evidence>(x.Key, what.Of(x, new()));
        foreach (var (x, _) in New<BundledSearch>(BundleList.Searches))
            yield return new StreamEvents(StreamKey.Of<Commitment>(known.Agenda, x.Commitment), [.. what.Of(x, new())], Starts: false);
        foreach (var (x, _) in New<BundledProposal>(BundleList.Proposals)) yield return Starting<Proposal>(x.Key, what.Of(x, new(), _proposals[x.Key]));
    }

    private StreamKey ThingOf(BundledProposal x) =>
        x.Activity is { } activity ? StreamKey.Of<Activity>(known.Agenda, activity) : x.Commitment is { } commitment ? StreamKey.Of<Commitment>(known.Agenda, commitment) : default;

    private StreamEvents Starting<T>(string name, object[] events) where T : class, IFolded<T> =>
        new(StreamKey.Of<T>(known.Agenda, name), [.. events], Starts: true);

    private IEnumerable<(TItem Item, StagedItem Staged)> New<TItem>(BundleList list) where TItem : class
    {
        foreach (var item in staged.Read(list))
        {
            Tell(Recorded, 1);
            if (_new[(int)list][item.Index]) yield return (WireJson.Read<TItem>(item.Json.Span).Value!, item);
        }
    }

    private void TakeFormat(byte[] json)
    {
        var (format, refusal) = WireJson.Read<string>(json);
        if (refusal is not null) _problems.At("format").Add(refusal);
        else if (format != Bundle.Format1) _problems.Add("format", "unknown-format", $"'format' must be {Bundle.Format1}.");
    }

    private (Agenda?, object[]) TakeAgenda(Agenda? there, byte[] json)
    {
        var at = _problems.At("agenda");
        var before = _problems.Count;
        var (bundled, refusal) = WireJson.ReadWhatCan<BundledAgenda>(json);
        if (refusal is not null) at = Told(at, refusal);
        if (bundled is null) return (there, []);
        if (bundled.Slug != known.Agenda) at.Add("slug", "wrong-agenda", $"The bundle is of '{bundled.Slug}', and was sent to '{known.Agenda}'.");
        var events = new List<object>();
        var opened = bundled.AsCommand().Read(at, there?.Codebook);
        var stated = Agenda.Fold(null, opened, Stamp(known.Agenda, 1));
        if (there is null)
        {
            events.AddRange([opened, .. Contents.Redacted(bundled.Redactions, at)]);
            _created.Agendas++;
        }
        else if (refusal is null && _problems.Count == before)
        {
            // A bundle that does not say who may read the agenda leaves that as it is.
            if (bundled.Visibility is null) stated = stated with { Visibility = there.Visibility };
            if (Difference.Of(there, stated) is { Length: > 0 } members) Different(at, there.Slug, members);
            else _unchanged.Agendas++;
        }

        // Parties that could not be read are not to be told of wherever they are named.
        if (there is null && refusal?.Errors.Keys.Any(x => x.StartsWith("parties", StringComparison.Ordinal)) == true) return (null, []);
        var agenda = there ?? stated;
        for (var i = 0; i < (bundled.Milestones?.Length ?? 0); i++)
        {
            var where = at.At("milestones", i);
            var slug = bundled.Milestones![i].Slug;
            var happened = Contents.Of(bundled.Milestones[i], where);
            var with = happened.Aggregate(agenda with { Milestones = [] }, (x, e) => Agenda.Fold(x, e, Stamp(known.Agenda, x.Version + 1)));
            if (agenda.Milestones.FirstOrDefault(x => x.Slug == slug) is { } same)
            {
                if (events.Exists(x => x is MilestoneAdded of && of.Slug == slug)) Repeated(where, slug, null);
                else if (Difference.Of(same, with.Milestones[0]) is { Length: > 0 } members) Different(where, slug, members);
                else _unchanged.Milestones++;
                continue;
            }

            if (bundled.Milestones[i].Withdrawal is null) bundled.Milestones[i].AsCommand().Check(where, agenda.Baseline);
            agenda = with with { Milestones = agenda.Milestones.AddRange(with.Milestones) };
            events.AddRange(happened);
            _created.Milestones++;
        }

        return (agenda, [.. events]);
    }

    /// <summary>The statements of coverage: one that is there already, by its name or else by all it says, is unchanged.</summary>
    private List<object> TakeCoverage(Agenda agenda, byte[] json)
    {
        var events = new List<object>();
        var elements = JsonDocument.Parse(json).RootElement is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : new[] { JsonDocument.Parse(json).RootElement };
        for (var i = 0; i < elements.Length; i++)
        {
            var at = _problems.At("coverage", i);
            var (item, refusal) = WireJson.Read<BundledCoverage>(System.Text.Encoding.UTF8.GetBytes(elements[i].GetRawText()));
            if (item is null)
            {
                Told(at, refusal!);
                continue;
            }

            if (item.Key is { } key) at.Name("key", key);
            var said = item.AsCommand().Read(at, item.Key ?? known.NewName(), agenda, known.Today, counts: item.Withdrawal is null);
            if (agenda.Coverage.FirstOrDefault(x => item.Key is null ? !Differences(x, said, item.Withdrawal).Any() : x.Id == item.Key) is { } there)
            {
                string[] differences = [.. Differences(there, said, item.Withdrawal)];
                if (differences.Length > 0) Different(at, there.Id, differences);
                else _unchanged.Coverage++;
                continue;
            }

            object[] happened = item.Withdrawal is { } withdrawal ? [said, new CoverageWithdrawn(said.Id, at.At("withdrawal").Text("reason", withdrawal.Reason))] : [said];
            foreach (var one in happened) agenda = Agenda.Fold(agenda, one, Stamp(known.Agenda, agenda.Version + 1));
            events.AddRange(happened);
            _created.Coverage++;
        }

        return events;

        static IEnumerable<string> Differences(CoverageStatement here, CoverageStated there, BundledWithdrawal? withdrawal)
        {
            if (here.Through != there.Through) yield return "through";
            if (!here.Places.SequenceEqual(there.Places)) yield return "places";
            if (here.Note != there.Note) yield return "note";
            if (here.Withdrawal?.Reason != withdrawal?.Reason) yield return "withdrawal";
        }
    }

    private void TakeSource(Item<BundledSource> item, Known then, Contents what)
    {
        var bundled = item.Said;
        Take<Source>(item, BundleList.Sources, bundled.Slug, _sources.Add(bundled.Slug), then, what.Of(bundled, item.At), Difference.Of);
    }

    private void TakeCommitment(Item<BundledCommitment> item, Known then, Contents what)
    {
        var bundled = item.Said;
        var events = Knowing(what, then).Of(bundled, item.At);
        var made = (CommitmentMade)events[0];
        if (bundled.Withdrawal is null && !then.Has<Commitment>(bundled.Slug)) RecordCommitment.CheckDue(item.At, made.MadeOn, made.DueOn);
        Take<Commitment>(item, BundleList.Commitments, bundled.Slug, _commitments.TryAdd(bundled.Slug, made.MadeOn), then, events, Difference.Of);
    }

    private void TakeActivity(Item<BundledActivity> item, Known then, Contents what)
    {
        var bundled = item.Said;
        string[]? shared = null;
        if (!item.Lacks("participants"))
        {
            var parties = bundled.Participants.Select(x => x.Party).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
            // Few sets of parties serve many activities.
            var set = string.Join(' ', parties);
            if (!_parties.TryGetValue(set, out shared)) _parties.Add(set, shared = parties);
        }

        Take<Activity>(item, BundleList.Activities, bundled.Slug, _activities.TryAdd(bundled.Slug, shared), then, Knowing(what, then).Of(bundled, item.At), Difference.Of);
    }

    private void TakeEvidence(Item<BundledEvidence> item, Known then, Contents what)
    {
        var bundled = item.Said;
        Take<Evidence.Evidence>(item, BundleList.Evidence, bundled.Key, _evidence.Add(bundled.Key), then, Knowing(what, then).Of(bundled, item.At), (x, y) => Difference.Of(x, y, bundled, IdOf));
        if (!then.Has<Evidence.Evidence>(bundled.Key)) _newlyNamed.UnionWith(NamedIn(bundled).Where(x => !_ids.ContainsKey(x)));
    }

    private string IdOf(string name) => _ids.GetValueOrDefault(name, name);

    private static IEnumerable<string> NamedIn(object item) =>
        (item switch { BundledEvidence x => (string?[])[x.Coder, x.Review?.Reviewer], BundledProposal x => [x.By], _ => [] }).Where(y => !string.IsNullOrEmpty(y))!;

    private void TakeProposal(Item<BundledProposal> item, Known then, Contents what)
    {
        var bundled = item.Said;
        // What the bundle itself brings has the version that it begins with.
        var version = then.Find(ThingOf(bundled)) is { } thing ? FoldedKinds.VersionOf(ThingOf(bundled).Kind, thing) : 1;
        Take<Proposal>(item, BundleList.Proposals, bundled.Key, _proposals.TryAdd(bundled.Key, version), then, Knowing(what, then).Of(bundled, item.At, version), Difference.Of);
        if (!then.Has<Proposal>(bundled.Key)) _newlyNamed.UnionWith(NamedIn(bundled).Where(x => !_ids.ContainsKey(x)));
    }

    private void TakeSearch(Item<BundledSearch> item, Known then, Contents what)
    {
        var bundled = item.Said;
        what.Of(bundled, item.At);
        var commitment = then.Find<Commitment>(bundled.Commitment);
        // What was taken back counts for nothing, and what is here already was taken by the rules of its time.
        if ((_opens ? bundled.AsTaken() : bundled).Withdrawal is null && commitment?.Searches.Any(x => x.Id == bundled.Key) != true)
            bundled.AsCommand().Check(item.At, commitment?.MadeOn ?? _commitments.GetValueOrDefault(bundled.Commitment));
        if (!Knowing(what, then).IsCommitment(bundled.Commitment))
            item.At.Add("commitment", "unknown-commitment", $"The agenda has no commitment '{bundled.Commitment}'.");
        if (!Slug.IsValid(bundled.Key)) return;
        if (!_searches.Add($"{bundled.Commitment}/{bundled.Key}")) Repeated(item.At, bundled.Key, null);
        else if (commitment?.Searches.FirstOrDefault(x => x.Id == bundled.Key) is not { } there) IsNew(BundleList.Searches, item);
        else if (IsRight(item)) Compared(item, BundleList.Searches, bundled.Key, Difference.Of(there, there.Withdrawal is null ? bundled : bundled.AsTaken()));
    }

    /// <summary>
    /// What may be named: what the bundle itself has, and what is there. Where something of the bundle could not be read, whatever is named and
    /// not found may be that.
    /// </summary>
    private Contents Knowing(Contents what, Known then) => what with
    {
        IsSource = x => _sources.Contains(x) || then.Has<Source>(x) || _hasGaps[(int)BundleList.Sources],
        IsCommitment = x => _commitments.ContainsKey(x) || then.Has<Commitment>(x) || _hasGaps[(int)BundleList.Commitments],
        PartiesOf = x => _activities.TryGetValue(x, out var parties) ? parties ?? Contents.Anyone
            : then.Find<Activity>(x)?.Parties ?? (_hasGaps[(int)BundleList.Activities] ? Contents.Anyone : null),
    };

    /// <summary>Takes a thing with a stream of its own.</summary>
    private void Take<T>(Item item, BundleList list, string name, bool isFirst, Known then, object[] events, Func<T, T, string[]> differing) where T : class, IFolded<T>
    {
        if (!Slug.IsValid(name))
        {
            // What has no name to be found by may be any that is named.
            if (name.Length == 0) _hasGaps[(int)list] = true;
        }
        else if (!isFirst)
        {
            Repeated(item.At, name, FirstPlaceOf(list, name));
        }
        else if (then.Find<T>(name) is not { } there)
        {
            IsNew(list, item);
        }
        else if (IsRight(item))
        {
            T? stated = null;
            for (var i = 0; i < events.Length; i++) stated = T.Fold(stated, events[i], Stamp(name, i + 1));
            Compared(item, list, name, differing(there, stated!));
        }
    }

    /// <summary>Whether nothing was told of an item so far: what is wrong with it is not told once more as other content.</summary>
    private bool IsRight(Item item) => item.Unread is null && _problems.Count == _before;

    private void IsNew(BundleList list, Item item)
    {
        foreach (var (column, what) in staged.DoubtsOf(item.Staged.Index)) item.At.Add(column, "bad-cell", what);
        _new[(int)list][item.Staged.Index] = true;
        _created.Of(list)++;
    }

    private static void Repeated(Problems at, string name, string? first) => at.Add("", "repeated", first is null ? $"'{name}' is named before." : $"'{name}' is named before, in {first}.");

    /// <summary>Where a thing is named first. Looked up in the staged bundle, once, where something is repeated: names alone are remembered.</summary>
    private string? FirstPlaceOf(BundleList list, string name)
    {
        if (_firstPlaces[(int)list] is not { } places)
        {
            _firstPlaces[(int)list] = places = new(StringComparer.Ordinal);
            foreach (var item in staged.Read(list))
            {
                using var json = JsonDocument.Parse(item.Json);
                if (json.RootElement.ValueKind is JsonValueKind.Object && json.RootElement.TryGetProperty(list is BundleList.Evidence or BundleList.Proposals ? "key" : "slug", out var said) && said.ValueKind is JsonValueKind.String)
                    places.TryAdd(said.GetString()!, staged.PlaceOf(list, item));
            }
        }

        return places.GetValueOrDefault(name);
    }

    private void Compared(Item item, BundleList list, string name, string[] differing)
    {
        if (differing.Length == 0) _unchanged.Of(list)++;
        else Different(item.At, name, differing);
    }

    private static void Different(Problems at, string name, string[] members) =>
        at.Add("", "different-content", $"There is '{name}' already, with other content: {string.Join(", ", members)}.");

    /// <summary>Stands for an agenda that could not be read.</summary>
    private Agenda Unread => new(known.Agenda, "", null, [], new Baseline("", default, null), Codebook.Default, [], []);

    private Stamp Stamp(string name, long version) => new(name, version, 0, known.Now, known.Principal);

    private IEnumerable<StreamKey> ReadBy(BundledEvidence x)
    {
        if (!_commitments.ContainsKey(x.Commitment)) yield return StreamKey.Of<Commitment>(known.Agenda, x.Commitment);
        if (!_activities.ContainsKey(x.Activity)) yield return StreamKey.Of<Activity>(known.Agenda, x.Activity);
        foreach (var citation in x.Citations ?? []) yield return Unbundled<Source>(citation.Source);
    }

    /// <summary>A stream that must be looked up, unless the bundle itself has the thing.</summary>
    private StreamKey Unbundled<T>(string name) where T : class, IFolded<T> => _sources.Contains(name) ? default : StreamKey.Of<T>(known.Agenda, name);

    private async Task TakeEachAsync<TItem>(BundleList list, Func<TItem, IEnumerable<StreamKey>> reads, Action<Item<TItem>, Known, Contents> take, Contents what) where TItem : class
    {
        foreach (var page in Pages(list))
        {
            var items = new List<Item<TItem>>(page.Count);
            foreach (var item in page)
            {
                var at = staged.At(_problems, list, item);
                var (said, refusal) = WireJson.ReadWhatCan<TItem>(item.Json.Span);
                if (refusal is not null) at = Told(at, refusal);
                if (said is null) _hasGaps[(int)list] = true;
                else items.Add(new(said, item, at, refusal));
            }

            var then = await lookUp([.. items.SelectMany(x => reads(x.Said).Append(Own(list, x.Said))).Where(x => x.IsValid).Distinct()]);
            string[] named = [.. items.Select(x => x.Said).SelectMany(NamedIn).Distinct(StringComparer.Ordinal).Where(x => !_ids.ContainsKey(x) && !_newlyNamed.Contains(x))];
            if (named.Length > 0)
                foreach (var (name, id) in await coders.IdsOfAsync(named, CancellationToken.None)) _ids[name] = id;
            foreach (var item in items)
            {
                _before = _problems.Count;
                take(item, then, what);
            }

            Tell("Checked", page.Count);
        }
    }

    /// <summary>Tells what keeps a part from being read, so that what else is wrong with it can be told beside it.</summary>
    private static Problems Told(Problems at, Refusal refusal)
    {
        if (refusal.Errors.IsEmpty) at.Add("", Unreadable, "It must be a JSON object of its kind's members.");
        else at.Add(refusal.Code == Refuse.UnreadableCode ? refusal with { Code = Unreadable } : refusal);
        return at.Beside(refusal.Errors.Keys);
    }

    private StreamKey Own(BundleList list, object item) => item switch
    {
        BundledSource x => StreamKey.Of<Source>(known.Agenda, x.Slug),
        BundledCommitment x => StreamKey.Of<Commitment>(known.Agenda, x.Slug),
        BundledActivity x => StreamKey.Of<Activity>(known.Agenda, x.Slug),
        BundledEvidence x => StreamKey.Of<Evidence.Evidence>(known.Agenda, x.Key),
        BundledProposal x => StreamKey.Of<Proposal>(known.Agenda, x.Key),
        _ => default,
    };

    private IEnumerable<List<StagedItem>> Pages(BundleList list)
    {
        var (page, bytes) = (new List<StagedItem>(), 0);
        foreach (var item in staged.Read(list))
        {
            page.Add(item);
            if (page.Count < PageItems && (bytes += item.Json.Length) < PageBytes) continue;
            yield return page;
            (page, bytes) = ([], 0);
        }

        if (page.Count > 0) yield return page;
    }

    private void Tell(string what, int items) => progress?.Invoke(what, _done += items, staged.Total);

    /// <summary>What an item says, as far as it could be read.</summary>
    private sealed record Item<T>(T Said, StagedItem Staged, Problems At, Refusal? Unread) : Item(Staged, At, Unread);

    private abstract record Item(StagedItem Staged, Problems At, Refusal? Unread)
    {
        public bool Lacks(string member) => Unread?.Errors.Keys.Any(x => x.StartsWith(member, StringComparison.Ordinal)) == true;
    }

    private sealed class Counts
    {
        private readonly int[] _lists = new int[Enum.GetValues<BundleList>().Length];

        public int Agendas { get; set; }

        public int Milestones { get; set; }

        public int Coverage { get; set; }

        public ref int Of(BundleList list) => ref _lists[(int)list];

        public ImportCounts Told() => new(Agendas, Milestones, _lists[0], _lists[1], _lists[2], _lists[3], _lists[4], Coverage, _lists[5]);
    }
}
