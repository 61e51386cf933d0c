using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Commitments;
using Tracker.Evidence;
using Tracker.Recording;
using Tracker.Reports.Schedules;
using Tracker.Sources;

namespace Tracker.Hosting.Contract;

/// <summary>
/// What a text on the wire must look like. Commands take their words as texts, so that a wrong one is told by its own code; what a
/// text is, its name says: a name means the same everywhere in the API.
/// </summary>
/// <param name="Shape">What its schema says.</param>
/// <param name="Words">The enumeration whose words it takes; null for other texts.</param>
/// <param name="Codes">What a command is refused with where it is not of this form, or names what is not there.</param>
internal sealed record Form(Action<OpenApiSchema> Shape, Type? Words = null, params string[] Codes)
{
    /// <summary>A moment: an instant with its offset, or a position in digits.</summary>
    public const string KnownAtPattern = "^([0-9]+|[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,7})?([Zz]|[+ -][0-9]{2}:[0-9]{2}))$";

    private const string Point = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?";

    private static readonly Form Text = new(schema => (schema.Pattern, schema.MaxLength) = ("\\S", 20_000), null, "empty-text");
    private static readonly Form Name = Slugged("bad-slug");

    public static readonly Form Day = new(schema => schema.Format = "date", null, "bad-date");
    public static readonly Form Instant = new(schema => schema.Format = "date-time", null, "bad-date");

    /// <summary>EDTF (ISO 8601-2) level 0.</summary>
    public static readonly Form Date = new(schema =>
    {
        schema.Pattern = $"^{Point}(/{Point})?$";
        schema.Description ??= "A date as precise as it is known (EDTF level 0): a year, a month, a day, or an interval of two of them.";
    }, null, "bad-date");

    private static readonly Form PartyCode = new(schema => schema.Pattern = "^[A-Za-z0-9][A-Za-z0-9._-]{0,19}$");
    private static readonly Form Url = new(schema => (schema.Format, schema.Pattern) = ("uri", "^[Hh][Tt][Tt][Pp][Ss]?://"), null, "bad-url");

    private static readonly FrozenDictionary<string, Form> ByName = new Dictionary<string, Form>
    {
        ["slug"] = Name,
        ["key"] = Name,
        ["agenda"] = Name,
        ["source"] = Slugged("unknown-source", "withdrawn-source"),
        ["sources"] = Slugged("unknown-source", "withdrawn-source"),
        ["activity"] = Slugged("unknown-activity", "withdrawn-activity"),
        ["commitment"] = Slugged("unknown-commitment", "withdrawn-commitment"),
        ["code"] = PartyCode with { Codes = ["bad-party-code", "repeated"] },
        ["party"] = PartyCode with { Codes = ["unknown-party"] },
        ["places"] = Text with { Codes = ["no-places", "empty-text"] },
        ["parties"] = PartyCode with { Codes = ["no-parties", "unknown-party"] },
        ["type"] = Of<CommitmentType>("bad-type"),
        ["depth"] = Of<Depth>("bad-depth"),
        ["bar"] = Of<Depth>("bad-depth"),
        ["direction"] = Of<Direction>("bad-direction"),
        ["tier"] = Of<SourceTier>("bad-tier"),
        ["state"] = Of<EvidenceState>("bad-state"),
        ["decision"] = Of<ReviewDecision>("bad-decision"),
        ["review"] = Of<ReviewPolicy>("bad-review"),
        ["visibility"] = Of<Visibility>("bad-visibility"),
        ["version"] = new(schema => schema.Enum = [Codebook.DepthLadder2, Codebook.DepthLadder1], null, "unknown-codebook"),
        ["date"] = Day,
        ["madeOn"] = Day,
        ["publishedOn"] = Day,
        ["searchedThrough"] = Day,
        ["through"] = Day,
        ["joinedOn"] = Day,
        ["leftOn"] = Day,
        ["expiresAt"] = Instant,
        ["at"] = Instant,
        ["occurred"] = Date,
        ["dueOn"] = Date,
        ["url"] = Url,
        ["archiveUrl"] = Url,
        ["language"] = new(schema => schema.Pattern = "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", null, "bad-language"),
        ["sha256"] = new(schema => schema.Pattern = "^[0-9a-f]{64}$", null, "bad-sha256"),
        ["format"] = new(schema => schema.Const = Exchange.Bundle.Format1),
        ["cron"] = Text with { Codes = ["bad-cron", "empty-text"] },
        ["timeZone"] = Text with { Codes = ["bad-time-zone"] },
        ["formats"] = Of<ReportFormat>("bad-format"),
        ["email"] = new(schema => (schema.Format, schema.MaxLength) = ("email", 254), null, "bad-email"),
        ["webhook"] = Text with { Codes = ["unknown-webhook"] },
    }.ToFrozenDictionary();

