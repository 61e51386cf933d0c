using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Boards.Changes;

/// <summary>What has become different, recording by recording: statuses with the evidence they rest on, corrections with their reasons.</summary>
public static class ReadChangesEndpoint
{
    [WolverineGet("/api/v1/agendas/{a}/changes"), Needs(Right.Read)]
    [Operation("listChanges", "What has changed, oldest first", Gives = typeof(Page<Change>), Asks = Asks.Tag | Asks.AtLeast)]
    [Query("limit", typeof(int), "How many at most: from 1 to 1000, and 100 where it is not given.")]
    [Query("after", typeof(string), "Only what was told after this change, by its id; a position alone stands for the last change of its recording.")]
    [Query("kind", typeof(string), "Only changes of this kind, or of these, with commas between them.")]
    public static async Task<IResult> Get(string a, HttpRequest request, [NotBody] ChangeReader changes, CancellationToken ct)
    {
        var (limit, after, atLeast, refusal) = Read(request);
        (var kinds, var unknown) = ChangeKinds.Asked(request.One("kind"));
        if ((refusal ?? unknown) is { } unreadable) return unreadable.Answered();
        (var moment, refusal) = await changes.TellsToAsync(a, atLeast, ct);
        if ((refusal ?? await changes.BeyondAsync(moment!, after, ct)) is { } no) return no.Answered();
        return ReadAnswer.Of(await changes.PageAsync(moment!, after, limit, ct, kinds: kinds), moment!.Position, moment.Position);
    }

    private static (int Limit, ChangeId? After, long? AtLeast, Refusal? Refusal) Read(HttpRequest request)
    {
        var (read, refusal) = ReadAt.Parse(null, null, null, request.One("atLeast"));
        if (refusal is not null) return (0, null, null, refusal);
        (var limit, refusal) = PageAsked.LimitOf(request);
        if (refusal is not null) return (0, null, null, refusal);
        ChangeId? after = null;
        if (request.One("after") is { } id && (after = ChangeId.Parse(id)) is null)
            return (0, null, null, Refuse.NotOfForm("after", "the id of a change, or a position", id));
        return (limit, after, read!.AtLeast, null);
    }
}
