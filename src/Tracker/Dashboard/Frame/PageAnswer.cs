using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Net.Http.Headers;
using Tracker.Languages;
using Tracker.Recording;

namespace Tracker.Dashboard.Frame;

/// <summary>
/// A page: a component rendered whole before the first byte is sent, so that it has an entity tag and a failure is still told by
/// its status.
/// </summary>
/// <param name="status">The status; only a 200 is kept by a client to be asked about again.</param>
/// <param name="version">What the entity tag begins with: the position the page rests on.</param>
/// <param name="parameters">The component's parameters, by name.</param>
public sealed class PageAnswer<TComponent>(int status, long version, Dictionary<string, object?> parameters) : IResult
    where TComponent : IComponent
{
    /// <summary>Seconds after which asking again makes sense, where it does.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Whether it is for whoever asked and for nobody else: such a page is never kept.</summary>
    public bool Personal { get; init; }

    /// <summary>Whether pages of other sites may hold it in a frame.</summary>
    public bool IsFramed { get; init; }

    // Any site may frame such a page: it holds no form, and nobody is signed in there.
    private const string FramedPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        var body = await RenderAsync(httpContext.RequestServices, request.PathBase);
        response.StatusCode = status;
        if (IsFramed) response.Headers.ContentSecurityPolicy = FramedPolicy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = status != StatusCodes.Status200OK || Personal ? "no-store" : httpContext.Features.Get<Caller>()?.Principal is null ? "no-cache" : "private, no-cache";
        response.Headers.Append(HeaderNames.Vary, $"{HeaderNames.Authorization}, {HeaderNames.Cookie}");
        if (httpContext.RequestServices.GetServices<Language>().Skip(1).Any()) response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
        if (RetryAfter is { } seconds) response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (status == StatusCodes.Status200OK && !Personal)
        {
            var tag = Answer.TagOf(version, body);
            response.Headers.ETag = tag;
            if (Answer.IsHeld(request, tag))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }

        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(request.Method)) await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }

    private async Task<byte[]> RenderAsync(IServiceProvider services, PathString path)
    {
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () =>
            Encoding.UTF8.GetBytes(SubPath.Before((await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(parameters))).ToHtmlString(), path)));
    }
}
