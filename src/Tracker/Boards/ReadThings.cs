using System.Collections.Immutable;
using Tracker.Activities;
using Tracker.Boards.Known;
using Tracker.Evidence;
using Tracker.Proposals;
using Tracker.Recording;
using Tracker.Sources;
using Wolverine.Http;

namespace Tracker.Boards;

/// <summary>The record itself: activities, sources and evidence, one by one and in lists.</summary>
public static class ReadThingsEndpoints
{
    [WolverineGet("/api/v1/agendas/{a}/activities/{x}"), Needs(Right.Read)]
    [Operation("readActivity", "One activity", Gives = typeof(AsKnown<Activities.Activity>), Asks = Asks.Read)]
    public static Task<IResult> Activity(string a, string x, HttpRequest request, [NotBody] RecordReader reader, CancellationToken ct) =>
        OneAsync(KnownTables.Activities, "activity", a, x, request, reader, ct);

    [WolverineGet("/api/v1/agendas/{a}/sources/{s}"), Needs(Right.Read)]
    [Operation("readSource", "One published account", Gives = typeof(AsKnown<Sources.Source>), Asks = Asks.Read)]
    public static Task<IResult> Source(string a, string s, HttpRequest request, [NotBody] RecordReader reader, CancellationToken ct) =>
        OneAsync(KnownTables.Sources, "source", a, s, request, reader, ct);

    [WolverineGet("/api/v1/agendas/{a}/evidence/{e}"), Needs(Right.Read)]
    [Operation("readEvidence", "One piece of evidence", Gives = typeof(AsKnown<Evidence.Evidence>), Asks = Asks.Read)]
    public static Task<IResult> Evidence(string a, string e, HttpRequest request, [NotBody] RecordReader reader, CancellationToken ct) =>
        OneAsync(KnownTables.Evidence, "evidence", a, e, request, reader, ct, x => x.SeenBy(Audiences.Of(request.HttpContext.Caller(), a)), reader.BasisPositionAsync,
            async (x, moment) => (await reader.OnActivitiesAsync([x], moment, ct)).Single());

    [WolverineGet("/api/v1/agendas/{a}/activities"), Needs(Right.Read)]
    [Operation("listActivities", "What had happened by the day asked for, as far as its dates tell", Gives = typeof(Page<Activities.Activity>), Asks = Asks.List)]
    [Query("from", typeof(DateOnly), "Only what can have happened on this day or later.")]
    [Query("to", typeof(DateOnly), "Only what can have happened on this day or earlier.")]
    [Query("kind", typeof(ActivityKind), "Only of this kind.")]
    [Query("party", typeof(string), "Only those in which this party took part, by its code.")]
    [Query("tag", typeof(string), "Only those with this tag.")]
    [Query("q", typeof(string), "Only those in which each of these words occurs, 16 at most.")]
    [Query("withdrawn", typeof(bool), "Whether what was withdrawn is listed as well, marked so.")]
    public static Task<IResult> Activities(string a, HttpRequest request, [NotBody] RecordReader reader, CancellationToken ct)
    {
        var asked = new FiltersAsked(request);
        return PageAsync(KnownTables.Activities, a, request, reader, asked, "earliest <= ?", Filter.Of(
            ("latest >= ?", asked.Day("from")),
            ("earliest <= ?", asked.Day("to")),
            ("kind = ?", asked.Word<ActivityKind>("kind")),
            ("? = any(parties)", request.One("party")),
            ("? = any(tags)", request.One("tag")),
            ("withdrawn = ?", asked.Withdrawn()),
            ("words like all(?)", asked.Searched())), ct);
    }