    /// <summary>The same name means another thing in these.</summary>
    private static readonly FrozenDictionary<(string Type, string Name), Form> Exceptions = new Dictionary<(string, string), Form>
    {
        [(nameof(Reports.IssueReport), "validAt")] = Day,
        [(nameof(Reports.IssueReport), "knownAt")] = new(schema => schema.Pattern = KnownAtPattern, null, "bad-instant"),
        [(nameof(Reports.IssueReport), "since")] = Slugged("bad-since"),
        [("Sources", "kind")] = Of<SourceKind>("bad-kind"),
        [("Activities", "kind")] = Of<ActivityKind>("bad-kind"),
        [(nameof(Exchange.BundledSource), "kind")] = Of<SourceKind>("bad-kind"),
        [(nameof(Exchange.BundledActivity), "kind")] = Of<ActivityKind>("bad-kind"),
        [("Access", "role")] = Of<Role>("bad-role"),
        [("Access", "name")] = new(schema => (schema.Pattern, schema.MaxLength) = ("^[^\\u0000-\\u001f\\u007f]*[^\\u0000-\\u001f\\u007f\\s][^\\u0000-\\u001f\\u007f]*$", 200), null, "bad-name", "empty-text"),
        [("Webhooks", "events")] = Of<Delivery.Occasion>("bad-event"),
        [("Webhooks", "secret")] = new(schema => schema.Pattern = "^whsec_[A-Za-z0-9+/]{32,86}={0,2}$", null, "bad-secret"),
        [("Webhooks", "contact")] = new(schema => (schema.Format, schema.MaxLength) = ("email", 254), null, "bad-email"),
    }.ToFrozenDictionary();

    /// <summary>What a text of a command is, by its name and the command's feature.</summary>
    public static Form OfCommand(Type command, string name) => Special(command, name) ?? Text;

    /// <summary>What a text of an answer is; null where it may be any.</summary>
    public static Form? OfAnswer(Type view, string name) =>
        view == typeof(Problem) || view.Namespace == typeof(Access.Key).Namespace ? null : Special(view, name) is { Words: null } form && name is not ("format" or "key") ? form : null;

    private static Form? Special(Type type, string name) =>
        Exceptions.GetValueOrDefault((type.Name, name)) ?? Exceptions.GetValueOrDefault((type.Namespace!.Split('.')[^1], name)) ?? ByName.GetValueOrDefault(name);

    private static Form Slugged(params string[] codes) => new(schema => schema.Pattern = Slug.Pattern, null, codes);

    private static Form Of<T>(string code) where T : struct, Enum => new(_ => { }, typeof(T), code);

    /// <summary>What keeps a number of a command from being taken; the bounds of <see cref="OpenAgenda"/> and its like.</summary>
    public static string[] Bound(OpenApiSchema schema, string name)
    {
        if (name is not ("staleAfterDays" or "coverageDays")) return [];
        (schema.Minimum, schema.Maximum) = ("1", 36_525.ToString(CultureInfo.InvariantCulture));
        return [name is "coverageDays" ? "bad-coverage-days" : "bad-stale-after-days"];
    }

    public static JsonNode Word(object value) => JsonValue.Create(char.ToLowerInvariant(value.ToString()![0]) + value.ToString()![1..]);
}
