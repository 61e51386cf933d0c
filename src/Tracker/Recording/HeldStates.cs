namespace Tracker.Recording;

/// <summary>
/// The states of streams as of a recording of their agenda. They hold while the locked line is still at that recording; else they are read anew.
/// </summary>
internal sealed class HeldStates
{
    private const long MostBytes = 32_000_000;
    // A state with its place: more for a report, less for a source.
    private const long BytesEach = 2_000;

    private readonly RecentlyUsed<string, OfAgenda> _held = new(MostBytes);

    /// <summary>What is held of an agenda as its line is now; nothing where it has gone on, or its tables were made again.</summary>
    public OfAgenda At(string agenda, AgendaLine.Head head) =>
        _held.TryGet(agenda, out var held) && held.Position == head.Position && held.RecordedAt == head.RecordedAt && held.Rebuilt == head.Rebuilt ? held : new OfAgenda(head);

    public void Set(string agenda, OfAgenda states) => _held.Set(agenda, states, (states.States.Count + 1) * BytesEach);

    public void Drop(string agenda) => _held.Remove(agenda);

    /// <summary>Of one agenda.</summary>
    /// <param name="head">Its line's.</param>
    internal sealed class OfAgenda(AgendaLine.Head head)
    {
        public long Position { get; set; } = head.Position;

        public DateTimeOffset? RecordedAt { get; set; } = head.RecordedAt;

        public long Rebuilt => head.Rebuilt;

        /// <summary>Null is a stream that there is not.</summary>
        public Dictionary<StreamKey, object?> States { get; } = [];

        /// <summary>By which recording each was changed last, in anything that others rest on.</summary>
        public Dictionary<StreamKey, long> ChangedAt { get; } = [];
    }
}
