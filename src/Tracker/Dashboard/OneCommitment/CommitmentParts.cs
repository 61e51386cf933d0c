using System.Collections.Immutable;
using Tracker.Boards.History;
using Tracker.Commitments;
using Tracker.Dashboard.Frame;
using Tracker.Recording;

namespace Tracker.Dashboard.OneCommitment;

/// <summary>Which part of each of its lists the page of a commitment shows, from 1.</summary>
/// <param name="Page">Of its evidence.</param>
/// <param name="Piece">The evidence that a link leads to, by its id: the part with it is shown. Null for that of <paramref name="Page"/>.</param>
/// <param name="Searches">Of the searches that found nothing.</param>
/// <param name="History">Of how it was recorded.</param>
public sealed record CommitmentParts(int Page, string? Piece, int Searches, int History)
{
    private const int SmallRoom = 70_000;

    public static (CommitmentParts? Parts, Refusal? Refusal) Of(HttpRequest request)
    {
        var ((page, no), (searches, neither), (history, nor)) = (Part.Asked(request), Part.Asked(request, "searches"), Part.Asked(request, "history"));
        return (no ?? neither ?? nor) is { } refusal ? (null, refusal) : (new CommitmentParts(page, request.Given("piece"), searches, history), null);
    }

    public Part<Piece> Evidence(ImmutableArray<Piece> all) => Piece is null ? Part.Create(all, Page, BytesOf) : Part.Holding(all, x => x.Evidence.Id == Piece, BytesOf);

    public Part<Search> SearchesOf(Commitment commitment) => Part.Create([.. commitment.Searches.OrderBy(x => x.SearchedThrough)], Searches,
        x => 500 + Part.BytesOf(x.Places) + (30 * x.Places.Length) + Part.BytesOf(x.Note, x.Withdrawal?.Reason), SmallRoom);

    public Part<HistoryEntry> HistoryOf(ImmutableArray<HistoryEntry> all) => Part.Create(all, History,
        x => 400 + Part.BytesOf(x.Text, x.Reason) + x.Changed.Sum(y => 200 + Part.BytesOf(y.Was?.ToString(), y.Now?.ToString())), SmallRoom);

    /// <summary>As a query, to stand behind that of the day and moment.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Query() => [.. Part.Query(Page), .. Part.Query(Searches, "searches"), .. Part.Query(History, "history")];

    private static int BytesOf(Piece piece) => 2_200 + Part.BytesOf(piece.Activity.Title, piece.Activity.Summary, piece.Evidence.Rationale)
        + piece.Evidence.Citations.Sum(x => 600 + Part.BytesOf(x.Quote)) + (600 * piece.Activity.Sources.Length)
        + piece.Activity.Accounts.Sum(x => 700 + Part.BytesOf(x.Quote, x.Place, x.Note));
}
