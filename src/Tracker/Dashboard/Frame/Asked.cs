using System.Globalization;
using Tracker.Boards;
using Tracker.Recording;

namespace Tracker.Dashboard.Frame;

/// <summary>What a page was asked for. A form's empty field asks for nothing; links on a page ask for the same again.</summary>
/// <param name="Query">The same as a query, "?" included; empty where nothing was asked for.</param>
public sealed record Asked(ReadAt Read, string? ValidAt, string? KnownAt, string? Since, string Query)
{
    public static (Asked? Asked, Refusal? Refusal) Of(HttpRequest request)
    {
        var (validAt, knownAt, since) = (request.Given("validAt"), KnownAtOf(request), request.Given("since"));
        var (read, refusal) = HasBlank(request) || knownAt != request.Given("knownAt") ? ReadAt.Parse(validAt, knownAt, since, request.Given("atLeast")) : ReadAt.Of(request);
        return read is null ? (null, refusal) : (new Asked(read with { ToRecordEnd = true }, validAt, knownAt, since, QueryOf(validAt, knownAt, since)), null);
    }

    /// <summary>The query for the same, with more of what is on the screen.</summary>
    public string QueryWith(IEnumerable<KeyValuePair<string, string?>> more) => QueryOf(ValidAt, KnownAt, Since, more);

    /// <summary>Where it is told that an agenda has come further; null for what was known at one moment, which does not change.</summary>
    public string? LiveOf(string agenda, long position) => KnownAt is null ? LiveNow(agenda, position) : null;

    /// <summary>The same of what is always as known now.</summary>
    public static string LiveNow(string agenda, long position) => string.Create(CultureInfo.InvariantCulture, $"/api/v1/agendas/{agenda}/live?after={position}&recordings=true");

    /// <summary>The query for these values, without those that are absent.</summary>
    public static string QueryOf(string? validAt, string? knownAt, string? since, IEnumerable<KeyValuePair<string, string?>>? more = null) => QueryString.Create(
        new[] { ("validAt", validAt), ("knownAt", knownAt), ("since", since) }
            .Where(x => x.Item2 is not null)
            .Select(x => KeyValuePair.Create(x.Item1, x.Item2))
            .Concat(more ?? [])).ToUriComponent();

    /// <summary>A moment as a person writes it: a day stands for its end, today for now, a time without a zone for one in UTC.</summary>
    private static string? KnownAtOf(HttpRequest request)
    {
        var text = request.Given("knownAt")?.Trim();
        if (Days.TryParse(text, out var day))
            return day == DateOnly.FromDateTime(request.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime)
                ? null
                : Instants.Text(new DateTimeOffset(day.ToDateTime(new TimeOnly(23, 59, 59, 999, 999)), TimeSpan.Zero));
        return DateTime.TryParseExact(text, ["yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? Instants.Text(new DateTimeOffset(time, TimeSpan.Zero))
            : text;
    }

    private static bool HasBlank(HttpRequest request) => request.Query.Any(x => string.IsNullOrWhiteSpace(x.Value.ToString()));
}

internal static class Forms
{
    /// <summary>A query's value; null where a form's field was left empty.</summary>
    public static string? Given(this HttpRequest request, string name) =>
        request.One(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;
}
