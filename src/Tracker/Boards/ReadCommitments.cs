using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Npgsql;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Boards.Known;
using Tracker.Commitments;
using Tracker.Evidence;
using Tracker.Recording;
using Tracker.Status;
using Wolverine.Http;

namespace Tracker.Boards;

/// <summary>One commitment with everything that is known about it: wordings, status and why, evidence with what it rests on.</summary>
public static class ReadCommitmentsEndpoints
{
    [WolverineGet("/api/v1/agendas/{a}/commitments/{c}"), Needs(Right.Read)]
    [Operation("readCommitment", "One commitment: wordings, status and why, evidence", Gives = typeof(CommitmentInFull), Asks = Asks.Read)]
    public static async Task<IResult> One(string a, string c, HttpRequest request, [NotBody] CommitmentReader commitments, CancellationToken ct)
    {
        var (read, refusal) = ReadAt.Of(request);
        if (read is null) return refusal!.Answered();
        (var view, refusal) = await commitments.OneAsync(a, c, read, Audiences.Of(request.HttpContext.Caller(), a), ct);
        return view is null ? refusal!.Answered() : ReadAnswer.Of(view.Json, view.Version, view.Moment.Position);
    }

    [WolverineGet("/api/v1/agendas/{a}/commitments/{c}/clauses/{id}"), Needs(Right.Read)]
    [Operation("readClause", "One party's wording", Gives = typeof(AsKnown<Clause>), Asks = Asks.Read)]
    public static Task<IResult> Clause(string a, string c, string id, HttpRequest request, [NotBody] RecordReader reader, CancellationToken ct) =>
        PartAsync(a, c, request, reader, "clause", id, x => x.Clauses.FirstOrDefault(part => part.Id == id), ct);

    [WolverineGet("/api/v1/agendas/{a}/commitments/{c}/searches/{id}"), Needs(Right.Read)]
    [Operation("readSearch", "One search that found nothing", Gives = typeof(AsKnown<Search>), Asks = Asks.Read)]
    public static Task<IResult> Search(string a, string c, string id, HttpRequest request, [NotBody] RecordReader reader, CancellationToken ct) =>
        PartAsync(a, c, request, reader, "search", id, x => x.Searches.FirstOrDefault(part => part.Id == id), ct);

    [WolverineGet("/api/v1/agendas/{a}/commitments"), Needs(Right.Read)]
    [Operation("listCommitments", "Commitments, with their statuses", Gives = typeof(CommitmentPage<CommitmentAsKnown>), Asks = Asks.List)]
    [Query("status", typeof(CommitmentStatus), "Only those that stand so on the board.")]
    [Query("type", typeof(CommitmentType), "Only of this type.")]
    [Query("party", typeof(string), "Only those of this party, by its code.")]
    [Query("tag", typeof(string), "Only those with this tag.")]
    [Query("q", typeof(string), "Only those in which each of these words, 16 at most, occurs: in title, criteria, or a wording and its translation.")]
    [Query("withdrawn", typeof(bool), "Whether what was withdrawn is listed as well, marked so.")]
    public static async Task<IResult> List(
        string a, HttpRequest request, [NotBody] RecordReader reader, [NotBody] BoardReader boards, CancellationToken ct)
    {
        var (read, refusal) = ReadAt.Of(request);
        var (asked, unreadable) = PageAsked.Of(request);
        var filters = new FiltersAsked(request);
        var (status, type) = (filters.Word<CommitmentStatus>("status"), filters.Word<CommitmentType>("type"));
        var (withdrawn, words) = (filters.Withdrawn(), filters.Searched());
        if ((refusal ?? unreadable ?? filters.Refusal) is { } no) return no.Answered();
        read = asked!.OnItsDay(read!);
        if (asked.After is { } cursor && read.KnownAt is null) read = read with { KnownAt = new KnownAt(cursor.Position, null) };
        (var board, refusal) = await boards.ReadAsync(a, read, ct);
        if (board is null) return (request.One("knownAt") is null && asked.After is not null ? PageAsked.NotOurs(refusal!) : refusal!).Answered();
        // No status is stored: which stand so, the rule has said.
        var standing = status is null ? null : board.Commitments.Where(x => Words.Text(x.Status) == status).Select(x => x.Slug).ToArray();
        (var page, refusal) = await reader.PageAsync(KnownTables.Commitments, a, read.At(board.Position) with { ValidAt = board.ValidAt }, asked, Filter.Of(
            ("name = any(?)", standing),
            ("type = ?", type),
            ("? = any(parties)", request.One("party")),
            ("? = any(tags)", request.One("tag")),
            ("withdrawn = ?", withdrawn),
            ("words like all(?)", words)), ct);
        if (page is null) return refusal!.Answered();
        var entries = board.Commitments.ToDictionary(x => x.Slug, StringComparer.Ordinal);
        var moment = new Moment(a, board.Position, board.KnownAt);
        return ReadAnswer.Of(
            new CommitmentPage<JsonObject>(board.Agenda, board.Since, board.ValidAt, board.CoveredThrough, board.Current, board.AsOf, board.KnownAt, board.Position,
                [.. page.Items.Select(x => CommitmentReader.Told(x, moment, entries.GetValueOrDefault(x.Slug)))], page.Next),
            board.Position, board.Position);
    }

