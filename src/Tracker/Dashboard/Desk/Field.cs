using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Tracker.Recording;

namespace Tracker.Dashboard.Desk;

/// <summary>A choice that a field offers.</summary>
public sealed record Choice(string Value, string Words);

/// <summary>A field that takes what there is already.</summary>
/// <param name="Choices">What it offers.</param>
public abstract record OfferingField(string Path, string Label, ImmutableArray<Choice> Choices, string? Hint, bool Required) : Field(Path, Label, Hint, Required)
{
    private const int MostListed = 100;

    /// <summary>What the choices are called together, where there may be more of them than a list can show.</summary>
    public string? Of { get; init; }

    /// <summary>Whether a choice is typed, with the page's list of that name to help: its name in addresses, also of what is not offered.</summary>
    public bool IsTyped => Of is not null && Choices.Length > MostListed;

    public override string Say(Typed typed) => string.Join(", ", typed.All(Path).Select(x => Choices.FirstOrDefault(y => y.Value == x)?.Words ?? x));

    public string ListId => $"offered-{Of}";
}

/// <summary>A field of a form: a member of the command it becomes.</summary>
/// <param name="Path">Where it is in the command, as errors name it: <c>title</c>, <c>participants[0].name</c>.</param>
public abstract record Field(string Path, string Label, string? Hint, bool Required)
{
    /// <summary>What was typed, as the command has it; null where the command is to say nothing of it.</summary>
    public abstract JsonNode? Read(Typed typed);

    /// <summary>What was typed, in words; empty for nothing.</summary>
    public abstract string Say(Typed typed);

    public virtual Field At(string path) => this with { Path = path };

    /// <summary>An id for the page.</summary>
    public string Id => "f-" + Path.Replace('[', '-').Replace("].", "-", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Replace('.', '-');
}

/// <summary>What a form shows and does not ask for; compared by a digest, because it may be long.</summary>
/// <param name="Now">What it says now.</param>
public sealed record ShownField(string Path, string Label, string Now) : Field(Path, Label, null, false)
{
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Now))[..8]);

    public override JsonNode? Read(Typed typed) => typed.One(Path);

    public override string Say(Typed typed) => Now;
}

public enum TextForm
{
    Line,
    Paragraph,
    Day,
}

public sealed record TextField(string Path, string Label, string? Hint = null, bool Required = false, TextForm Form = TextForm.Line) : Field(Path, Label, Hint, Required)
{
    // A browser takes the line breaks out of what is to be one line.
    public override JsonNode? Read(Typed typed) =>
        (Form is TextForm.Paragraph ? typed.One(Path) : typed.One(Path).Replace("\n", "", StringComparison.Ordinal)) is { Length: > 0 } text ? text : Required ? "" : null;

    public override string Say(Typed typed) => typed.One(Path);
}

/// <summary>The name of the new thing; where none is typed, made of another field.</summary>
public sealed record SlugField(string Path, string Label, string? Hint, string From) : Field(Path, Label, Hint, false)
{
    public override JsonNode? Read(Typed typed) => typed.One(Path) is { Length: > 0 } text ? text : Of(typed.One(From));

    public override string Say(Typed typed) => typed.One(Path);

