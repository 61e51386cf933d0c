using System.Collections.Immutable;
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
/// <param name="Versions">Those that its strong tags name; a tag that is not one of ours names none.</param>
/// <param name="OnlyWeak">Whether all its tags are weak, as <c>W/"1-abc"</c>: they match nothing, for it compares strongly.</param>
/// <param name="Text">The header as it was sent.</param>
public sealed record ExpectedVersions(bool Any, ImmutableHashSet<(long Version, long? Basis)> Versions, bool OnlyWeak, string Text)
{
    private const int BasisDigits = 8;
    private const int TagDigits = BasisDigits + 16;
    private const int MostShown = 100;

    /// <summary>Reads the header: neither where it is absent, a refusal where it is not of its form.</summary>
    public static (ExpectedVersions? Expected, Refusal? Refusal) Of(HttpRequest request)
    {
        if (request.Headers.IfMatch.Count == 0) return (null, null);
        var sent = request.Headers.IfMatch.ToString();
        var text = sent.Length > MostShown ? sent[..MostShown] + "…" : sent;
        if (!EntityTagHeaderValue.TryParseList([.. request.Headers.IfMatch!], out var tags) || tags.Count == 0)
            return (null, Refuse.Unreadable($"'If-Match' must be the ETag of an answer with its quotes, as \"3-5f2a\", several of them with commas between, or *; it is '{text}'.", "If-Match"));
        if (tags.Any(x => x.Equals(EntityTagHeaderValue.Any))) return (new(true, [], false, text), null);
        var versions = ImmutableHashSet.CreateBuilder<(long, long?)>();
        foreach (var parts in tags.Where(x => !x.IsWeak).Select(x => x.Tag.AsSpan().Trim('"').ToString().Split('-')))
            if (long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
                versions.Add((version, BasisIn(parts.ElementAtOrDefault(1) ?? "")));
        return (new(false, versions.ToImmutable(), tags.All(x => x.IsWeak), text), null);
    }

    /// <summary>Why the thing may not be changed as it is now; null where it may.</summary>
    /// <param name="basis">The recording that changed anything of what it rests on last; null where it rests on nothing.</param>
    public Refusal? WhyNot(long version, long? basis = null) => true switch
    {
        _ when Any || Versions.Contains((version, null)) || Versions.Contains((version, basis)) => null,
        _ when OnlyWeak => Refuse.WeakTag(Text),
        _ when Versions.IsEmpty => Refuse.UnknownTag(Text, version),
        _ when !Versions.Any(x => x.Version == version) => Refuse.StaleVersion(version),
        _ => basis is null ? null : Refuse.StaleBasis,
    };

    // A tag from before it said what the thing rests on asks for its version alone; one that is not of our making, for a basis that there is not.
    private static long? BasisIn(string digest) => digest.Length switch
    {
        0 or TagDigits - BasisDigits => null,
        BasisDigits or TagDigits when long.TryParse(digest.AsSpan(0, BasisDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var basis) => basis,
        _ => -1,
    };
}
