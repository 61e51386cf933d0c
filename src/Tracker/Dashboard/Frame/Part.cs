using System.Collections.Immutable;
using System.Globalization;
using Tracker.Recording;

namespace Tracker.Dashboard.Frame;

/// <summary>What a page shows of a long list: as much as it has room for.</summary>
/// <param name="Page">Which part it is, from 1.</param>
/// <param name="Pages">How many parts there are: 1 where the list is empty.</param>
public sealed record Part<T>(ImmutableArray<T> Items, int Page, int Pages);

/// <summary>Parts long lists, so that no page grows with its agenda.</summary>
public static class Part
{
    /// <summary>About how many bytes of a page one list may take. With its frame and a second list, a page stays below 500 kB.</summary>
    public const int Room = 200_000;

    /// <summary>The same for the one list of its page.</summary>
    public const int WholeRoom = 350_000;

    /// <summary>The part of a list that is asked for; the last where there are fewer.</summary>
    /// <param name="bytes">About how many bytes of the page an item takes. One that takes more than there is room for has a page of its own.</param>
    public static Part<T> Create<T>(IReadOnlyList<T> all, int page, Func<T, int> bytes, int room = Room)
    {
        var starts = StartsOf(all, bytes, room);
        page = Math.Clamp(page, 1, starts.Count);
        var (from, to) = (starts[page - 1], page < starts.Count ? starts[page] : all.Count);
        return new Part<T>([.. all.Skip(from).Take(to - from)], page, starts.Count);
    }

    /// <summary>The same, but the part in which an item stands; the first where none is such.</summary>
    public static Part<T> Holding<T>(IReadOnlyList<T> all, Func<T, bool> isSought, Func<T, int> bytes, int room = Room)
    {
        var index = all.Index().FirstOrDefault(x => isSought(x.Item)).Index;
        return Create(all, StartsOf(all, bytes, room).Count(start => start <= index), bytes, room);
    }

    private static List<int> StartsOf<T>(IReadOnlyList<T> all, Func<T, int> bytes, int room)
    {
        var (starts, used) = (new List<int> { 0 }, 0);
        foreach (var (index, item) in all.Index())
        {
            var more = bytes(item);
            if (used > 0 && used + more > room)
            {
                starts.Add(index);
                used = 0;
            }

            used += more;
        }

        return starts;
    }

    /// <summary>About how many bytes texts take on a page, where everything beyond ASCII is written as a character reference.</summary>
    public static int BytesOf(params IEnumerable<string?> texts) => texts.Sum(text => text?.Sum(x => char.IsAscii(x) ? 1 : 8) ?? 0);

    /// <summary>Which part a query asks for, from 1: the first where it names none.</summary>
    public static (int Page, Refusal? Refusal) Asked(HttpRequest request, string name = "page") =>
        request.Given(name) is not { } text ? (1, null)
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0 ? (page, null)
        : (1, Refuse.NotOfForm(name, "a number from 1", text));

    /// <summary>As a query, to stand behind that of the day and moment; empty for the first part.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Query(int page, string name = "page") =>
        page > 1 ? [new(name, page.ToString(CultureInfo.InvariantCulture))] : [];
}
