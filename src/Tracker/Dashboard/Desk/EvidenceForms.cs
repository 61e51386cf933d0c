using System.Collections.Immutable;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Evidence;
using Tracker.Languages;
using Tracker.Prose;
using Tracker.Recording;
using Tracker.Sources;

namespace Tracker.Dashboard.Desk;

/// <summary>The forms about what bears on a commitment, and what becomes of it.</summary>
internal static class EvidenceForms
{
    public static DeskForm Propose(DeskAddress at, Agenda agenda, Commitment commitment, ImmutableArray<Activity> activities, ImmutableArray<Source> sources) =>
        new DeskForm(at, agenda, Texts.ProposeEvidence, Texts.ProposeEvidenceIntro(agenda.Codebook.Review is ReviewPolicy.Second), Texts.Propose,
        [
            new ChoiceField("activity", Texts.ActivityLabel, [.. activities.Select(x => new Choice(x.Slug, $"{DayWords.Of(x.Occurred)}: {x.Title}"))]) { Of = "activities" },
            .. Coded(agenda, Choices.Sources(sources)),
        ]).For("commitments", commitment.Slug, CommitmentForms.About(commitment));

    public static DeskForm Review(DeskAddress at, Agenda agenda, Evidence.Evidence it, Judged of) => About(it, of, new(at, agenda, Texts.ReviewEvidence, of.RestsOnWithdrawn ? Texts.OnlyRejected : Texts.ReviewIntro, Texts.Decide,
    [
        new ChoiceField("decision", Texts.DecisionLabel, [.. of.RestsOnWithdrawn ? [] : new[] { new Choice(Words.Text(ReviewDecision.Accept), Texts.Accept) }, new(Words.Text(ReviewDecision.Reject), Texts.Reject)]),
        new TextField("rationale", Texts.WhyLabel, Required: true, Form: TextForm.Paragraph),
    ])) with
    {
        Needs = Right.Review,
        WhyNot = caller => it.State is not EvidenceState.Proposed ? Texts.ReviewedAlready(Texts.StateOf(it.State)) : it.IsOwn(caller) ? Texts.YourOwn : null,
    };

    public static DeskForm Recode(DeskAddress at, Agenda agenda, Evidence.Evidence it, Judged of, ImmutableArray<Source> sources)
    {
        var fields = Coded(agenda, Choices.Sources(sources, it.Citations.Select(x => x.Source))).Where(x => x is not RowsField || it.Citations.Length <= RowsField.Most);
        return About(it, of, new(at, agenda, Texts.RecodeEvidence, Texts.RecodeIntro, Texts.Correct, [.. fields, Choices.Reason]) { Corrects = true, Filled = Shown(it) }) with
        {
            Needs = ChangedBy(agenda),
            WhyNot = caller => WhyNotChanged(agenda, it, caller),
        };
    }

    public static DeskForm Retract(DeskAddress at, Agenda agenda, Evidence.Evidence it, Judged of) =>
        About(it, of, new(at, agenda, Texts.RetractEvidence, Texts.RetractIntro, Texts.Retract, [Choices.Reason])) with { Needs = ChangedBy(agenda), WhyNot = caller => WhyNotChanged(agenda, it, caller) };

    private static string? WhyNotChanged(Agenda agenda, Evidence.Evidence it, Caller caller) => true switch
    {
        _ when it.State is not EvidenceState.Accepted => Texts.NotAccepted(Texts.StateOf(it.State)),
        _ when agenda.Codebook.Review is ReviewPolicy.Second && it.IsOwn(caller) => Texts.YourOwnAccepted,
        _ => null,
    };

    private static DeskForm About(Evidence.Evidence it, Judged of, DeskForm form) => form.For("commitments", it.Commitment) with
    {
        Judged = of,
        Version = it.Version,
        Basis = of.Basis,
        Shown = of.Watched.Aggregate(Shown(it), (shown, x) => shown.With(x.Path, x.Digest)),
        Watched = [.. form.Corrects ? form.Watched : Coded(form.Agenda, Choices.Sources([.. of.Sources.Values])), .. of.Watched],
    };

    private static Typed Shown(Evidence.Evidence it)
    {
        var shown = Typed.Nothing.With("depth", Words.Text(it.Depth)).With("direction", Words.Text(it.Direction)).With("parties", it.Parties).With("rationale", it.Rationale);
        foreach (var (x, i) in it.Citations.Take(RowsField.Most).Select((x, i) => (x, i)))
            shown = shown.With("citations", i, "source", x.Source).With("citations", i, "quote", x.Quote);
        return shown;
    }

    // Where accepting it took a second person, so does changing it.
    private static Right ChangedBy(Agenda agenda) => agenda.Codebook.Review is ReviewPolicy.Second ? Right.Review : Right.Code;

    private static ImmutableArray<Field> Coded(Agenda agenda, ImmutableArray<Choice> sources) =>
    [
        new ChoiceField("depth", Texts.DepthLabel, Choices.Depths),
        new ChoiceField("direction", Texts.DirectionLabel, Choices.Of<Direction>(TypeWords.Of)),
        new ManyField("parties", Texts.ActionOf, Choices.Parties(agenda), Texts.ActionOfHint),
        new TextField("rationale", Texts.Rationale, Required: true, Form: TextForm.Paragraph),
        new RowsField("citations", Texts.Citations, [new ChoiceField("source", Texts.SourceLabel, sources) { Of = "sources" }, new TextField("quote", Texts.QuoteLabel, Form: TextForm.Paragraph)]),
    ];
}