    private static async Task<IResult> PartAsync(
        string a, string c, HttpRequest request, RecordReader reader, string what, string id, Func<Commitment, object?> part, CancellationToken ct)
    {
        var (read, refusal) = ReadAt.Of(request);
        if (read is null) return refusal!.Answered();
        (var commitment, var moment, refusal) = await reader.OneAsync(KnownTables.Commitments, "commitment", a, c, read, ct);
        if (commitment is null) return refusal!.Answered();
        return part(commitment) is { } found
            ? ReadAnswer.Of(AsOf.Of(found, moment!), commitment.Version, moment!.Position)
            : Refuse.NotFound(what, id).Answered();
    }
}

/// <summary>Reads one commitment with its status and its evidence.</summary>
public sealed class CommitmentReader(NpgsqlDataSource database, BoardReader boards)
{
    /// <summary>The commitment, or why there is none. What was recorded a moment ago is waited for, and found.</summary>
    /// <param name="audience">Whom its evidence is shown to.</param>
    public async Task<(CommitmentView? View, Refusal? Refusal)> OneAsync(
        string agenda, string name, ReadAt read, Audience audience, CancellationToken ct)
    {
        // Nothing in the tables has a name that is no slug; an empty filter would mean all.
        var (material, refusal) = await boards.GatherAsync(agenda, read, Slug.IsValid(name) ? name : "-", ct);
        if (material is null) return (null, refusal);
        if (material.Promises is not [var (promise, title, searches, _)]) return (null, Refuse.NotFound("commitment", name));
        var moment = material.Moment;
        var (commitment, pieces) = await InFullAsync(moment, name, ct);
        var entry = material.Judge(promise, searches) is { } verdict ? BoardEntry.Of(name, title, promise.Type, verdict) : null;
        var json = Told(commitment, moment, entry);
        var evidence = new List<JsonObject>();
        var pending = 0;
        foreach (var (piece, activity) in pieces)
        {
            if (piece.State is EvidenceState.Proposed) pending++;
            if (piece.SeenBy(audience) is { } seen) evidence.Add(Flat.Of(seen, new WithActivity(activity)));
        }

        json.Take(new Grounds<JsonObject>(material.Since, material.ValidAt, material.Coverage.Through(material.ValidAt), material.IsCurrent, material.AsOf, pending, evidence, material.PendingChanges));
        return (new CommitmentView(json, commitment, entry, moment, commitment.Version)
        {
            PendingReview = pending,
            PendingChanges = material.PendingChanges,
            CoveredThrough = material.Coverage.Through(material.ValidAt),
            AsOf = material.AsOf,
            Ending = material.Ending,
            EndsOn = material.EndsOn,
            AsKnownAt = material.AsKnownAt,
            Milestone = material.Milestone,
            Agenda = material.Agenda,
        }, null);
    }

    /// <summary>A commitment, and what the rule says of it: its status and the rest are null where it is not on the board yet.</summary>
    public static JsonObject Told(Commitment commitment, Moment moment, BoardEntry? entry) => AsOf.Of(commitment, moment,
        new Standing(entry?.Status, entry?.ConcreteSinceBaseline, entry?.Parties, entry?.Recently, entry?.Flags, entry?.Evidence, entry?.FirstConcreteOn,
            entry?.LatestConcreteOn, entry?.LatestActivityOn, entry?.Because, entry?.ByParty));

    /// <summary>A commitment and the evidence on it, with its activities, in the order in which they happened: in one visit.</summary>
    private async Task<(Commitment, IReadOnlyList<(Evidence.Evidence Piece, Activity Activity)>)> InFullAsync(Moment moment, string name, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add($"select body, version from {KnownTables.Commitments.Name} where agenda = $1 and name = $2 and known_from <= $3 and known_to > $3", moment.Agenda, name, moment.Position);
        batch.Add($"""
            select e.body, e.version, a.body, a.version
            from {KnownTables.Evidence.Name} e
            cross join {KnownTables.Activities.Found("a", "e.activity", "$3")}
            where e.agenda = $1 and e.commitment = $2 and e.known_from <= $3 and e.known_to > $3
            order by a.earliest, a.latest, e.name collate "C"
            """, moment.Agenda, name, moment.Position);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) throw new NotInTablesYetException(moment.Agenda);
        var commitment = KnownTables.Commitments.ReadBody(reader.GetString(0), reader.GetInt64(1));
        await reader.NextResultAsync(ct);
        var evidence = new List<(Evidence.Evidence, Activity)>();
        while (await reader.ReadAsync(ct))
            evidence.Add((KnownTables.Evidence.ReadBody(reader.GetString(0), reader.GetInt64(1)), KnownTables.Activities.ReadBody(reader.GetString(2), reader.GetInt64(3))));
        return (commitment, evidence);
    }
}

