using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Tracker.Recording;

/// <summary>
/// Collects what is wrong with a command, field by field, while its words are turned into the domain's. Nothing is thrown: a
/// spreadsheet with forty mistakes is told of all forty.
/// </summary>
public sealed partial class Problems
{
    /// <summary>How many are listed; the others are only counted.</summary>
    public const int MaxListed = 1_000;

    private readonly string _path;
    private readonly Place? _place;
    private readonly Found _found;
    private readonly ImmutableArray<string> _told;

    public Problems() : this("", null, new(), []) { }

    private Problems(string path, Place? place, Found found, ImmutableArray<string> told) => (_path, _place, _found, _told) = (path, place, found, told);

    public bool Any => _found.Count > 0;

    public int Count => _found.Count;

    /// <summary>The same collection, for a part of the body.</summary>
    public Problems At(string part) => new(Join(part), _place, _found, _told);

    public Problems At(string list, int index) => At(string.Create(CultureInfo.InvariantCulture, $"{list}[{index}]"));

    /// <summary>The same collection, for a part that a person finds otherwise than by its path: by a line or a row of a file.</summary>
    /// <param name="label">What it is called there: <c>line 17</c>.</param>
    /// <param name="hasColumns">Whether its members are columns there.</param>
    public Problems Within(string label, bool hasColumns = false) => new(_path, new Place(label, hasColumns, _path.Length), _found, _told);

    /// <summary>The same collection, for a part of which what is wrong at these places, and within them, was told already.</summary>
    public Problems Beside(IEnumerable<string> told) => new(_path, _place, _found, [.. _told, .. told.Select(Join)]);

    public void Add(string field, string code, string detail)
    {
        var path = Join(field);
        foreach (var told in _told)
            if (path.StartsWith(told, StringComparison.Ordinal) && (path.Length == told.Length || path[told.Length] is '.' or '[')) return;
        _found.Take(path, code, _place is null ? detail : _place.Tell(path, detail));
    }

    /// <summary>Takes over what a part was refused for.</summary>
    public void Add(Refusal refusal)
    {
        if (refusal.Errors.IsEmpty) Add("", refusal.Code, refusal.Detail);
        foreach (var (field, details) in refusal.Errors)
            foreach (var detail in details) Add(field, refusal.Code, detail);
    }

