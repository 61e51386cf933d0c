using System.Collections.Immutable;
using Tracker.Agendas;
using Tracker.Recording;
using Tracker.Sources;

namespace Tracker.Dashboard.Desk;

/// <summary>The forms about published accounts.</summary>
internal static class SourceForms
{
    private static ImmutableArray<Field> Said =>
    [
        Choices.Title,
        new ChoiceField("kind", Texts.KindLabel, Choices.Of<SourceKind>(Texts.SourceKindOf)),
        new ChoiceField("tier", Texts.TierLabel, Choices.Of<SourceTier>(Texts.TierMeans)),
        new TextField("issuer", Texts.IssuerLabel, Texts.IssuerHint, Required: true),
        new TextField("publisher", Texts.PublisherLabel),
        new TextField("url", Texts.UrlLabel),
        new TextField("archiveUrl", Texts.ArchiveUrlLabel),
        new TextField("publishedOn", Texts.PublishedLabel, Form: TextForm.Day),
        new TextField("language", Texts.LanguageLabel, Texts.LanguageHint),
    ];

    public static DeskForm Record(DeskAddress at, Agenda agenda) => new(at, agenda, Texts.RecordSource, Texts.RecordSourceIntro, Texts.Record,
        [.. Said, new SlugField("slug", Texts.SlugLabel, Texts.SlugHint, "title")]);

    public static DeskForm Correct(DeskAddress at, Agenda agenda, Source it) =>
        new DeskForm(at, agenda, Texts.CorrectSource, Texts.CorrectIntro, Texts.Correct, [.. Said, new TextField("sha256", Texts.Digest), Choices.Reason])
        {
            Corrects = true,
            Version = it.Version,
            Filled = Typed.Nothing.With("title", it.Title).With("kind", Words.Text(it.Kind)).With("tier", Words.Text(it.Tier)).With("issuer", it.Issuer)
                .With("publisher", it.Publisher).With("url", it.Url).With("archiveUrl", it.ArchiveUrl).With("publishedOn", it.PublishedOn is { } day ? Days.Text(day) : null)
                .With("language", it.Language).With("sha256", it.Sha256),
        }.For("sources", it.Slug, (Texts.SourceLabel, it.Title));

    public static DeskForm Withdraw(DeskAddress at, Agenda agenda, Source it) =>
        new DeskForm(at, agenda, Texts.WithdrawSource, Texts.WithdrawSourceIntro, Texts.Withdraw, [Choices.Reason]).For("sources", it.Slug, (Texts.SourceLabel, it.Title));

    public static DeskForm Reinstate(DeskAddress at, Agenda agenda, Source it) => Choices.Reinstating(at, agenda, it.Withdrawal).For("sources", it.Slug, (Texts.SourceLabel, it.Title));
}
