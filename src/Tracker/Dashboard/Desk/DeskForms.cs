using System.Collections.Immutable;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Boards;
using Tracker.Boards.Known;
using Tracker.Commitments;
using Tracker.Evidence;
using Tracker.Prose;
using Tracker.Recording;
using Tracker.Sources;

namespace Tracker.Dashboard.Desk;

/// <summary>The forms of the desk, each with what can be chosen in it as the record now stands.</summary>
public sealed class DeskForms(RecordReader record)
{
    private static readonly ReadAt Now = new();

    /// <summary>The form at an address, or why there is none.</summary>
    public async Task<(DeskForm? Form, Refusal? Refusal)> FindAsync(DeskAddress address, CancellationToken ct)
    {
        var (agenda, _, refusal) = await record.OneAsync(KnownTables.Agendas, "agenda", address.Agenda, address.Agenda, Now, ct);
        if (agenda is null) return (null, refusal);
        return address.Rest.Split('/') switch
        {
            ["sources"] => (Source(address, agenda), null),
            ["activities"] => (Activity(address, agenda, await SourcesAsync(address.Agenda, ct)), null),
            ["activities", var x, "corrections"] => await OfAsync(KnownTables.Activities, "activity", x, it => CorrectActivity(address, agenda, it)),
            ["commitments", var c, "evidence"] => await ProposeAsync(c),
            ["commitments", var c, "searches"] => await OfAsync(KnownTables.Commitments, "commitment", c, it => Search(address, agenda, it)),
            ["commitments", var c, "corrections"] => await OfAsync(KnownTables.Commitments, "commitment", c, it => CorrectCommitment(address, agenda, it)),
            ["evidence", var e, "review"] => await OfAsync(KnownTables.Evidence, "evidence", e, it => Review(address, agenda, it)),
            ["evidence", var e, "recoding"] => await OfAsync(KnownTables.Evidence, "evidence", e, it => Recode(address, agenda, it)),
            ["evidence", var e, "retraction"] => await OfAsync(KnownTables.Evidence, "evidence", e, it => Retract(address, agenda, it)),
            _ => (null, new Refusal(404, "not-found", "There is nothing at this address.")),
        };

        async Task<(DeskForm?, Refusal?)> OfAsync<T>(KnownTable<T> table, string what, string name, Func<T, DeskForm> form) where T : class, IFolded<T>
        {
            var (thing, _, no) = await record.OneAsync(table, what, address.Agenda, name, Now, ct);
            return thing is null ? (null, no) : (form(thing), null);
        }

        async Task<(DeskForm?, Refusal?)> ProposeAsync(string name)
        {
            var (activities, sources) = (await ActivitiesAsync(address.Agenda, ct), await SourcesAsync(address.Agenda, ct));
            return await OfAsync(KnownTables.Commitments, "commitment", name, it => Propose(address, agenda, it, activities, sources));
        }
    }

    public async Task<ImmutableArray<Activity>> ActivitiesAsync(string agenda, CancellationToken ct) =>
        [.. (await AllAsync(KnownTables.Activities, agenda, ct)).Where(x => x.Withdrawal is null).OrderByDescending(x => x.Occurred.Latest)];

    public async Task<ImmutableArray<Source>> SourcesAsync(string agenda, CancellationToken ct) =>
        [.. (await AllAsync(KnownTables.Sources, agenda, ct)).Where(x => x.Withdrawal is null).OrderBy(x => x.Title, StringComparer.Ordinal)];

    private async Task<IReadOnlyList<T>> AllAsync<T>(KnownTable<T> table, string agenda, CancellationToken ct) where T : class, IFolded<T> =>
        (await record.PageAsync(table, agenda, Now, new PageAsked(PageAsked.MaxLimit, null), [], ct)).Page?.Items ?? [];

    private static DeskForm Source(DeskAddress at, Agenda agenda) => new(
        at.Agenda, agenda.Title, at.Page, Texts.RecordSource, Texts.RecordSourceIntro, Texts.Record,
        [
            new TextField("title", Texts.TitleLabel, Required: true),
            new ChoiceField("kind", Texts.KindLabel, Words<SourceKind>(Texts.KindOf)),
            new ChoiceField("tier", Texts.TierLabel, Words<SourceTier>(Texts.TierOf)),
            new TextField("issuer", Texts.IssuerLabel, Texts.IssuerHint, Required: true),
            new TextField("publisher", Texts.PublisherLabel),
            new TextField("url", Texts.UrlLabel),
            new TextField("archiveUrl", Texts.ArchiveUrlLabel),
            new TextField("publishedOn", Texts.PublishedLabel, Form: TextForm.Day),
            new TextField("language", Texts.LanguageLabel, Texts.LanguageHint),
            new SlugField("slug", Texts.SlugLabel, Texts.SlugHint, "title"),
        ], [], Typed.Nothing);

