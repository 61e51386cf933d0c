using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tracker.Recording;

namespace Tracker.Boards;

/// <summary>A part of a list: of things in the order of their names, of what happened in the order in which it did.</summary>
/// <param name="Next">What to give as <c>after</c> for the next part; null at the end.</param>
public sealed record Page<T>(string Agenda, DateTimeOffset KnownAt, long Position, IReadOnlyList<T> Items, string? Next);

/// <summary>A part of a list of evidence.</summary>
/// <param name="PendingReview">How many pieces wait for a review among those of the same commitment, activity, party and day, whoever asks.</param>
/// <param name="Next">What to give as <c>after</c> for the next part; null at the end.</param>
public sealed record EvidencePage(
    string Agenda, DateTimeOffset KnownAt, long Position, int PendingReview, IReadOnlyList<Evidence.Evidence> Items, string? Next);

/// <summary>Which part of a list is asked for.</summary>
public sealed record PageAsked(int Limit, Cursor? After)
{
    public const int DefaultLimit = 100;
    public const int MaxLimit = 1_000;

    /// <summary>Which list the part is of; null where no request asks, and nobody is told how to go on.</summary>
    public ListAsked? List { get; init; }

    public static (PageAsked? Page, Refusal? Refusal) Of(HttpRequest request)
    {
        var (limit, refusal) = LimitOf(request);
        if (refusal is not null) return (null, refusal);
        var list = ListAsked.Of(request);
        Cursor? after = null;
        if (request.One("after") is { } cursor)
        {
            if ((after = Cursor.Parse(cursor)) is null) return (null, NotANext);
            if (list.DiffersFrom(after) is { } another) return (null, another);
        }

        return (new PageAsked(limit, after) { List = list }, null);
    }

    /// <summary>How many are asked for at most.</summary>
    public static (int Limit, Refusal? Refusal) LimitOf(HttpRequest request)
    {
        var limit = DefaultLimit;
        return request.One("limit") is { } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxLimit)
            ? (0, Refuse.NotOfForm("limit", string.Create(CultureInfo.InvariantCulture, $"a number from 1 to {MaxLimit}"), text))
            : (limit, null);
    }

    /// <summary>The same read, on the day of the part before: a list that is read across midnight stays one list.</summary>
    public ReadAt OnItsDay(ReadAt read) => After?.Day is { } day ? read with { ValidAt = day } : read;

    /// <summary>What to give as <c>after</c> for the part behind a name.</summary>
    /// <param name="day">The day the list is of; null where it is of none.</param>
    public string Next(long position, string name, DateOnly? day = null) => new Cursor(position, name, day, List?.Marks ?? []).ToString();

    /// <summary>Why a list could not be read at its cursor's moment: one that never was is of nobody's making but the asker's.</summary>
    public static Refusal NotOurs(Refusal refusal) => refusal.Code is "in-future" or "not-yet-recorded" ? NotANext : refusal;

    public static Refusal NotANext { get; } = Refuse.Unreadable("'after' must be the 'next' of a page.", "after");

    /// <summary>The 'next' of a list as it was known at another moment than the one asked for.</summary>
    public static Refusal OfAnotherMoment(Cursor after) => Refuse.Unreadable(string.Create(CultureInfo.InvariantCulture,
        $"This 'after' is the 'next' of a list as known at position {after.Position}, and 'knownAt' asks for another."), "after");
}

/// <summary>Which list a request asks for a part of, in marks short enough for a cursor: its agenda, its address, and each of its filters.</summary>
/// <param name="Marks">A mark for each of <paramref name="Names"/>; empty for what is not asked for.</param>
public sealed record ListAsked(ImmutableArray<string> Names, ImmutableArray<string> Marks, DateOnly? ValidAt)
{
    // Enough to find a mistake by; a cursor is no secret, and its forger only cheats themselves.
    private const int Letters = 3;

    private static readonly string[] NotFilters = ["after", "limit", "atLeast", "validAt", "knownAt"];

    public static ListAsked Of(HttpRequest request)
    {
        var endpoint = request.HttpContext.GetEndpoint();
        var agenda = request.RouteValues.GetValueOrDefault("a") as string ?? "";
        var address = string.Join('/', request.RouteValues.Where(x => x.Key != "a").OrderBy(x => x.Key, StringComparer.Ordinal).Select(x => x.Value)
            .Prepend((endpoint as RouteEndpoint)?.RoutePattern.RawText));
        string[] filters = endpoint?.Metadata.GetMetadata<OperationAttribute>() is { } operation
            ? [.. QueryParameters.Of(operation, endpoint.Metadata.GetOrderedMetadata<QueryAttribute>()).Except(NotFilters, StringComparer.Ordinal)]
            : [];
        return new([.. filters], [Mark(agenda), Mark(address), .. filters.Select(x => request.One(x) is { } value ? Mark(value) : "")],
            Days.TryParse(request.One("validAt"), out var day) ? day : null);
    }

    /// <summary>Why a cursor is none of this list's, by what differs; null where it is.</summary>
    public Refusal? DiffersFrom(Cursor after)
    {
        if (after.Marks.Length != Marks.Length || after.Marks[1] != Marks[1]) return Another("another list");
        if (after.Marks[0] != Marks[0]) return Another("another agenda's list");
        List<string> differing = [.. Names.Where((_, i) => after.Marks[i + 2] != Marks[i + 2])];
        if (ValidAt is { } day && day != after.Day) differing.Add("validAt");
        return differing.Count == 0 ? null : Another($"a list with another {string.Join(" and ", differing.Select(x => $"'{x}'"))}");
    }

    private static Refusal Another(string what) => Refuse.Unreadable($"This 'after' is the 'next' of {what}.", "after");

    private static string Mark(string text) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..Letters];
}

/// <summary>Where a part of a list ended, and which list that is: of what, of which day and as known at which moment. Opaque to clients.</summary>
/// <param name="Day">The day the list is of; null where it is of none.</param>
/// <param name="Marks">What the list was asked for by.</param>
public sealed record Cursor(long Position, string Name, DateOnly? Day, ImmutableArray<string> Marks)
{
    public const int MaxLength = 300;

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"{Position}/{Name}/{(Day is { } day ? Days.Text(day) : "")}/{string.Join('.', Marks)}")));

    public static Cursor? Parse(string text)
    {
        if (text.Length > MaxLength || !Base64Url.IsValid(text)) return null;
        if (Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('/') is not [var position, var name, var on, var marks]) return null;
        if (!Slug.IsValid(name) || !long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var at)) return null;
        DateOnly? day = Days.TryParse(on, out var parsed) ? parsed : null;
        return day is null && on.Length > 0 ? null : new(at, name, day, [.. marks.Split('.')]);
    }
}
