using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Tracker.Hosting.Contract;

/// <summary>What the code says of itself: the summaries beside the types, which are the contract's descriptions as well.</summary>
internal sealed partial class Summaries
{
    private readonly Dictionary<string, XElement> _members;

    private Summaries(Dictionary<string, XElement> members) => _members = members;

    /// <summary>Reads the file that the compiler puts beside the program; without it, nothing is described.</summary>
    public static Summaries BesideTheProgram()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Tracker.xml");
        return new(File.Exists(path)
            ? XDocument.Load(path, LoadOptions.PreserveWhitespace).Descendants("member").ToDictionary(x => x.Attribute("name")!.Value, StringComparer.Ordinal)
            : []);
    }

    public string? Of(Type type) => Text(Find("T", type)?.Element("summary"));

    /// <summary>What is said of a record's member, a property, or a word of an enumeration.</summary>
    public string? Of(Type type, string member)
    {
        var name = char.ToUpperInvariant(member[0]) + member[1..];
        return Text(Find("T", type)?.Elements("param").FirstOrDefault(x => x.Attribute("name")!.Value == name))
            ?? Text(Find("P", type, name)?.Element("summary")) ?? Text(Find("F", type, name)?.Element("summary"));
    }

    /// <summary>What is said of the method of that name, however it is called.</summary>
    public string? Of(System.Reflection.MethodInfo method) =>
        Text(_members.FirstOrDefault(x => x.Key.StartsWith($"M:{NameOf(method.DeclaringType!)}.{method.Name}(", StringComparison.Ordinal)).Value?.Element("summary"));

    private XElement? Find(string kind, Type type, string? member = null) =>
        _members.GetValueOrDefault($"{kind}:{NameOf(type)}{(member is null ? "" : "." + member)}");

    private static string NameOf(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static string? Text(XElement? element)
    {
        if (element is null) return null;
        var text = string.Concat(element.Nodes().Select(node => node switch
        {
            XText plain => plain.Value,
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement { Name.LocalName: "see" } see => Last(see.Attribute("cref")?.Value ?? see.Attribute("langword")?.Value ?? ""),
            XElement { Name.LocalName: "paramref" or "typeparamref" } name => $"`{Camel(name.Attribute("name")!.Value)}`",
            XElement other => other.Value,
            _ => "",
        }));
        return Spaces().Replace(text, " ").Trim() is { Length: > 0 } said ? said : null;
    }

    private static string Last(string reference) => $"`{Camel(reference.Split('.', ':')[^1])}`";

    private static string Camel(string name) => name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name[1..];

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();
}
