using System.Text.RegularExpressions;
using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Contract;

/// <summary>The contract as pages for people. Who reads them tells nobody else.</summary>
public sealed partial class reading_the_reference(PostgresUnderTest postgres)
{
    [Fact]
    public async Task is_forbidden_to_ask_another_host_for_anything()
    {
        var page = await PageAsync();

        var policy = page.Policy.Split(';', StringSplitOptions.TrimEntries).Select(x => x.Split(' ')).ToDictionary(x => x[0], x => x[1..]);
        policy["default-src"].ShouldBe(["'none'"]);
        foreach (var (directive, sources) in policy)
            foreach (var source in sources)
                if (!Nonce().IsMatch(source)) source.ShouldBeOneOf("'none'", "'self'", "data:", "blob:", directive == "style-src" ? "'unsafe-inline'" : "'none'");
        policy["connect-src"].ShouldBe(["'self'"]);
        policy["script-src"].ShouldNotContain("data:");
    }

    [Fact]
    public async Task has_what_it_asks_for_on_this_host()
    {
        var page = await PageAsync();

        var asked = Asked().Matches(page.Html).Select(x => x.Groups[1].Value).Where(x => !x.StartsWith("data:", StringComparison.Ordinal)).ToArray();
        asked.ShouldNotBeEmpty();
        asked.Where(x => Uri.IsWellFormedUriString(x, UriKind.Absolute) || x.StartsWith("//", StringComparison.Ordinal)).ShouldBeEmpty();
        // Addresses that the page's own settings hold: nothing to be fetched through, or sent to, elsewhere.
        Foreign().Matches(page.Html).Select(x => x.Value).ShouldBeEmpty();
        var client = (await postgres.SharedAsync()).Public;
        foreach (var address in asked)
        {
            var path = new Uri(new Uri("http://host" + page.Path), address).PathAndQuery;
            var reply = (await client.GetAsync(path)).Should(200);
            reply.Bytes.Length.ShouldBeGreaterThan(0, path);
        }

        page.Html.ShouldContain("openapi/v1.json");
    }

    /// <summary>The page that <c>/docs</c> leads to.</summary>
    private async Task<(string Path, string Html, string Policy)> PageAsync()
    {
        using var http = new HttpClient { BaseAddress = (await postgres.SharedAsync()).Node.Address };
        using var response = await http.GetAsync("/docs", TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        return (response.RequestMessage!.RequestUri!.AbsolutePath, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            response.Headers.GetValues("Content-Security-Policy").Single());
    }

    [GeneratedRegex("^'nonce-[A-Za-z0-9+/=_-]{16,}'$")]
    private static partial Regex Nonce();

    [GeneratedRegex("(?:src|href)\\s*=\\s*[\"']([^\"']+)[\"']")]
    private static partial Regex Asked();

    [GeneratedRegex("(?:https?:)?//[a-z0-9-]+(?:\\.[a-z0-9-]+)+[^\\s\"'<]*", RegexOptions.IgnoreCase)]
    private static partial Regex Foreign();
}
