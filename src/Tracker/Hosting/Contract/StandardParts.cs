using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Tracker.Boards;
using Tracker.Recording;

namespace Tracker.Hosting.Contract;

/// <summary>Headers and parameters that many operations share.</summary>
internal static class StandardParts
{
    public const string ETag = "ETag", Location = "Location", RetryAfter = "Retry-After", Authenticate = "WWW-Authenticate", Retracted = Reports.ReportAnswer.RetractedHeader, Redacted = Reports.ReportAnswer.RedactedHeader;

    public static IDictionary<string, IOpenApiHeader> Headers() => new Dictionary<string, IOpenApiHeader>
    {
        [ETag] = Header("The version of the thing, then a digest of the body. `If-Match` compares the version, `If-None-Match` the whole. Of evidence, the first eight digits after the version stand for what it rests on (its commitment but for searches, its activity and the sources it cites), and `If-Match` compares these too.",
            Text("^\"[0-9]+-([0-9a-f]{8})?[0-9a-f]{16}(-br|-gzip)?\"$"), "\"3-9f86d081884c7d65\""),
        [Answer.PositionHeader] = Header("A position at which the answer can be seen again: give it as `atLeast` or `knownAt`. 0 where nothing was recorded, as in a dry run.",
            new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64", Minimum = "0" }, 42),
        [Location] = Header("Where the thing is. It can be read there at once: a read that does not find it yet waits for it.", new OpenApiSchema { Type = JsonSchemaType.String, Format = "uri-reference" }, "/api/v1/agendas/us-china-bali"),
        [RetryAfter] = Header("Seconds after which asking again makes sense.", new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1" }, 1),
        [Authenticate] = Header("How to come with a credential.", new OpenApiSchema { Type = JsonSchemaType.String }, "Bearer realm=\"tracker\""),
        [Retracted] = Header("Whether the report was issued in error. Why is told by its verification, and in the list of reports.",
            new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["true", "false"] }, "false"),
        [Redacted] = Header("Whether texts that the report held were taken out of the record since it was issued. Which, is told by its verification.",
            new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["true", "false"] }, "false"),
        ["Cache-Control"] = Header("How long the answer may be kept: for a day where both `validAt` and `knownAt` were given. Such an answer is the same for ever, but for texts that are redacted.",
            new OpenApiSchema { Type = JsonSchemaType.String }, "public, no-cache"),
    };

    public static IDictionary<string, IOpenApiParameter> Parameters(Schemas schemas) => new Dictionary<string, IOpenApiParameter>
    {
        ["validAt"] = Query("validAt", "The day to judge at: what was so then. Today, in UTC, where it is not given.", schemas.OfQuery(typeof(DateOnly)), "2023-01-31"),
        ["knownAt"] = Query("knownAt", "What was known then: an instant, or a position in digits. Everything that is recorded, where it is not given.",
            Text(Form.KnownAtPattern), "1"),
        ["since"] = Query("since", "What is counted from: a day, or the slug of a milestone. The baseline, where it is not given.", Text(Slug.Pattern), "2022-11-14"),
        ["atLeast"] = Query("atLeast", "This position is seen in the answer, or it is refused: every read sees what was recorded before it. What follows the recordings (changes, feeds) waits for it, for up to five seconds.",
            new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64", Minimum = "0" }, 1),
        ["limit"] = Query("limit", "How many at most.", new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Format = "int32",
            Minimum = "1",
            Maximum = PageAsked.MaxLimit.ToString(CultureInfo.InvariantCulture),
            Default = PageAsked.DefaultLimit,
        }, 20),
        ["after"] = Query("after", "The `next` of the part before: opaque, and good for that list alone. All parts are of one list: as it was known when its first part was read, on the day of that part.",
            new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = Cursor.MaxLength }),
        ["ifMatch"] = HeaderParameter("If-Match", "The `ETag` of what was read: the command is refused where the version is another by now. A list of tags and `*` will do. It compares strongly: a weak tag (`W/`) is refused.",
            new OpenApiSchema { Type = JsonSchemaType.String }, "\"3-9f86d081884c7d65\""),
        ["ifNoneMatch"] = HeaderParameter("If-None-Match", "The `ETag` of an answer that is there already.", new OpenApiSchema { Type = JsonSchemaType.String }, "\"3-9f86d081884c7d65\""),
        ["ifModifiedSince"] = HeaderParameter("If-Modified-Since", "The `Last-Modified` of an answer that is there already, for who has no tag of it.",
            new OpenApiSchema { Type = JsonSchemaType.String }, "Tue, 31 Jan 2023 09:00:00 GMT"),
        ["idempotencyKey"] = HeaderParameter("Idempotency-Key",
            "Makes the command safe to repeat: the same caller, address, key and bytes get the first answer again. Kept for at least 24 hours.",
            Text("^[ -~]{1,200}$"), "9d2c5f0e-6a55-4c9e-9a0b-5a6c4f1f8a01"),
    };

    public static OpenApiParameter Query(string name, string description, IOpenApiSchema schema, JsonNode? example = null) =>
        new() { Name = name, In = ParameterLocation.Query, Description = description, Schema = schema, Example = example };

    public static OpenApiSchema Text(string pattern) => new() { Type = JsonSchemaType.String, Pattern = pattern };

    private static OpenApiParameter HeaderParameter(string name, string description, IOpenApiSchema schema, JsonNode example) =>
        new() { Name = name, In = ParameterLocation.Header, Description = description, Schema = schema, Example = example };

    private static OpenApiHeader Header(string description, IOpenApiSchema schema, JsonNode example) =>
        new() { Description = description, Schema = schema, Example = example };
}
