using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tracker.Api.Tests.Contract;

namespace Tracker.Api.Tests.Fuzz;

/// <summary>A request that was made to hurt.</summary>
/// <param name="Operation">The operation of the contract that must answer it; null where the address or method may be another.</param>
/// <param name="Broken">It is no HTTP: whoever serves it may turn it away without an answer of ours.</param>
/// <param name="Whole">It ends where it says it ends: whoever hung up on it may have taken it before.</param>
/// <param name="How">What was done to it, in short.</param>
internal sealed record Attack(string Method, string Target, byte[] Request, JsonObject? Operation, bool Broken, bool Whole, string How)
{
    public bool IsRead => Method is "GET" or "HEAD" or "OPTIONS" or "TRACE";

    public override string ToString()
    {
        var text = string.Concat(Request.Take(1_200).Select(x => x is >= 0x20 and < 0x7f ? ((char)x).ToString() : x == '\n' ? "\n      " : $"\\x{x:x2}"));
        return $"[{How}]\n      {text}{(Request.Length > 1_200 ? $"… ({Request.Length} bytes)" : "")}";
    }
}

/// <summary>
/// Makes attacks from the contract: each begins as a request that the document says is right, with its example, and is then made wrong in
/// some places. What the tracker creates meanwhile is used in later ones. The same seed makes the same attacks on the same history.
/// </summary>
internal sealed class Attacks
{
    private readonly TheContract _contract;
    private readonly int _seed;
    private readonly string _key, _weakKey;
    private readonly (string Verb, string Path, JsonObject Operation)[] _operations, _pages;
    private readonly Dictionary<string, List<string>> _names = [];
    private readonly string[] _members;
    private readonly string[] _words;

