using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Logging.Console;
using Npgsql;
using Tracker.Dashboard.Frame;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Hosting;

/// <summary>The HTTP side: endpoints, and problem details for whatever has no answer of its own.</summary>
internal static class Web
{
    public static IServiceCollection AddWeb(this IServiceCollection services)
    {
        services.AddWolverineHttp();
        services.AddOpenApi("v1");
        services.AddHealthChecks();
        services.AddRazorComponents();
        services.Configure<RouteOptions>(routes => routes.LowercaseUrls = true);
        return services;
    }

    public static void UseWeb(this WebApplication app)
    {
        app.UseExceptionHandler(errors => errors.Run(context => Answer(context, AnswerTo(context.Features.Get<IExceptionHandlerFeature>()!.Error))));
        app.UseStatusCodePages(pages => Answer(pages.HttpContext, AnswerTo(pages.HttpContext.Response.StatusCode)));
        // Asked about again each time, and answered 304: a new version is seen at once.
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache" });
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapHealthChecks("/health/live");
        app.MapHealthChecks("/health/ready");
        app.MapWolverineEndpoints();
    }

    /// <summary>A page for whoever reads pages, problem details for everyone else.</summary>
    private static Task Answer(HttpContext context, Refusal refusal) =>
        (context.Request.WantsPage() ? refusal.AsPage() : refusal.Answered()).ExecuteAsync(context);

    private static Refusal AnswerTo(Exception error) => error switch
    {
        BadHttpRequestException { StatusCode: 413 } => new Refusal(413, "too-large", "The body is too large."),
        BadHttpRequestException bad => new Refusal(bad.StatusCode, "unreadable", "The request is not well-formed HTTP."),
        NpgsqlException { IsTransient: true } or TimeoutException =>
            new Refusal(503, "unavailable", "The database cannot be reached just now. Nothing was changed; try again.") { RetryAfter = 2 },
        _ => new Refusal(500, "internal", "Something went wrong here. It is logged under the trace id."),
    };

    private static Refusal AnswerTo(int status) => status switch
    {
        404 => new Refusal(404, "not-found", "There is nothing at this address."),
        405 => new Refusal(405, "method-not-allowed", "This address does not take that method."),
        406 => new Refusal(406, "not-acceptable", "This address cannot answer in a form you accept."),
        415 => new Refusal(415, "unsupported-media-type", "The body must be JSON, with Content-Type: application/json."),
        _ => new Refusal(status, "unreadable", "The request cannot be answered."),
    };

    /// <summary>Says what an operator should know; libraries speak up only when something is wrong.</summary>
    public static ILoggingBuilder AddLevels(this ILoggingBuilder logging)
    {
        logging.AddFilter((category, level) => level >= category switch
        {
            _ when category?.StartsWith("Tracker", StringComparison.Ordinal) == true => LogLevel.Information,
            // Refused requests and vanished clients are not errors of ours.
            _ when category?.StartsWith("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", StringComparison.Ordinal) == true => LogLevel.Error,
            _ => LogLevel.Warning,
        });
        // Standard output is a command's answer.
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        return logging.AddSimpleConsole(console => console.SingleLine = true);
    }
}