/// <summary>A commitment as it is told, and what it was told from.</summary>
public sealed record CommitmentView(JsonObject Json, Commitment Commitment, BoardEntry? Entry, Moment Moment, long Version)
{
    /// <summary>The day through which the record reaches.</summary>
    public required DateOnly CoveredThrough { get; init; }

    /// <summary>The day that the rule judges what passed as of.</summary>
    public required DateOnly AsOf { get; init; }

    public RecordEnding Ending { get; init; }

    /// <summary>The day on which the record ends, where it is not current on the day asked about; null where it is.</summary>
    public DateOnly? EndsOn { get; init; }

    /// <summary>The position that it was asked for as known at; null where it is as known now.</summary>
    public long? AsKnownAt { get; init; }

    /// <summary>The slug of the milestone that it counts from, where it was asked for by that.</summary>
    public string? Milestone { get; init; }

    /// <summary>The agenda as known then.</summary>
    public required Agenda Agenda { get; init; }

    /// <summary>What would move accepted evidence on it, and waits for a second person.</summary>
    public required PendingChanges PendingChanges { get; init; }

    /// <summary>How much evidence on it waits for a review.</summary>
    public int PendingReview { get; init; }
}

/// <summary>What the rule says of a commitment: everything null where it is not on the board yet.</summary>
/// <param name="PartyCounts">How many of its parties have taken concrete action: one party's act is not all parties'.</param>
/// <param name="EvidenceCounts">How much evidence is in the window, by depth.</param>
public sealed record Standing(
    CommitmentStatus? Status,
    bool? ConcreteSinceBaseline,
    PartyCounts? PartyCounts,
    Recently? Recently,
    Flags? Flags,
    EvidenceCounts? EvidenceCounts,
    DateOnly? FirstConcreteOn,
    DateOnly? LatestConcreteOn,
    DateOnly? LatestActivityOn,
    Because? Because,
    ImmutableSortedDictionary<string, PartyVerdict>? ByParty);

/// <summary>What a commitment's status was judged by, whether it counted or not.</summary>
/// <param name="CoveredThrough">The day through which the record reaches, as of <paramref name="ValidAt"/>: of what came after, it says nothing.</param>
/// <param name="Current">Whether the record ends no more than the codebook's coverage days before <paramref name="ValidAt"/>.</param>
/// <param name="AsOf">The day at which whatever speaks of time that passed is judged: where the record ends, or the day asked about.</param>
/// <param name="PendingReview">How many pieces of evidence wait for a review, whoever asks.</param>
/// <param name="Evidence">For coders and above all there is; for others what was accepted.</param>
/// <param name="PendingChanges">What would move accepted evidence on it, and waits for a second person: nothing here counts it.</param>
public sealed record Grounds<TEvidence>(
    DateOnly Since, DateOnly ValidAt, DateOnly CoveredThrough, bool Current, DateOnly AsOf, int PendingReview, IReadOnlyList<TEvidence> Evidence, PendingChanges PendingChanges);

public sealed record WithActivity(Activity Activity);

/// <summary>A part of a list of commitments, with what the rule says of each.</summary>
/// <param name="CoveredThrough">The day through which the record reaches, as of <paramref name="ValidAt"/>: of what came after, it says nothing.</param>
/// <param name="Current">Whether the record ends no more than the codebook's coverage days before <paramref name="ValidAt"/>.</param>
/// <param name="AsOf">The day at which whatever speaks of time that passed is judged: where the record ends, or the day asked about.</param>
/// <param name="Next">What to give as <c>after</c> for the next part; null at the end.</param>
public sealed record CommitmentPage<T>(
    string Agenda, DateOnly Since, DateOnly ValidAt, DateOnly CoveredThrough, bool Current, DateOnly AsOf, DateTimeOffset KnownAt, long Position, IReadOnlyList<T> Items, string? Next);

/// <summary>A commitment as it was known, and what the rule says of it.</summary>
public abstract class CommitmentAsKnown : Flat<AsOf, Commitment, Standing>;

/// <summary>A commitment with everything that is known about it.</summary>
public abstract class CommitmentInFull : Flat<AsOf, Commitment, Standing, Grounds<EvidenceInFull>>;

/// <summary>A piece of evidence with its activity.</summary>
public abstract class EvidenceInFull : Flat<Evidence.Evidence, WithActivity>;
