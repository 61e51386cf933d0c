using Tracker.Activities;
using Tracker.Commitments;
using Tracker.Dashboard.Frame;
using Tracker.Recording;

namespace Tracker.Dashboard.OneSource;

/// <summary>Which part of each of its lists the page of a source shows, from 1.</summary>
/// <param name="Quoted">Of the commitments that are quoted from it.</param>
/// <param name="Told">Of the activities that it tells of.</param>
/// <param name="Cited">Of the evidence that cites it.</param>
public sealed record SourceParts(int Quoted, int Told, int Cited)
{
    private const int Room = 130_000;

    public static (SourceParts? Parts, Refusal? Refusal) Of(HttpRequest request)
    {
        var ((quoted, no), (told, neither), (cited, nor)) = (Part.Asked(request, "quoted"), Part.Asked(request, "told"), Part.Asked(request, "cited"));
        return (no ?? neither ?? nor) is { } refusal ? (null, refusal) : (new SourceParts(quoted, told, cited), null);
    }

    public Part<Commitment> Quoting(IReadOnlyList<Commitment> all, string source) => Part.Create(all, Quoted, x => 400 + Part.BytesOf(x.Title)
        + x.Clauses.Where(y => y.Source == source).Sum(y => 400 + Part.BytesOf(y.Quote, y.Translation)), Room);

    public Part<Activity> Telling(IReadOnlyList<Activity> all, string source) => Part.Create([.. all.OrderBy(x => x.Occurred.Earliest).ThenBy(x => x.Occurred.Latest)], Told,
        x => 450 + Part.BytesOf(x.Title) + x.Accounts.Where(y => y.Source == source).Sum(y => 50 + Part.BytesOf(y.Quote)), Room);

    public Part<Evidence.Evidence> Citing(IReadOnlyList<Evidence.Evidence> all) => Part.Create(all, Cited, _ => 700, Room);

    /// <summary>As a query, to stand behind that of the day and moment.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Query() => [.. Part.Query(Quoted, "quoted"), .. Part.Query(Told, "told"), .. Part.Query(Cited, "cited")];
}
