using System.Collections.Immutable;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Languages;
using Tracker.Recording;
using Tracker.Sources;

namespace Tracker.Dashboard.Desk;

/// <summary>The forms about what has happened.</summary>
internal static class ActivityForms
{
    public static DeskForm Record(DeskAddress at, Agenda agenda, ImmutableArray<Source> sources) => new(at, agenda, Texts.RecordActivity, Texts.RecordActivityIntro, Texts.Record,
        [.. Said(agenda, Choices.Sources(sources)), new SlugField("slug", Texts.SlugLabel, Texts.SlugHint, "title")]);

    public static DeskForm Correct(DeskAddress at, Agenda agenda, Activity it, ImmutableArray<Source> sources)
    {
        // Rows beyond what a form can hold are corrected through the API, and not lost here.
        var fields = Said(agenda, Choices.Sources(sources, [.. it.Sources, .. it.Accounts.Select(x => x.Source)]))
            .Where(x => x is not RowsField || (x.Path == "participants" ? it.Participants.Length : it.Accounts.Length) <= RowsField.Most);
        var filled = Typed.Nothing.With("title", it.Title).With("kind", Words.Text(it.Kind)).With("occurred", it.Occurred.Text).With("place", it.Place)
            .With("summary", it.Summary).With("sources", it.Sources).With("tags", string.Join('\n', it.Tags));
        foreach (var (x, i) in it.Participants.Take(RowsField.Most).Select((x, i) => (x, i)))
            filled = filled.With("participants", i, "name", x.Name).With("participants", i, "party", x.Party).With("participants", i, "role", x.Role);
        foreach (var (x, i) in it.Accounts.Take(RowsField.Most).Select((x, i) => (x, i)))
            filled = filled.With("accounts", i, "source", x.Source).With("accounts", i, "quote", x.Quote).With("accounts", i, "occurred", x.Occurred?.Text)
                .With("accounts", i, "place", x.Place).With("accounts", i, "note", x.Note);
        return new DeskForm(at, agenda, Texts.CorrectActivity, Texts.CorrectIntro, Texts.Correct, [.. fields, Choices.Reason]) { Corrects = true, Version = it.Version, Filled = filled }
            .For("activities", it.Slug, (Texts.ActivityLabel, it.Title));
    }

    public static DeskForm Withdraw(DeskAddress at, Agenda agenda, Activity it) =>
        new DeskForm(at, agenda, Texts.WithdrawActivity, Texts.WithdrawActivityIntro, Texts.Withdraw, [Choices.Reason])
            .For("activities", it.Slug, (Texts.ActivityLabel, it.Title), (Texts.OccurredLabel, DayWords.Of(it.Occurred)));

    public static DeskForm Reinstate(DeskAddress at, Agenda agenda, Activity it) =>
        Choices.Reinstating(at, agenda, it.Withdrawal).For("activities", it.Slug, (Texts.ActivityLabel, it.Title), (Texts.OccurredLabel, DayWords.Of(it.Occurred)));

    private static ImmutableArray<Field> Said(Agenda agenda, ImmutableArray<Choice> sources) =>
    [
        Choices.Title,
        new ChoiceField("kind", Texts.KindLabel, Choices.Of<ActivityKind>(Texts.KindOf)),
        new TextField("occurred", Texts.OccurredLabel, Texts.OccurredHint, Required: true),
        new TextField("place", Texts.PlaceLabel),
        new TextField("summary", Texts.SummaryLabel, Form: TextForm.Paragraph),
        new RowsField("participants", Texts.Participants,
            [new TextField("name", Texts.NameLabel, Required: true), new ChoiceField("party", Texts.PartyLabel, Choices.Parties(agenda), Required: false) { Empty = Texts.OfNoParty }, new TextField("role", Texts.RoleLabel)]),
        new ManyField("sources", Texts.SourcesLabel, sources) { Of = "sources" },
        new RowsField("accounts", Texts.Accounts,
        [
            new ChoiceField("source", Texts.SourceLabel, sources) { Of = "sources" }, new TextField("quote", Texts.QuoteLabel, Form: TextForm.Paragraph),
            new TextField("occurred", Texts.ItsDate), new TextField("place", Texts.ItsPlace), new TextField("note", Texts.Note, Form: TextForm.Paragraph),
        ], Texts.AccountsHint),
        new LinesField("tags", Texts.TagsLabel, Texts.LinesHint),
    ];
}
