using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Marten;
using Npgsql;
using Tracker.Hosting;

namespace Tracker.Specs.Events;

/// <summary>
/// Once recorded, an event is read for ever. <c>golden/</c> holds one of each as the store keeps it, by its stored name, with a value in
/// every member. A file there never changes and never goes. Members that an event may have since are in a file of their own, <c>agenda_opened.2.json</c>;
/// a shape that must change otherwise gets another name, and the old one is read by <c>Legacy</c>.
/// </summary>
public sealed class reading_a_stored_event
{
    private static readonly JsonSerializerOptions AsInTheFiles = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // As the server configures it; nothing connects before it is asked.
    private static readonly IDocumentStore Store = DocumentStore.For(it => EventStore.Configure(it, NpgsqlDataSource.Create("Host=none")));

    public static TheoryData<string> Names => [.. Golden.Files.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Of each event the last of its files: the one with all members that it may have.</summary>
    public static TheoryData<string> Latest => [.. Golden.Files.Keys.GroupBy(StoredName, StringComparer.Ordinal).Select(x => x.MaxBy(Number)!).Order(StringComparer.Ordinal)];

    [Fact]
    public void needs_a_golden_file_of_each_and_each_file_its_event() =>
        Golden.Files.Keys.Select(StoredName).Distinct().Order(StringComparer.Ordinal).ShouldBe(EventStore.EventNames.Values.Order(StringComparer.Ordinal),
            "tests/Tracker.Specs/Events/golden holds one <stored name>.json for each of EventStore.EventNames: a new event brings its file, and an old one keeps its name");

    [Fact]
    public void is_by_the_name_the_store_gives_it() =>
        Store.Options.Events.AllKnownEventTypes().Where(x => x.EventType.Assembly == typeof(EventStore).Assembly)
            .ToDictionary(x => x.EventType, x => x.EventTypeName).ShouldBe(EventStore.EventNames, ignoreOrder: true);

    [Theory, MemberData(nameof(Names))]
    public void gives_the_event_and_the_event_the_same_bytes(string name)
    {
        var stored = Golden.Files[name];
        var @event = Read(stored, name);

        Told(Write(@event)).ShouldBe(stored);
        Read(Write(@event), name).ShouldBeEquivalentTo(@event);
    }

    [Theory, MemberData(nameof(Latest))]
    public void finds_a_value_in_every_member(string name) => Unsaid(Read(Golden.Files[name], name), name).ShouldBeEmpty();

    [Theory, MemberData(nameof(Names))]
    public void does_not_mind_the_order_of_members(string name)
    {
        // The database keeps JSON in an order of its own.
        using var stored = JsonDocument.Parse(Golden.Files[name]);
        var turned = $"{{{string.Join(',', stored.RootElement.EnumerateObject().Reverse().Select(x => $"\"{x.Name}\":{x.Value.GetRawText()}"))}}}";

        Told(Write(Read(turned, name))).ShouldBe(Golden.Files[name]);
    }

    [Fact]
    public void knows_every_word_that_was_ever_stored() =>
        Told(JsonSerializer.Serialize(WordsOf([.. EventStore.EventNames.Keys]))).ShouldBe(Golden.Words,
            "tests/Tracker.Specs/Events/words.json lists the words that events may hold: a new word is added there, and none is taken away");

    private static string StoredName(string file) => file.Split('.')[0];

    private static int Number(string file) => file.Split('.') is [_, var number] ? int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) : 1;

    private static object Read(string json, string name)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return Store.Options.Serializer().FromJson(EventStore.EventNames.Single(x => x.Value == StoredName(name)).Key, stream);
    }

    private static string Write(object @event) => Store.Options.Serializer().ToJson(@event);

    private static string Told(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(document.RootElement, AsInTheFiles) + "\n";
    }

    /// <summary>The members, however deep, that hold what a member holds of which nothing was read.</summary>
    private static IEnumerable<string> Unsaid(object? value, string at) => value switch
    {
        null => [at],
        string { Length: 0 } => [at],
        string => [],
        IEnumerable list when !list.Cast<object>().Any() => [at],
        IEnumerable list => list.Cast<object>().SelectMany((x, i) => Unsaid(x, $"{at}[{i}]")),
        _ when IsOurs(value.GetType()) => Members(value.GetType()).SelectMany(x => Unsaid(x.GetValue(value), $"{at}.{x.Name}")),
        _ => value.Equals(Activator.CreateInstance(value.GetType())) ? [at] : [],
    };

    private static SortedDictionary<string, string[]> WordsOf(Type[] events)
    {
        var words = new SortedDictionary<string, string[]>(StringComparer.Ordinal);
        var seen = new HashSet<Type>();
        var open = new Queue<Type>(events);
        while (open.TryDequeue(out var type))
        {
            if (!seen.Add(type)) continue;
            if (type.IsEnum) words.Add(type.Name, [.. Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName)]);
            foreach (var argument in type.GenericTypeArguments) open.Enqueue(argument);
            if (!IsOurs(type)) continue;
            foreach (var member in Members(type)) open.Enqueue(member.PropertyType);
        }

        return words;
    }

    private static bool IsOurs(Type type) => type.IsClass && type.Assembly == typeof(EventStore).Assembly;

    private static IEnumerable<PropertyInfo> Members(Type type) => type.GetConstructors().MaxBy(x => x.GetParameters().Length)!.GetParameters()
        .Select(x => type.GetProperty(x.Name!) ?? throw new InvalidOperationException($"{type.Name} takes {x.Name} and does not keep it."));
}
