using System.Reflection;
using System.Text.RegularExpressions;
using Tracker.Languages;

namespace Tracker.Specs.House;

/// <summary>Every text of a language is said somewhere: one that nothing says would be translated for nobody.</summary>
public sealed partial class saying_every_word
{
    [Fact]
    public void leaves_none_unsaid()
    {
        string[] all = [.. TheHouse.Source.EnumerateFiles("*", SearchOption.AllDirectories).Where(x => x.Extension is ".cs" or ".razor").Select(x => File.ReadAllText(x.FullName))];
        var said = all.SelectMany(x => SaidByTheCode().Matches(x))
            .Concat(all.Where(x => x.Contains("partial class Language", StringComparison.Ordinal)).SelectMany(x => SaidByAnother().Matches(Declared().Replace(x, ""))))
            .Select(x => x.Value).ToHashSet(StringComparer.Ordinal);

        var words = typeof(Language).GetMembers(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Where(x => x is PropertyInfo or MethodInfo { IsVirtual: true, IsSpecialName: false }).Select(x => x.Name).Distinct().ToArray();

        words.Length.ShouldBeGreaterThan(500);
        words.Where(x => !said.Contains(x)).ShouldBeEmpty();
    }

    [GeneratedRegex(@"(?<=\bTexts\s*\.\s*)\w+")]
    private static partial Regex SaidByTheCode();

    [GeneratedRegex(@"(?<![\w.""])\w+")]
    private static partial Regex SaidByAnother();

    [GeneratedRegex(@"(?<=public virtual [^\n({=]*? )\w+(?=\s*(=>|\(|\{))")]
    private static partial Regex Declared();
}
