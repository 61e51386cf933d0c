using System.Collections.Immutable;
using System.Globalization;
using Tracker.Boards.Known;
using Tracker.Recording;

namespace Tracker.Boards;

/// <summary>Which part of an answer is asked for whose lists are as long as its agenda: all of it, where neither <c>limit</c> nor <c>after</c> is given.</summary>
/// <param name="Read">What is asked about: of a part that goes on, the day and the moment of the first.</param>
/// <param name="From">How many of what the answer lists come before the part.</param>
public sealed record PartAsked(ReadAt Read, int From)
{
    /// <summary>Null where all of it is asked for.</summary>
    private PageAsked? Page { get; init; }

    /// <summary>Why it is none of what is known at a moment: the part before was of another; null where it was of this one.</summary>
    public Refusal? IsNoneOf(Moment moment) => Page?.After is { } after && after.Position != moment.Position ? PageAsked.OfAnotherMoment(after) : null;

    /// <summary>How many are asked for; null for all.</summary>
    public int? Limit => Page?.Limit;

    /// <summary>Reads the query, or says which value is not of its form.</summary>
    public static (PartAsked? Part, Refusal? Refusal) Of(HttpRequest request)
    {
        var (read, refusal) = ReadAt.Of(request);
        if (read is null) return (null, refusal);
        if (request.One("limit") is null && request.One("after") is null) return (new PartAsked(read, 0), null);
        (var page, refusal) = PageAsked.Of(request);
        if (page is null) return (null, refusal);
        if (page.After is not { } after) return (new PartAsked(read, 0) { Page = page }, null);
        if (!int.TryParse(after.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var from)) return (null, PageAsked.NotANext);
        return (new PartAsked(page.OnItsDay(read) with { KnownAt = read.KnownAt ?? new KnownAt(after.Position, null) }, from) { Page = page }, null);
    }

    /// <summary>Why there is no such part, where there is no such moment: that is for whoever named it.</summary>
    public Refusal Told(Refusal refusal, HttpRequest request) => Page?.After is not null && request.One("knownAt") is null ? PageAsked.NotOurs(refusal) : refusal;

    /// <summary>Whether there is nothing so far on: then no part before it said so.</summary>
    /// <param name="all">How many the whole answer lists.</param>
    public bool IsBeyond(int all) => From > 0 && From >= all;

    /// <summary>Of a list that some others stand before, what belongs to the part.</summary>
    public ImmutableArray<T> Of<T>(ImmutableArray<T> all, int before = 0)
    {
        if (Page is null) return all;
        var (from, to) = (Math.Clamp(From - before, 0, all.Length), Math.Clamp((long)From + Page.Limit - before, 0, all.Length));
        return all[from..(int)to];
    }

    /// <summary>What to give as <c>after</c> for the next part; null at the end.</summary>
    /// <param name="all">How many the whole answer lists.</param>
    public string? Next(int all, long position, DateOnly day) => Page is not null && (long)From + Page.Limit < all
        ? Page.Next(position, (From + Page.Limit).ToString(CultureInfo.InvariantCulture), day)
        : null;
}