    private static string Of(string title)
    {
        var letters = Normal.Of(title, System.Text.NormalizationForm.FormD).ToLowerInvariant().Where(x => char.GetUnicodeCategory(x) is not UnicodeCategory.NonSpacingMark);
        var words = string.Concat(letters.Select(x => x is (>= 'a' and <= 'z') or (>= '0' and <= '9') ? x : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var slug = string.Join('-', words);
        return slug.Length > 60 ? slug[..60].TrimEnd('-') : slug;
    }
}

public sealed record ChoiceField(string Path, string Label, ImmutableArray<Choice> Choices, string? Hint = null, bool Required = true) : OfferingField(Path, Label, Choices, Hint, Required)
{
    /// <summary>What choosing nothing means, where it may be left open.</summary>
    public string Empty { get; init; } = Texts.NoChoice;

    public override JsonNode? Read(Typed typed) => typed.One(Path) is { Length: > 0 } text ? text : Required ? "" : null;
}

public sealed record ManyField(string Path, string Label, ImmutableArray<Choice> Choices, string? Hint = null) : OfferingField(Path, Label, Choices, Hint, false)
{
    /// <summary>Empty places for what is typed.</summary>
    public const int Spare = 4;

    /// <summary>What can be ticked: all, or what was chosen where choices are typed.</summary>
    public IEnumerable<Choice> Listed(Typed typed) =>
        IsTyped ? typed.All(Path).Distinct(StringComparer.Ordinal).Select(x => Choices.FirstOrDefault(y => y.Value == x) ?? new Choice(x, x)) : Choices;

    public override JsonNode Read(Typed typed) => new JsonArray([.. typed.All(Path).Distinct(StringComparer.Ordinal).Select(x => (JsonNode)x)]);
}

/// <summary>A list of texts, one a line.</summary>
public sealed record LinesField(string Path, string Label, string? Hint = null, bool Required = false) : Field(Path, Label, Hint, Required)
{
    public override JsonNode Read(Typed typed) =>
        new JsonArray([.. typed.One(Path).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(x => (JsonNode)x)]);

    public override string Say(Typed typed) => typed.One(Path).Replace("\n", ", ", StringComparison.Ordinal);
}

/// <summary>A list of things, each a row of fields; rows left empty are none.</summary>
public sealed record RowsField(string Path, string Label, ImmutableArray<Field> Columns, string? Hint = null) : Field(Path, Label, Hint, false)
{
    /// <summary>What a form can carry beside its other fields.</summary>
    public const int Most = 60;
    private const int Spare = 2;

    public Field Cell(int row, Field column) => column.At(string.Create(CultureInfo.InvariantCulture, $"{Path}[{row}].{column.Path}"));

    public int RowsOf(Typed typed) => Math.Min(Asked(typed) is > 0 and var asked ? Math.Max(Filled(typed).Count(), asked) : Filled(typed).Count() + Spare, Most);

    /// <summary>The same with a row more than were seen, and where that is.</summary>
    public (Typed Typed, Field First) WithMore(Typed typed)
    {
        var seen = Math.Clamp(Asked(typed), 1, Most - 1);
        return (typed.With(Typed.Rows + Path, (seen + 1).ToString(CultureInfo.InvariantCulture)), Cell(seen, Columns[0]));
    }

    private int Asked(Typed typed) => int.TryParse(typed.One(Typed.Rows + Path), NumberStyles.None, CultureInfo.InvariantCulture, out var rows) ? rows : 0;

    public override JsonNode Read(Typed typed)
    {
        var rows = new JsonArray();
        foreach (var row in Filled(typed))
        {
            var thing = new JsonObject();
            foreach (var column in Columns)
                if (Cell(row, column).Read(typed) is { } value) thing[column.Path] = value;
            rows.Add((JsonNode)thing);
        }

        return rows;
    }

    public override string Say(Typed typed) =>
        string.Join("; ", Filled(typed).Select(row => string.Join(", ", Columns.Select(x => Cell(row, x).Say(typed)).Where(x => x.Length > 0))));

    /// <summary>The same without empty rows between, so that errors name the rows that are seen.</summary>
    public Typed Tidy(Typed typed)
    {
        var tidy = typed;
        var to = 0;
        foreach (var from in Filled(typed).ToArray())
        {
            foreach (var column in Columns) tidy = tidy.With(Cell(to, column).Path, typed.All(Cell(from, column).Path));
            to++;
        }

        for (; to < Most; to++)
            foreach (var column in Columns) tidy = tidy.With(Cell(to, column).Path, []);
        return tidy;
    }

    private IEnumerable<int> Filled(Typed typed) => Enumerable.Range(0, Most).Where(row => Columns.Any(x => typed.One(Cell(row, x).Path).Length > 0));
}
