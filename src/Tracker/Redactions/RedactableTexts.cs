using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Evidence;
using Tracker.Proposals;
using Tracker.Recording;
using Tracker.Reports;
using Tracker.Sources;

namespace Tracker.Redactions;

/// <summary>
/// Which texts of which things can be taken out of the record, and where their events say them. Names, days, words of lists, addresses and digests cannot:
/// the record is joined and judged by them.
/// </summary>
/// <remarks>
/// A member is named as the thing shows it. A part that has a name is named by it, for ever: <c>clauses[1].quote</c>. One of a list without names is named by its
/// place from 0, as the thing stands now: <c>participants[0].name</c>; what it was before is followed back. What only an earlier recording said begins with its
/// position, as the history has it: <c>history[12].reason</c>.
/// </remarks>
internal static class RedactableTexts
{
    private const string DecidedWhy = "review.reason";

    private static readonly Dictionary<string, ImmutableArray<Text>> Kinds = new(StringComparer.Ordinal)
    {
        [KindOf<Agenda>()] =
        [
            .. Of<AgendaOpened, AgendaCorrected>("title", "summary", "baseline.name", "baseline.place", "parties[code].name"),
            .. Of<MilestoneAdded, MilestoneCorrected>("milestones[{slug}].", "name"),
            .. Of<CoverageStated, CoverageStated>("coverage[{id}].", "note", "places[]"),
            new("milestones[{slug}].withdrawal.reason", "reason", typeof(MilestoneWithdrawn)),
            new("coverage[{id}].withdrawal.reason", "reason", typeof(CoverageWithdrawn)),
            Reasons(typeof(AgendaCorrected), typeof(MilestoneCorrected), typeof(MilestoneReinstated), typeof(CoverageReinstated)),
        ],
        [KindOf<Source>()] =
        [
            .. Of<SourceRecorded, SourceCorrected>("title", "issuer", "publisher"),
            new("withdrawal.reason", "reason", typeof(SourceWithdrawn)),
            Reasons(typeof(SourceCorrected), typeof(SourceReinstated)),
        ],
        [KindOf<Commitment>()] =
        [
            .. Of<CommitmentMade, CommitmentCorrected>("title", "criteria", "tags[]", "clauses[#].quote", "clauses[#].translation", "clauses[#].note"),
            .. Of<ClauseAdded, ClauseCorrected>("clauses[{id}].", "clause.quote", "clause.translation", "clause.note"),
            .. Of<SearchRecorded, SearchRecorded>("searches[{id}].", "places[]", "note"),
            new("searches[{id}].withdrawal.reason", "reason", typeof(SearchWithdrawn)),
            new("withdrawal.reason", "reason", typeof(CommitmentWithdrawn)),
            Reasons(typeof(CommitmentCorrected), typeof(CommitmentReinstated), typeof(ClauseCorrected), typeof(SearchReinstated)),
        ],
        [KindOf<Activity>()] =
        [
            .. Of<ActivityRecorded, ActivityCorrected>("title", "summary", "place", "participants[].name", "participants[].role",
                "accounts[].quote", "accounts[].place", "accounts[].note", "tags[]"),
            new("withdrawal.reason", "reason", typeof(ActivityWithdrawn)),
            Reasons(typeof(ActivityCorrected), typeof(ActivityReinstated)),
        ],
        [KindOf<Evidence.Evidence>()] =
        [
            .. Of<EvidenceProposed, EvidenceRecoded>("rationale", "citations[].quote"),
            new("review.rationale", "rationale", typeof(EvidenceAccepted), typeof(EvidenceRejected)),
            new("withdrawal.reason", "reason", typeof(EvidenceRetracted)),
            Reasons(typeof(EvidenceRecoded)),
        ],
        [KindOf<Proposal>()] =
        [
            .. Proposed<ActivityCorrectionProposed>("activityAs", "title", "summary", "place", "participants[].name", "participants[].role",
                "accounts[].quote", "accounts[].place", "accounts[].note", "tags[]"),
            .. Proposed<CommitmentCorrectionProposed>("commitmentAs", "title", "criteria", "tags[]"),
            new("reason", "reason", typeof(ActivityWithdrawalProposed), typeof(CommitmentWithdrawalProposed)),
            new(DecidedWhy, "reason", typeof(ProposalAccepted), typeof(ProposalRejected)),
        ],
        [KindOf<Report>()] = [new("retraction.reason", "reason", typeof(ReportRetracted))],
    };

