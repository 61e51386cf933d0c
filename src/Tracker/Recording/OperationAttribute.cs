namespace Tracker.Recording;

/// <summary>
/// What an endpoint is to a client, beside its address: the published contract is made of these. Every endpoint of the API carries
/// one; a test fails for one that does not.
/// </summary>
/// <param name="id">What a generated client calls it. Permanent.</param>
/// <param name="summary">What it does, in one line.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OperationAttribute(string id, string summary) : Attribute
{
    public string Id { get; } = id;

    public string Summary { get; } = summary;

    /// <summary>The command in the body; none for a read.</summary>
    public Type? Takes { get; init; }

    /// <summary>The media types, beside JSON, in which it takes the same.</summary>
    public string[] TakesAlso { get; init; } = [];

    /// <summary>The media types, beside JSON, in which it answers the same.</summary>
    public string[] GivesAlso { get; init; } = [];

    /// <summary>What the body of the answer is; none for an answer without one.</summary>
    public Type? Gives { get; init; }

    /// <summary>The media type of the answer.</summary>
    public string Media { get; init; } = "application/json";

    /// <summary>Whether it may be answered with a proposal instead (202): what moves accepted evidence takes a second person.</summary>
    public bool Waits { get; init; }

    /// <summary>The status of success.</summary>
    public int Status { get; init; } = 200;

    public Asks Asks { get; init; }

    /// <summary>
    /// Refusals beside those that follow from what it takes and asks: <c>409 in-use</c>. What a field may be refused for follows from
    /// the field.
    /// </summary>
    public string[] Refuses { get; init; } = [];

    /// <summary>Whether it may come again under one key: a read changes nothing, and of a command that takes a key the answer is kept.</summary>
    public bool IsRepeatable(string verb) => HttpMethods.IsGet(verb) || HttpMethods.IsHead(verb) || Asks.HasFlag(Asks.RepeatKey);
}

/// <summary>What a client may say beside the address and the body.</summary>
[Flags]
public enum Asks
{
    Nothing = 0,

    /// <summary>The day, what was known then, since when, and the position to wait for.</summary>
    AsOf = 1,

    /// <summary>Which part of a list.</summary>
    Page = 2,

    /// <summary>The tag of an answer it has already.</summary>
    Tag = 4,

    /// <summary>The version of the thing it has seen.</summary>
    Version = 8,

    /// <summary>A key under which it may repeat the command.</summary>
    RepeatKey = 16,

    /// <summary>The position to wait for; <see cref="AsOf"/> says it too.</summary>
    AtLeast = 32,

    /// <summary>The date of an answer it has already.</summary>
    Date = 64,

    /// <summary>What every command about one thing may say.</summary>
    Command = Version | RepeatKey,

    /// <summary>What every read of an agenda may say.</summary>
    Read = AsOf | Tag,

    /// <summary>What every list of an agenda may say.</summary>
    List = Read | Page,
}

/// <summary>In the contract: one flat object with the members of each; of two members of one name, the later.</summary>
public abstract class Flat<T1, T2>;

/// <inheritdoc cref="Flat{T1,T2}"/>
public abstract class Flat<T1, T2, T3>;

/// <inheritdoc cref="Flat{T1,T2}"/>
public abstract class Flat<T1, T2, T3, T4>;

/// <summary>What is answered is what is taken: its one schema in the contract is the strict one.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AnsweredAsTakenAttribute : Attribute;

/// <summary>A value that an endpoint takes in its query, beside those it <see cref="Asks"/> for.</summary>
/// <param name="name">Its name in the query.</param>
/// <param name="type">What it is: a day, a word of an enumeration, a text.</param>
/// <param name="summary">What it does, in one line.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class QueryAttribute(string name, Type type, string summary) : Attribute
{
    public string Name { get; } = name;

    public Type Type { get; } = type;

    public string Summary { get; } = summary;
}

/// <summary>The query parameters of a page, by name; one without it takes none. It refuses all others but those that links are commonly decorated with.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PageQueryAttribute(params string[] names) : Attribute
{
    public IReadOnlyList<string> Names { get; } = names;
}
