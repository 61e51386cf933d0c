using System.Reflection;
using Tracker.Agendas;
using Tracker.Languages;
using Tracker.Prose;
using Tracker.Specs.Rule;
using static Tracker.Status.CommitmentStatus;

namespace Tracker.Specs.Dashboard;

/// <summary>The rule in plain words, on pages: what it refers to exists, and what it says of its example is what the rule says.</summary>
public sealed class publishing_the_rule
{
    [Fact]
    public void defines_each_word_once()
    {
        TermWords.All.Select(TermWords.Of).ShouldBeUnique();
        TermWords.All.Select(TermWords.Anchor).ShouldBeUnique();
        TermWords.All.Select(TermWords.PlainMeaning).ShouldBeUnique();
        TermWords.All.Where(x => TermWords.PlainMeaning(x).Contains('[')).ShouldBeEmpty();
        foreach (var word in (string[])["bar", "depth", "position", "coverage", "direction", "cell"]) TermWords.All.Select(TermWords.Anchor).ShouldContain(word);
    }

    [Fact]
    public void refers_only_to_words_that_are_defined()
    {
        var texts = typeof(Language).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(x => x.PropertyType == typeof(string))
            .Select(x => (string)x.GetValue(Language.English)!).Concat([Language.English.RuleRecently(true), Language.English.RuleRecently(false)]).Where(x => x.Contains("](")).ToArray();

        texts.Length.ShouldBeGreaterThan(20);
        foreach (var text in texts) TermWords.Parts(text).Count(x => x.Term is not null).ShouldBe(text.Split("](").Length - 1, text);
        Should.Throw<FormatException>(() => TermWords.Parts("a [word](nobodyDefined)").ToArray());
    }

    [Fact]
    public void reads_a_text_in_parts() =>
        TermWords.Parts("It reaches [the bar](bar) or goes [deeper](depth).").ShouldBe([("It reaches ", null), ("the bar", Term.Bar), (" or goes ", null), ("deeper", Term.Depth), (".", null)]);

    [Fact]
    public void has_a_page_for_the_version_that_agendas_use()
    {
        MethodPages.Of(Codebook.Default.Version).ShouldBe("/method/" + Codebook.Default.Version.Replace('/', '-'));
        MethodPages.Of("depth-ladder/1").ShouldBe("/method/depth-ladder-1");
        MethodPages.Of("depth-ladder/2").ShouldBe("/method/depth-ladder-2");
        MethodPages.Of("another/rule").ShouldBe("/method");
        TermWords.Address(Term.Bar).ShouldBe("/method#bar");
    }

    [Fact]
    public void tells_its_example_as_it_was_first_recorded()
    {
        Language.English.RuleExamplePromise.ShouldContain("As first recorded (known at position 1)");
        foreach (var byCoverage in (bool[])[true, false]) Language.English.RuleExampleLater(byCoverage).ShouldContain("as first recorded");
        TermWords.PlainMeaning(Term.Position).ShouldContain("except a text that was taken out, which leaves a mark and a reason");
    }

    /// <summary>RuleExample… of the language: keep the two the same.</summary>
    [Fact]
    public void tells_an_example_as_the_rule_does()
    {
        var promised = Given.Deliverable.Due("2023-02").UnderCodebook(x => x with { Version = Codebook.DepthLadder1 });
        var plan = promised.Reaffirms(Depth.Words, "2022-12-30/2023-01-31");
        var visit = plan.Advances(Depth.Contact, "2022-12");

        visit.At("2023-01-31").Status.ShouldBe(DialogueOnly);
        plan.At("2023-01-31").Status.ShouldBe(WordsOnly);
        promised.SearchedThrough("2023-01-31").At("2023-01-31").Status.ShouldBe(NoneFound);
        promised.At("2023-01-31").Status.ShouldBe(NotYetRated);
        visit.At("2023-02-28").Flags.Overdue.ShouldBeFalse();
        visit.At("2023-03-01").Flags.Overdue.ShouldBeTrue("under version 1, whatever the record reaches");
    }
}
