using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;
using Tracker.Activities;
using Tracker.Commitments;
using Tracker.Recording;

namespace Tracker.Hosting.Contract;

/// <summary>
/// The schemas of what goes over the wire, from the types that are written and read there and the one set of rules they are written
/// and read by. What is required or may be null is what the strict reader says of a command, and what the writer does of an answer.
/// </summary>
internal sealed class Schemas(OpenApiDocument document, Summaries words)
{
    private readonly Dictionary<string, (Type Type, bool Command)> _named = [];

    private readonly Dictionary<Type, SortedSet<string>> _codes = [];

    /// <summary>What an answer's body is.</summary>
    public IOpenApiSchema OfAnswer(Type type) => Of(type, type.IsDefined(typeof(AnsweredAsTakenAttribute), false), new HashSet<string>());

    /// <summary>What a command's body must be, and the codes it may be refused with for what stands in it.</summary>
    public (IOpenApiSchema Schema, IReadOnlySet<string> Codes) OfCommand(Type type)
    {
        var codes = new SortedSet<string>(StringComparer.Ordinal) { "bad-text", "too-long", "too-many" };
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(Batch<>)) return (Of(type, true, codes), codes);

        codes.Add("repeated");
        var list = new OpenApiSchema { Type = JsonSchemaType.Array, MaxItems = Batch<object>.MaxItems, Items = Of(type.GenericTypeArguments[0], true, codes) };
        var wrapped = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = new Dictionary<string, IOpenApiSchema> { ["items"] = list },
            Required = new HashSet<string> { "items" },
            AdditionalPropertiesAllowed = false,
        };
        return (new OpenApiSchema { OneOf = [list, wrapped] }, codes);
    }

    /// <summary>A text of a query or an address, by its type.</summary>
    public IOpenApiSchema OfQuery(Type type) => Of(type, false, new HashSet<string>());

    private IOpenApiSchema Of(Type type, bool command, ISet<string> codes)
    {
        if (Nullable.GetUnderlyingType(type) is { } value) return OrNull(Of(value, command, codes));
        if (type == typeof(string)) return new OpenApiSchema { Type = JsonSchemaType.String };
        if (type == typeof(bool)) return new OpenApiSchema { Type = JsonSchemaType.Boolean };
        if (type == typeof(int)) return new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" };
        if (type == typeof(long)) return new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" };
        if (type == typeof(DateOnly)) return Shaped(Form.Day);
        if (type == typeof(DateTimeOffset)) return Shaped(Form.Instant);
        if (type == typeof(FuzzyDate)) return Shaped(Form.Date);
        // Any JSON, null as well.
        if (type == typeof(JsonNode)) return new OpenApiSchema();
        if (type.IsEnum) return Named(type, type.Name, command, () => OfWords(type));
        if (Parts(type) is { } parts) return Named(type, NameOf(type), command, () => OfParts(type, parts));

        var contract = WireJson.Options.GetTypeInfo(type);
        return contract.Kind switch
        {
            JsonTypeInfoKind.Enumerable => new OpenApiSchema { Type = JsonSchemaType.Array, Items = Of(contract.ElementType!, command, codes) },
            JsonTypeInfoKind.Dictionary => new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = Of(contract.ElementType!, command, codes) },
            JsonTypeInfoKind.Object => OfObject(contract, command, codes),
            _ => throw new InvalidOperationException($"The contract has no schema for {type}."),
        };
    }

    private OpenApiSchemaReference OfObject(JsonTypeInfo contract, bool command, ISet<string> codes)
    {
        var type = contract.Type;
        var schema = Named(type, NameOf(type), command, () =>
        {
            var made = new OpenApiSchema { Type = JsonSchemaType.Object, Description = DescriptionOf(type) };
            _codes[type] = new(StringComparer.Ordinal);
            AddMembers(made, contract, command, _codes[type]);
            if (command) made.AdditionalPropertiesAllowed = false;
            return made;
        });
        codes.UnionWith(_codes[type]);
        return schema;
    }

    /// <summary>What is said of a type; of a correction also what its absent members and its nulls mean, for no schema can say it.</summary>
    private string? DescriptionOf(Type type) => type.IsAssignableTo(typeof(Correction))
        ? $"{words.Of(type)} A member that is left out stays as it is. `null` takes away what the member said, and is taken only by members that may be null: a client that writes members it has not set as null takes them away."
        : words.Of(type);

    private OpenApiSchema OfParts(Type type, Type[] parts)
    {
        var schema = new OpenApiSchema { Type = JsonSchemaType.Object, Description = words.Of(type) ?? words.Of(parts[^1]) };
        foreach (var part in parts)
            if (Parts(part) is not null) throw new InvalidOperationException($"{type}: parts of parts are not flat.");
            else AddMembers(schema, WireJson.Options.GetTypeInfo(part), false, new HashSet<string>());
        return schema;
    }

    private void AddMembers(OpenApiSchema schema, JsonTypeInfo contract, bool command, ISet<string> codes)
    {
        schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
        schema.Required ??= new HashSet<string>();
        foreach (var member in contract.Properties)
        {
            if (member.Get is null) continue;
            schema.Properties[member.Name] = OfMember(contract.Type, member, command, codes);
            // What is left out where it is not known, or of what was issued before there was such a member, is not in every answer.
            var isAlways = command
                ? member.AssociatedParameter is { HasDefaultValue: false }
                : member.ShouldSerialize is null && member.AttributeProvider?.IsDefined(typeof(LeftOutOfAttribute), inherit: false) != true;
            if (isAlways) schema.Required.Add(member.Name);
        }
    }

    private IOpenApiSchema OfMember(Type owner, JsonPropertyInfo member, bool command, ISet<string> codes)
    {
        var (type, name) = (Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType, member.Name);
        var isAmended = type.IsAssignableTo(typeof(IAmended));
        if (isAmended) type = type.GenericTypeArguments[0];
        var mayBeNull = isAmended ? member.PropertyType.GetGenericTypeDefinition() == typeof(AmendedOrNone<>) : type != member.PropertyType || (command ? member.AssociatedParameter is { IsNullable: true } : member.IsGetNullable);
        var isList = type == typeof(string[]) || (!command && type.IsGenericType && type.GenericTypeArguments is [var item] && item == typeof(string));
        var schema = type == typeof(string) || isList
            ? OfText(owner, name, command, codes)
            : Of(type, command, codes);
        if (isList) schema = new OpenApiSchema { Type = JsonSchemaType.Array, Items = schema };
        if (schema is OpenApiSchema made)
        {
            if (command && isList)
            {
                made.UniqueItems = true;
                codes.Add("repeated");
                codes.Add("empty-text");
            }

            if (command && (name is "parties" || (name is "places" && owner == typeof(RecordSearch)))) made.MinItems = 1;
            if (command && type == typeof(int)) codes.UnionWith(Form.Bound(made, name));
            if (words.Of(owner, name) is { } description) made.Description = description;
        }

        return mayBeNull && type != typeof(JsonNode) ? OrNull(schema) : schema;
    }

    private IOpenApiSchema OfText(Type owner, string name, bool command, ISet<string> codes)
    {
        var form = command ? Form.OfCommand(owner, name) : Form.OfAnswer(owner, name);
        if (form is null) return new OpenApiSchema { Type = JsonSchemaType.String };
        codes.UnionWith(form.Codes);
        return form.Words is { } enumeration ? Of(enumeration, command, codes) : Shaped(form);
    }

    private static OpenApiSchema Shaped(Form form)
    {
        var schema = new OpenApiSchema { Type = JsonSchemaType.String };
        form.Shape(schema);
        return schema;
    }

    private OpenApiSchema OfWords(Type enumeration)
    {
        var schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [], Description = words.Of(enumeration) };
        foreach (var value in Enum.GetValues(enumeration))
        {
            schema.Enum.Add(Form.Word(value));
            if (words.Of(enumeration, value.ToString()!) is { } meaning) schema.Description += $"\n\n- `{Form.Word(value)}`: {meaning}";
        }

        return schema;
    }

    private static OpenApiSchema OrNull(IOpenApiSchema schema)
    {
        if (schema is not OpenApiSchema { Const: null } made) return new OpenApiSchema { OneOf = [new OpenApiSchema { Type = JsonSchemaType.Null }, schema] };
        made.Type |= JsonSchemaType.Null;
        return made;
    }

    private OpenApiSchemaReference Named(Type type, string name, bool command, Func<OpenApiSchema> make)
    {
        if (_named.TryGetValue(name, out var there))
        {
            if (there.Type != type) throw new InvalidOperationException($"{type} and {there.Type} would both be '{name}' in the contract.");
            if (there.Command != command && !type.IsEnum) throw new InvalidOperationException($"{type} is read strictly and answered: the contract cannot tell which.");
        }
        else
        {
            _named.Add(name, (type, command));
            var schema = make();
            document.Components!.Schemas![name] = schema;
        }

        return new OpenApiSchemaReference(name, document);
    }

    private static string NameOf(Type type)
    {
        if (!type.IsGenericType) return type.Name;
        var inner = NameOf(type.GenericTypeArguments[0]);
        var outer = type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)];
        return outer switch
        {
            "AsKnown" => inner + outer,
            _ when inner.EndsWith("AsKnown", StringComparison.Ordinal) => outer,
            _ => inner + outer,
        };
    }

    /// <summary>The parts of what is told as one flat object; null for all else.</summary>
    private static Type[]? Parts(Type type)
    {
        for (var at = type; at is not null; at = at.BaseType)
            if (at.IsGenericType && at.Name.StartsWith("Flat`", StringComparison.Ordinal)) return at.GenericTypeArguments;
        return null;
    }
}