    public Attacks(TheContract contract, (string Verb, string Path, JsonObject Operation)[] pages, int seed, string key, string weakKey)
    {
        (_contract, _pages, _seed, _key, _weakKey) = (contract, pages, seed, key, weakKey);
        _operations = [.. contract.Document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(x => (x.Key.ToUpperInvariant(), path.Key, x.Value!.AsObject())))];
        var schemas = contract.Document["components"]!["schemas"]!.AsObject().Select(x => x.Value!.AsObject()).ToArray();
        _members = [.. schemas.SelectMany(x => x["properties"]?.AsObject().Select(y => y.Key) ?? []).Distinct().Order(StringComparer.Ordinal)];
        _words = [.. schemas.SelectMany(x => x["enum"]?.AsArray().Select(y => (string)y!) ?? []).Distinct().Order(StringComparer.Ordinal)];
        foreach (var (_, _, operation) in _operations)
            foreach (var parameter in ParametersOf(operation))
                if ((string)parameter["in"]! == "path" && parameter["example"] is { } example) Learn((string)parameter["name"]!, (string)example!);
    }

    public int Operations => _operations.Length;

    public int Pages => _pages.Length;

    /// <summary>The names that later attacks may use for what stands at a place of an address.</summary>
    public void Learn(string parameter, string name)
    {
        if (!_names.TryGetValue(parameter, out var names)) _names.Add(parameter, names = []);
        if (!names.Contains(name)) names.Add(name);
        // The example stays; of what came later, the latest.
        if (names.Count > 40) names.RemoveAt(1);
    }

    /// <summary>Learns the names in the address of something that was made.</summary>
    public void LearnFrom(string location)
    {
        var steps = location.Split('/');
        foreach (var (_, path, _) in _operations)
            if (path.Split('/') is var parts && parts.Length == steps.Length && parts.Zip(steps).All(x => x.First is ['{', ..] || x.First == x.Second))
                foreach (var (part, step) in parts.Zip(steps))
                    // Most that is made is made on the agenda of the examples, where its names mean something.
                    if (part is ['{', .., '}'] && part != "{agenda}") Learn(part[1..^1], step);
    }

    /// <summary>Learns the tag of an answer, to be asked with again.</summary>
    public void LearnTag(Attack attack, string tag)
    {
        if (attack.Operation is not { } operation) return;
        Learn($"If-None-Match {(string)operation["operationId"]!}", tag);
        // What a command answers is what the next of its kind might be about.
        Learn($"If-Match {(string)operation["operationId"]!}", tag);
    }

    /// <summary>The operations take turns; each fourth is a page, and they take turns too.</summary>
    public Attack Make(int number)
    {
        // Of the numbers a constructor of Random takes, neighbours give series that differ.
        var random = new Random(unchecked((_seed * 1_000_003) ^ number));
        var isPage = number % 4 == 3;
        var (verb, path, operation) = isPage ? _pages[number / 4 % _pages.Length] : _operations[(number - (number / 4)) % _operations.Length];
        var draft = new Draft(verb, path, operation, _key);
        Fill(draft, random);
        // What a page answers is no contract's to say.
        if (isPage) draft.MayBeTurnedAway();
        // Now and then the right request, so that there is something to be wrong about.
        var wrongs = random.Next(20) == 0 ? 0 : 1 + (random.Next(3) / 2) + (random.Next(8) / 7);
        for (var i = 0; i < wrongs; i++) Worsen(draft, random);
        return draft.Done();
    }

    private void Fill(Draft draft, Random random)
    {
        foreach (var parameter in ParametersOf(draft.Operation))
        {
            var name = (string)parameter["name"]!;
            switch ((string)parameter["in"]!)
            {
                case "path":
                    draft.Steps[name] = (_names.TryGetValue(name, out var names) ? random.Next(3) == 0 ? random.Of(names) : names[0] : "nothing") + FormOf(parameter, random);
                    break;
                case "query" when random.Next(4) == 0 && (parameter["example"] ?? WordOf(parameter, random)) is { } value:
                    draft.Query.Add((name, Uri.EscapeDataString(value.ToString())));
                    break;
            }
        }

        if (draft.Operation["responses"]!["200"]?["content"]?.AsObject() is { Count: > 1 } forms && random.Next(2) == 0)
            draft.Headers.Add(("Accept", forms.ElementAt(random.Next(forms.Count)).Key));

        if ((string?)draft.Operation["cookie"] is { } cookie) draft.Headers.Add(("Cookie", cookie));
        if (draft.Operation["requestBody"]?["content"]?.AsObject() is not { Count: > 0 } content) return;
        var (type, said) = content.ElementAt(random.Next(content.Count));
        draft.ContentType = type;
        var examples = said!["examples"]?.AsObject();
        var example = examples is { Count: > 0 } ? examples.ElementAt(random.Next(examples.Count)).Value!["value"] : said["example"];
        if (example is JsonValue text && !type.EndsWith("json", StringComparison.Ordinal)) draft.Body = Encoding.UTF8.GetBytes((string)text!);
        else draft.Json = example?.DeepClone() ?? new JsonObject();
        // A name that is taken is refused before anything else is looked at.
        if (draft.Json is JsonObject members && random.Next(3) > 0)
            foreach (var name in (string[])["slug", "key"])
                if (members.ContainsKey(name)) members[name] = string.Create(CultureInfo.InvariantCulture, $"f{random.Next(100_000)}-{name}");
    }

    private void Worsen(Draft draft, Random random)
    {
        var hasBody = draft.Json is not null || draft.Body is not null;
        switch (random.Next(hasBody ? 20 : 10))
        {
            case 0: WorsenStep(draft, random); break;
            case 1: WorsenLine(draft, random); break;
            case < 5: WorsenHeader(draft, random); break;
            case < 10 when !hasBody || random.Next(4) == 0: WorsenQuery(draft, random); break;
            case < 16 when draft.Json is { } json: WorsenMember(draft, json, random); break;
            case < 19: WorsenBytes(draft, random); break;
            default:
                draft.Note("content type");
                draft.ContentType = random.Next(5) == 0 ? null : random.Of(Hostile.ContentTypes);
                break;
        }
    }

    private void WorsenMember(Draft draft, JsonNode json, Random random)
    {
        var places = Places(json).ToArray();
        if (places.Length == 0) return;
        var (parent, step) = random.Of(places);
        var at = string.Create(CultureInfo.InvariantCulture, $"{json.GetPath()}…{step}");
        switch (random.Next(12))
        {
            case 0:
                draft.Note($"without {at}");
                if (parent is JsonObject whole) whole.Remove((string)step);
                else parent.AsArray().RemoveAt((int)step);
                break;
            case 1 when parent is JsonObject owner:
                var unknown = random.Next(3) == 0 ? random.Of(_members) : random.Of(Hostile.Texts);
                draft.Note("another member");
                owner[unknown] = draft.Raw(random.Of(Hostile.Json));
                break;
            case 2 when parent is JsonObject twice:
                draft.Note($"{at} twice");
                draft.Twice((string)step, twice, random.Next(2) == 0 ? random.Of(Hostile.Json) : "\"x\"");
                break;
            case 3 when parent is JsonObject lettered && lettered[(string)step] is var value:
                draft.Note($"{at} in other letters");
                lettered.Remove((string)step);
                lettered[((string)step).ToUpperInvariant()] = value?.DeepClone();
                break;
            case 4 when Child(parent, step) is JsonArray { Count: > 0 } list:
                draft.Note($"{at} many times");
                var (item, times) = (list[0], random.Of((int[])[2, 50, 1_000, 1_001, 5_000]));
                for (var i = 0; i < times; i++) list.Add(item?.DeepClone());
                break;
            case 5 when Child(parent, step) is JsonArray list:
                draft.Note($"nothing in {at}");
                list.Clear();
                break;
            case 6 or 7: Set(random.Of(Hostile.Json)); break;
            case 8: Set(JsonSerializer.Serialize(random.Of(_words))); break;
            case 9 when Child(parent, step) is JsonValue old: Set(JsonSerializer.Serialize(Mangled(old.ToString(), random))); break;
            default: Set(JsonSerializer.Serialize(random.Of(Hostile.Texts))); break;
        }

        void Set(string raw)
        {
            draft.Note($"{at} is {(raw.Length > 40 ? raw[..40] + "…" : raw)}");
            if (parent is JsonObject whole) whole[(string)step] = draft.Raw(raw);
            else parent.AsArray()[(int)step] = draft.Raw(raw);
        }
    }

    private static void WorsenBytes(Draft draft, Random random)
    {
        var bytes = draft.Written();
        draft.Note("bytes of the body");
        draft.Body = random.Next(16) switch
        {
            0 => bytes[..random.Next(bytes.Length + 1)],
            1 => [.. Encoding.UTF8.Preamble, .. bytes],
            2 => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(bytes)),
            3 => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(bytes))],
            4 => [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Encoding.UTF8.GetString(bytes))],
            5 => Encoding.UTF32.GetBytes(Encoding.UTF8.GetString(bytes)),
            6 => [.. bytes, .. bytes],
            7 => [.. bytes, .. (ReadOnlySpan<byte>)[0, 0, 0xff]],
            8 => [.. "// so\n"u8, .. bytes],
            9 => [],
            10 => Encoding.UTF8.GetBytes(random.Of(Hostile.Json)),
            11 => [.. "["u8, .. bytes, .. "]"u8],
            12 => [.. bytes, .. Enumerable.Repeat((byte)' ', random.Of((int[])[200_000, 600_000]))],
            _ => Flipped(bytes, random),
        };
    }

    private static byte[] Flipped(byte[] bytes, Random random)
    {
        var flipped = (byte[])bytes.Clone();
        for (var i = 1 + random.Next(4); i > 0 && flipped.Length > 0; i--)
            flipped[random.Next(flipped.Length)] = random.Of<byte>([0, 0xff, 0xc0, 0x80, 0xed, (byte)'"', (byte)'\\', (byte)'{', (byte)']', (byte)',', (byte)'\n', (byte)random.Next(256)]);
        return flipped;
    }

    private static void WorsenStep(Draft draft, Random random)
    {
        draft.Elsewhere("address");
        if (draft.Steps.Count > 0 && random.Next(5) > 0) draft.Steps[random.Of([.. draft.Steps.Keys])] = random.Of(Hostile.Steps);
        else draft.Path = random.Next(8) switch
        {
            0 => draft.Path + "/",
            1 => draft.Path.ToUpperInvariant().Replace("{AGENDA}", "us-china-bali", StringComparison.Ordinal),
            2 => draft.Path.Replace("/api", "//api", StringComparison.Ordinal),
            3 => draft.Path.Replace("/api", "/./api", StringComparison.Ordinal),
            4 => draft.Path + "/" + random.Of(Hostile.Steps),
            5 => "/" + random.Of(Hostile.Steps) + draft.Path,
            6 => draft.Path + random.Of((string[])[".json", ".csv", ".html", ":batch", ":nothing", "%00", "%20", "%0a", ";v=1", "\\"]),
            _ => draft.Path[..random.Next(1, draft.Path.Length)],
        };
    }

    private void WorsenQuery(Draft draft, Random random)
    {
        var known = ParametersOf(draft.Operation).Where(x => (string)x["in"]! == "query").Select(x => (string)x["name"]!).ToArray();
        var name = known.Length > 0 && random.Next(6) > 0 ? random.Of(known) : random.Encoded(random.Of(Hostile.Texts));
        var value = random.Next(5) switch
        {
            0 => random.Of(Hostile.Steps),
            1 => random.Encoded(random.Of(_words)),
            _ => random.Encoded(random.Of(Hostile.Texts)),
        };
        draft.Note($"?{(name.Length > 20 ? name[..20] : name)}={(value.Length > 40 ? value[..40] + "…" : value)}");
        if (random.Next(3) > 0) draft.Query.RemoveAll(x => x.Name == name);
        draft.Query.Add((name, value));
        if (random.Next(12) == 0) draft.Query.AddRange(Enumerable.Repeat((name, value), random.Of((int[])[1, 3, 200])));
    }

    private void WorsenHeader(Draft draft, Random random)
    {
        var known = ParametersOf(draft.Operation).Where(x => (string)x["in"]! == "header").Select(x => (string)x["name"]!).ToArray();
        var name = known.Length > 0 && random.Next(2) == 0 ? random.Of(known) : random.Of(Hostile.Headers);
        var value = _names.TryGetValue($"{name} {(string)draft.Operation["operationId"]!}", out var tags) && random.Next(3) > 0 ? random.Of(tags)
            : random.Next(6) == 0 ? Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(random.Of(Hostile.Texts) is { Length: < 5_000 } text ? text : "x")) : random.Of(Hostile.HeaderValues);
        // What ends a line ends the header: the rest would be a header of its own, or the body.
        value = value.Replace("\r", "", StringComparison.Ordinal).Replace("\n", random.Next(4) == 0 ? "\r\n " : "", StringComparison.Ordinal);
        draft.Note($"{name}: {(value.Length > 40 ? value[..40] + "…" : value)}");
        if (value.Any(x => x is < ' ' and not '\t' or > '~') || value.Length > 5_000) draft.MayBeTurnedAway();
        switch (name)
        {
            case "Authorization":
                draft.Key = null;
                draft.Headers.Add((name, random.Next(3) == 0 ? "Bearer " + _weakKey : value));
                break;
            case "Expect" or "Upgrade" or "TE":
                draft.MayBeTurnedAway();
                draft.Headers.Add((name, value));
                break;
            default:
                draft.Headers.Add((name, value));
                break;
        }

        if (random.Next(12) != 0) return;
        draft.MayBeTurnedAway();
        draft.Headers.AddRange(Enumerable.Range(0, random.Of((int[])[1, 20, 120])).Select(x => (random.Next(2) == 0 ? name : $"X-{x}", value.Length > 1_000 ? "x" : value)));
    }

    private static void WorsenLine(Draft draft, Random random)
    {
        switch (random.Next(8))
        {
            case 0:
                draft.Note("no key");
                draft.Key = null;
                break;
            case 1:
                draft.Breaks("Content-Length");
                draft.Headers.Add(("Content-Length", random.Of((string[])["-1", "x", "99999999999999999999", "0, 1", "1e3", "+5", ""])));
                break;
            case 2:
                draft.Breaks("Transfer-Encoding");
                draft.Headers.Add(("Transfer-Encoding", random.Of((string[])["chunked", "gzip", "chunked, chunked", "x", "identity"])));
                break;
            case 3:
                draft.Breaks("a header that is none");
                draft.Headers.Add((random.Of((string[])["", "a b", "a\u0000", "\u00ff", "(x)"]), "x"));
                break;
            case 4:
                draft.Breaks("Host");
                draft.Host = random.Of((string[])["", "a b", "evil.example", "[::1", "127.0.0.1:99999", "a/b", "@", new string('h', 300), "x\u0000"]);
                break;
            default:
                draft.Elsewhere("method");
                draft.Verb = random.Of(Hostile.Methods);
                if (draft.Verb == "CONNECT") draft.Breaks("CONNECT");
                break;
        }
    }

    private static string Mangled(string text, Random random)
    {
        var at = random.Next(text.Length + 1);
        return random.Next(5) switch
        {
            0 => text[..at] + random.Of((string[])["\0", "\ud83d\ude00", "\u202e", "\r\n" + Hostile.Forged, " ", "/", "\u0301", "'", "\"", "\\"]) + text[at..],
            1 => text[..at],
            2 => text + text,
            3 => text.ToUpperInvariant(),
            _ => " " + text + " ",
        };
    }

    /// <summary>Where an address may end in a form (<c>.pdf</c>), one of them, now and then.</summary>
    private static string FormOf(JsonNode parameter, Random random) =>
        (string?)parameter["schema"]?["pattern"] is { } pattern && pattern.Split(@"(\.(") is [_, var forms] && random.Next(2) == 0
            ? "." + random.Of(forms[..forms.IndexOf(')', StringComparison.Ordinal)].Split('|'))
            : "";

    private JsonValue? WordOf(JsonNode parameter, Random random) => parameter["schema"] is { } schema && _contract.Resolve(schema)["enum"] is JsonArray words ? JsonValue.Create((string)words[random.Next(words.Count)]!) : null;

    private IEnumerable<JsonObject> ParametersOf(JsonObject operation) => operation["parameters"]?.AsArray().Select(x => _contract.Resolve(x!)) ?? [];

    private static IEnumerable<(JsonNode Parent, object Step)> Places(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(x => Places(x.Value).Prepend((members, x.Key))),
        JsonArray items => items.SelectMany((x, i) => Places(x).Prepend((items, i))),
        _ => [],
    };

    private static JsonNode? Child(JsonNode parent, object step) => parent is JsonObject owner ? owner[(string)step] : parent.AsArray()[(int)step];

    /// <summary>A request while it is made wrong.</summary>
    private sealed class Draft(string verb, string path, JsonObject operation, string key)
    {
        private readonly List<(string Mark, string Raw)> _raws = [];
        private readonly List<string> _notes = [];
        private bool _elsewhere, _broken;

        public string Verb { get; set; } = verb;
        public string Path { get; set; } = path;
        public string Host { get; set; } = "localhost";
        public string? Key { get; set; } = key;
        public string? ContentType { get; set; }
        public JsonObject Operation { get; } = operation;
        public JsonNode? Json { get; set; }
        public byte[]? Body { get; set; }
        public Dictionary<string, string> Steps { get; } = [];
        public List<(string Name, string Value)> Query { get; } = [];
        public List<(string Name, string Value)> Headers { get; } = [];

        public void Note(string what) => _notes.Add(what);

        public void Elsewhere(string what)
        {
            _elsewhere = true;
            Note(what);
        }

        public void MayBeTurnedAway() => _elsewhere = true;

        public void Breaks(string what)
        {
            _broken = true;
            Elsewhere(what);
        }

        /// <summary>A place in the body for what need not be JSON.</summary>
        public JsonValue Raw(string raw)
        {
            var mark = string.Create(CultureInfo.InvariantCulture, $"@@{_raws.Count}@@");
            _raws.Add(($"\"{mark}\"", raw));
            return JsonValue.Create(mark);
        }

        public void Twice(string name, JsonObject owner, string raw)
        {
            var mark = string.Create(CultureInfo.InvariantCulture, $"@@{_raws.Count}@@");
            owner[mark] = 0;
            _raws.Add(($"\"{mark}\":0", $"{JsonSerializer.Serialize(name)}:{raw}"));
        }

        public byte[] Written()
        {
            if (Body is not null) return Body;
            var text = new StringBuilder(Json?.ToJsonString() ?? "");
            foreach (var (mark, raw) in _raws) text.Replace(mark, raw);
            return Encoding.UTF8.GetBytes(text.ToString());
        }

        public Attack Done()
        {
            var target = Steps.Aggregate(Path, (at, x) => at.Replace($"{{{x.Key}}}", x.Value, StringComparison.Ordinal));
            if (Query.Count > 0) target += "?" + string.Join('&', Query.Select(x => $"{x.Name}={x.Value}"));
            if (target.Any(x => x is <= ' ' or > '~') || target.Length > 7_000) MayBeTurnedAway();
            if (target.Any(x => x is <= ' ' or '\x7f')) _broken = true;
            using var request = new MemoryStream();
            Write($"{Verb} {target} HTTP/1.1\r\nHost: {Host}\r\n");
            if (Key is not null) Write($"Authorization: Bearer {Key}\r\n");
            if (ContentType is { } type && (Json is not null || Body is not null)) Write($"Content-Type: {type}\r\n");
            foreach (var (name, value) in Headers) Write($"{name}: {value}\r\n");
            var body = Json is null && Body is null ? [] : Written();
            var isWhole = !Headers.Any(x => x.Name is "Content-Length" or "Transfer-Encoding");
            if (isWhole && (body.Length > 0 || Verb is "POST" or "PUT" or "PATCH")) Write(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n"));
            Write("\r\n");
            request.Write(body);
            return new Attack(Verb, target, request.ToArray(), _elsewhere || _broken ? null : Operation, _broken, isWhole, $"{(string)Operation["operationId"]!}: {(_notes.Count == 0 ? "as it should be" : string.Join(", ", _notes))}");

            void Write(string text) => request.Write(Encoding.Latin1.GetBytes(text));
        }
    }
}
