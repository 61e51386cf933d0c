using Tracker.Languages;

namespace Tracker.Hosting;

/// <summary>Speaks a reader's language on pages: the one that the browser asks for first of those there are.</summary>
internal static class ReadersLanguage
{
    public static IApplicationBuilder UseReadersLanguage(this IApplicationBuilder app)
    {
        var languages = app.ApplicationServices.GetServices<Language>().ToArray();
        return app.Use(async (http, next) =>
        {
            // Whatever machines read, they read in English.
            if (!http.Request.Path.StartsWithSegments("/api")) Speaking.Speak(Of(http.Request, languages));
            await next(http);
        });
    }

    private static Language Of(HttpRequest request, Language[] languages) => request.GetTypedHeaders().AcceptLanguage
        .Where(x => x.Quality is not 0)
        .OrderByDescending(x => x.Quality ?? 1)
        .Select(x => Array.Find(languages, y => IsOf(x.Value.AsSpan(), y.Tag)))
        .FirstOrDefault(x => x is not null) ?? languages[0];

    /// <summary>"en-US" is answered in "en".</summary>
    private static bool IsOf(ReadOnlySpan<char> asked, string tag) =>
        asked.StartsWith(tag, StringComparison.OrdinalIgnoreCase) && (asked.Length == tag.Length || asked[tag.Length] == '-');
}