    /// <summary>
    /// All that was found, as one refusal: 400 where all of it is that something cannot be read, else 422 with the code of the first that can.
    /// </summary>
    public Refusal Refusal()
    {
        var errors = _found.Listed.Where(x => x.Path.Length > 0).GroupBy(x => x.Path, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(x => x.Key, x => x.Select(y => y.Detail).Distinct().ToImmutableArray(), PathOrder.Instance);
        var first = _found.Listed[0];
        var detail = _found.Count == 1
            ? first.Detail
            : string.Create(CultureInfo.InvariantCulture,
                $"{_found.Count} things are wrong{(_found.Count > MaxListed ? $", of which the first {MaxListed} are listed" : "")}; the first: {first.Detail}");
        return _found.FirstReadable is { } code
            ? new Refusal(422, code, detail) { Errors = errors }
            : Refuse.Unreadable(detail) with { Errors = errors };
    }

    /// <summary>A text that must say something.</summary>
    public string Text(string field, string? value)
    {
        if (!Visible.Any(value)) Add(field, "empty-text", $"'{field}' must not be empty{(string.IsNullOrWhiteSpace(value) ? "" : ": it holds only characters that show nothing")}.");
        else if (SpreadsheetDamage.OfText(value!) is { } damage) Add(field, "bad-text", $"'{field}': {damage}");
        return value ?? "";
    }

    /// <summary>What something is called within sentences: it turns no direction but its own.</summary>
    public string Label(string field, string? value)
    {
        var text = Text(field, value);
        if (text.AsSpan().IndexOfAny(Visible.TurnDirection) is >= 0 and var at)
            Add(field, "bad-text", string.Create(CultureInfo.InvariantCulture, $"'{field}' holds U+{(int)text[at]:X4}, a control that turns the direction of what stands around it: leave it out, right-to-left letters need none."));
        return text;
    }

    /// <summary>A text that may be absent, but says something where it is there.</summary>
    public string? OptionalText(string field, string? value) => value is null ? null : Text(field, value);

    public string Name(string field, string? value)
    {
        if (!Slug.IsValid(value)) Add(field, "bad-slug", $"'{field}' must be a slug: a lower-case letter or digit, then up to 79 letters, digits or hyphens{(string.IsNullOrEmpty(value) ? "" : $"; it is '{Shown(value)}'")}.{SpreadsheetDamage.OfName(value)}");
        return value ?? "";
    }

    /// <summary>One of the words of an enumeration, in camel case.</summary>
    public T Word<T>(string field, string? value, string? code = null) where T : struct, Enum
    {
        if (Words.TryParse<T>(value, out var word)) return word;
        Add(field, code ?? $"bad-{Kebab(field)}", $"'{field}' must be one of {Words.All<T>()}{(string.IsNullOrEmpty(value) ? "" : $"; it is '{Shown(value)}'")}.");
        return default;
    }

    public T? OptionalWord<T>(string field, string? value, string? code = null) where T : struct, Enum =>
        value is null ? null : Word<T>(field, value, code);

    /// <summary>A day of the calendar, of whatever year: for questions, which may be asked of any day.</summary>
    public DateOnly? AnyDay(string field, string? value)
    {
        if (Days.TryParse(value, out var day)) return day;
        Add(field, "bad-date", $"'{field}' must be a day, as YYYY-MM-DD{WhyNot(value, oneDay: true)}");
        return null;
    }

    /// <summary>A day, <c>YYYY-MM-DD</c>, of a year that a record can have (<see cref="Years"/>).</summary>
    public DateOnly Day(string field, string? value)
    {
        if (Days.TryParse(value, out var day)) return IsYear(field, value!, day.Year) ? day : default;
        Add(field, "bad-date", $"'{field}' must be a day, as YYYY-MM-DD{WhyNot(value, oneDay: true)}");
        return default;
    }

    /// <summary>Whether a record's date can have that year; a problem where not.</summary>
    /// <param name="value">The date as it was given.</param>
    public bool IsYear(string field, string value, int year)
    {
        if (Years.Has(year)) return true;
        Add(field, "bad-date", $"'{field}' cannot be {value}. {Years.Remark(year)}");
        return false;
    }

    /// <summary>A day that has come, somewhere on Earth.</summary>
    public DateOnly PastDay(string field, string? value, DateOnly today)
    {
        var day = Day(field, value);
        if (day > today.AddDays(1)) Add(field, "bad-date", $"'{field}' lies in the future: {Days.Text(day)}. Give a day that has come.");
        return day;
    }

    public DateOnly? OptionalPastDay(string field, string? value, DateOnly today) => value is null ? null : PastDay(field, value, today);

    /// <summary>What a text is that is no date, and why it is none: what a spreadsheet made of it, where it comes out of one; else what is wrong with it.</summary>
    public string WhyNot(string? date, bool oneDay)
    {
        var what = string.IsNullOrEmpty(date) ? "." : $"; it is '{Shown(date)}'.";
        return what + (_place?.HasColumns == true && Days.Remark(date) is { Length: > 0 } remark ? remark : DateFaults.Of(date, oneDay));
    }

    public DateOnly? OptionalDay(string field, string? value) => value is null ? null : Day(field, value);

    /// <summary>An address on the web, http or https, with a host and no credentials in it.</summary>
    public string? OptionalUrl(string field, string? value)
    {
        if (value is null) return null;
        if (WrongWithUrl(value) is { } wrong) Add(field, "bad-url", $"'{field}' must be an absolute http or https address without credentials. {wrong}");
        return value;
    }

    private static string? WrongWithUrl(string value)
    {
        var shown = Shown(value);
        if (SpreadsheetDamage.OfText(value) is { } damage) return damage;
        if (value.Length == 0) return "It is empty.";
        if (value != value.Trim()) return $"There is space around '{Shown(value.Trim())}': leave it away.";
        if (value.Any(c => char.IsWhiteSpace(c) && !char.IsControl(c))) return $"There is a space in '{shown}': write it as %20.";
        if (value.Any(char.IsControl)) return $"There is a line break or another control character in '{shown}'.";
        if (!Uri.TryCreate(value, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
            return value.Contains("://", StringComparison.Ordinal) || !value.Contains('.', StringComparison.Ordinal) ? $"'{shown}' is none." : $"'{shown}' is none: does it lack https:// before it?";
        return uri.UserInfo.Length > 0 ? "It names a user, or a password: leave out what stands before the @." : null;
    }

    /// <summary>A value as it is shown in a message: not longer than is read.</summary>
    private static string Shown(string value) => value.Length <= 200 ? value : string.Concat(value.AsSpan(0, char.IsHighSurrogate(value[198]) ? 198 : 199), "…");

    /// <summary>A language by its BCP 47 tag: <c>en</c>, <c>zh-Hans</c>. No language in use has a longer subtag than three letters.</summary>
    public string? OptionalLanguage(string field, string? value)
    {
        if (value is not null && !LanguageTag().IsMatch(value)) Add(field, "bad-language", $"'{field}' must be a language tag such as en or zh-Hans; '{Shown(value)}' is none.");
        return value;
    }

    /// <summary>A list of texts, none of them empty, none of them twice.</summary>
    public ImmutableArray<string> Texts(string field, string[]? values)
    {
        values ??= [];
        for (var i = 0; i < values.Length; i++)
        {
            if (!Visible.Any(values[i])) At(field, i).Add("", "empty-text", $"'{field}' must not hold an empty text.");
            else if (SpreadsheetDamage.OfText(values[i]) is { } damage) At(field, i).Add("", "bad-text", $"'{field}': {damage}");
            else if (Array.IndexOf(values, values[i]) < i) At(field, i).Add("", "repeated", $"'{field}' names '{values[i]}' twice.");
        }

        return [.. values];
    }

    private string Join(string part) => (_path, part) switch
    {
        ("", _) => part,
        (_, "") => _path,
        _ => $"{_path}.{part}",
    };

    private static string Kebab(string field) => CapitalLetter().Replace(field, m => "-" + m.Value.ToLowerInvariant());

    [GeneratedRegex("[A-Z]")]
    private static partial Regex CapitalLetter();

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex LanguageTag();

    private sealed class Found
    {
        public List<(string Path, string Code, string Detail)> Listed { get; } = [];

        public int Count { get; private set; }

        /// <summary>The code of the first that says of something read that it is wrong.</summary>
        public string? FirstReadable { get; private set; }

        public void Take(string path, string code, string detail)
        {
            Count++;
            if (code != Refuse.UnreadableCode) FirstReadable ??= code;
            if (Listed.Count < MaxListed) Listed.Add((path, code, detail));
        }
    }

    private sealed record Place(string Label, bool HasColumns, int From)
    {
        public string Tell(string path, string detail)
        {
            var field = path[From..].TrimStart('.').Split('[')[0];
            return HasColumns && field.Length > 0 ? $"{Label}, column {field}: {detail}" : $"{Label}: {detail}";
        }
    }
}

/// <summary>Paths in the order in which a person looks for them: numbers by their value, <c>items[2]</c> before <c>items[10]</c>.</summary>
public sealed class PathOrder : IComparer<string>
{
    public static PathOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var a = x.AsSpan();
        var b = y.AsSpan();
        while (a.Length > 0 && b.Length > 0)
        {
            var (digits, others) = (Digits(a), Digits(b));
            if (digits > 0 && others > 0)
            {
                var byLength = digits.CompareTo(others);
                var byNumber = byLength != 0 ? byLength : a[..digits].SequenceCompareTo(b[..digits]);
                if (byNumber != 0) return byNumber;
            }
            else if (a[0] != b[0])
            {
                return a[0].CompareTo(b[0]);
            }

            a = a[Math.Max(digits, 1)..];
            b = b[Math.Max(others, 1)..];
        }

        return a.Length.CompareTo(b.Length);
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }
}
