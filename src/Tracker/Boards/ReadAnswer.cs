using Microsoft.AspNetCore.ResponseCompression;
using Tracker.Recording;

namespace Tracker.Boards;

/// <summary>A read's answer: its entity tag, and 304 for whoever has it.</summary>
/// <param name="version">What <c>If-Match</c> on a command compares: the thing's version, or a position for what is no thing.</param>
public sealed class ReadAnswer(byte[] body, long version, long? position) : IResult
{
    public const string Json = "application/json; charset=utf-8";

    /// <summary>What the body is; JSON where nothing else is said.</summary>
    public string Media { get; init; } = Json;

    /// <summary>Whether pages of other sites may show it, however strict they are with what they load.</summary>
    public bool IsShownElsewhere { get; init; }

    /// <summary>Whether it depends on who may read what now, also where it is asked for as known then.</summary>
    public bool DependsOnReaders { get; init; }

    /// <summary>Whether it is told otherwise some days on, also where nothing more is recorded: of a record that may yet end.</summary>
    public bool DependsOnToday { get; init; }

    /// <summary>When what it tells was last recorded; null where the tag alone says what is new.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>The recording that changed anything of what the thing rests on last, which <c>If-Match</c> compares as well; null where it rests on nothing.</summary>
    public long? Basis { get; init; }

    public static IResult Of<T>(T view, long version, long? position = null, long? basis = null) => new ReadAnswer(WireJson.Bytes(view), version, position) { Basis = basis };

    /// <summary>An answer that was made before, and is kept.</summary>
    public static IResult Of(KeptAnswer kept) => new ReadAnswer(kept.Body, kept.Position, kept.Position) { _kept = kept };

    private KeptAnswer? _kept;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        var tag = _kept?.Tag ?? Answer.TagOf(version, body, Basis);
        response.Headers.ETag = tag;
        response.Headers.CacheControl = Caching(httpContext, isFixed: !DependsOnReaders && !DependsOnToday);
        response.Headers.Vary = "Authorization, Cookie, Accept-Encoding";
        if (position is { } at) response.Headers[Answer.PositionHeader] = at.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (IsShownElsewhere) response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        if (LastModified is { } modified) response.GetTypedHeaders().LastModified = modified;
        if (Answer.IsHeld(request, tag) || IsKnown(request))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = Media;
        var sent = _kept is null ? body : Encoded(_kept, httpContext);
        response.ContentLength = sent.Length;
        await response.Body.WriteAsync(sent, httpContext.RequestAborted);
    }

    /// <summary>What is kept is compressed once for all who take it so, rather than on its way to each.</summary>
    private static byte[] Encoded(KeptAnswer kept, HttpContext http)
    {
        var compression = http.RequestServices.GetRequiredService<IResponseCompressionProvider>();
        if (!compression.CheckRequestAcceptsCompression(http) || compression.GetCompressionProvider(http) is not { } coding) return kept.Body;
        http.Response.Headers.ContentEncoding = coding.EncodingName;
        return kept.Encoded(coding.EncodingName, coding.CreateStream);
    }

    /// <summary>
    /// What a known position and a day that has come answer never changes, but for a text that is taken out of the record: it may
    /// be kept for a day, so that no cache shows the
    /// text for longer. All else is asked for again with its tag.
    /// What a credential was needed for, or given with, is for its bearer only.
    /// </summary>
    private static string Caching(HttpContext http, bool isFixed)
    {
        var whose = http.Features.Get<Caller>()?.Principal is null ? "public" : "private";
        var query = http.Request.Query;
        // What takes no day and no position is not fixed by them.
        var isAsOf = http.GetEndpoint()?.Metadata.GetMetadata<OperationAttribute>() is not { } told || told.Asks.HasFlag(Asks.AsOf);
        var today = DateOnly.FromDateTime(http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
        return isFixed && isAsOf && query.ContainsKey("knownAt") && Days.TryParse(query["validAt"], out var day) && day <= today ? $"{whose}, max-age=86400" : $"{whose}, no-cache";
    }

    /// <summary>A tag says more than a date: the date serves who has no tag.</summary>
    private bool IsKnown(HttpRequest request) =>
        LastModified is { } modified && request.Headers.IfNoneMatch.Count == 0 && request.GetTypedHeaders().IfModifiedSince is { } known && modified.ToUnixTimeSeconds() <= known.ToUnixTimeSeconds();
}
