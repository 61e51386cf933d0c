using System.Collections.Immutable;
using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Languages;
using Tracker.Prose;
using Tracker.Recording;
using Tracker.Sources;

namespace Tracker.Dashboard.Desk;

/// <summary>The forms about a promise, its wordings, and the searches that found nothing.</summary>
internal static class CommitmentForms
{
    public static DeskForm Record(DeskAddress at, Agenda agenda, ImmutableArray<Source> sources) => new(at, agenda, Texts.RecordCommitment, Texts.RecordCommitmentIntro, Texts.Record,
        [.. Said(agenda), new RowsField("clauses", Texts.Wordings, Worded(agenda, Choices.Sources(sources)), Texts.QuoteHint), new SlugField("slug", Texts.SlugLabel, Texts.SlugHint, "title")])
    {
        Filled = Typed.Nothing.With("madeOn", Days.Text(agenda.Baseline.Date)),
    };

    public static DeskForm Correct(DeskAddress at, Agenda agenda, Commitment it) =>
        new DeskForm(at, agenda, Texts.CorrectCommitment, Texts.CorrectIntro, Texts.Correct, [.. Said(agenda), Choices.Reason])
        {
            Corrects = true,
            Version = it.Version,
            Filled = Typed.Nothing.With("title", it.Title).With("type", Words.Text(it.Type)).With("madeOn", Days.Text(it.MadeOn)).With("parties", it.Parties)
                .With("criteria", it.Criteria).With("bar", it.Bar is { } bar ? Words.Text(bar) : null).With("dueOn", it.DueOn?.Text).With("tags", string.Join('\n', it.Tags)),
        }.For("commitments", it.Slug, (Texts.ColumnCommitment, it.Title));

    public static DeskForm Withdraw(DeskAddress at, Agenda agenda, Commitment it) =>
        new DeskForm(at, agenda, Texts.WithdrawCommitment, Texts.WithdrawCommitmentIntro, Texts.Withdraw, [Choices.Reason]).For("commitments", it.Slug, About(it));

    public static DeskForm Reinstate(DeskAddress at, Agenda agenda, Commitment it) => Choices.Reinstating(at, agenda, it.Withdrawal).For("commitments", it.Slug, About(it));

    public static DeskForm ReinstateSearch(DeskAddress at, Agenda agenda, Commitment it, Search search) =>
        Choices.Reinstating(at, agenda, search.Withdrawal)
            .For("commitments", it.Slug, (Texts.ColumnCommitment, it.Title), (Texts.SearchedThroughLabel, DayWords.Of(search.SearchedThrough)), (Texts.SearchInPlaces, string.Join("; ", search.Places)));

    public static DeskForm AddClause(DeskAddress at, Agenda agenda, Commitment it, ImmutableArray<Source> sources) =>
        new DeskForm(at, agenda, Texts.AddClause, Texts.WordingsIntro, Texts.Record, Worded(agenda, Choices.Sources(sources))).For("commitments", it.Slug, About(it));

    public static DeskForm CorrectClause(DeskAddress at, Agenda agenda, Commitment it, Clause clause, ImmutableArray<Source> sources) =>
        new DeskForm(at, agenda, Texts.CorrectClause, Texts.CorrectIntro, Texts.Correct, [.. Worded(agenda, Choices.Sources(sources, [clause.Source])), Choices.Reason])
        {
            Corrects = true,
            Version = it.Version,
            Filled = Typed.Nothing.With("party", clause.Party).With("source", clause.Source).With("quote", clause.Quote).With("language", clause.Language)
                .With("translation", clause.Translation).With("note", clause.Note),
        }.For("commitments", it.Slug, (Texts.ColumnCommitment, it.Title));

    public static DeskForm Search(DeskAddress at, Agenda agenda, Commitment it) => new DeskForm(at, agenda, Texts.RecordSearch, Texts.SearchesIntro, Texts.Record,
    [
        new TextField("searchedThrough", Texts.SearchedThroughLabel, Required: true, Form: TextForm.Day),
        new LinesField("places", Texts.SearchInPlaces, Texts.LinesHint, Required: true),
        new TextField("note", Texts.Note, Form: TextForm.Paragraph),
    ]).For("commitments", it.Slug, About(it));

    public static DeskForm WithdrawSearch(DeskAddress at, Agenda agenda, Commitment it, Search search) =>
        new DeskForm(at, agenda, Texts.WithdrawSearch, Texts.WithdrawSearchIntro, Texts.Withdraw, [Choices.Reason])
            .For("commitments", it.Slug, (Texts.ColumnCommitment, it.Title), (Texts.SearchedThroughLabel, DayWords.Of(search.SearchedThrough)), (Texts.SearchInPlaces, string.Join("; ", search.Places)));

    /// <summary>What a form about a commitment says of it.</summary>
    public static ImmutableArray<(string, string)> About(Commitment it) => [(Texts.ColumnCommitment, it.Title), (Texts.WhatWouldCount, it.Criteria ?? Texts.NoCriteria)];

    private static ImmutableArray<Field> Said(Agenda agenda) =>
    [
        Choices.Title,
        new ChoiceField("type", Texts.Type, Choices.Of<CommitmentType>(TypeWords.Of)),
        new TextField("madeOn", Texts.MadeOn, Required: true, Form: TextForm.Day),
        new ManyField("parties", Texts.MadeBy, Choices.Parties(agenda)),
        new TextField("criteria", Texts.WhatWouldCount, Texts.CriteriaHint, Form: TextForm.Paragraph),
        new ChoiceField("bar", Texts.Bar, Choices.Depths, Texts.BarHint, Required: false) { Empty = Texts.BarOfTheCodebook(DepthWords.Of(agenda.Codebook.Bar)) },
        new TextField("dueOn", Texts.DueOn, Texts.OccurredHint),
        new LinesField("tags", Texts.TagsLabel, Texts.LinesHint),
    ];

    private static ImmutableArray<Field> Worded(Agenda agenda, ImmutableArray<Choice> sources) =>
    [
        new ChoiceField("party", Texts.PartyWhose, Choices.Parties(agenda)),
        new ChoiceField("source", Texts.SourceLabel, sources) { Of = "sources" },
        new TextField("quote", Texts.QuoteLabel, Texts.QuoteHint, Required: true, Form: TextForm.Paragraph),
        new TextField("language", Texts.LanguageLabel, Texts.LanguageHint),
        new TextField("translation", Texts.Translation, Form: TextForm.Paragraph),
        new TextField("note", Texts.Note, Form: TextForm.Paragraph),
    ];
}
