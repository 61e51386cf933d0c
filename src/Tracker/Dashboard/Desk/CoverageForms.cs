using System.Collections.Immutable;
using Tracker.Agendas;
using Tracker.Languages;
using Tracker.Recording;

namespace Tracker.Dashboard.Desk;

/// <summary>The forms that say how far the record reaches.</summary>
internal static class CoverageForms
{
    /// <summary>What the desk is told these forms are about: it has no page, and the desk says how far the record reaches then.</summary>
    public const string Thing = "coverage";

    /// <param name="today">What is offered as the day: nothing new was found through today.</param>
    public static DeskForm State(DeskAddress at, Agenda agenda, DateOnly today) => new DeskForm(at, agenda, Texts.NothingNewThroughToday, Texts.StateCoverageIntro, Texts.Record,
    [
        new TextField("through", Texts.CoveredThroughLabel, Required: true, Form: TextForm.Day),
        new LinesField("places", Texts.SearchInPlaces, Texts.LinesHint),
        new TextField("note", Texts.Note, Form: TextForm.Paragraph),
    ])
    {
        About = Thing,
        Filled = Typed.Nothing.With("through", Days.Text(today))
            .With("places", string.Join('\n', agenda.Coverage.LastOrDefault(x => x.Withdrawal is null)?.Places ?? [])),
    };

    public static DeskForm Withdraw(DeskAddress at, Agenda agenda, CoverageStatement it) =>
        new(at, agenda, Texts.WithdrawCoverage, Texts.WithdrawCoverageIntro, Texts.Withdraw, [Choices.Reason]) { About = Thing, Facts = FactsOf(it) };

    public static DeskForm Reinstate(DeskAddress at, Agenda agenda, CoverageStatement it) => Choices.Reinstating(at, agenda, it.Withdrawal) with { About = Thing, Facts = FactsOf(it) };

    private static ImmutableArray<(string, string)> FactsOf(CoverageStatement it) =>
        [(Texts.CoveredThroughLabel, DayWords.Of(it.Through)), (Texts.SearchInPlaces, string.Join("; ", it.Places))];
}
