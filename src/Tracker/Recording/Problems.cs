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
    private readonly string _path;
    private readonly List<(string Path, string Code, string Detail)> _found;

    public Problems() : this("", []) { }

    private Problems(string path, List<(string, string, string)> found) => (_path, _found) = (path, found);

    public bool Any => _found.Count > 0;

    public int Count => _found.Count;

    /// <summary>The same collection, for a part of the body.</summary>
    public Problems At(string part) => new(Join(part), _found);

    public Problems At(string list, int index) => At(string.Create(CultureInfo.InvariantCulture, $"{list}[{index}]"));

    public void Add(string field, string code, string detail) => _found.Add((Join(field), code, detail));

    /// <summary>All that was found, as one refusal; its code is the first one's.</summary>
    public Refusal Refusal()
    {
        var errors = _found.Where(x => x.Path.Length > 0).GroupBy(x => x.Path, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(x => x.Key, x => x.Select(y => y.Detail).ToImmutableArray(), StringComparer.Ordinal);
        var detail = _found.Count == 1
            ? _found[0].Detail
            : string.Create(CultureInfo.InvariantCulture, $"{_found.Count} things are wrong; the first: {_found[0].Detail}");
        return new Refusal(422, _found[0].Code, detail) { Errors = errors };
    }

    /// <summary>A text that must say something.</summary>
    public string Text(string field, string? value)
    {
        if (string.IsNullOrWhiteSpace(value)) Add(field, "empty-text", $"'{field}' must not be empty.");
        return value ?? "";
    }

    /// <summary>A text that may be absent, but says something where it is there.</summary>
    public string? OptionalText(string field, string? value) => value is null ? null : Text(field, value);

    public string Name(string field, string? value)
    {
        if (!Slug.IsValid(value)) Add(field, "bad-slug", $"'{field}' must be a slug: a lower-case letter or digit, then up to 79 letters, digits or hyphens.");
        return value ?? "";
    }

    /// <summary>One of the words of an enumeration, in camel case.</summary>
    public T Word<T>(string field, string? value, string? code = null) where T : struct, Enum
    {
        if (Words.TryParse<T>(value, out var word)) return word;
        Add(field, code ?? $"bad-{Kebab(field)}", $"'{field}' must be one of {Words.All<T>()}.");
        return default;
    }

    public T? OptionalWord<T>(string field, string? value, string? code = null) where T : struct, Enum =>
        value is null ? null : Word<T>(field, value, code);

    /// <summary>A day, <c>YYYY-MM-DD</c>.</summary>
    public DateOnly Day(string field, string? value)
    {
        if (Days.TryParse(value, out var day)) return day;
        Add(field, "bad-date", $"'{field}' must be a day that exists, as YYYY-MM-DD.");
        return default;
    }

    public DateOnly? OptionalDay(string field, string? value) => value is null ? null : Day(field, value);

    /// <summary>An address on the web, http or https, with a host and no credentials in it.</summary>
    public string? OptionalUrl(string field, string? value)
    {
        if (value is null) return null;
        if (!Uri.TryCreate(value, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0
            || uri.UserInfo.Length > 0 || value.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
            Add(field, "bad-url", $"'{field}' must be an absolute http or https address without credentials.");
        return value;
    }

    /// <summary>A language by its BCP 47 tag: <c>en</c>, <c>zh-Hans</c>.</summary>
    public string? OptionalLanguage(string field, string? value)
    {
        if (value is not null && !LanguageTag().IsMatch(value)) Add(field, "bad-language", $"'{field}' must be a language tag such as en or zh-Hans.");
        return value;
    }

    /// <summary>A list of texts, none of them empty, none of them twice.</summary>
    public ImmutableArray<string> Texts(string field, string[]? values)
    {
        values ??= [];
        for (var i = 0; i < values.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(values[i])) At(field, i).Add("", "empty-text", $"'{field}' must not hold an empty text.");
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

    [GeneratedRegex("^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex LanguageTag();
}
