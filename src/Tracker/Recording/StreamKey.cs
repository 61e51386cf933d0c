namespace Tracker.Recording;

/// <summary>
/// The key of an event stream: <c>{agenda}/agenda</c> for the agenda itself, <c>{agenda}/{kind}/{name}</c> for all else. The primary
/// key of the streams table keeps names unique under races. This shape is permanent.
/// </summary>
public readonly record struct StreamKey
{
    private StreamKey(string agenda, string kind, string name) => (Agenda, Kind, Name) = (agenda, kind, name);

    public string Agenda { get; }

    public string Kind { get; }

    public string Name { get; }

    /// <summary>Whether the names are slugs. Nothing is looked up under a key that is not valid.</summary>
    public bool IsValid => Slug.IsValid(Agenda) && Slug.IsValid(Name);

    /// <summary>Where the thing is read.</summary>
    public string Address => Kind == "agenda" ? $"/api/v1/agendas/{Agenda}" : $"/api/v1/agendas/{Agenda}/{Kind}/{Name}";

    public static StreamKey ForAgenda(string agenda) => new(agenda, "agenda", agenda);

    public static StreamKey Of<T>(string agenda, string name) where T : class, IFolded<T> =>
        T.Kind == "agenda" ? ForAgenda(agenda) : new(agenda, T.Kind, name);

    /// <summary>The key of a thing by the name of its kind.</summary>
    public static StreamKey Of(string agenda, string kind, string name) => kind == "agenda" ? ForAgenda(agenda) : new(agenda, kind, name);

    /// <summary>Reads a key back from its stored form.</summary>
    /// <exception cref="FormatException">The text is not a stream key.</exception>
    public static StreamKey Parse(string text)
    {
        var parts = text.Split('/');
        return parts switch
        {
            [var agenda, "agenda"] => ForAgenda(agenda),
            [var agenda, var kind, var name] => new(agenda, kind, name),
            _ => throw new FormatException($"'{text}' is not a stream key."),
        };
    }

    public override string ToString() => Kind == "agenda" ? $"{Agenda}/agenda" : $"{Agenda}/{Kind}/{Name}";
}
