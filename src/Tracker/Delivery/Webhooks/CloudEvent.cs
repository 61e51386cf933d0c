using System.Text;
using Tracker.Recording;
using Tracker.Reports;

namespace Tracker.Delivery.Webhooks;

/// <summary>A piece of news as a CloudEvent (1.0) in structured JSON: what a webhook is sent. Its data is the change or the report as the API shows it.</summary>
/// <param name="Id">The change's id, or the report's slug: with <paramref name="Source"/> the same whenever it is sent, and to whomever.</param>
/// <param name="Source">The agenda's address: absolute where the tracker knows its public one.</param>
/// <param name="Type"><c>urn:tracker:</c> and the event's word.</param>
/// <param name="Subject">What it is about, below the source: <c>commitments/joint-working-group</c>, <c>reports/2023-01-31-p4</c>; null where it is about the agenda.</param>
/// <param name="Time">When it was recorded.</param>
public sealed record CloudEvent<T>(string Specversion, string Id, string Source, string Type, string? Subject, DateTimeOffset Time, string Datacontenttype, T Data);

/// <summary>Makes the parcels that webhooks are sent.</summary>
public sealed class CloudEvents(PublicAddress address)
{
    public const string Media = "application/cloudevents+json";

    /// <summary>A piece of news for a webhook.</summary>
    public Parcel For(string webhook, News news) =>
        new(news.Agenda, Channels.Webhook, webhook, news.Key, Words.Text(news.Occasion), Body(news));

    public string Body(News news)
    {
        var source = $"{address.Set}/api/v1/agendas/{news.Agenda}";
        var type = $"urn:tracker:{Words.Text(news.Occasion)}";
        return Encoding.UTF8.GetString(news switch
        {
            { Report: { } report } => WireJson.Bytes(Of($"{Report.Kind}/{report.Slug}", report)),
            { Change: { } change } => WireJson.Bytes(Of(change.Commitment is { } commitment ? $"commitments/{commitment}" : null, change)),
            _ => throw new InvalidOperationException("News is of a change, or of a report."),
        });

        CloudEvent<T> Of<T>(string? subject, T data) => new("1.0", news.Key, source, type, subject, news.At, "application/json", data);
    }
}