    [WolverineGet("/api/v1/agendas/{a}/sources"), Needs(Right.Read)]
    [Operation("listSources", "The published accounts there were by the day asked for", Gives = typeof(Page<Sources.Source>), Asks = Asks.List)]
    [Query("from", typeof(DateOnly), "Only those published on this day or later.")]
    [Query("to", typeof(DateOnly), "Only those published on this day or earlier.")]
    [Query("kind", typeof(SourceKind), "Only of this kind.")]
    [Query("party", typeof(string), "Only those of this issuer: a party's code, or a publisher's name.")]
    [Query("q", typeof(string), "Only those in which each of these words occurs, 16 at most.")]
    [Query("withdrawn", typeof(bool), "Whether what was withdrawn is listed as well, marked so.")]
    public static Task<IResult> Sources(string a, HttpRequest request, [NotBody] RecordReader reader, CancellationToken ct)
    {
        var asked = new FiltersAsked(request);
        return PageAsync(KnownTables.Sources, a, request, reader, asked, "(published_on is null or published_on <= ?)", Filter.Of(
            ("published_on >= ?", asked.Day("from")),
            ("published_on <= ?", asked.Day("to")),
            ("kind = ?", asked.Word<SourceKind>("kind")),
            ("issuer = ?", request.One("party")),
            ("withdrawn = ?", asked.Withdrawn()),
            ("words like all(?)", asked.Searched())), ct);
    }

    [WolverineGet("/api/v1/agendas/{a}/evidence"), Needs(Right.Read)]
    [Operation("listEvidence", "Evidence on what had happened by the day asked for, and the review queue", Gives = typeof(EvidencePage), Asks = Asks.List)]
    [Query("state", typeof(EvidenceState), "Only what stands here; `proposed` is the review queue, for coders and above. Others see what was accepted, and how much waits.")]
    [Query("commitment", typeof(string), "Only what bears on this commitment.")]
    [Query("activity", typeof(string), "Only what rests on this activity.")]
    [Query("coder", typeof(string), "Only what this principal judged; for coders and above.")]
    [Query("party", typeof(string), "Only what this party did, by its code.")]
    [Query("q", typeof(string), "Only that in which each of these words, 16 at most, occurs: in the rationale, or a quote.")]
    public static async Task<IResult> EvidenceList(string a, HttpRequest request, [NotBody] RecordReader reader, CancellationToken ct)
    {
        var (asked, audience) = (new FiltersAsked(request), Audiences.Of(request.HttpContext.Caller(), a));
        var (about, state) = (Filter.Of(
            ("commitment = ?", request.One("commitment")),
            ("activity = ?", request.One("activity")),
            ("? = any(parties)", request.One("party"))), asked.Word<EvidenceState>("state"));
        var words = asked.Searched();
        var (read, page, refusal) = Asked(request, asked);
        if (refusal is not null) return refusal.Answered();
        if (read!.ValidAt is { } day)
            about = about.Append(new Filter($"activity in (select name from {KnownTables.Activities.Name} where agenda = $1 and known_from <= $2 and known_to > $2 and earliest <= ?)", day));
        (var list, refusal) = await reader.EvidenceAsync(a, read, page!, audience, about, Filter.Of(
            ("state = ?", state),
            // Nobody coded what readers see, as far as they are told.
            (audience is Audience.Coders ? "coder = ?" : "? = ''", request.One("coder")),
            ("words like all(?)", words)), ct);
        return list is null ? refusal!.Answered() : ReadAnswer.Of(list, list.Position, list.Position);
    }

    [WolverineGet("/api/v1/agendas/{a}/proposals/{p}"), Needs(Right.Code)]
    [Operation("readProposal", "One change that waits for a second person, or waited", Gives = typeof(ProposalInFull), Asks = Asks.Read)]
    public static async Task<IResult> Proposal(string a, string p, HttpRequest request, [NotBody] RecordReader reader, CancellationToken ct)
    {
        var (read, refusal) = ReadAt.Of(request);
        if (read is null) return refusal!.Answered();
        (var proposal, var moment, refusal) = await reader.OneAsync(KnownTables.Proposals, "proposal", a, p, read, ct);
        return proposal is null
            ? refusal!.Answered()
            : ReadAnswer.Of(AsOf.Of(proposal, moment!, new WouldChange(await reader.WouldChangeAsync(a, proposal, ct))), proposal.Version, moment!.Position);
    }

