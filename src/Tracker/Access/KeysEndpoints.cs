using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Access;

/// <summary>Keys, the newest first.</summary>
public sealed record KeyList(IReadOnlyList<Key> Items);

/// <summary>The keys there are, without their secrets, and their end.</summary>
public static class KeysEndpoints
{
    [WolverineGet("/api/v1/keys"), Needs(Right.Own), EachTheirOwn]
    [Operation("listKeys", "The keys there are", Gives = typeof(KeyList))]
    public static async Task<IResult> List(HttpContext http, [NotBody] KeyRing keys, CancellationToken ct)
    {
        var items = (await keys.ListAsync(null, ct)).Where(x => http.Caller().May(Right.Own, x.Agenda));
        var body = WireJson.Bytes(new KeyList([.. items]));
        return new Answer(200, Answer.TagOf(1, body), null, null, body);
    }

    [WolverineGet("/api/v1/keys/{id}"), Needs(Right.Own), EachTheirOwn]
    [Operation("readKey", "One key", Gives = typeof(Key))]
    public static async Task<IResult> One(string id, HttpContext http, [NotBody] KeyRing keys, CancellationToken ct)
    {
        if (await FindAsync(id, http, keys, ct) is not { } key) return Refuse.NotFound("key", id).Answered();
        var body = WireJson.Bytes(key);
        return new Answer(200, Answer.TagOf(1, body), null, null, body);
    }

    [WolverineDelete("/api/v1/keys/{id}"), Needs(Right.Own), EachTheirOwn]
    [Operation("revokeKey", "Ends a key at once", Status = 204, Refuses = ["409 last-owner"])]
    public static async Task<IResult> Revoke(string id, HttpContext http, [NotBody] KeyRing keys, CancellationToken ct)
    {
        if (await FindAsync(id, http, keys, ct) is not { } key) return Refuse.NotFound("key", id).Answered();
        return key.RevokedAt is not null || await keys.RevokeAsync(id, ct)
            ? Results.NoContent()
            : Refuse.Conflict("last-owner", "This is the last key that owns everything and does not end by itself: nobody could make another. Make one first, without 'expiresAt'.").Answered();
    }

    /// <summary>The key, where it is the caller's to see.</summary>
    private static async Task<Key?> FindAsync(string id, HttpContext http, KeyRing keys, CancellationToken ct) =>
        !id.Contains('\0') && await keys.FindAsync(id, ct) is { } key && http.Caller().May(Right.Own, key.Agenda) ? key : null;
}
