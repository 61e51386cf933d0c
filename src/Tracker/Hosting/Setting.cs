using System.Globalization;
using System.Text.RegularExpressions;

namespace Tracker.Hosting;

/// <summary>One thing that an operator can set.</summary>
/// <param name="Name">As configuration writes it; in the environment <c>:</c> is <c>__</c>.</param>
/// <param name="Meaning">What it decides, in a phrase of Markdown.</param>
/// <param name="Default">What holds where it is not set, in a phrase of Markdown.</param>
internal sealed partial record Setting(string Name, string Meaning, string Default)
{
    /// <summary>The same for a terminal, without the marks of Markdown: a link's address follows its words.</summary>
    public string PlainMeaning => Link().Replace(Meaning, "$1 ($2)").Replace("`", "", StringComparison.Ordinal);

    /// <summary>Says what a value must be that cannot be so; null for one that can.</summary>
    public Func<string, string?> Wrong { get; init; } = _ => null;

    /// <summary>The setting without which this one says nothing.</summary>
    public string? Needs { get; init; }

    /// <summary>Whether its value is shown to nobody.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether an empty text is as good as none: it is what a variable that was not set leaves behind.</summary>
    public bool MayBeEmpty { get; init; } = true;

    /// <summary>One that is true or false.</summary>
    public Setting Flag() => this with { MayBeEmpty = false, Wrong = value => bool.TryParse(value, out _) ? null : "must be true or false" };

    /// <summary>One that is a whole number.</summary>
    public Setting Number(int to) => this with
    {
        MayBeEmpty = false,
        Wrong = value => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= to
            ? null
            : FormattableString.Invariant($"must be a number from 1 to {to}"),
    };

    [GeneratedRegex(@"\[([^\]]+)\]\(([^)]+)\)")]
    private static partial Regex Link();
}

/// <summary>A setting that there is not, or one that cannot be so: the start ends with its name.</summary>
internal sealed class SettingException(string message) : InvalidOperationException(message);