    [WolverineGet("/api/v1/agendas/{a}/proposals"), Needs(Right.Code)]
    [Operation("listProposals", "The changes that wait for a second person, or waited", Gives = typeof(Page<Proposal>), Asks = Asks.List)]
    [Query("state", typeof(ProposalState), "Only what stands so; `waiting` is what a reviewer has to decide.")]
    [Query("activity", typeof(string), "Only what would change this activity.")]
    [Query("commitment", typeof(string), "Only what would change this commitment.")]
    public static Task<IResult> Proposals(string a, HttpRequest request, [NotBody] RecordReader reader, CancellationToken ct)
    {
        var asked = new FiltersAsked(request);
        return PageAsync(KnownTables.Proposals, a, request, reader, asked, "proposed_at < ?::date + 1", Filter.Of(
            ("state = ?", asked.Word<ProposalState>("state")),
            ("activity = ?", request.One("activity")),
            ("commitment = ?", request.One("commitment"))), ct);
    }

    /// <param name="told">Adds what is told of it besides, where something is.</param>
    /// <param name="basis">Finds the recording that changed anything of what the thing rests on last, where it rests on something.</param>
    private static async Task<IResult> OneAsync<T>(
        KnownTable<T> table, string what, string agenda, string name, HttpRequest request, RecordReader reader, CancellationToken ct, Func<T, T?>? seen = null,
        Func<T, Moment, CancellationToken, Task<long>>? basis = null, Func<T, Moment, Task<T>>? told = null)
        where T : class, IFolded<T>
    {
        var (read, refusal) = ReadAt.Of(request);
        if (read is null) return refusal!.Answered();
        (var thing, var moment, refusal) = await reader.OneAsync(table, what, agenda, name, read, ct);
        if (thing is { } found && seen is not null && (thing = seen(found)) is null) refusal = Refuse.NotFound(what, name);
        if (thing is null) return refusal!.Answered();
        if (told is not null) thing = await told(thing, moment!);
        return ReadAnswer.Of(AsOf.Of(thing, moment!), thing.Version, moment!.Position, basis is null ? null : await basis(thing, moment, ct));
    }

    /// <param name="isBy">What holds of a thing that there was by a day, as far as its dates tell. By today, which is the day where none is asked for, that is every one.</param>
    private static async Task<IResult> PageAsync<T>(
        KnownTable<T> table, string agenda, HttpRequest request, RecordReader reader, FiltersAsked asked, string isBy, IEnumerable<Filter> filters, CancellationToken ct)
        where T : class, IFolded<T>
    {
        var (read, page, refusal) = Asked(request, asked);
        if (refusal is not null) return refusal.Answered();
        if (read!.ValidAt is { } day) filters = filters.Append(new Filter(isBy, day));
        (var list, refusal) = await reader.PageAsync(table, agenda, read, page!, filters, ct);
        return list is null ? refusal!.Answered() : ReadAnswer.Of(list, list.Position, list.Position);
    }

    /// <summary>What is asked for, or the first thing in it that cannot be read.</summary>
    private static (ReadAt? Read, PageAsked? Page, Refusal? Refusal) Asked(HttpRequest request, FiltersAsked filters)
    {
        var (read, refusal) = ReadAt.Of(request);
        var (page, unreadable) = PageAsked.Of(request);
        return (read is null ? null : page?.OnItsDay(read) ?? read, page, refusal ?? unreadable ?? filters.Refusal);
    }
}

/// <summary>A proposal, and what it would change.</summary>
public abstract class ProposalInFull : Flat<AsOf, Proposal, WouldChange>;

/// <param name="Changed">What would be said otherwise, member by member, as known when it was proposed; empty for a withdrawal.</param>
public sealed record WouldChange(ImmutableArray<Changed> Changed);
