using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Tracker.Dashboard.Desk;

/// <summary>What somebody typed into a form, by the fields' paths; it survives an error, and a session that ends.</summary>
public sealed record Typed(ImmutableSortedDictionary<string, ImmutableArray<string>> Values)
{
    /// <summary>The form's own fields, which are of no command.</summary>
    public const string Token = "form-token";
    public const string Once = "form-once";
    public const string Carried = "form-carried";

    /// <summary>What stood in the form when it was opened, so that a correction says only what its author changed.</summary>
    public const string Was = "form-was";

    /// <summary>Which version of a thing the form shows.</summary>
    public const string Version = "form-version";

    /// <summary>The list that is to have one more row; and, before a list's path, how many it shows.</summary>
    public const string More = "form-more";
    public const string Rows = "form-rows.";

    private const int MostFields = 1_000;

    public static Typed Nothing { get; } = new(ImmutableSortedDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal));

    public static Typed Of(IFormCollection form) => new(form
        .Where(x => x.Key is not (Token or Carried))
        .ToImmutableSortedDictionary(x => x.Key, x => x.Value.Select(Tidied).Where(y => y.Length > 0).ToImmutableArray(), StringComparer.Ordinal));

    public string One(string path) => All(path) is [var first, ..] ? first : "";

    public ImmutableArray<string> All(string path) => Values.TryGetValue(path, out var values) ? values : [];

    public Typed With(string path, ImmutableArray<string> values) => new(values.IsEmpty ? Values.Remove(path) : Values.SetItem(path, values));

    public Typed With(string path, string? value) => With(path, Tidied(value) is { Length: > 0 } tidied ? [tidied] : []);

    /// <summary>A row's values: <c>participants</c>, 0, <c>name</c>.</summary>
    public Typed With(string list, int row, string column, string? value) => With(string.Create(CultureInfo.InvariantCulture, $"{list}[{row}].{column}"), value);

    /// <summary>The same with a field as it stands elsewhere, all its rows and places.</summary>
    public Typed With(Field field, Typed other)
    {
        bool IsOf(string path) => path == field.Path || path.StartsWith(field.Path + "[", StringComparison.Ordinal);
        return new(Values.RemoveRange(Values.Keys.Where(IsOf)).SetItems(other.Values.Where(x => IsOf(x.Key))));
    }

    private static string Tidied(string? value) => (value ?? "").ReplaceLineEndings("\n").Trim();

    /// <summary>For a page that carries it through a sign-in.</summary>
    public string Pack() => JsonSerializer.Serialize(Values.ToDictionary(x => x.Key, x => x.Value.ToArray(), StringComparer.Ordinal));

    public static Typed Unpack(string? packed)
    {
        try
        {
            return string.IsNullOrEmpty(packed) || JsonSerializer.Deserialize<Dictionary<string, string[]>>(packed) is not { Count: <= MostFields } values
                ? Nothing
                : new(values.ToImmutableSortedDictionary(x => x.Key, x => (x.Value ?? []).Where(y => !string.IsNullOrEmpty(y)).ToImmutableArray(), StringComparer.Ordinal));
        }
        catch (JsonException)
        {
            return Nothing;
        }
    }
}
