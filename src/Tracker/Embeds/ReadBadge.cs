using Tracker.Boards;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Embeds;

/// <summary>How many of an agenda's commitments have seen concrete action, or where one of them stands, as a small picture for pages elsewhere.</summary>
public static class ReadBadgeEndpoint
{
    [WolverineGet("/api/v1/agendas/{a}/badge.svg"), Needs(Right.Read)]
    [Operation("readBadge", "A badge, as a picture", Gives = typeof(string), Media = "image/svg+xml", Asks = Asks.Read)]
    [Query("commitment", typeof(string), "The commitment, by its slug, whose status it shows; without it, it counts those of the whole agenda.")]
    public static async Task<IResult> Get(string a, HttpRequest request, [NotBody] BoardReader boards, CancellationToken ct)
    {
        var (read, refusal) = ReadAt.Of(request);
        if (read is null) return refusal!.Answered();
        var commitment = request.One("commitment");
        if (commitment is not null && !Slug.IsValid(commitment)) return Refuse.Unreadable("'commitment' must be a slug.", "commitment").Answered();
        (var material, refusal) = await boards.GatherAsync(a, read with { ToRecordEnd = true }, commitment, ct);
        if (material is null) return refusal!.Answered();
        if (commitment is null) return Answer(Badge.Of(material.Judged()), read, material);
        if (material.Promises is not [var (promise, title, searches, _)]) return Refuse.NotFound("commitment", commitment).Answered();
        var entry = material.Judge(promise, searches) is { } verdict ? BoardEntry.Of(promise.Slug, title, promise.Type, verdict) : null;
        return Answer(Badge.Of(title, entry, (Headline.SinceLine(material.Agenda, material.Since, material.Milestone), material.Since), material.ValidAt, material.EndsOn, material.AsKnownAt, promise.Withdrawn).Since(material.Since == material.Agenda.Baseline.Date ? null : material.Since), read, material);
    }

    private static ReadAnswer Answer(Badge badge, ReadAt read, BoardReader.Material material) =>
        new(badge.On(material.EndsOn is null ? read.ValidAt : null, material.AsOf).Known(material.AsKnownAt).Draw(), material.Moment.Position, material.Moment.Position)
        {
            Media = "image/svg+xml; charset=utf-8",
            IsShownElsewhere = true,
            DependsOnToday = material.MayYetEnd,
        };
}
