using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;
using Tracker.Access;
using Tracker.Recording;

namespace Tracker.Hosting.Contract;

/// <summary>Where the contract is read: as a document by programs, as pages by people.</summary>
internal static class ContractPages
{
    public const string Name = "v1";

    public static IServiceCollection AddContract(this IServiceCollection services) =>
        services.AddOpenApi(Name, options => options.AddDocumentTransformer<ContractDocument>());

    public static void MapContract(this WebApplication app)
    {
        // Made once: what it is made from does not change while the program runs.
        var made = new Lazy<Task<byte[]>>(() => MakeAsync(app.Services));
        app.MapGet($"/openapi/{Name}.json", async (HttpRequest request) =>
        {
            var bytes = request.PathBase.HasValue ? Under(request.PathTo("/"), await made.Value) : await made.Value;
            return Results.Bytes(bytes, "application/json; charset=utf-8", entityTag: new(Recording.Answer.TagOf(1, bytes)));
        }).ExcludeFromDescription().WithMetadata(new OpenToAllAttribute());
        var schema = new Lazy<byte[]>(BundleSchema.Make);
        app.MapGet(BundleSchema.Address, () => Results.Bytes(schema.Value, "application/schema+json; charset=utf-8", entityTag: new(Recording.Answer.TagOf(1, schema.Value))))
            .ExcludeFromDescription().WithMetadata(new OpenToAllAttribute());
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
        }).WithMetadata(new OpenToAllAttribute());
    }

    /// <summary>The document where the service is not at the root of its site: its paths begin elsewhere.</summary>
    private static byte[] Under(string path, byte[] document)
    {
        var json = JsonNode.Parse(document)!;
        json["servers"]![0]!["url"] = path;
        return JsonSerializer.SerializeToUtf8Bytes(json);
    }

    private static async Task<byte[]> MakeAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var document = await scope.ServiceProvider.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name).GetOpenApiDocumentAsync();
        await using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        document.SerializeAs(OpenApiSpecVersion.OpenApi3_1, new OpenApiJsonWriter(text));
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>
    /// What the pages need beyond every other answer: their scripts, by a number used once, and the styles these write into the page.
    /// They reach no other host.
    /// </summary>
    private static string PolicyFor(string? nonce) =>
        $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
}
