using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Tracker.Recording;

namespace Tracker.Boards;

/// <summary>A part of a list: of things in the order of their names, of what happened in the order in which it did.</summary>
/// <param name="Next">What to give as <c>after</c> for the next part; null at the end.</param>
public sealed record Page<T>(string Agenda, DateTimeOffset KnownAt, long Position, IReadOnlyList<T> Items, string? Next);

/// <summary>Which part of a list is asked for.</summary>
public sealed record PageAsked(int Limit, Cursor? After)
{
    public const int DefaultLimit = 100;
    public const int MaxLimit = 1_000;

    public static (PageAsked? Page, Refusal? Refusal) Of(HttpRequest request)
    {
        var (limit, refusal) = LimitOf(request);
        if (refusal is not null) return (null, refusal);
        Cursor? after = null;
        if (request.One("after") is { } cursor && (after = Cursor.Parse(cursor)) is null) return (null, NotANext);
        return (new PageAsked(limit, after), null);
    }

    /// <summary>How many are asked for at most.</summary>
    public static (int Limit, Refusal? Refusal) LimitOf(HttpRequest request)
    {
        var limit = DefaultLimit;
        return request.One("limit") is { } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxLimit)
            ? (0, Refuse.Unreadable($"'limit' must be a number from 1 to {MaxLimit}.", "limit"))
            : (limit, null);
    }

    /// <summary>Why a list could not be read at its cursor's moment: one that never was is of nobody's making but the asker's.</summary>
    public static Refusal NotOurs(Refusal refusal) => refusal.Code is "in-future" or "not-yet-recorded" ? NotANext : refusal;

    public static Refusal NotANext { get; } = Refuse.Unreadable("'after' must be the 'next' of a page.", "after");
}

/// <summary>Where a part of a list ended, and the moment the list is of. Opaque to clients.</summary>
public sealed record Cursor(long Position, string Name)
{
    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Position}/{Name}")));

    public static Cursor? Parse(string text)
    {
        if (text.Length > 200 || !Base64Url.IsValid(text)) return null;
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('/');
        return parts is [var position, var name] && Slug.IsValid(name)
               && long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? new(at, name) : null;
    }
}
