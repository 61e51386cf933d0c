using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Access;

/// <summary>Sessions, the latest first.</summary>
public sealed record SessionList(IReadOnlyList<Session> Items);

/// <summary>Who is signed in with a browser, and the end of it. An owner of one agenda sees those alone who have no role elsewhere.</summary>
public static class SessionsEndpoints
{
    [WolverineGet("/api/v1/sessions"), Needs(Right.Own), EachTheirOwn]
    [Operation("listSessions", "Who is signed in", Gives = typeof(SessionList))]
    public static async Task<IResult> List(HttpContext http, [NotBody] Sessions sessions, CancellationToken ct)
    {
        var body = WireJson.Bytes(new SessionList([.. await TheirsAsync(http, sessions, ct)]));
        return new Answer(200, Answer.TagOf(1, body), null, null, body);
    }

    [WolverineDelete("/api/v1/sessions/{id}"), Needs(Right.Own), EachTheirOwn]
    [Operation("endSession", "Signs somebody out at once", Status = 204)]
    public static async Task<IResult> End(string id, HttpContext http, [NotBody] Sessions sessions, CancellationToken ct)
    {
        if (!(await TheirsAsync(http, sessions, ct)).Any(x => x.Id == id)) return Refuse.NotFound("session", id).Answered();
        await sessions.EndAsync(id, ct);
        return Results.NoContent();
    }

    private static async Task<IEnumerable<Session>> TheirsAsync(HttpContext http, Sessions sessions, CancellationToken ct) =>
        (await sessions.ListAsync(ct)).Where(x => x.Grants.All(grant => http.Caller().May(Right.Own, grant.Agenda)));
}
