using System.Net;
using System.Text.RegularExpressions;

namespace Tracker.Api.Tests.Access;

/// <summary>Keeps cookies, and follows nothing by itself.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient _http;

    /// <param name="address">The host that it looks at.</param>
    /// <param name="cookies">Those of another, where it is the same browser at another host.</param>
    public Browser(Uri address, CookieContainer? cookies = null) =>
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies = cookies ?? new CookieContainer() }) { BaseAddress = address };

    public CookieContainer Cookies { get; }

    public List<string> SetCookies { get; } = [];

    public Task<Page> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Sends a form, with the token of the page it stands on.</summary>
    public Task<Page> PostAsync(string path, string? page, params (string Name, string Value)[] fields) => SendAsync(new HttpRequestMessage(HttpMethod.Post, path)
    {
        Content = new FormUrlEncodedContent(fields.Append(("form-token", page is null ? "" : TokenIn().Match(page).Groups[1].Value)).Select(x => KeyValuePair.Create(x.Item1, x.Item2))),
    });

    /// <summary>Signs in with a key, as by the form.</summary>
    public async Task<Page> SignInAsync(string key, string to = "/") => await PostAsync("/sign-in", (await GetAsync("/sign-in")).Text, ("key", key), ("to", to));

    public void Dispose() => _http.Dispose();

    private async Task<Page> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            request.Headers.TryAddWithoutValidation("Accept", "text/html");
            using var answer = await _http.SendAsync(request);
            if (answer.Headers.TryGetValues("Set-Cookie", out var cookies)) SetCookies.AddRange(cookies);
            return new Page((int)answer.StatusCode, answer.Headers.Location?.ToString() ?? "", await answer.Content.ReadAsStringAsync());
        }
    }

    [GeneratedRegex("name=\"form-token\" value=\"([^\"]+)\"")]
    private static partial Regex TokenIn();
}

internal sealed record Page(int Status, string Location, string Text);
