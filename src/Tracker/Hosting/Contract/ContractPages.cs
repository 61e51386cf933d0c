using Scalar.AspNetCore;

namespace Tracker.Hosting.Contract;

/// <summary>Where the contract is read: as a document by programs, as pages by people.</summary>
internal static class ContractPages
{
    public const string Name = "v1";

    public static IServiceCollection AddContract(this IServiceCollection services) =>
        services.AddOpenApi(Name, options => options.AddDocumentTransformer<ContractDocument>());

    public static void MapContract(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapScalarApiReference("/docs", (pages, http) =>
        {
            pages.Title = "Tracker's API";
            pages.OpenApiRoutePattern = "/openapi/{documentName}.json";
            pages.AddDocument(Name);
            pages.Favicon = "data:,";
            pages.DefaultFonts = false;
            pages.Telemetry = false;
            pages.HideClientButton = true;
            pages.DisableAgent().DisableMcp().HideDeveloperTools().WithNonce();
            http.Response.OnStarting(() =>
            {
                http.Response.Headers.ContentSecurityPolicy = PolicyFor(http.Items[ScalarOptions.NonceHttpContextItemKey] as string);
                return Task.CompletedTask;
            });
        });
    }

    /// <summary>
    /// What the pages need beyond every other answer: their scripts, by a number used once, and the styles these write into the page.
    /// They reach no other host.
    /// </summary>
    private static string PolicyFor(string? nonce) =>
        $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
}
