using System.Globalization;
using Microsoft.AspNetCore.Http.Features;

namespace Tracker.Recording;

/// <summary>How much a body may hold, in bytes, by what its address takes. What is larger is refused before it is read.</summary>
public static class BodySizes
{
    /// <summary>A form of a page: more than the desk's largest comes to, filled in at length.</summary>
    public const int Form = 256 * 1024;

    /// <summary>A form that carries another through a sign-in: packed and escaped once more, that is up to twice as long.</summary>
    public const int CarriedForm = 2 * Form;

    /// <summary>A command, where its own address says no less.</summary>
    public const int Command = 4 * 1024 * 1024;

    /// <summary>A thousand commands. Of nothing else than an import the server reads more, not even to let a refused client finish.</summary>
    public const int Batch = 32 * 1024 * 1024;

    /// <summary>A whole record; it goes to disk as it comes.</summary>
    public const int Import = 1024 * 1024 * 1024;

    /// <summary>That there is more than an address takes: 413.</summary>
    public static Refusal TooLarge(long limit) => new(413, "too-large",
        $"The body is larger than {InWords(limit)}, the most that this address takes. Send less, or in parts.");

    /// <summary>What is refused for its size; the limit is the one that the server was held to.</summary>
    public static Refusal TooLarge(HttpContext http) => TooLarge(http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? Batch);

    /// <summary>Holds the server to a limit, unless it has begun to read.</summary>
    public static void LimitBody(this HttpContext http, long? limit)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = limit;
    }

    private static string InWords(long bytes) => bytes % (1024 * 1024) == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024 / 1024} MiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024} KiB");
}
