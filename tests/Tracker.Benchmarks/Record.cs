using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tracker.Benchmarks;

/// <summary>How much an agenda holds.</summary>
internal sealed record Shape(int Commitments, int Activities, int Evidence)
{
    /// <summary>The large agenda of the measures.</summary>
    public static Shape Large { get; } = new(1_000, 10_000, 20_000);

    /// <summary>One that commands go to.</summary>
    public static Shape Medium { get; } = new(20, 200, 200);

    public static Shape Small { get; } = new(8, 20, 20);
}

/// <summary>An agenda as a bundle in lines, and how many events its import makes.</summary>
internal sealed record Bundled(string Agenda, byte[] Lines, int Events);

/// <summary>
/// A record made from a seed: the same seed and name give the same agenda. Agendas are of very different size, few commitments have most of the
/// evidence, most evidence is shallow, and texts are about as long as those of the Bali record; some are Chinese.
/// </summary>
internal sealed class Record(int seed)
{
    private const int LargestAgenda = 50_000;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
    private static readonly DateOnly Baseline = new(2022, 11, 14);
    private static readonly (string Code, string Name)[] Parties = [("US", "United States"), ("PRC", "People's Republic of China"), ("EU", "European Union"), ("IDN", "Indonesia")];
    private static readonly string[] Offices = ["Department of State", "Ministry of Foreign Affairs", "Treasury", "Ministry of Commerce", "Office of the Special Envoy for Climate", "Ministry of National Defense"];
    private static readonly string[] Topics = ["climate", "debt relief", "food security", "export controls", "military communication", "fentanyl precursors", "flights", "student exchange", "artificial intelligence", "fisheries"];
    private static readonly string[] Acts = ["hold talks on", "open a working group on", "publish a joint text on", "restore the dialogue on", "agree on next steps for", "announce measures on", "suspend consultations on", "appoint an envoy for"];
    private static readonly string[] Phrases =
    [
        "The two sides exchanged views in depth and in a candid manner.", "By the readout it is unclear what substantive progress was made, if any.", "The meeting had been announced a week earlier.",
        "Each side named a contact for the work that follows.", "The other account gives another place and leaves out the second day.", "Nothing was set up to last, so it is contact and no more.",
        "A text was signed at the end, and its annex names the days on which it takes effect.", "Officials spoke of a constructive beginning.", "双方就共同关心的问题坦诚、深入地交换了意见。", "双方同意保持沟通。",
    ];

    private static readonly (string Word, int Weight)[] Depths = [("words", 35), ("contact", 35), ("mechanism", 18), ("measure", 9), ("delivered", 3)];
    private static readonly (string Word, int Weight)[] Directions = [("advances", 75), ("reaffirms", 15), ("undercuts", 10)];
    private static readonly (string Word, int Weight)[] States = [("accepted", 85), ("proposed", 12), ("rejected", 3)];
    private static readonly (string Word, int Weight)[] Types = [("continuing", 5), ("deliverable", 4), ("restraint", 1)];
    private static readonly (string Word, int Weight)[] Kinds = [("meeting", 40), ("statement", 25), ("call", 12), ("visit", 8), ("publication", 6), ("agreement", 4), ("body", 3), ("measure", 2)];

    /// <summary>The shapes of the agendas of a store: the n-th is a share of the first by one over n, as such sizes are.</summary>
    public static IEnumerable<Shape> Store(int events)
    {
        var agendas = Math.Max(3, events / 2_000);
        var whole = Enumerable.Range(1, agendas).Sum(n => 1.0 / n);
        for (var (n, left) = (1, events); left > 100; n++)
        {
            var size = (int)Math.Clamp(Math.Ceiling(events / whole / n), 100, Math.Min(LargestAgenda, left));
            left -= size;
            // A piece of evidence makes nearly two events, an activity and a commitment one.
            var evidence = size * 2 / 5;
            yield return new Shape(Math.Max(4, size / 60), Math.Max(4, size - (evidence * 37 / 20) - (size / 60)), evidence);
        }
    }

