using Marten.Exceptions;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging.Console;
using Npgsql;
using Tracker.Access;
using Tracker.Boards.Known;
using Tracker.Dashboard.About;
using Tracker.Dashboard.Desk;
using Tracker.Dashboard.Embedded;
using Tracker.Dashboard.Frame;
using Tracker.Hosting.Contract;
using Tracker.Languages;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Hosting;

/// <summary>The HTTP side: endpoints, and problem details for whatever has no answer of its own.</summary>
internal static class Web
{
    public static IServiceCollection AddWeb(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddWolverineHttp();
        services.AddContract();
        services.AddHealthChecks().AddCheck<Readiness>("ready");
        services.AddProxies(configuration);
        services.AddTokens(configuration);
        services.AddLimits(configuration);
        services.AddHeaders(configuration);
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.AddSingleton(new PublicAddress(configuration));
        services.AddSingleton(OperatorSettings.Of(configuration));
        foreach (var language in Language.All) services.AddSingleton(language);
        services.AddSingleton<DeskForms>();
        services.AddAntiforgery(forms =>
        {
            forms.FormFieldName = Typed.Token;
            // The one policy for frames stands in the headers of every answer.
            forms.SuppressXFrameOptionsHeader = true;
        });
        services.AddOptions<AntiforgeryOptions>().Configure<IHttpContextAccessor>((forms, asked) =>
            forms.Cookie = new OwnCookieBuilder("tracker_form", asked) { HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Strict, SecurePolicy = CookieSecurePolicy.SameAsRequest });
        services.Configure<RouteOptions>(routes => routes.LowercaseUrls = true);
        return services;
    }

    public static void UseWeb(this WebApplication app)
    {
        app.UseProxies();
        app.UseHeaders();
        app.UseReadersLanguage();
        app.UseExceptionHandler(errors => errors.Run(context => Answer(context, RefusalOf(context, context.Features.Get<IExceptionHandlerFeature>()!.Error))));
        app.UseStatusCodePages(pages => Answer(pages.HttpContext, TurnedAway(pages.HttpContext) ?? RefusalOf(pages.HttpContext.Response.StatusCode)));
        // From the build's own folder, whatever the environment is called.
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(Path.Combine(AppContext.BaseDirectory, "wwwroot")),
            // Asked about again each time and answered 304, so that a new version is seen at once.
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache",
        });
        app.UseLimitOfForms();
        app.UseMiddleware<SendForm>();
        app.UseRouting();
        app.UseMiddleware<Identification>();
        app.UseLimits();
        app.UseSigningIn();
        app.UseMiddleware<Gate>();
        app.UseMiddleware<QueryCheck>();
        app.MapContract();
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).WithMetadata(new OpenToAllAttribute());
        app.MapHealthChecks("/health/ready", new() { ResultStatusCodes = { [HealthStatus.Degraded] = 503 }, ResponseWriter = SayReadyAsync }).WithMetadata(new OpenToAllAttribute());
        app.MapWolverineEndpoints();
    }

    /// <summary>The word, and beside it what an operator should know of a node that is ready all the same.</summary>
    private static Task SayReadyAsync(HttpContext http, HealthReport report)
    {
        http.Response.ContentType = "text/plain";
        var beside = report.Status is HealthStatus.Healthy ? report.Entries.Values.Select(x => x.Description).OfType<string>() : [];
        return http.Response.WriteAsync(string.Join('\n', [report.Status.ToString(), .. beside]));
    }

    private static Refusal RefusalOf(HttpContext http, Exception error) => error switch
    {
        BadHttpRequestException { StatusCode: 413 } => BodySizes.TooLarge(http),
        BadHttpRequestException bad => new Refusal(bad.StatusCode, "unreadable", "The request is not well-formed HTTP."),
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } =>
            new Refusal(503, "unavailable", "The database did not answer within the time limit. Nothing was changed; ask for less at a time, or try again later.") { RetryAfter = 10 },
        NotInTablesYetException behind => behind.Refusal,
        // Recorded between the look and the read.
        UnknownEventTypeException => Refuse.NewerVersion(http.GetRouteValue("a") as string ?? "an agenda"),
        _ when DatabaseErrors.IsAway(error) =>
            new Refusal(503, "unavailable", "The database cannot be reached just now. Nothing was changed; try again.") { RetryAfter = 2 },
        _ => new Refusal(500, "internal", "Something went wrong here. It is logged under the trace id."),
    };

    /// <summary>Who came with a browser gets a page, who came with a program problem details.</summary>
    private static Task Answer(HttpContext http, Refusal refusal) =>
        (!http.Request.WantsPage() ? refusal.Answered()
            : refusal.Status is 401 ? DeskPages.Closed(http)
            : http.Request.Path.StartsWithSegments(FramedRefusal.Path, StringComparison.OrdinalIgnoreCase) ? refusal.Framed()
            : refusal.AsPage()).ExecuteAsync(http);

    /// <summary>Why the gate turned a browser away, where it did.</summary>
    private static Refusal? TurnedAway(HttpContext http) => http.Features.Get<Refusal>() is { } refusal && refusal.Status == http.Response.StatusCode ? refusal : null;

    private static Refusal RefusalOf(int status) => status switch
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
            // Whoever comes back from an issuer with something wrong is told so, and it is no error of ours.
            _ when category?.StartsWith("Microsoft.AspNetCore.Authentication.OpenIdConnect", StringComparison.Ordinal) == true => LogLevel.Critical,
            // Every endpoint is found; messages have no handlers because none are sent.
            "Wolverine.Configuration.HandlerDiscovery" => LogLevel.Error,
            // What is wrong with the keys, and what to do about it, is said at the start; a command makes none, and would be told so each time.
            _ when category?.StartsWith("Microsoft.AspNetCore.DataProtection", StringComparison.Ordinal) == true => LogLevel.Critical,
            _ => LogLevel.Warning,
        });
        // Standard output is a command's answer.
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        return logging.AddConsole(console => console.FormatterName = LogLine.Named).AddConsoleFormatter<LogLine, ConsoleFormatterOptions>();
    }
}
