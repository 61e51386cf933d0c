using System.Collections.Immutable;
using Tracker.Agendas;
using Tracker.Prose;
using Tracker.Recording;
using Tracker.Sources;

namespace Tracker.Dashboard.Desk;

/// <summary>What the desk's fields offer to choose from, and the fields that several forms have.</summary>
internal static class Choices
{
    public static TextField Title => new("title", Texts.TitleLabel, Required: true);

    public static TextField Reason => new("reason", Texts.ReasonLabel, Texts.ReasonHint, Required: true, Form: TextForm.Paragraph);

    public static ImmutableArray<Choice> Parties(Agenda agenda) => [.. agenda.Parties.Select(x => new Choice(x.Code, x.Name))];

    public static ImmutableArray<Choice> Depths => [.. DepthWords.Rungs.Select(x => new Choice(Words.Text(x), $"{DepthWords.Of(x)}: {DepthWords.Meaning(x)}"))];

    /// <param name="named">What is named already: it stays to be chosen, though it was withdrawn since.</param>
    public static ImmutableArray<Choice> Sources(ImmutableArray<Source> sources, params IEnumerable<string> named) =>
        [.. sources.Select(x => new Choice(x.Slug, x.Title)), .. named.Distinct(StringComparer.Ordinal).Where(x => sources.All(y => y.Slug != x)).Select(x => new Choice(x, x))];

    /// <summary>The form that takes a withdrawal back: a reviewer's to send.</summary>
    /// <param name="withdrawal">Null where the thing is not withdrawn: then there is nothing to send.</param>
    public static DeskForm Reinstating(DeskAddress at, Agenda agenda, Withdrawal? withdrawal) =>
        new(at, agenda, Texts.ReinstateWithdrawn, Texts.ReinstateIntro, Texts.Reinstate, [Reason]) { Needs = Right.Review, WhyNot = _ => withdrawal is null ? Texts.NotWithdrawn : null };

    public static ImmutableArray<Choice> Of<T>(Func<T, string> words) where T : struct, Enum => [.. Enum.GetValues<T>().Select(x => new Choice(Words.Text(x), words(x)))];
}
