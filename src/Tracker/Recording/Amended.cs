using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tracker.Recording;

/// <summary>What a correction says a member is from now on. A member that is absent stays as it was; <c>null</c> is no value for it.</summary>
[JsonConverter(typeof(AmendedConverter))]
public readonly record struct Amended<T>(T? Value, bool IsGiven) : IAmended where T : class
{
    /// <summary>What it is from now on: what was given, read, or what it was.</summary>
    public TRead Or<TRead>(TRead was, Func<T, TRead> read) => IsGiven ? read(Value!) : was;
}

/// <summary>The same for a member that may have no value: <c>null</c> takes it away.</summary>
[JsonConverter(typeof(AmendedConverter))]
public readonly record struct AmendedOrNone<T>(T? Value, bool IsGiven) : IAmended where T : class
{
    /// <summary>What it is from now on: what was given, read, or what it was.</summary>
    public TRead Or<TRead>(TRead was, Func<T?, TRead> read) => IsGiven ? read(Value) : was;
}

public interface IAmended
{
    bool IsGiven { get; }
}

/// <summary>A command that says of a thing what was wrong: any of its members, and why.</summary>
/// <param name="Reason">Why, for whoever reads the history.</param>
public abstract record Correction(string Reason)
{
    /// <summary>The reason, and whether anything is said beside it.</summary>
    protected string ReadReason(Problems problems)
    {
        if (!Array.Exists(GetType().GetProperties(), x => x.CanWrite && x.GetValue(this) is IAmended { IsGiven: true }))
            problems.Add("", "nothing-given", "A correction must say what is corrected, beside its 'reason'.");
        return problems.Text("reason", Reason);
    }
}

/// <summary>Tells what is absent from what is <c>null</c>.</summary>
internal sealed class AmendedConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeof(IAmended).IsAssignableFrom(typeToConvert);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance((typeToConvert.GetGenericTypeDefinition() == typeof(Amended<>) ? typeof(Of<>) : typeof(OrNone<>))
            .MakeGenericType(typeToConvert.GenericTypeArguments))!;

    private sealed class Of<T> : JsonConverter<Amended<T>> where T : class
    {
        public override bool HandleNull => true;

        public override Amended<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonSerializer.Deserialize<T>(ref reader, options) ?? throw new JsonException("The value must not be null."), true);

        public override void Write(Utf8JsonWriter writer, Amended<T> value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value.Value, options);
    }

    private sealed class OrNone<T> : JsonConverter<AmendedOrNone<T>> where T : class
    {
        public override bool HandleNull => true;

        public override AmendedOrNone<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonSerializer.Deserialize<T>(ref reader, options), true);

        public override void Write(Utf8JsonWriter writer, AmendedOrNone<T> value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value.Value, options);
    }
}
