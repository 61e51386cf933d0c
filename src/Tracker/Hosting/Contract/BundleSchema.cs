using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Tracker.Exchange;

namespace Tracker.Hosting.Contract;

/// <summary>
/// The JSON Schema (2020-12) of a bundle, made of the same types by the same code as the contract's schemas, so that the two cannot say
/// different things.
/// </summary>
internal static class BundleSchema
{
    public const string Address = "/schemas/tracker-bundle-1.json";

    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    public static byte[] Make()
    {
        var document = new OpenApiDocument
        {
            Info = new OpenApiInfo { Title = "A bundle", Version = "1" },
            Components = new OpenApiComponents { Schemas = new Dictionary<string, IOpenApiSchema>() },
            Paths = new OpenApiPaths(),
        };
        document.RegisterComponents();
        new Schemas(document, Summaries.BesideTheProgram()).OfCommand(typeof(Bundle));
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        document.SerializeAs(OpenApiSpecVersion.OpenApi3_1, new OpenApiJsonWriter(text));

        var schemas = JsonNode.Parse(text.ToString())!["components"]!["schemas"]!.AsObject();
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = "urn:tracker:schema:tracker-bundle:1",
            ["title"] = "Tracker bundle, version 1",
        };
        foreach (var (word, said) in schemas[nameof(Bundle)]!.AsObject()) schema[word] = Referring(said);
        schema["$defs"] = new JsonObject(schemas.Where(x => x.Key != nameof(Bundle)).OrderBy(x => x.Key, StringComparer.Ordinal).Select(x => KeyValuePair.Create(x.Key, Referring(x.Value))));
        return Encoding.UTF8.GetBytes(schema.ToJsonString(Written) + "\n");
    }

    /// <summary>The same, with references into this document.</summary>
    private static JsonNode? Referring(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(x => KeyValuePair.Create(x.Key, x.Key == "$ref"
            ? JsonValue.Create(((string)x.Value!).Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal))
            : Referring(x.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Referring)]),
        _ => node?.DeepClone(),
    };
}
