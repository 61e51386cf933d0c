using System.Collections.Immutable;
using Tracker.Agendas;
using Tracker.Boards;
using Tracker.Dashboard.Frame;
using Tracker.Prose;
using Tracker.Recording;
using Tracker.Status;

namespace Tracker.Dashboard.OneBoard;

/// <summary>What of a board is on the screen: which commitments, in which order, beside which other day. All of it stands in the address.</summary>
/// <param name="Statuses">Only those at one of these; all where none is named.</param>
/// <param name="Party">Only those that this party made.</param>
/// <param name="Sort">A word of <see cref="Orders"/>, or a party's code: by where that party stands.</param>
/// <param name="Compare">The other day, or the slug of a milestone.</param>
/// <param name="Page">Which part of a long board, from 1.</param>
public sealed record Shown(ImmutableArray<CommitmentStatus> Statuses, string? Party, string? Tag, string Sort, string? Compare, int Page)
{
    public const string ByStatus = "status";
    public const string ByTitle = "title";
    public const string ByLatest = "latest";
    public const string ByDepth = "depth";
    public const string ByTag = "tag";

    public static ImmutableArray<string> Orders { get; } = [ByStatus, ByTitle, ByLatest, ByDepth, ByTag];

    public static (Shown? Shown, Refusal? Refusal) Of(HttpRequest request)
    {
        var statuses = ImmutableArray.CreateBuilder<CommitmentStatus>();
        foreach (var word in request.Query["status"].Where(x => !string.IsNullOrWhiteSpace(x)))
        {
            if (!Words.TryParse<CommitmentStatus>(word, out var status)) return (null, Refuse.NotOfForm("status", $"one of {Words.All<CommitmentStatus>()}", word));
            statuses.Add(status);
        }

        var compare = request.Given("compare");
        if (compare is not null && Since.Parse(compare) is null) return (null, Refuse.NotOfForm("compare", "a day, YYYY-MM-DD, or a milestone's slug", compare));
        var (page, refusal) = Part.Asked(request);
        return refusal is not null ? (null, refusal) : (new Shown(statuses.ToImmutable(), request.Given("party"), request.Given("tag"), request.Given("sort") ?? ByStatus, compare, page), null);
    }

    public bool Narrows => !Statuses.IsEmpty || Party is not null || Tag is not null;

    /// <summary>Whether it is other than the whole board in a board's own order.</summary>
    public bool Rearranges => Narrows || Sort != ByStatus;

    /// <summary>The other day on an agenda; null where none is asked for.</summary>
    public (DateOnly? Day, Refusal? Refusal) OtherDay(Agenda agenda) => Compare is null
        ? (null, null)
        : Since.On(agenda, Since.Parse(Compare)) is var (day, refusal) && refusal is null ? (day, null) : (null, Refuse.As(refusal!.Code, "compare", refusal.Detail));

    /// <summary>What it names that the agenda does not have, a milestone or a party; null where it has all of it.</summary>
    public Refusal? UnknownOn(Agenda agenda) =>
        OtherDay(agenda).Refusal
        ?? (Party is null || agenda.HasParty(Party) ? null : Refuse.NotOfForm("party", "the code of a party of the agenda", Party))
        ?? (Orders.Contains(Sort, StringComparer.Ordinal) || agenda.HasParty(Sort) ? null
            : Refuse.NotOfForm("sort", $"one of {string.Join(", ", Orders)}, or the code of a party", Sort));

    /// <summary>The commitments that are asked for, in the order asked for; not yet parted into pages.</summary>
    public ImmutableArray<BoardEntry> Of(Board board)
    {
        var wanted = board.Commitments.Where(Has);
        var ordered = Sort switch
        {
            ByTitle => wanted.OrderBy(x => x.Title, Titles.Order),
            ByLatest => wanted.OrderByDescending(x => x.LatestActivityOn),
            // By the first, and what is filed under nothing comes last.
            ByTag => wanted.OrderBy(x => x.Tags.IsEmpty).ThenBy(x => x.Tags.Order(StringComparer.Ordinal).FirstOrDefault(), StringComparer.Ordinal),
            ByDepth => wanted.OrderByDescending(x => DepthWords.Deepest(x.Evidence)),
            not ByStatus => wanted.OrderBy(x => x.ByParty.TryGetValue(Sort, out var verdict) ? verdict.Status : CommitmentStatus.NotYetRated),
            _ => wanted.OrderBy(x => x.Status),
        };
        return [.. ordered.ThenBy(x => x.Status).ThenBy(x => x.Title, Titles.Order)];
    }

    /// <summary>The same of what is on another day's board alone.</summary>
    public ImmutableArray<OnlyThen> Of(ImmutableArray<OnlyThen> only, Board board)
    {
        var bySlug = only.ToDictionary(x => x.Then.Slug, StringComparer.Ordinal);
        return [.. Of(board with { Commitments = [.. only.Select(x => x.Then)] }).Select(x => bySlug[x.Slug])];
    }

    private bool Has(BoardEntry x) =>
        (Statuses.IsEmpty || Statuses.Contains(x.Status)) && (Party is null || x.ByParty.ContainsKey(Party)) && (Tag is null || x.Tags.Contains(Tag, StringComparer.Ordinal));

    /// <summary>As a query, to stand behind that of the day and moment.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Query()
    {
        if (Compare is not null) yield return new("compare", Compare);
        foreach (var status in Statuses) yield return new("status", Words.Text(status));
        if (Party is not null) yield return new("party", Party);
        if (Tag is not null) yield return new("tag", Tag);
        if (Sort != ByStatus) yield return new("sort", Sort);
        foreach (var page in Part.Query(Page)) yield return page;
    }

    /// <summary>The address's query for the same on another day, or another part of it on the same.</summary>
    public string QueryWith(string? validAt, string? knownAt, string? since) => Asked.QueryOf(validAt, knownAt, since, Query());
}
