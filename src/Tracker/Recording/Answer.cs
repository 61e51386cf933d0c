using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Tracker.Recording;

/// <summary>What a recorded command answers; kept with its events, so that a repeat gets the same again.</summary>
/// <param name="Status">201 for a creation, 202 where it waits for a second person, 200 otherwise.</param>
/// <param name="ETag">The version of the thing, then the digest of the body.</param>
/// <param name="Position">The recording that the command became; null where it is of no agenda.</param>
public sealed record Answer(int Status, string ETag, string? Location, long? Position, byte[] Body) : IResult
{
    public const string PositionHeader = "Tracker-Position";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = Body.Length;
        response.Headers.ETag = ETag;
        if (Position is { } position) response.Headers[PositionHeader] = position.ToString(CultureInfo.InvariantCulture);
        response.Headers.CacheControl = "no-store";
        if (Location is not null) response.Headers.Location = httpContext.Request.PathTo(Location);
        await response.Body.WriteAsync(Body, httpContext.RequestAborted);
    }

    /// <summary>An entity tag: a version for <c>If-Match</c>, and a digest of the bytes for <c>If-None-Match</c>.</summary>
    /// <param name="basis">The recording that changed anything of what the thing rests on last, which <c>If-Match</c> compares as well; null where it rests on nothing.</param>
    public static string TagOf(long version, ReadOnlySpan<byte> body, long? basis = null) =>
        string.Create(CultureInfo.InvariantCulture, $"\"{version}-{basis:x8}{DigestOf(body)}\"");

    /// <summary>The same tag for another body of that version.</summary>
    public static string TagWith(string tag, ReadOnlySpan<byte> body) => $"{tag[..^(DigestOf(body).Length + 1)]}{DigestOf(body)}\"";

    private static string DigestOf(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body)[..8]);

    /// <summary>Whether whoever asks has that answer already: <c>If-None-Match</c> names its tag.</summary>
    public static bool IsHeld(HttpRequest request, string tag) =>
        request.Headers.IfNoneMatch.Count > 0
        && EntityTagHeaderValue.TryParseList([.. request.Headers.IfNoneMatch!], out var tags)
        && tags.Any(x => x.Equals(EntityTagHeaderValue.Any) || x.Compare(new EntityTagHeaderValue(tag), useStrongComparison: false));
}

/// <summary>What <c>If-Match</c> asks for.</summary>
public sealed record ExpectedVersions(bool Any, IReadOnlySet<(long Version, long? Basis)> Versions)
{
    private const int BasisDigits = 8;
    private const int TagDigits = BasisDigits + 16;

    /// <summary>Reads the header: null where it is absent. A tag that is not one of ours can match nothing.</summary>
    public static ExpectedVersions? Of(HttpRequest request)
    {
        if (request.Headers.IfMatch.Count == 0) return null;
        if (!EntityTagHeaderValue.TryParseList([.. request.Headers.IfMatch!], out var tags)) return new(false, new HashSet<(long, long?)>());
        if (tags.Any(x => x.Equals(EntityTagHeaderValue.Any))) return new(true, new HashSet<(long, long?)>());
        var versions = new HashSet<(long, long?)>();
        foreach (var parts in tags.Where(x => !x.IsWeak).Select(x => x.Tag.AsSpan().Trim('"').ToString().Split('-')))
            if (long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
                versions.Add((version, BasisIn(parts.ElementAtOrDefault(1) ?? "")));
        return new(false, versions);
    }

    /// <summary>Whether the thing may be changed as it is now.</summary>
    /// <param name="basis">The recording that changed anything of what it rests on last; null where it rests on nothing.</param>
    public bool Allows(long version, long? basis = null) =>
        Any || (basis is null ? Names(version) : Versions.Contains((version, null)) || Versions.Contains((version, basis)));

    /// <summary>Whether the version is one of those, whatever the thing rests on.</summary>
    public bool Names(long version) => Versions.Any(x => x.Version == version);

    // A tag from before it said what the thing rests on asks for its version alone; one that is not of our making, for a basis that there is not.
    private static long? BasisIn(string digest) => digest.Length switch
    {
        0 or TagDigits - BasisDigits => null,
        BasisDigits or TagDigits when long.TryParse(digest.AsSpan(0, BasisDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var basis) => basis,
        _ => -1,
    };
}
