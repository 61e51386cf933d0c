using System.Collections.ObjectModel;
using System.Globalization;
using System.ServiceModel.Syndication;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Tracker.Boards;
using Tracker.Boards.Changes;
using Tracker.Languages;
using Tracker.Prose;
using Tracker.Recording;
using Tracker.Reports;

namespace Tracker.Feeds;

/// <summary>A feed as Atom (RFC 4287), in parts that follow each other (RFC 5005). Ids are of the agenda and the entry, and of no host.</summary>
public static class AtomFormat
{
    public const string Media = "application/atom+xml";

    /// <param name="home">The address of this service, without a slash at its end.</param>
    public static byte[] Of(Feed feed, string home)
    {
        var (agenda, self) = (feed.About.Slug, $"{home}/api/v1/agendas/{feed.About.Slug}/feed.atom");
        var atom = new SyndicationFeed
        {
            Id = $"{feed.Urn}:feed",
            Title = Plain(Texts.FeedTitle(feed.About.Title)),
            Language = Texts.Tag,
            LastUpdatedTime = feed.Updated,
            Generator = Texts.Product,
            Items = feed.Entries.Select(x => x.Changes is { } changes ? Item(changes, x, feed, home) : Item(x.Report!, x, feed, home)),
        };
        atom.Description = Plain(Subtitle(feed));
        atom.Authors.Add(new SyndicationPerson { Name = Texts.Product, Uri = home + "/" });
        Link(atom.Links, "self", Media, feed.Before is { } before ? $"{self}?before={before}" : self);
        Link(atom.Links, "alternate", "text/html", $"{home}/agendas/{agenda}/changes");
        if (feed.Before is not null) Link(atom.Links, "first", Media, self);
        if (feed.Next is { } next) Link(atom.Links, "next", Media, $"{self}?before={next}");

        var document = new XDocument();
        using (var writer = document.CreateWriter()) new Atom10FeedFormatter(atom).WriteTo(writer);
        Date(document.Root!, feed);
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true })) document.WriteTo(xml);
        return bytes.ToArray();
    }

    /// <summary>The instants in full: the library writes seconds, and readers sort by them what was recorded within one.</summary>
    private static void Date(XElement root, Feed feed)
    {
        XNamespace atom = "http://www.w3.org/2005/Atom";
        root.SetElementValue(atom + "updated", XmlConvert.ToString(feed.Updated.ToUniversalTime()));
        foreach (var (element, entry) in root.Elements(atom + "entry").Zip(feed.Entries))
        {
            element.SetElementValue(atom + "updated", XmlConvert.ToString(entry.At.ToUniversalTime()));
            element.SetElementValue(atom + "published", XmlConvert.ToString((entry.Report?.IssuedAt ?? entry.At).ToUniversalTime()));
        }
    }

    /// <summary>Where the commitments stand, and where the record ends, before what the agenda says of itself.</summary>
    private static string Subtitle(Feed feed)
    {
        string[] said =
        [
            Headline.Write(feed.Board),
            .. feed.Board.Current ? Array.Empty<string>() : [Texts.RecordEnds(DayWords.Of(feed.Board.CoveredThrough))],
            .. feed.About.Summary is { Length: > 0 } summary ? [summary] : Array.Empty<string>(),
        ];
        return string.Join(' ', said);
    }

    private static SyndicationItem Item(ChangeGroup changes, FeedEntry entry, Feed feed, string home)
    {
        var change = changes.Lead;
        var agenda = feed.About.Slug;
        var item = new SyndicationItem
        {
            Id = $"{feed.Urn}:changes:{changes.Changes[0].Id}",
            Title = Plain(changes.Text),
            LastUpdatedTime = entry.At,
            PublishDate = entry.At,
            Summary = Plain(string.Join(' ',
            [
                Texts.FeedChange(changes.Import is null ? string.Join(", ", RecordWords.Kinds(changes)) : Texts.RecordedTogether, RecordWords.When(changes)),
                .. changes.Changes.Where(x => x.Kind is ChangeKind.Corrected).SelectMany(x => ChangedWords.Of(x.Changed)).Select(x => Texts.ChangedFromTo(x.Member, x.Was, x.Now)),
            ])),
        };
        foreach (var kind in changes.Changes.Select(x => x.Kind).Distinct())
            item.Categories.Add(new SyndicationCategory(Words.Text(kind)) { Label = RecordWords.Of(kind) });
        // As it was then: the day it was judged at, no later than the record reaches, and what was known.
        var day = DateOnly.FromDateTime(entry.At.UtcDateTime);
        var reached = changes.CoveredThrough ?? feed.Board.EndsOn;
        var then = string.Create(CultureInfo.InvariantCulture, $"?validAt={Days.Text(reached < day ? reached.Value : day)}&knownAt={change.Position}");
        Link(item.Links, "alternate", "text/html", $"{home}/agendas/{agenda}{(changes.Import is null && change.Commitment is { } commitment ? $"/commitments/{commitment}" : "")}{then}");
        return item;
    }

    private static SyndicationItem Item(Report report, FeedEntry entry, Feed feed, string home)
    {
        var (agenda, title) = (feed.About.Slug, Texts.ReportOf(DatedWords.Day(report.ValidAt, report.CoveredThrough ?? report.ValidAt)));
        var item = new SyndicationItem
        {
            Id = $"{feed.Urn}:reports:{report.Slug}",
            Title = Plain(report.Retraction is null ? title : Texts.ReportInErrorOf(title)),
            LastUpdatedTime = entry.At,
            PublishDate = report.IssuedAt,
            Summary = Plain(string.Join(' ',
            [
                .. report.Retraction is { } retraction ? [Texts.FeedReportInError(DayWords.Of(retraction.At), retraction.Reason)] : Array.Empty<string>(),
                .. entry.Headline is { } headline ? [headline] : Array.Empty<string>(),
                SummaryOf(report),
            ])),
        };
        item.Categories.Add(new SyndicationCategory("report") { Label = Texts.ReportTerm });
        foreach (var ending in ReportForms.AllEndings.OrderByDescending(x => ReportForms.ByEnding(x) == ReportForms.Html))
            Link(item.Links, "alternate", ReportForms.ByEnding(ending)!, $"{home}/api/v1/agendas/{agenda}/reports/{report.Slug}.{ending}");
        return item;
    }

    private static string SummaryOf(Report report) =>
        Texts.FeedReport(DayWords.Of(report.Since), DayWords.Of(report.ValidAt), report.Position, report.Digest, report.Late, report is { Current: false, CoveredThrough: { } end } ? DayWords.Of(end) : null,
            report.OmitsLaterRecordings is true ? Texts.ReportOmitsLater(DayWords.Of(report.KnownAt), report.Position) : null);

    private static void Link(Collection<SyndicationLink> links, string relation, string media, string address) =>
        links.Add(new SyndicationLink(new Uri(address)) { RelationshipType = relation, MediaType = media });

    private static TextSyndicationContent Plain(string text) => new(InXml.Of(text));
}