    /// <summary>An agenda's whole record.</summary>
    /// <param name="evidenceFrom">Numbers its evidence from here on, so that a second bundle adds to the first.</param>
    public Bundled Bundle(string agenda, Shape shape, int evidenceFrom = 0)
    {
        var some = new Some(unchecked(seed ^ Fold(agenda)));
        using var lines = new MemoryStream();
        var events = 0;
        var sources = Math.Max(2, shape.Activities / 40);
        Line(new
        {
            format = "tracker-bundle/1",
            agenda = new
            {
                slug = agenda,
                title = $"What was said on {some.One(Topics)} ({agenda})",
                parties = Parties.Select(x => new { code = x.Code, name = x.Name }),
                baseline = new { name = "The summit", date = Day(Baseline), place = "Bali, Indonesia" },
                codebook = new { bar = "mechanism", staleAfterDays = 90, review = "second" },
                summary = some.Text(3)
            }
        });
        for (var i = 0; i < sources; i++)
            Line(new
            {
                source = new
                {
                    slug = $"s-{i}",
                    kind = i % 3 == 0 ? "readout" : "article",
                    tier = i % 3 == 0 ? "readout" : "press",
                    issuer = Parties[i % 4].Code,
                    title = $"Readout of the talks on {some.One(Topics)}, no. {i}",
                    url = $"https://example.org/{agenda}/{i}",
                    language = i % 5 == 0 ? "zh" : "en"
                }
            });
        for (var i = 0; i < shape.Commitments; i++)
            Line(new
            {
                commitment = new
                {
                    slug = $"c-{i}",
                    title = some.Title(),
                    type = some.Weighed(Types),
                    madeOn = Day(Baseline),
                    parties = (string[])[Parties[0].Code, Parties[1].Code],
                    criteria = some.Text(2),
                    dueOn = some.Chance(4) ? Day(Baseline.AddDays(60 + some.Below(600))) : null,
                    tags = (string[])[some.One(Topics)],
                    clauses = Parties.Take(2).Select((x, n) => new { party = x.Code, source = $"s-{some.Below(sources)}", quote = some.Text(1), language = n == 0 ? "en" : null })
                }
            });
        for (var i = 0; i < shape.Activities; i++) Line(new { activity = Activity(some, $"x-{i}", sources) });
        // What advances which has the parties that took part: of each activity the first two, as Activity gives them.
        for (var i = evidenceFrom; i < evidenceFrom + shape.Evidence; i++)
        {
            var state = some.Weighed(States);
            if (state != "proposed") events++;
            Line(new
            {
                evidence = new
                {
                    key = $"e-{i}",
                    commitment = $"c-{some.Skewed(shape.Commitments)}",
                    activity = $"x-{some.Below(shape.Activities)}",
                    depth = some.Weighed(Depths),
                    direction = some.Weighed(Directions),
                    parties = (string[])[some.Chance(2) ? "US" : "PRC"],
                    rationale = some.Text(2),
                    state,
                    coder = "first reader",
                    citations = (object[])[new { source = $"s-{some.Below(sources)}", quote = some.Text(1) }],
                    review = state == "proposed" ? null : new { decision = state == "accepted" ? "accept" : "reject", rationale = some.Text(1), reviewer = "second reader" }
                }
            });
        }

        return new(agenda, lines.ToArray(), events);

        void Line(object line)
        {
            if (lines.Length > 0) lines.WriteByte((byte)'\n');
            JsonSerializer.Serialize(lines, line, Json);
            events++;
        }
    }

    /// <summary>The second part of an agenda: the line that names it, and its evidence alone.</summary>
    public Bundled Evidence(string agenda, Shape shape)
    {
        var whole = Bundle(agenda, shape).Lines.AsSpan();
        var first = whole[..(whole.IndexOf((byte)'\n') + 1)];
        var evidence = whole[(whole.IndexOf("\n{\"evidence\""u8) + 1)..];
        return new(agenda, [.. first, .. evidence], shape.Evidence);
    }

    /// <summary>A command that reports an activity, as JSON.</summary>
    public string ActivityCommand(string slug) => JsonSerializer.Serialize(Activity(new Some(unchecked(seed ^ Fold(slug))), slug, 2), Json);

    private static object Activity(Some some, string slug, int sources) => new
    {
        slug,
        kind = some.Weighed(Kinds),
        title = some.Title(),
        occurred = some.Day(),
        summary = some.Text(2),
        place = some.Chance(3) ? "Beijing" : null,
        participants = Parties.Take(2 + some.Below(2)).Select(x => new { party = x.Code, name = some.One(Offices) }),
        sources = (string[])[$"s-{some.Below(sources)}"],
        accounts = some.Chance(4) ? new[] { new { source = $"s-{some.Below(sources)}", quote = some.Text(1), place = "Langfang" } } : null,
    };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // A string's own hash differs from run to run.
    private static int Fold(string text) => text.Aggregate(17, (hash, x) => unchecked((hash * 31) + x));

    /// <summary>What chance says.</summary>
    private sealed class Some(int seed)
    {
        private readonly Random _random = new(seed);

        public int Below(int count) => _random.Next(count);

        public bool Chance(int oneIn) => _random.Next(oneIn) == 0;

        public T One<T>(T[] of) => of[_random.Next(of.Length)];

        /// <summary>A number below the count, the first far more often than the last.</summary>
        public int Skewed(int count) => (int)(count * Math.Pow(_random.NextDouble(), 2.5));

        public string Weighed((string Word, int Weight)[] of)
        {
            var at = _random.Next(of.Sum(x => x.Weight));
            return of.First(x => (at -= x.Weight) < 0).Word;
        }

        public string Title() => $"Senior officials {One(Acts)} {One(Topics)}, {One(Offices)}, round {Below(1000)}";

        public string Text(int sentences) => string.Join(' ', Enumerable.Range(0, sentences).Select(_ => One(Phrases)));

        /// <summary>In the two years after the baseline; one of five is known by its month alone.</summary>
        public string Day() => Baseline.AddDays(1 + Below(730)).ToString(Chance(5) ? "yyyy-MM" : "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