    private static DeskForm Activity(DeskAddress at, Agenda agenda, ImmutableArray<Source> sources) => new(
        at.Agenda, agenda.Title, at.Page, Texts.RecordActivity, Texts.RecordActivityIntro, Texts.Record,
        [
            new TextField("title", Texts.TitleLabel, Required: true),
            new ChoiceField("kind", Texts.KindLabel, Words<ActivityKind>(Texts.KindOf)),
            new TextField("occurred", Texts.OccurredLabel, Texts.OccurredHint, Required: true),
            new TextField("place", Texts.PlaceLabel),
            new TextField("summary", Texts.SummaryLabel, Form: TextForm.Paragraph),
            new RowsField("participants", Texts.Participants,
                [new TextField("name", Texts.NameLabel, Required: true), new ChoiceField("party", Texts.PartyLabel, Parties(agenda), Required: false), new TextField("role", Texts.RoleLabel)]),
            new ManyField("sources", Texts.SourcesLabel, Of(sources)),
            new LinesField("tags", Texts.TagsLabel, Texts.LinesHint),
            new SlugField("slug", Texts.SlugLabel, Texts.SlugHint, "title"),
        ], [], Typed.Nothing);

    private static DeskForm CorrectActivity(DeskAddress at, Agenda agenda, Activity it) => new(
        at.Agenda, agenda.Title, at.Page, Texts.CorrectActivity, Texts.CorrectIntro, Texts.Correct,
        [
            new TextField("title", Texts.TitleLabel, Required: true),
            new ChoiceField("kind", Texts.KindLabel, Words<ActivityKind>(Texts.KindOf)),
            new TextField("occurred", Texts.OccurredLabel, Texts.OccurredHint, Required: true),
            new TextField("place", Texts.PlaceLabel),
            new TextField("summary", Texts.SummaryLabel, Form: TextForm.Paragraph),
            new TextField("reason", Texts.ReasonLabel, Texts.ReasonHint, Required: true, Form: TextForm.Paragraph),
        ],
        [(Texts.TitleLabel, it.Title)],
        Typed.Nothing.With("title", it.Title).With("kind", Recording.Words.Text(it.Kind)).With("occurred", it.Occurred.Text).With("place", it.Place).With("summary", it.Summary),
        Corrects: true);

    private static DeskForm CorrectCommitment(DeskAddress at, Agenda agenda, Commitment it) => new(
        at.Agenda, agenda.Title, at.Page, Texts.CorrectCommitment, Texts.CorrectIntro, Texts.Correct,
        [
            new TextField("title", Texts.TitleLabel, Required: true),
            new TextField("criteria", Texts.WhatWouldCount, Form: TextForm.Paragraph),
            new TextField("dueOn", Texts.DueOn, Texts.OccurredHint),
            new TextField("reason", Texts.ReasonLabel, Texts.ReasonHint, Required: true, Form: TextForm.Paragraph),
        ],
        [(Texts.ColumnCommitment, it.Title)],
        Typed.Nothing.With("title", it.Title).With("criteria", it.Criteria).With("dueOn", it.DueOn?.Text),
        Corrects: true);

    private static DeskForm Propose(DeskAddress at, Agenda agenda, Commitment commitment, ImmutableArray<Activity> activities, ImmutableArray<Source> sources) => new(
        at.Agenda, agenda.Title, at.Page, Texts.ProposeEvidence, Texts.ProposeEvidenceIntro, Texts.Propose,
        [
            new ChoiceField("activity", Texts.ActivityLabel, [.. activities.Select(x => new Choice(x.Slug, $"{DayWords.Of(x.Occurred)}: {x.Title}"))]),
            new ChoiceField("depth", Texts.DepthLabel, [.. DepthWords.Rungs.Select(x => new Choice(Recording.Words.Text(x), $"{DepthWords.Of(x)}: {DepthWords.Meaning(x)}"))]),
            new ChoiceField("direction", Texts.DirectionLabel, Words<Direction>(TypeWords.Of)),
            new ManyField("parties", Texts.ActionOf, Parties(agenda), Texts.ActionOfHint),
            new TextField("rationale", Texts.Rationale, Required: true, Form: TextForm.Paragraph),
            new RowsField("citations", Texts.Citations, [new ChoiceField("source", Texts.SourceLabel, Of(sources)), new TextField("quote", Texts.QuoteLabel, Form: TextForm.Paragraph)]),
        ], About(commitment), Typed.Nothing);

