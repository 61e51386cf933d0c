namespace Tracker.Legacy;

/// <summary>A shape that events are stored in no more, and how it is read for ever: as the event that took its place.</summary>
/// <param name="StoredName">The name it was stored by. Permanent.</param>
/// <param name="RetiredOn">The day since which nothing is stored in it.</param>
/// <param name="Reason">Why it had to change.</param>
public sealed record RetiredShape(string StoredName, DateOnly RetiredOn, string Reason)
{
    private Action<IReadRetired> Register { get; init; } = _ => { };

    /// <summary>The shapes there have been.</summary>
    public static IReadOnlyList<RetiredShape> All { get; } = [];

    /// <param name="read">The event it was, as it is told today. Pure: it runs again on every reading.</param>
    public static RetiredShape Of<TOld, TNew>(string storedName, DateOnly retiredOn, string reason, Func<TOld, TNew> read)
        where TOld : class where TNew : class =>
        new(storedName, retiredOn, reason) { Register = reader => reader.Read(storedName, read) };

    /// <summary>Tells a store how to read it.</summary>
    public void TellTo(IReadRetired store) => Register(store);
}

/// <summary>A store, as far as it reads what it stores no more.</summary>
public interface IReadRetired
{
    void Read<TOld, TNew>(string storedName, Func<TOld, TNew> read) where TOld : class where TNew : class;
}
