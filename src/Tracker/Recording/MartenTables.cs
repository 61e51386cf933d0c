using System.Security.Cryptography;
using System.Text;

namespace Tracker.Recording;

/// <summary>
/// All SQL of ours that names tables of Marten's own, which it promises nobody. Each statement stands here because Marten's
/// public way would cost more, or does
/// not lead there; all else goes through Marten. Whoever takes another version of Marten looks at these first, and then names that version here.
/// </summary>
public static class MartenTables
{
    /// <summary>The version of Marten whose tables these statements were last held against.</summary>
    public const string MartenVersion = "9.58.0";

    /// <summary>The events: one row each.</summary>
    public const string Events = "tracker.mt_events";

    /// <summary>The columns that the statements here use, as PostgreSQL names their types.</summary>
    public static IReadOnlyDictionary<string, string> Columns { get; } = new Dictionary<string, string>
    {
        // The store's own number of the event, and the event's place in its stream: from 1, without gaps.
        ["seq_id"] = "bigint",
        ["stream_id"] = "character varying",
        ["version"] = "bigint",
        // What happened, the stored name of its kind, and the type it was written from.
        ["data"] = "jsonb",
        ["type"] = "character varying",
        ["mt_dotnet_type"] = "character varying",
        // What the recorder says of it: its position, and whether it is the last of its recording.
        ["headers"] = "jsonb",
    };

    /// <summary>
    /// The numbers of an agenda's events after <c>$1</c>, in their order; its streams' names begin with <c>$2</c>. Marten's query
    /// would read the events themselves.
    /// </summary>
    public const string SequencesAfter = $"select seq_id from {Events} where seq_id > $1 and starts_with(stream_id, $2) order by seq_id";

    /// <summary>
    /// The numbers of all events with their agendas, in their order: one look, however many agendas there are. Their streams'
    /// names begin with the agenda's, which
    /// no index serves in every language of a database. Marten's query would read the events themselves.
    /// </summary>
    public const string Sequences = $"select seq_id, split_part(stream_id, '/', 1) from {Events} order by seq_id";

    /// <summary>
    /// Writes an event in the shape of now: <c>$3</c> in the place of what stream <c>$1</c> says in its version <c>$2</c>.
    /// Marten's own way of overwriting
    /// keeps the stored name, and so cannot write what was read from a retired shape.
    /// </summary>
    public const string Rewrite = $"update {Events} set data = $3::jsonb, type = $4, mt_dotnet_type = $5 where stream_id = $1 and version = $2";

    /// <summary>The same where the shape stays, of which nothing but the text is known.</summary>
    public const string RewriteData = $"update {Events} set data = $3::jsonb where stream_id = $1 and version = $2::bigint";

    /// <summary>
    /// The numbers of events after <c>$5</c> and recorded through <c>$4</c>, <c>$6</c> at most, of streams that are named by a
    /// query, each with the version and
    /// the position after which its events are meant. Marten joins events with nothing.
    /// </summary>
    /// <param name="streams">Gives <c>(stream, versions, positions)</c>.</param>
    public static string SequencesOf(string streams) => $"""
        with theirs (stream, versions, positions) as (
            {streams})
        select e.seq_id from theirs t join {Events} e on e.stream_id = t.stream and e.version > t.versions
        where (e.headers ->> 'position')::bigint > t.positions and (e.headers ->> 'position')::bigint <= $4 and e.seq_id > $5 and $2 <> ''
        order by e.seq_id limit $6
        """;

    /// <summary>
    /// Each event, as stream, version and text, of the streams whose names begin with <c>$1</c> and whose first event names
    /// <c>$2</c>. Marten looks into no
    /// event whose type it is not told.
    /// </summary>
    /// <param name="member">The member of the first event that names it.</param>
    public static string Naming(string member) => $"""
        select e.stream_id, e.version::text, e.data::text from {Events} e
        join {Events} f on f.stream_id = e.stream_id and f.version = 1
        where starts_with(e.stream_id, $1) and f.data->>'{member}' = $2
        """;

    /// <summary>The condition that an agenda holds events of other types than those that are named. It asks an index that only
    /// such events are in: Marten has no such question.</summary>
    /// <param name="agenda">What says the agenda in the query.</param>
    public static string HoldsOthers(string agenda, IEnumerable<string> types) => $"exists (select from {Events} other where split_part(other.stream_id, '/', 1) = {agenda} and {IsOther("other.type", types)})";

    /// <summary>A query for the agendas that hold events of other types than those that are named.</summary>
    public static string AgendasOfOthers(IEnumerable<string> types) => $"select distinct split_part(stream_id, '/', 1) from {Events} where {IsOther("type", types)}";

    /// <summary>
    /// The index of events of other types than those that are named, by their agendas: where there are none it is empty, and
    /// costs an append next to nothing.
    /// Each set of types has its own.
    /// </summary>
    public static (string Name, string Create, string Drop) IndexOfOthers(IReadOnlyList<string> types)
    {
        var name = $"ix_events_other_than_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(',', types))))[..12]}";
        return ($"tracker.{name}", $"create index concurrently if not exists {name} on {Events} (split_part(stream_id, '/', 1)) where {IsOther("type", types)}",
            $"drop index concurrently if exists tracker.{name}");
    }

    // Written out, and as one comparison: an index of some rows serves those questions alone that repeat its condition word for word, and that of a
    // list the planner would prove item by item, each time.
    private static string IsOther(string column, IEnumerable<string> types) => $"strpos(',{string.Join(',', types.Select(Plain))},', ',' || {column} || ',') = 0";

    private static string Plain(string type) => type.All(x => char.IsAsciiLetterLower(x) || char.IsAsciiDigit(x) || x is '_')
        ? type
        : throw new ArgumentException($"'{type}' is no stored name.", nameof(type));
}