    private static DeskForm Search(DeskAddress at, Agenda agenda, Commitment commitment) => new(
        at.Agenda, agenda.Title, at.Page, Texts.RecordSearch, Texts.SearchesIntro, Texts.Record,
        [
            new TextField("searchedThrough", Texts.SearchedThroughLabel, Required: true, Form: TextForm.Day),
            new LinesField("places", Texts.SearchInPlaces, Texts.LinesHint),
            new TextField("note", Texts.Note, Form: TextForm.Paragraph),
        ], About(commitment), Typed.Nothing);

    private static DeskForm Review(DeskAddress at, Agenda agenda, Evidence.Evidence it) => new(
        at.Agenda, agenda.Title, at.Page, Texts.ReviewEvidence, Texts.ReviewIntro, Texts.Decide,
        [
            new ChoiceField("decision", Texts.DecisionLabel, [new(Recording.Words.Text(ReviewDecision.Accept), Texts.Accept), new(Recording.Words.Text(ReviewDecision.Reject), Texts.Reject)]),
            new TextField("rationale", Texts.WhyLabel, Required: true, Form: TextForm.Paragraph),
        ], About(it), Typed.Nothing);

    private static DeskForm Recode(DeskAddress at, Agenda agenda, Evidence.Evidence it) => new(
        at.Agenda, agenda.Title, at.Page, Texts.RecodeEvidence, Texts.CorrectIntro, Texts.Correct,
        [
            new ChoiceField("depth", Texts.DepthLabel, [.. DepthWords.Rungs.Select(x => new Choice(Recording.Words.Text(x), $"{DepthWords.Of(x)}: {DepthWords.Meaning(x)}"))]),
            new ChoiceField("direction", Texts.DirectionLabel, Words<Direction>(TypeWords.Of)),
            new TextField("rationale", Texts.Rationale, Required: true, Form: TextForm.Paragraph),
            new TextField("reason", Texts.ReasonLabel, Texts.ReasonHint, Required: true, Form: TextForm.Paragraph),
        ],
        About(it),
        Typed.Nothing.With("depth", Recording.Words.Text(it.Depth)).With("direction", Recording.Words.Text(it.Direction)).With("rationale", it.Rationale),
        Corrects: true);

    private static DeskForm Retract(DeskAddress at, Agenda agenda, Evidence.Evidence it) => new(
        at.Agenda, agenda.Title, at.Page, Texts.RetractEvidence, Texts.RetractIntro, Texts.Retract,
        [new TextField("reason", Texts.ReasonLabel, Texts.ReasonHint, Required: true, Form: TextForm.Paragraph)], About(it), Typed.Nothing);

    private static ImmutableArray<(string, string)> About(Commitment it) =>
        [(Texts.ColumnCommitment, it.Title), (Texts.WhatWouldCount, it.Criteria ?? Texts.NoCriteria)];

    private static ImmutableArray<(string, string)> About(Evidence.Evidence it) =>
    [
        (Texts.ColumnCommitment, it.Commitment), (Texts.ActivityLabel, it.Activity), (Texts.DepthLabel, DepthWords.Of(it.Depth)),
        (Texts.DirectionLabel, TypeWords.Of(it.Direction)), (Texts.ActionOf, string.Join(", ", it.Parties)), (Texts.Rationale, it.Rationale),
    ];

    private static ImmutableArray<Choice> Parties(Agenda agenda) => [.. agenda.Parties.Select(x => new Choice(x.Code, x.Name))];

    private static ImmutableArray<Choice> Of(ImmutableArray<Source> sources) => [.. sources.Select(x => new Choice(x.Slug, x.Title))];

    private static ImmutableArray<Choice> Words<T>(Func<T, string> words) where T : struct, Enum =>
        [.. Enum.GetValues<T>().Select(x => new Choice(Recording.Words.Text(x), words(x)))];
}