    /// <summary>The texts that a thing holds or held, by their members: each wherever an event says it.</summary>
    public static ImmutableSortedDictionary<string, ImmutableArray<TextSaid>> In(string kind, ImmutableArray<PastEvent> history)
    {
        var lists = new Lists();
        // What an accepted proposal says, the thing that it changed says too: there it is redacted, and here with it.
        var isAccepted = history.Any(x => x.Data is ProposalAccepted);
        var said = new List<(string Member, TextSaid Said)>();
        foreach (var happened in history)
        {
            var json = JsonSerializer.SerializeToNode(happened.Data, happened.Data.GetType(), WireJson.Options)!.AsObject();
            foreach (var text in Kinds[kind].Where(x => x.Events.Contains(happened.Data.GetType()) && (!isAccepted || x.Member == DecidedWhy)))
                foreach (var (member, holder, key) in Places(json, text.Path.Split('.'), text.MemberIn(happened, json), happened, lists))
                    if (TextAt(holder, key) is { } words) said.Add((member, new TextSaid(happened, json, holder, key, words)));
        }

        return said.GroupBy(x => lists.Named(x.Member), x => x.Said, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(x => x.Key, x => x.ToImmutableArray(), StringComparer.Ordinal);
    }

    /// <summary>Where a path leads in an event: the member it is, as far as it can be told yet, and what holds it by which key.</summary>
    private static IEnumerable<(string Member, JsonNode Holder, object Key)> Places(JsonNode at, ReadOnlyMemory<string> path, string member, PastEvent happened, Lists lists)
    {
        var (name, rest) = (path.Span[0], path[1..]);
        var bracket = name.IndexOf('[', StringComparison.Ordinal);
        if (at[bracket < 0 ? name : name[..bracket]] is not { } found) return [];
        if (bracket < 0) return rest.IsEmpty ? [(member, at, name)] : Places(found, rest, member, happened, lists);
        var (list, by) = (found.AsArray(), name[bracket..]);
        var before = member[..(member.IndexOf(by, StringComparison.Ordinal))];
        var after = member[(before.Length + by.Length)..];
        if (by == "[]") lists.Meet(before, list, happened);
        return Enumerable.Range(0, list.Count).SelectMany(i =>
        {
            var part = by switch
            {
                "[]" => lists.TokenOf(before, i),
                "[#]" => (i + 1).ToString(CultureInfo.InvariantCulture),
                _ => list[i]![by[1..^1]]!.GetValue<string>(),
            };
            var named = $"{before}[{part}]{after}";
            return rest.IsEmpty ? [(named, list, i)] : Places(list[i]!, rest, named, happened, lists);
        });
    }

    private static string? TextAt(JsonNode holder, object key) =>
        (key is int i ? holder[i] : holder[(string)key]) is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static string KindOf<T>() where T : class, IFolded<T> => T.Kind;

    private static Text[] Of<TFirst, TThen>(params ReadOnlySpan<string> members) =>
        members[0].EndsWith('.') ? PartsOf(typeof(TFirst), typeof(TThen), members[0], members[1..]) : [.. members.ToArray().Select(x => new Text(x, x, typeof(TFirst), typeof(TThen)))];

    private static Text[] PartsOf(Type first, Type then, string part, ReadOnlySpan<string> members) =>
        [.. members.ToArray().Select(x => new Text(part + x[(x.IndexOf('.', StringComparison.Ordinal) + 1)..], x, first, then))];

    private static Text[] Proposed<TEvent>(string thing, params ReadOnlySpan<string> members) =>
        [new Text("reason", "correction.reason", typeof(TEvent)), .. members.ToArray().Select(x => new Text($"{thing}.{x}", $"correction.{x}", typeof(TEvent)))];

    private static Text Reasons(params Type[] events) => new("history[{position}].reason", "reason", events);

    /// <param name="Member">What it is called; what stands in braces, its event says.</param>
    /// <param name="Path">Where its events say it.</param>
    private sealed record Text(string Member, string Path, params Type[] Events)
    {
        public string MemberIn(PastEvent happened, JsonObject json)
        {
            var open = Member.IndexOf('{', StringComparison.Ordinal);
            if (open < 0) return Member;
            var close = Member.IndexOf('}', StringComparison.Ordinal);
            var name = Member[(open + 1)..close];
            return $"{Member[..open]}{(name == "position" ? happened.Position.ToString(CultureInfo.InvariantCulture) : json[name]!.GetValue<string>())}{Member[(close + 1)..]}";
        }
    }

    /// <summary>The lists whose items have no names: which item of one event is which of the next.</summary>
    private sealed class Lists
    {
        private readonly Dictionary<string, (PastEvent Event, JsonArray Items, int[] Ids)> _last = new(StringComparer.Ordinal);
        private readonly Dictionary<int, (PastEvent Event, string List, int Place)> _met = [];

        /// <summary>Follows a list to its next event.</summary>
        public void Meet(string list, JsonArray items, PastEvent happened)
        {
            if (_last.TryGetValue(list, out var last) && last.Event == happened) return;
            var ids = new int[items.Count];
            if (last.Items is { } were)
            {
                var free = Enumerable.Range(0, were.Count).ToHashSet();
                // The same item, else one of the same name, else what stood in its place.
                foreach (var key in (Func<JsonNode?, string?>[])[x => x?.ToJsonString(), NameOf])
                    for (var i = 0; i < items.Count; i++)
                        if (ids[i] == 0 && key(items[i]) is { } own && free.Where(x => key(were[x]) == own).OrderBy(x => x == i ? -1 : x).Cast<int?>().FirstOrDefault() is { } same && free.Remove(same)) ids[i] = last.Ids[same];
                for (var i = 0; i < items.Count; i++)
                    if (ids[i] == 0 && free.Remove(i)) ids[i] = last.Ids[i];
            }

            for (var i = 0; i < items.Count; i++) _met[ids[i] = ids[i] == 0 ? _met.Count + 1 : ids[i]] = (happened, list, i);
            _last[list] = (happened, items, ids);
        }

        /// <summary>What stands for an item of the list that was met last until all events were.</summary>
        public string TokenOf(string list, int place) => $"\0{_last[list].Ids[place].ToString(CultureInfo.InvariantCulture)}\0";

        /// <summary>The member by the place that its item has last; with the position where it is gone since.</summary>
        public string Named(string member)
        {
            if (member.Split('\0') is not [var before, var id, var after]) return member;
            var (happened, list, place) = _met[int.Parse(id, CultureInfo.InvariantCulture)];
            var named = string.Create(CultureInfo.InvariantCulture, $"{before}{place}{after}");
            return _last[list].Event == happened ? named : string.Create(CultureInfo.InvariantCulture, $"history[{happened.Position}].{named}");
        }

        private static string? NameOf(JsonNode? item) => item is JsonObject thing ? (thing["name"] ?? thing["source"])?.GetValue<string>() : null;
    }
}

/// <summary>A text, where an event says it.</summary>
/// <param name="Json">The event, of which the holder is a part.</param>
internal sealed record TextSaid(PastEvent Event, JsonObject Json, JsonNode Holder, object Key, string Words)
{
    public void Write(string text)
    {
        if (Key is int i) Holder[i] = text;
        else Holder[(string)Key] = text;
    }
}
